/*
 * forget.c - all numbers into the list, month by month out of the legs.
 */
#include "loader/retention/forget.h"

#include "base/base.h"
#include "base/stop.h"
#include "db/copy_buffer.h"
#include "db/row/row_copy.h"
#include "db/sql.h"
#include "db/txn.h"
#include "leg/time/clock.h"
#include "loader/partitions.h"
#include "loader/retention/forget_impl.h"
#include "loader/retention/pseudonym.h"
#include "loader/retention/suppression.h"
#include "record/instant.h"

struct forget {
    struct run *run;
    const struct number *number;
    size_t count;
    struct forget_report *report;
    struct forget_search search; /* for those numbers, and no others */
};

static bool forget_begin(struct forget *forget, struct err *err)
{
    return txn_begin_legs(forget->search.db, forget->run->settings.wait, err);
}

/* OK: the work is done. */
static bool end(struct forget *forget, bool ok, struct err *err)
{
    ok = ok && !stop_asked(err);
    if (ok && !forget->search.dry_run)
        ok = txn_commit(forget->search.db, err);
    if (!ok || forget->search.dry_run)
        txn_rollback(forget->search.db);
    return ok;
}

static bool load_key(struct forget *forget, struct err *err)
{
    struct db_rows *rows = db_query_binary(forget->search.db, sql_forget_key, NULL, err);

    if (rows == NULL)
        return false;

    bool is_there = db_rows_count(rows) == 1;

    if (is_there) {
        struct slice key = db_value(rows, 0, db_column(rows, "key"));

        forget->search.suppression = suppression_new(key.s, key.len);
    }
    db_rows_free(rows);
    return is_there ||
           err_set(err, EXIT_DATABASE, "the key in cdr.suppression_key is not there");
}

static void add_wanted(struct forget *forget, const struct number *number,
                       struct buf *wanted)
{
    unsigned char sum[DIGEST_BYTES];
    char is_spelling = (char)number->is_spelling;

    suppression_sum(forget->search.suppression, number, sum);
    buf_add_be16(wanted, 2);
    row_copy_add_value(wanted, (struct slice){ (const char *)sum, sizeof sum });
    row_copy_add_value(wanted, (struct slice){ &is_spelling, 1 });
}

static bool store_wanted(struct forget *forget, struct buf *wanted, struct err *err)
{
    int64_t fresh = 0;
    bool ok = db_exec(forget->search.db, sql_forget_wanted, err) &&
              copy_buffer_send(forget->search.db,
                               "copy pg_temp.wanted (hmac, is_spelling) "
                               "from stdin (format binary)",
                               wanted, err) &&
              db_ask_int(forget->search.db, sql_forget_fresh, NULL, &fresh, err) &&
              db_run(forget->search.db, sql_forget_add,
                     DB_ARGS(int_text(forget->run->run_id).s), NULL, err);

    forget->report->fresh = ok ? (uint64_t)fresh : 0;
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
    suppression_add_number(forget->search.suppression, &digits);
}

static bool add_numbers(struct forget *forget, struct err *err)
{
    struct buf wanted = { 0 };
    bool ok = forget_begin(forget, err) && load_key(forget, err);

    for (size_t i = 0; ok && i < forget->count; i++) {
        suppression_add_number(forget->search.suppression, &forget->number[i]);
        add_wanted(forget, &forget->number[i], &wanted);
        add_pseudonym(forget, &forget->number[i]);
    }
    ok = ok && (forget->search.dry_run || store_wanted(forget, &wanted, err));
    ok = end(forget, ok, err);
    forget->report->stays_away = ok && !forget->search.dry_run;
    buf_free(&wanted);
    return ok;
}

/* A compacted month is opened when one of its legs, of the period ARGS, holds a number.
 */
static bool open_compacted(struct forget *forget, int64_t from, int64_t to,
                           const struct db_args *args, struct err *err)
{
    bool are = false;
    uint64_t legs = 0;

    if (forget->search.dry_run)
        return true;
    if (!partitions_are_compacted(forget->search.db, from, to, &are, err))
        return false;
    if (!are)
        return true;

    struct forget_search search = forget->search;

    search.dry_run = true;

    bool ok = forget_begin(forget, err) &&
              forget_rows(&search, sql_forget_held_legs, args, &legs, err);

    txn_rollback(forget->search.db);
    return ok && (legs == 0 || partitions_open(forget->search.db, from, to,
                                               forget->run->settings.wait, err));
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
    struct db *db = forget->search.db;
    const struct db_args *args = DB_ARGS(period.from, period.to);
    bool ok = open_compacted(forget, first * MS_PER_DAY, next * MS_PER_DAY, args, err) &&
              forget_begin(forget, err) &&
              forget_rows(&forget->search, sql_forget_held_legs, args, &legs, err);

    if (ok && legs > 0 && !forget->search.dry_run)
        ok = db_exec(db, sql_forget_sources, err) &&
             db_run(db, sql_forget_legs, args, NULL, err);
    ok = ok && (forget->search.dry_run || forget_keys(db, period.from, period.to, err));
    ok = end(forget, ok, err);
    forget->report->legs += ok ? legs : 0;
    return ok;
}

static bool erase_legs(struct forget *forget, struct err *err)
{
    struct db_rows *rows = db_query(forget->search.db, sql_load_months, NULL, err);
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

/* The rows that DECLARE holds, in a transaction of their own; *COUNT of them held one. */
static bool erase_rows(struct forget *forget, const char *declare, const char *apply,
                       uint64_t *count, struct err *err)
{
    uint64_t found = 0;
    bool ok =
        forget_begin(forget, err) &&
        forget_rows(&forget->search, declare, NULL, &found, err) &&
        (found == 0 || forget->search.dry_run || db_exec(forget->search.db, apply, err));

    ok = end(forget, ok, err);
    *count = ok ? found : 0;
    return ok;
}

static bool erase_texts(struct forget *forget, struct err *err)
{
    uint64_t rejects = 0, files = 0;
    bool ok =
        forget_begin(forget, err) && forget_texts(&forget->search, &rejects, &files, err);

    ok = end(forget, ok, err);
    forget->report->rejects = ok ? rejects : 0;
    forget->report->files = ok ? files : 0;
    return ok;
}

bool forget_run(struct run *run, const struct number *numbers, size_t count, bool dry_run,
                struct forget_report *report, struct err *err)
{
    struct forget forget = {
        .run = run,
        .number = numbers,
        .count = count,
        .report = report,
        .search = { .db = run->db, .dry_run = dry_run },
    };

    uint64_t records = 0; /* the same legs once more */

    *report = (struct forget_report){ 0 };

    bool ok =
        add_numbers(&forget, err) && erase_legs(&forget, err) &&
        erase_rows(&forget, sql_forget_held_versions, sql_forget_versions,
                   &report->versions, err) &&
        erase_rows(&forget, sql_forget_held_records, sql_forget_records, &records, err) &&
        erase_texts(&forget, err);

    suppression_free(forget.search.suppression);
    return ok;
}
