/*
 * forget.c - number by number into the list, month by month out of the legs.
 */
#include "loader/retention/forget.h"

#include <inttypes.h>

#include "base/base.h"
#include "base/stop.h"
#include "db/row/row_read.h"
#include "db/sql.h"
#include "db/txn.h"
#include "leg/time/clock.h"
#include "loader/retention/forget_keys.h"
#include "loader/retention/pseudonym.h"
#include "loader/retention/suppression.h"
#include "record/instant.h"

struct forget {
    struct run *run;
    struct db *db;
    const struct number *number;
    size_t count;
    bool dry_run;
    struct forget_report *report;
    struct suppression *suppression;
    struct buf pattern; /* finds any of the numbers */
};

static bool forget_begin(struct forget *forget, struct err *err)
{
    return txn_begin_locked(forget->db, forget->run->settings.wait, err);
}

/* OK: the work is done. */
static bool end(struct forget *forget, bool ok, struct err *err)
{
    ok = ok && !stop_asked(err);
    if (ok && !forget->dry_run)
        ok = txn_commit(forget->db, err);
    if (!ok || forget->dry_run)
        txn_rollback(forget->db);
    return ok;
}

static bool load_key(struct forget *forget, struct err *err)
{
    struct db_rows *rows =
        db_query_binary(forget->db, sql_retention_forget_key, NULL, err);

    if (rows == NULL)
        return false;

    bool is_there = db_rows_count(rows) == 1;

    if (is_there) {
        struct slice key = db_value(rows, 0, db_column(rows, "key"));

        forget->suppression = suppression_new(key.s, key.len);
    }
    db_rows_free(rows);
    return is_there ||
           err_set(err, EXIT_DATABASE, "the key in cdr.suppression_key is not there");
}

static bool forget_store_number(struct forget *forget, const struct number *number,
                                struct err *err)
{
    unsigned char sum[DIGEST_BYTES];
    char hex[2 * DIGEST_BYTES + 1], run[16];
    uint64_t fresh = 0;

    suppression_sum(forget->suppression, number, sum);
    suppression_add(forget->suppression, sum);
    digest_hex(sum, hex);
    snprintf(run, sizeof run, "%" PRId32, forget->run->run_id);

    bool ok = forget->dry_run || db_run(forget->db, sql_retention_forget_add,
                                        DB_ARGS(hex, run), &fresh, err);

    forget->report->fresh += number->is_spelling ? 0 : fresh;
    return ok;
}

/* Where numbers are stored as pseudonyms, the pseudonym is what is to go. */
static void add_pseudonym(struct forget *forget, const struct number *number)
{
    struct pseudonym *pseudonym = forget->run->settings.pseudonym;
    struct number digits = { .s = "" };

    if (pseudonym == NULL)
        return;
    snprintf(digits.s, sizeof digits.s, "%s", pseudonym_of(pseudonym, number));
    buf_add_char(&forget->pattern, '|');
    number_pattern(&digits, 1, &forget->pattern);
}

static bool add_numbers(struct forget *forget, struct err *err)
{
    bool ok = forget_begin(forget, err) && load_key(forget, err);

    for (size_t i = 0, n; i < forget->count; i += n) {
        n = number_group(&forget->number[i], forget->count - i);
        if (i > 0)
            buf_add_char(&forget->pattern, '|');
        number_pattern(&forget->number[i], n, &forget->pattern);
        for (size_t j = 0; j < n; j++)
            add_pseudonym(forget, &forget->number[i + j]);
    }
    for (size_t i = 0; ok && i < forget->count; i++)
        ok = forget_store_number(forget, &forget->number[i], err);
    buf_cstr(&forget->pattern);
    ok = end(forget, ok, err);
    forget->report->stays_away = ok && !forget->dry_run;
    return ok;
}

/* A month's legs: YEAR, and MONTH from 0. */
static bool erase_month(struct forget *forget, int64_t year, int64_t month,
                        struct err *err)
{
    int32_t first = 0, next = 0;
    uint64_t legs = 0;

    clock_day(year, month + 1, 1, &first);
    clock_day(year + (month == 11), (month + 1) % 12 + 1, 1, &next);

    struct period_text period = period_text(first * MS_PER_DAY, next * MS_PER_DAY);
    bool ok = forget_begin(forget, err) &&
              db_run(forget->db, sql_retention_forget_sources,
                     DB_ARGS(period.from, period.to, forget->pattern.s), NULL, err) &&
              db_run(forget->db, sql_retention_forget_legs,
                     DB_ARGS(period.from, period.to, forget->pattern.s), &legs, err) &&
              (forget->dry_run || forget_keys(forget->db, period.from, period.to, err));

