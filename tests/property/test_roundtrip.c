/*
 * readers/: the same records say the same, whatever dress an export puts on them.
 *
 * CDRETL_SEED=N repeats the table that failed, CDRETL_TABLES=N asks for more of them.
 */
#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdlib.h>

#include "base/base.h"
#include "support/export.h"
#include "support/table.h"

enum { DRESSES = 4 };

static const struct profile *profile_named(const char *name)
{
    return profiles_named(export_profiles(), name);
}

static uint64_t number_of(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);

    return text != NULL ? strtoull(text, NULL, 10) : otherwise;
}

/* ROW holds what the table has, and nothing else; WHY says where not. */
static bool is_row(const struct rec *rec, const struct table *table, size_t row,
                   struct buf *why)
{
    struct slice expected[FIELD_COUNT] = { 0 };

    for (size_t i = 0; i < table->ncolumns; i++)
        if (table->cell[row][i][0] != '\0')
            expected[table->field[i]] = slice_of(table->cell[row][i]);
    for (int f = 0; f < FIELD_COUNT; f++) {
        struct slice got = rec->field[f];

        if ((got.s == NULL) == (expected[f].s == NULL) && slice_equal(got, expected[f]))
            continue;
        buf_addf(why, "row %zu, %s: <" SLICE_FMT "> is not <" SLICE_FMT ">", row,
                 field_name((enum field)f), SLICE_ARG(got), SLICE_ARG(expected[f]));
        return false;
    }
    if (rec->extra.s != NULL)
        buf_addf(why, "row %zu has extra " SLICE_FMT, row, SLICE_ARG(rec->extra));
    return rec->extra.s == NULL;
}

/* LINE is NULL for JSON, whose records may share one. */
static bool reads_as(const char *path, const char *profile, const struct table *table,
                     const uint64_t *line, struct buf *why)
{
    const struct reader_options options = { .profile = profile,
                                            .parse_options = { .day = NO_DAY } };
    struct err err = { 0 };
    struct reader *reader = reader_open(path, export_profiles(), &options, &err);
    enum reader_got got = READER_FAILED;
    struct reject reject;
    struct rec rec;
    size_t row = 0;
    bool same = true;

    while (reader != NULL && same &&
           (got = reader_next(reader, &rec, &reject, &err)) == READER_REC) {
        same = row < table->nrows && is_row(&rec, table, row, why);
        if (same && line != NULL && rec.line != line[row]) {
            buf_addf(why, "row %zu is in line %" PRIu64 ", said to be in %" PRIu64, row,
                     line[row], rec.line);
            same = false;
        }
        row++;
    }
    if (got == READER_REJECT)
        buf_addf(why, "row %zu: %s", row, reject_name(reject.code));
    else if (same && (got != READER_END || row != table->nrows))
        buf_addf(why, "%zu rows of %zu: %s", row, table->nrows, err.text);
    reader_close(reader);
    return same && got == READER_END && row == table->nrows;
}

static void expect_alike(uint64_t seed)
{
    uint64_t dice = seed * 0x9e3779b97f4a7c15 | 1, line[TABLE_ROWS];
    const struct profile *csv = profile_named("history"), *json = profile_named("rest");
    struct table table;

    table_draw(&table, csv, json, &dice);
    for (size_t i = 0; i < DRESSES; i++) {
        struct buf text = { 0 }, how = { 0 }, why = { 0 };
        bool as_csv = i % 2 == 0;

        if (as_csv)
            table_as_csv(&table, csv, &dice, &text, &how, line);
        else
            table_as_json(&table, json, &dice, &text, &how);
        table_wrap(&text, &dice, &how);
        cr_assert(reads_as(export_file(text.s, text.len), as_csv ? csv->name : json->name,
                           &table, as_csv ? line : NULL, &why),
                  "CDRETL_SEED=%" PRIu64 ": %s: %s", seed, buf_cstr(&how),
                  buf_cstr(&why));
        buf_free(&text);
        buf_free(&how);
        buf_free(&why);
    }
}

Test(dress, the_same_records_in_every_dress)
{
    uint64_t seed = number_of("CDRETL_SEED", 0), tables = number_of("CDRETL_TABLES", 500);

    if (seed != 0)
        expect_alike(seed);
    for (seed = 1; seed <= tables; seed++)
        expect_alike(seed);
}
