/*
 * suppression.c - finding numbers in texts, by their HMAC.
 *
 * All digits that could be a number are tried, so answers are kept: numbers come again
 * and again.
 */
#include "loader/retention/suppression.h"

#include <stddef.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/hmac.h"
#include "db/sql.h"

enum { KEY, SUM };     /* columns of forgotten.sql */
enum { KNOWN = 4096 }; /* answers that are kept, a power of two */
enum { PREFIX = 2 };   /* 00 */

struct answer {
    struct number digits; /* "": none yet */
    bool is_forgotten;
};

struct forgotten {
    struct hmac *hmac;
    unsigned char (*sum)[DIGEST_BYTES];
    size_t count;
    struct answer known[KNOWN];
    struct buf texts; /* of the leg blanked last */
};

struct forgotten *forgotten_new(const void *key, size_t len)
{
    struct forgotten *forgotten = xcalloc(1, sizeof *forgotten);

    forgotten->hmac = hmac_new(key, len);
    return forgotten;
}

void forgotten_free(struct forgotten *forgotten)
{
    if (forgotten == NULL)
        return;
    hmac_free(forgotten->hmac);
    free(forgotten->sum);
    buf_free(&forgotten->texts);
    free(forgotten);
}

void forgotten_sum(struct forgotten *forgotten, const struct number *digits,
                   unsigned char sum[static DIGEST_BYTES])
{
    hmac_sum(forgotten->hmac, slice_of(digits->s), sum);
}

void forgotten_add(struct forgotten *forgotten,
                   const unsigned char sum[static DIGEST_BYTES])
{
    forgotten->sum =
        xrealloc(forgotten->sum, forgotten->count + 1, sizeof *forgotten->sum);
    memcpy(forgotten->sum[forgotten->count++], sum, DIGEST_BYTES);
    memset(forgotten->known, 0, sizeof forgotten->known);
}

size_t forgotten_count(const struct forgotten *forgotten)
{
    return forgotten != NULL ? forgotten->count : 0;
}