    ok = end(forget, ok, err);
    forget->report->legs += ok ? legs : 0;
    return ok;
}

static bool erase_legs(struct forget *forget, struct err *err)
{
    struct db_rows *rows = db_query(forget->db, sql_load_months, NULL, err);
    bool ok = true;

    if (rows == NULL)
        return false;

    size_t year = db_column(rows, "year"), month = db_column(rows, "month");
    size_t is_purged = db_column(rows, "is_purged");

    for (size_t i = 0; ok && i < db_rows_count(rows); i++)
        if (!db_bool(rows, i, is_purged))
            ok = erase_month(forget, db_int(rows, i, year), db_int(rows, i, month), err);
    db_rows_free(rows);
    return ok;
}

/* Numbers of rows as a PostgreSQL array. */
struct ids {
    struct buf array;
    uint64_t count;
};

static void add_id(struct ids *ids, int64_t id)
{
    buf_addf(&ids->array, "%s%" PRId64, ids->count++ == 0 ? "{" : ",", id);
}

/* Which texts hold a number?  *COUNT of them were looked at, 0 at the end. */
static bool forget_look(struct forget *forget, struct ids *rejects, struct ids *captions,
                        size_t *count, struct err *err)
{
    struct db_rows *rows =
        db_query_binary(forget->db, "fetch 1000 from texts", NULL, err);

    if (rows == NULL)
        return false;
    *count = db_rows_count(rows);

    size_t reject = db_column(rows, "is_reject"), id = db_column(rows, "id");
    size_t text = db_column(rows, "text");

    for (size_t i = 0; i < *count; i++) {
        bool is_reject = db_value(rows, i, reject).s[0] != 0;

        if (suppression_is_in(forget->suppression, db_value(rows, i, text)))
            add_id(is_reject ? rejects : captions, row_value_int(db_value(rows, i, id)));
    }
    db_rows_free(rows);
    return true;
}

static bool erase_ids(struct forget *forget, const char *sql, struct ids *ids,
                      struct err *err)
{
    if (ids->count == 0)
        return true;
    buf_add_char(&ids->array, '}');
    return db_run(forget->db, sql, DB_ARGS(buf_cstr(&ids->array)), NULL, err);
}

static bool erase_texts(struct forget *forget, struct err *err)
{
    struct ids rejects = { .count = 0 }, captions = { .count = 0 };
    size_t count = 1;
    bool ok =
        forget_begin(forget, err) && db_exec(forget->db, sql_retention_forget_texts, err);

    while (ok && count > 0)
        ok = forget_look(forget, &rejects, &captions, &count, err);
    ok = ok && db_exec(forget->db, "close texts", err) &&
         erase_ids(forget, sql_retention_forget_rejects, &rejects, err) &&
         erase_ids(forget, sql_retention_forget_captions, &captions, err);
    ok = end(forget, ok, err);
    if (ok) {
        forget->report->rejects = rejects.count;
        forget->report->files += captions.count;
    }
    buf_free(&rejects.array);
    buf_free(&captions.array);
    return ok;
}

/* The statement SQL in a transaction of its own; *AFFECTED grows by its rows. */
static bool erase_rows(struct forget *forget, const char *sql, uint64_t *affected,
                       struct err *err)
{
    uint64_t rows = 0;
    bool ok = forget_begin(forget, err) &&
              db_run(forget->db, sql, DB_ARGS(forget->pattern.s), &rows, err);

    ok = end(forget, ok, err);
    *affected += ok ? rows : 0;
    return ok;
}

bool forget_run(struct run *run, const struct number *numbers, size_t count, bool dry_run,
                struct forget_report *report, struct err *err)
{
    struct forget forget = {
        .run = run,
        .db = run->db,
        .number = numbers,
        .count = count,
        .dry_run = dry_run,
        .report = report,
    };

    uint64_t records = 0; /* the same legs once more */

    *report = (struct forget_report){ 0 };

    bool ok =
        add_numbers(&forget, err) && erase_legs(&forget, err) &&
        erase_rows(&forget, sql_retention_forget_versions, &report->versions, err) &&
        erase_rows(&forget, sql_retention_forget_records, &records, err) &&
        erase_texts(&forget, err) &&
        erase_rows(&forget, sql_retention_forget_files, &report->files, err);

    suppression_free(forget.suppression);
    buf_free(&forget.pattern);
    return ok;
}
