/* loader/forget: the database finds a number where the loader does. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "db/db_copy.h"
#include "loader/retention/suppression.h"
#include "support/legs.h"

static const char *const pieces[] = { "380",
                                      "671234567",
                                      "380671234567",
                                      "00",
                                      "+",
                                      " ",
                                      "-",
                                      "(",
                                      ")",
                                      ".",
                                      "/",
                                      "1",
                                      "x",
                                      ",",
                                      "67",
                                      "1234567",
                                      "\302\240",
                                      "\"",
                                      "00380671234567",
                                      "0",
                                      "80",
                                      "0671234567",
                                      "80671234567",
                                      "810",
                                      "\xe2\x80\xaf",
                                      "\xe2\x80\x91" };

enum { TEXTS = 20000, PIECES = 6 };

static uint64_t dice(uint64_t *state, uint64_t sides)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (*state >> 11) % sides;
}

/* A text, and what the loader makes of it, as a line of COPY. */
static bool add_line(struct suppression *suppression, uint64_t *state, struct buf *out)
{
    struct buf text = { 0 }, blanked = { 0 };

    for (uint64_t i = 0; i <= dice(state, PIECES); i++)
        buf_add_text(&text, pieces[dice(state, COUNTOF(pieces))]);

    bool found = suppression_blank(suppression, buf_slice(&text), "X", &blanked);

    buf_add_slice(out, buf_slice(&text));
    buf_add_char(out, '\t');
    buf_add_slice(out, found ? buf_slice(&blanked) : buf_slice(&text));
    buf_add_char(out, '\n');
    buf_free(&text);
    buf_free(&blanked);
    return found;
}

/* A number in every way in which the shipped plan says it is written. */
static size_t all_spellings(struct number *number)
{
    struct spelling spelling[SPELLINGS_MAX];
    struct err err = { 0 };
    struct number_plan *plan = number_plan_load("mappings", &err);

    cr_assert_not_null(plan, "%s", err.text);

    size_t count = number_plan_spellings(plan, "+380671234567", spelling);

    for (size_t i = 0; i < count; i++) {
        snprintf(number[i].s, sizeof number[i].s, "%.20s", spelling[i].s);
        number[i].is_spelling = i > 0;
    }
    cr_assert_eq(number_group(number, count), count);
    number_plan_free(plan);
    return count;
}

/* A + that stands before 00, and one between two digits, are nobody's. */
Test(forget, the_database_finds_what_the_loader_finds)
{
    struct db *db = legs_database(false);
    struct suppression *suppression = suppression_new("a key", 5);
    struct buf rows = { 0 }, pattern = { 0 }, query = { 0 };
    struct number number[SPELLINGS_MAX] = { 0 };
    struct err err = { 0 };
    uint64_t state = 20261122, copied = 0, found = 0;
    size_t count = all_spellings(number);

    for (size_t i = 0; i < count; i++) {
        unsigned char sum[DIGEST_BYTES];

        suppression_sum(suppression, &number[i], sum);
        suppression_add(suppression, sum);
    }
    number_pattern(number, count, &pattern);
    for (int i = 0; i < TEXTS; i++)
        found += add_line(suppression, &state, &rows);
    cr_expect_gt(found, TEXTS / 20);
    cr_assert(db_exec(db, "create temp table said (text text, blanked text)", &err));
    cr_assert(db_copy_begin(db, "copy said from stdin", &err) &&
                  db_copy_put(db, rows.s, rows.len, &err) &&
                  db_copy_end(db, NULL, &copied, &err),
              "%s", err.text);
    cr_expect_eq(copied, TEXTS);
    buf_addf(&query,
             "select coalesce(min(text || ' is ' || blanked || ' and ' || theirs), "
             "'alike') from ("
             "select *, regexp_replace(text, '%s', 'X', 'g') as theirs from said) s "
             "where replace(theirs, '+', '') <> replace(blanked, '+', '')",
             buf_cstr(&pattern));
    const char *unlike = legs_ask(db, buf_cstr(&query));

    cr_expect_str_eq(unlike, "alike", "seed 20261122: %s", unlike);
    buf_free(&rows);
    buf_free(&pattern);
    buf_free(&query);
    suppression_free(suppression);
    legs_database_drop(db);
}
