/*
 * pseudonym.c - finding numbers in texts, and what stands in their place.
 */
#include "loader/retention/pseudonym.h"

#include <ctype.h>
#include <inttypes.h>

#include "base/base.h"
#include "base/digest.h"
#include "db/sql.h"
#include "loader/keys.h"
#include "loader/retention/personal.h"

enum { KNOWN = 4096 }; /* cached answers, a power of two: numbers repeat */
enum { ID_BYTES = 8, LONG = 11, NATIONAL_KEEP = 3 };

struct pseudonym_answer {
    struct number digits; /* "": none yet */
    char text[PSEUDONYM_PREFIX_MAX + PSEUDONYM_DIGITS + 1];
};

struct pseudonym {
    struct hmac *hmac;
    uint32_t keep;
    char id[2 * DIGEST_BYTES + 8]; /* which key, and how much is kept; no secret */
    spare_fn spare;                /* NULL: none is ours */
    const void *ours;
    struct pseudonym_answer known[KNOWN];
    struct pseudonym_answer caller, destination; /* of the leg changed last */
    struct buf texts;                            /* the same */
};

struct pseudonym *pseudonym_open(const char *path, uint32_t keep, struct err *err)
{
    unsigned char sum[DIGEST_BYTES];
    struct buf key = { 0 };

    if (!key_file_read(path, &key, err)) {
        buf_free(&key);
        return NULL;
    }

    struct pseudonym *pseudonym = xcalloc(1, sizeof *pseudonym);

    pseudonym->hmac = hmac_new(key.s, key.len);
    pseudonym->keep = keep;
    explicit_bzero(key.s, key.len);
    buf_free(&key);
    hmac_sum(pseudonym->hmac, slice_of("id of this key"), sum);
    digest_hex(sum, pseudonym->id);
    snprintf(pseudonym->id + (size_t)2 * ID_BYTES, 8, "/%" PRIu32, keep);
    return pseudonym;
}

void pseudonym_spare(struct pseudonym *pseudonym, spare_fn spare, const void *ours)
{
    pseudonym->spare = spare;
    pseudonym->ours = ours;
}

void pseudonym_free(struct pseudonym *pseudonym)
{
    if (pseudonym == NULL)
        return;
    hmac_free(pseudonym->hmac);
    buf_free(&pseudonym->texts);
    free(pseudonym);
}

static bool pseudonym_disagree(const char *stored, const struct pseudonym *pseudonym,
                               struct err *err)
{
    if (pseudonym == NULL)
        return err_set(err, EXIT_USAGE,
                       "numbers are pseudonyms in this database, by the key %s: give "
                       "--pseudonymise and that key",
                       stored);
    return strcmp(stored, pseudonym->id) == 0 ||
           err_set(err, EXIT_USAGE,
                   "the pseudonyms in this database were made by the key %s, this one is "
                   "%s (what stands behind the / is --keep-prefix)",
                   stored, pseudonym->id);
}

static bool pseudonym_begin(const struct pseudonym *pseudonym, struct db *db,
                            int64_t run_id, struct err *err)
{
    uint64_t rows = 0;

    if (!db_run(db, sql_retention_pseudonym_begin,
                DB_ARGS(pseudonym->id, int_text(run_id).s), &rows, err))
        return false;
    return rows == 1 ||
           err_set(err, EXIT_USAGE,
                   "there are legs in this database, with numbers as they are: "
                   "pseudonyms need one of their own");
}

bool pseudonym_agree(const struct pseudonym *pseudonym, struct db *db, int64_t run_id,
                     struct err *err)
{
    struct db_rows *rows = db_query(db, sql_retention_pseudonym, NULL, err);

    if (rows == NULL)
        return false;

    bool is_new = db_rows_count(rows) == 0;
    bool ok = is_new || pseudonym_disagree(db_value(rows, 0, 0).s, pseudonym, err);

    db_rows_free(rows);
    if (ok && is_new && pseudonym != NULL && run_id != 0)
        return pseudonym_begin(pseudonym, db, run_id, err);
    return ok;
}

/* Only bare numbers of JSON must not begin with a 0, and they do not. */
static void pseudonym_make(struct pseudonym *pseudonym, struct pseudonym_answer *answer)
{
    const char *digits = answer->digits.s;
    unsigned char sum[DIGEST_BYTES];
    size_t len = strlen(digits), keep = pseudonym->keep;

    if (pseudonym->spare != NULL && pseudonym->spare(pseudonym->ours, digits)) {
        memcpy(answer->text, digits, len + 1);
        return;
    }
    if (len < LONG && keep > 0)
        keep = digits[0] == '0' && keep > NATIONAL_KEEP ? NATIONAL_KEEP : 0;
    memcpy(answer->text, digits, keep);
    hmac_sum(pseudonym->hmac, slice_of(digits), sum);
    answer->text[keep] = (char)('1' + sum[0] % 9);
    for (size_t i = 1; i < PSEUDONYM_DIGITS; i++)
        answer->text[keep + i] = (char)('0' + sum[i] % 10);
    answer->text[keep + PSEUDONYM_DIGITS] = '\0';
}

const char *pseudonym_of(struct pseudonym *pseudonym, const struct number *number)
{
    struct pseudonym_answer *answer = &pseudonym->known[number_hash(number) % KNOWN];

    if (strcmp(answer->digits.s, number->s) != 0) {
        answer->digits = *number;
        pseudonym_make(pseudonym, answer);
    }
    return answer->text;
}