bool forgotten_load(struct forgotten **forgotten, struct db *db, struct err *err)
{
    struct db_rows *rows = db_query_binary(db, sql_text("load/forgotten"), NULL, err);

    *forgotten = NULL;
    if (rows == NULL)
        return false;
    for (size_t i = 0; i < db_rows_count(rows); i++) {
        struct slice key = db_value(rows, i, KEY), sum = db_value(rows, i, SUM);

        if (*forgotten == NULL)
            *forgotten = forgotten_new(key.s, key.len);
        forgotten_add(*forgotten, (const unsigned char *)sum.s);
    }
    db_rows_free(rows);
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Where the number goes on behind a group of digits that ends at AT; or TEXT's length. */
static size_t behind_gap(struct slice text, size_t at)
{
    for (int i = 0; i < NUMBER_GAP; i++)
        at += number_separator(text, at);
    return at < text.len && is_digit(text.s[at]) ? at : text.len;
}

static uint32_t hash_of(const struct number *digits)
{
    uint32_t hash = 2166136261u;

    for (const char *c = digits->s; *c != '\0'; c++)
        hash = (hash ^ (unsigned char)*c) * 16777619u;
    return hash;
}

static bool look_up(struct forgotten *forgotten, const struct number *digits)
{
    unsigned char sum[DIGEST_BYTES];

    forgotten_sum(forgotten, digits, sum);
    for (size_t i = 0; i < forgotten->count; i++)
        if (memcmp(forgotten->sum[i], sum, sizeof sum) == 0)
            return true;
    return false;
}

/* LEN digits, perhaps 00 in front of them. */
static bool is_forgotten(struct forgotten *forgotten, const char *digit, size_t len)
{
    struct number digits = { "" };

    if (len > PREFIX && digit[0] == '0' && digit[1] == '0') {
        digit += PREFIX;
        len -= PREFIX;
    }
    if (len < NUMBER_MIN || len > NUMBER_MAX)
        return false;
    memcpy(digits.s, digit, len);

    struct answer *answer = &forgotten->known[hash_of(&digits) % KNOWN];

    if (strcmp(answer->digits.s, digits.s) != 0) {
        answer->digits = digits;
        answer->is_forgotten = look_up(forgotten, &digits);
    }
    return answer->is_forgotten;
}

/* The end of the forgotten number that begins with the digit at FROM; 0: there is none.
 */
static size_t end_of_number(struct forgotten *forgotten, struct slice text, size_t from)
{
    char digit[NUMBER_MAX + PREFIX];
    size_t len = 0, at = from;

    while (at < text.len) {
        for (; at < text.len && is_digit(text.s[at]); at++) {
            if (len == sizeof digit)
                return 0;
            digit[len++] = text.s[at];
        }
        if (is_forgotten(forgotten, digit, len))
            return at;
        at = behind_gap(text, at);
    }
    return 0;
}

/* A + in front goes too, but not one that adds to a digit. */
static size_t with_plus(struct slice text, size_t from)
{
    bool plus = from > 0 && text.s[from - 1] == '+';

    return plus && (from == 1 || !is_digit(text.s[from - 2])) ? from - 1 : from;
}

static size_t next_digit(struct slice text, size_t at)
{
    while (at < text.len && !is_digit(text.s[at]))
        at++;
    return at;
}

static size_t behind_digits(struct slice text, size_t at)
{
    while (at < text.len && is_digit(text.s[at]))
        at++;
    return at;
}

bool forgotten_blank(struct forgotten *forgotten, struct slice text, const char *mask,
                     struct buf *out)
{
    size_t at = next_digit(text, 0), copied = 0;
    bool found = false;

    while (at < text.len) {
        size_t end = end_of_number(forgotten, text, at);

        if (end != 0) {
            buf_add(out, text.s + copied, with_plus(text, at) - copied);
            buf_add_text(out, mask);
            copied = end;
            found = true;
        }
        at = next_digit(text, end != 0 ? end : behind_digits(text, at));
    }
    if (found)
        buf_add(out, text.s + copied, text.len - copied);
    return found;
}

bool forgotten_is_in(struct forgotten *forgotten, struct slice text)
{
    buf_reset(&forgotten->texts);
    return forgotten_blank(forgotten, text, FORGOTTEN_MASK, &forgotten->texts);
}

/* The texts of a leg that are about people; by the others statistics are kept. */
static const struct {
    size_t offset;
    const char *mask;
} places[] = {
    { offsetof(struct leg, caller), FORGOTTEN_MASK },
    { offsetof(struct leg, destination), FORGOTTEN_MASK },
    { offsetof(struct leg, extension), FORGOTTEN_MASK },
    { offsetof(struct leg, agent), FORGOTTEN_MASK },
    { offsetof(struct leg, sip_reason), FORGOTTEN_MASK },
    { offsetof(struct leg, announcement), FORGOTTEN_MASK },
    { offsetof(struct leg, transfer_disposition), FORGOTTEN_MASK },
    { offsetof(struct leg, schema_name), FORGOTTEN_MASK },
    { offsetof(struct leg, extra), FORGOTTEN_MASK_JSON },
};

static struct slice *text_at(struct leg *leg, size_t place)
{
    return (struct slice *)(void *)((char *)leg + places[place].offset);
}

bool forgotten_leg(struct forgotten *forgotten, const struct leg *leg,
                   struct leg *blanked)
{
    struct buf *texts = &forgotten->texts;
    size_t room = 0;
    bool found = false;

    *blanked = *leg;
    for (size_t i = 0; i < COUNTOF(places); i++)
        room += text_at(blanked, i)->len;
    /* No mask is longer than a number: the slices will not move. */
    buf_reset(texts);
    buf_room(texts, room + 1);
    for (size_t i = 0; i < COUNTOF(places); i++) {
        struct slice *text = text_at(blanked, i);
        size_t at = texts->len;

        if (!forgotten_blank(forgotten, *text, places[i].mask, texts))
            continue;
        *text = (struct slice){ texts->s + at, texts->len - at };
        found = true;
    }
    return found;
}
