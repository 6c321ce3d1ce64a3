/*
 * purge.c - month by month, under the lock.
 */
#include "loader/retention/purge.h"

#include <inttypes.h>
#include <time.h>

#include "base/base.h"
#include "base/log.h"
#include "base/stop.h"
#include "db/sql.h"
#include "db/txn.h"
#include "record/instant.h"

enum { TRY_S = 1 }; /* how long cdr.purge_month() waits for readers of legs, seconds */

static void purge_add_month(struct purge_report *report, struct slice name)
{
    report->month = xrealloc(report->month, report->nmonths + 1, sizeof *report->month);

    struct purge_month *month = &report->month[report->nmonths++];

    *month = (struct purge_month){ .bytes = -1 };
    snprintf(month->month, sizeof month->month, SLICE_FMT, SLICE_ARG(name));
}

/* All that may go into REPORT, nothing counted yet. */
static bool purge_list_months(struct db *db, int64_t before, struct purge_report *report,
                              struct err *err)
{
    char text[25];

    instant_iso(before, text);

    struct db_rows *rows = db_query(db, sql_retention_purge_list, DB_ARGS(text), err);

    if (rows == NULL)
        return false;

    size_t month = db_column(rows, "month"), is_over = db_column(rows, "is_over");

    for (size_t i = 0; i < db_rows_count(rows); i++)
        if (db_bool(rows, i, is_over))
            purge_add_month(report, db_value(rows, i, month));
        else
            snprintf(report->kept, sizeof report->kept, SLICE_FMT,
                     SLICE_ARG(db_value(rows, i, month)));
    db_rows_free(rows);
    return true;
}

/* The number in the column NAME of the only row. */
static int64_t purge_count(const struct db_rows *rows, const char *name)
{
    return db_int(rows, 0, db_column(rows, name));
}

static int64_t bytes_of(const struct db_rows *rows)
{
    size_t bytes = db_column(rows, "bytes");

    return db_value(rows, 0, bytes).s != NULL ? db_int(rows, 0, bytes) : -1;
}

static void take_counts(struct purge_month *month, const struct db_rows *rows)
{
    month->legs = purge_count(rows, "legs");
    month->bytes = bytes_of(rows);
    month->versions = purge_count(rows, "versions");
    month->changes = purge_count(rows, "changes");
    month->texts = purge_count(rows, "texts");
    month->truncated_calls = purge_count(rows, "truncated_calls");
}

static bool purge_measure(struct db *db, struct purge_month *month, struct err *err)
{
    struct db_rows *rows =
        db_query(db, sql_retention_purge_size, DB_ARGS(month->month), err);
    bool ok = rows != NULL;

    if (ok)
        take_counts(month, rows);
    db_rows_free(rows);
    return ok;
}

/* *GONE false: sessions that read legs kept their locks, and nothing has changed. */
static bool try_drop(struct run *run, struct purge_month *month, bool *gone,
                     struct err *err)
{
    struct db_rows *rows = NULL;
    bool ok =
        txn_begin_legs(run->db, run->settings.wait, err) &&
        (rows = db_query(run->db, sql_retention_purge_month,
                         DB_ARGS(month->month, int_text(run->run_id).s), err)) != NULL &&
        !stop_asked(err);

    *gone = ok && db_rows_count(rows) > 0;
    if (*gone)
        take_counts(month, rows);
    db_rows_free(rows);
    if (*gone)
        ok = *gone = txn_commit(run->db, err);
    if (!*gone)
        txn_rollback(run->db);
    return ok;
}

static bool drop(struct run *run, struct purge_month *month, struct err *err)
{
    const struct timespec pause = { .tv_sec = TRY_S };
    uint32_t waited = 0;
    bool gone = false;

    while (try_drop(run, month, &gone, err) && !gone) {
        waited += TRY_S;
        if (waited >= run->settings.wait)
            return err_set(err, EXIT_LOCKED,
                           "%s stays: somebody reads legs and does not end; try again, "
                           "or wait longer with --wait SECONDS",
                           month->month);
        /* Sessions that queued up behind our lock read meanwhile. */
        nanosleep(&pause, NULL);
        waited += TRY_S;
        if (stop_asked(err))
            return false;
    }
    return gone;
}

bool purge_run(struct run *run, int64_t before, bool dry_run, struct purge_report *report,
               struct err *err)
{
    *report = (struct purge_report){ 0 };

    bool ok = purge_list_months(run->db, before, report, err);
    size_t todo = report->nmonths, done = 0;

    for (; ok && done < todo; done += ok)
        ok = dry_run ? purge_measure(run->db, &report->month[done], err)
                     : drop(run, &report->month[done], err);
    report->nmonths = done;
    return ok;
}

void purge_report_free(struct purge_report *report)
{
    free(report->month);
    *report = (struct purge_report){ 0 };
}

bool purge_warn(struct db *db, int64_t from, int64_t to, const char *what,
                struct err *err)
{
    struct period_text period = period_text(from, to);
    struct db_rows *rows =
        db_query(db, sql_retention_purge_between, DB_ARGS(period.from, period.to), err);

    if (rows == NULL)
        return false;

    int64_t count = purge_count(rows, "months");
    const char *first = db_named(rows, 0, "first_month").s;
    const char *last = db_named(rows, 0, "last_month").s;

    if (count == 1)
        log_warn("%s was purged: it has no legs any more, %s; its statistics stay", first,
                 what);
    else if (count > 1)
        log_warn("%" PRId64 " months of %s to %s were purged: they have no legs any "
                 "more, %s; their statistics stay",
                 count, first, last, what);
    db_rows_free(rows);
    return true;
}