/*
 * Where a text of SHAPE begins at AT, its end; else 0.  In SHAPE d is a digit, x one of
 * base 16, everything else itself; neither letter nor digit follows.
 */
static size_t behind_shape(struct slice text, size_t at, const char *shape)
{
    for (; *shape != '\0'; shape++, at++) {
        if (at >= text.len)
            return 0;

        unsigned char c = (unsigned char)text.s[at];

        if (*shape == 'd'   ? !isdigit(c)
            : *shape == 'x' ? !isxdigit(c)
                            : c != (unsigned char)*shape)
            return 0;
    }
    return at < text.len && isalnum((unsigned char)text.s[at]) ? 0 : at;
}

/* The end of a dotted address at AT; else 0.  067.123.45.67 is none: it is a number. */
static size_t behind_address(struct slice text, size_t at)
{
    for (int part = 0; part < 4; part++) {
        size_t from = at;
        unsigned value = 0;

        while (at < text.len && at < from + 3 && isdigit((unsigned char)text.s[at]))
            value = value * 10 + (unsigned)(text.s[at++] - '0');
        if (at == from || value > 255 || (text.s[from] == '0' && at > from + 1) ||
            (part < 3 && (at >= text.len || text.s[at++] != '.')))
            return 0;
    }
    return at < text.len && (isalnum((unsigned char)text.s[at]) || text.s[at] == '.')
               ? 0
               : at;
}

/* What has digits and is no number: its end; else 0. */
static size_t behind_other(struct slice text, size_t at)
{
    static const char *const shapes[] = {
        "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
        "19dd-dd-dd",
        "20dd-dd-dd",
        "20dd-dd-ddTdd",
        "20dd/dd/dd",
        "dd.dd.19dd",
        "dd.dd.20dd",
        "dd/dd/20dd",
    };
    size_t end = behind_address(text, at);

    for (size_t i = 0; end == 0 && i < COUNTOF(shapes); i++)
        end = behind_shape(text, at, shapes[i]);
    return end;
}

/* The end of the longest number that begins with the digit at FROM; 0: there is none. */
static size_t longest_number(struct slice text, size_t from, struct number *number)
{
    char digit[NUMBER_MAX + 2];
    size_t len = 0, end = 0;

    for (size_t at = from; at < text.len; at = number_next_group(text, at)) {
        for (; at < text.len && isdigit((unsigned char)text.s[at]); at++) {
            if (len == sizeof digit)
                return end;
            digit[len++] = text.s[at];
        }

        size_t skip = len > 2 && digit[0] == '0' && digit[1] == '0' ? 2 : 0;

        if (len - skip < NUMBER_MIN || len - skip > NUMBER_MAX)
            continue;
        memcpy(number->s, digit + skip, len - skip);
        number->s[len - skip] = '\0';
        end = at;
    }
    return end;
}

/* Behind the word or the number at AT, where there is no number of a person. */
static size_t behind_word(struct slice text, size_t at)
{
    bool is_digit = isdigit((unsigned char)text.s[at]) != 0;

    while (at < text.len && isalnum((unsigned char)text.s[at]) &&
           (isdigit((unsigned char)text.s[at]) != 0) == is_digit)
        at++;
    return at;
}

bool pseudonym_text(struct pseudonym *pseudonym, struct slice text, struct buf *out)
{
    size_t at = 0, copied = 0;
    bool found = false;

    while (at < text.len) {
        struct number number;
        bool is_word = isalnum((unsigned char)text.s[at]) != 0;
        bool begins = at == 0 || !isalnum((unsigned char)text.s[at - 1]);
        size_t other = is_word && begins ? behind_other(text, at) : 0;
        size_t end = 0;

        if (other == 0 && isdigit((unsigned char)text.s[at]))
            end = longest_number(text, at, &number);
        if (end != 0) {
            size_t plus = at > copied && text.s[at - 1] == '+';

            buf_add(out, text.s + copied, at - plus - copied);
            buf_add_text(out, pseudonym_of(pseudonym, &number));
            copied = at = end;
            found = true;
        } else {
            at = other != 0 ? other : is_word ? behind_word(text, at) : at + 1;
        }
    }
    if (found)
        buf_add(out, text.s + copied, text.len - copied);
    return found;
}

/* Of a number whose international form is known, however the text writes it. */
static void pseudonym_e164(struct pseudonym *pseudonym, struct slice *text,
                           struct slice *e164, struct pseudonym_answer *answer)
{
    if (e164->len < 2 || e164->len > NUMBER_MAX)
        return;
    memcpy(answer->digits.s, e164->s + 1, e164->len - 1);
    answer->digits.s[e164->len - 1] = '\0';
    snprintf(answer->text, sizeof answer->text, "%s",
             pseudonym_of(pseudonym, &answer->digits));
    *text = slice_of(answer->text);
    *e164 = SLICE_NONE;
}

static bool pseudonym_rewrite(void *by, struct slice text, bool is_json, struct buf *out)
{
    (void)is_json; /* a pseudonym is a number that JSON allows */
    return pseudonym_text(by, text, out);
}

void pseudonym_leg(struct pseudonym *pseudonym, struct leg *leg)
{
    pseudonym_e164(pseudonym, &leg->caller, &leg->caller_e164, &pseudonym->caller);
    pseudonym_e164(pseudonym, &leg->destination, &leg->destination_e164,
                   &pseudonym->destination);
    (void)personal_rewrite(leg, pseudonym_rewrite, pseudonym, &pseudonym->texts);
}
