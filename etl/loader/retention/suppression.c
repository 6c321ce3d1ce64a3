/*
 * suppression.c - finding numbers in texts, by their HMAC.
 *
 * Every run of digits that could be a number is looked up in a sorted list; the last
 * answers are cached, because numbers repeat.
 */
#include "loader/retention/suppression.h"

#include <stdlib.h>

#include "base/base.h"
#include "base/digest.h"
#include "db/sql.h"
#include "loader/retention/personal.h"

enum { KNOWN = 4096 }; /* cached answers, a power of two */
enum { PREFIX = 2 };   /* 00 */

struct suppression_answer {
    struct number digits; /* "": none yet */
    bool is_suppressed;
};

struct suppression {
    struct hmac *hmac;
    unsigned char (*sum)[DIGEST_BYTES];
    size_t count, room;
    bool is_sorted;
    size_t longest; /* digits of one that is looked for */
    struct suppression_answer known[KNOWN];
    struct buf texts; /* of the leg blanked last */
};

struct suppression *suppression_new(const void *key, size_t len)
{
    struct suppression *suppression = xcalloc(1, sizeof *suppression);

    suppression->hmac = hmac_new(key, len);
    suppression->longest = NUMBER_MAX;
    return suppression;
}

void suppression_free(struct suppression *suppression)
{
    if (suppression == NULL)
        return;
    hmac_free(suppression->hmac);
    free(suppression->sum);
    buf_free(&suppression->texts);
    free(suppression);
}

void suppression_sum(struct suppression *suppression, const struct number *digits,
                     unsigned char sum[static DIGEST_BYTES])
{
    hmac_sum(suppression->hmac, slice_of(digits->s), sum);
}

void suppression_add(struct suppression *suppression,
                     const unsigned char sum[static DIGEST_BYTES])
{
    if (suppression->count == suppression->room) {
        suppression->room = suppression->room * 2 + 16;
        suppression->sum =
            xrealloc(suppression->sum, suppression->room, sizeof *suppression->sum);
    }
    memcpy(suppression->sum[suppression->count++], sum, DIGEST_BYTES);
    suppression->is_sorted = false;
}

void suppression_add_number(struct suppression *suppression, const struct number *digits)
{
    unsigned char sum[DIGEST_BYTES];
    size_t len = strlen(digits->s);

    suppression_sum(suppression, digits, sum);
    suppression_add(suppression, sum);
    if (len > suppression->longest)
        suppression->longest = len;
}

size_t suppression_count(const struct suppression *suppression)
{
    return suppression != NULL ? suppression->count : 0;
}

bool suppression_load(struct suppression **suppression, struct db *db, struct err *err)
{
    struct db_rows *rows = db_query_binary(db, sql_retention_suppressions, NULL, err);

    *suppression = NULL;
    if (rows == NULL)
        return false;

    size_t key_at = db_column(rows, "key"), hmac_at = db_column(rows, "hmac");

    for (size_t i = 0; i < db_rows_count(rows); i++) {
        struct slice key = db_value(rows, i, key_at), sum = db_value(rows, i, hmac_at);

        if (*suppression == NULL)
            *suppression = suppression_new(key.s, key.len);
        suppression_add(*suppression, (const unsigned char *)sum.s);
    }
    db_rows_free(rows);
    return true;
}

static bool suppression_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int compare_sums(const void *a, const void *b)
{
    return memcmp(a, b, DIGEST_BYTES);
}

static void suppression_sort(struct suppression *suppression)
{
    if (suppression->is_sorted)
        return;
    if (suppression->count > 0)
        qsort(suppression->sum, suppression->count, sizeof *suppression->sum,
              compare_sums);
    memset(suppression->known, 0, sizeof suppression->known);
    suppression->is_sorted = true;
}

static bool look_up(struct suppression *suppression, const struct number *digits)
{
    unsigned char sum[DIGEST_BYTES];

    suppression_sum(suppression, digits, sum);
    return suppression->count > 0 && bsearch(sum, suppression->sum, suppression->count,
                                             sizeof sum, compare_sums) != NULL;
}

/* LEN digits, perhaps 00 in front of them. */
static bool is_suppressed(struct suppression *suppression, const char *digit, size_t len)
{
    struct number digits = { .s = "" };

    if (len > PREFIX && digit[0] == '0' && digit[1] == '0') {
        digit += PREFIX;
        len -= PREFIX;
    }
    if (len < NUMBER_MIN || len > suppression->longest)
        return false;
    suppression_sort(suppression);
    memcpy(digits.s, digit, len);

    struct suppression_answer *answer = &suppression->known[number_hash(&digits) % KNOWN];

    if (strcmp(answer->digits.s, digits.s) != 0) {
        answer->digits = digits;
        answer->is_suppressed = look_up(suppression, &digits);
    }
    return answer->is_suppressed;
}

/* The end of the suppressed number that begins with the digit at FROM; 0: there is none.
 */
static size_t end_of_number(struct suppression *suppression, struct slice text,
                            size_t from)
{
    char digit[NUMBER_TEXT + PREFIX];
    size_t len = 0, at = from;

    while (at < text.len) {
        for (; at < text.len && suppression_is_digit(text.s[at]); at++) {
            if (len == suppression->longest + PREFIX)
                return 0;
            digit[len++] = text.s[at];
        }
        if (is_suppressed(suppression, digit, len))
            return at;
        at = number_next_group(text, at);
    }
    return 0;
}

/* A + in front goes too, but not one that adds to a digit. */
static size_t with_plus(struct slice text, size_t from)
{
    bool plus = from > 0 && text.s[from - 1] == '+';

    return plus && (from == 1 || !suppression_is_digit(text.s[from - 2])) ? from - 1
                                                                          : from;
}

static size_t next_digit(struct slice text, size_t at)
{
    while (at < text.len && !suppression_is_digit(text.s[at]))
        at++;
    return at;
}

static size_t behind_digits(struct slice text, size_t at)
{
    while (at < text.len && suppression_is_digit(text.s[at]))
        at++;
    return at;
}

bool suppression_blank(struct suppression *suppression, struct slice text,
                       const char *mask, struct buf *out)
{
    size_t at = next_digit(text, 0), copied = 0;
    bool found = false;

    while (at < text.len) {
        size_t end = end_of_number(suppression, text, at);

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

bool suppression_is_in(struct suppression *suppression, struct slice text)
{
    buf_reset(&suppression->texts);
    return suppression_blank(suppression, text, SUPPRESSION_MASK, &suppression->texts);
}

/* A number whose international form is forgotten, however the text writes it. */
static bool suppress_e164(struct suppression *suppression, struct slice *text,
                          struct slice *e164)
{
    if (e164->len < 2 || !is_suppressed(suppression, e164->s + 1, e164->len - 1))
        return false;
    *text = slice_of(SUPPRESSION_MASK);
    *e164 = SLICE_NONE;
    return true;
}

static bool suppress_text(void *by, struct slice text, bool is_json, struct buf *out)
{
    return suppression_blank(by, text, is_json ? SUPPRESSION_MASK_JSON : SUPPRESSION_MASK,
                             out);
}

bool suppression_leg(struct suppression *suppression, struct leg *leg)
{
    bool caller = suppress_e164(suppression, &leg->caller, &leg->caller_e164);
    bool callee = suppress_e164(suppression, &leg->destination, &leg->destination_e164);
    bool texts = personal_rewrite(leg, suppress_text, suppression, &suppression->texts);

    return caller || callee || texts;
}
