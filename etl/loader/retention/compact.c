/*
 * compact.c - month by month, under the lock.
 */
#include "loader/retention/compact.h"

#include "base/base.h"
#include "base/stop.h"
#include "db/init/cluster.h"
#include "db/sql.h"
#include "db/txn.h"
#include "record/instant.h"

static void copy_text(char *to, size_t size, struct slice text)
{
    snprintf(to, size, SLICE_FMT, SLICE_ARG(text));
}

static bool compact_measure(struct db *db, const char *day, struct compact_month *month,
                            struct err *err)
{
    struct db_rows *rows = db_query(db, sql_compact_size, DB_ARGS(day), err);

    if (rows == NULL)
        return false;
    month->after = db_int(rows, 0, db_column(rows, "bytes"));
    copy_text(month->is, sizeof month->is, db_named(rows, 0, "size"));
    db_rows_free(rows);
    return true;
}

static bool compact_store(struct db *db, const char *day, const char *name, uint32_t wait,
                          struct err *err)
{
    struct db_rows *rows = NULL;
    bool ok = txn_begin_locked(db, wait, err) &&
              (rows = db_query(db, sql_compact_store, DB_ARGS(day), err)) != NULL &&
              !stop_asked(err);

    if (ok && db_value(rows, 0, 0).s == NULL)
        ok = err_set(err, EXIT_LOCKED,
                     "%s stays: somebody reads legs and does not end; try again", name);
    db_rows_free(rows);
    ok = ok && txn_commit(db, err);
    if (!ok)
        txn_rollback(db);
    return ok;
}

/* The month of ROW as it is stored. */
static struct compact_month compact_month(const struct db_rows *list, size_t row)
{
    struct compact_month month = { .after = -1 };

    copy_text(month.month, sizeof month.month, db_named(list, row, "month"));
    copy_text(month.was, sizeof month.was, db_named(list, row, "size"));
    month.before = db_int(list, row, db_column(list, "bytes"));
    return month;
}

static bool compact_check(struct db *db, struct compact_report *report, struct err *err)
{
    bool has_columnar = false;

    if (!cluster_is_there(db, &report->is_possible, err) || !report->is_possible)
        return err->code == EXIT_DONE;
    return db_ask(db, sql_compact_has_columnar, NULL, &has_columnar, err) &&
           (has_columnar ||
            err_set(err, EXIT_DATABASE,
                    "the extension citus_columnar is not in this database: let a "
                    "superuser run cdretl init --citus, or create it"));
}

bool compact_run(struct db *db, int64_t before, uint32_t wait, bool dry_run,
                 struct compact_report *report, struct err *err)
{
    char text[25];

    *report = (struct compact_report){ 0 };
    if (!compact_check(db, report, err))
        return false;
    if (!report->is_possible)
        return true;
    instant_iso(before, text);

    struct db_rows *list = db_query(db, sql_compact_list, DB_ARGS(text), err);
    bool ok = list != NULL;

    for (size_t i = 0; ok && i < db_rows_count(list); i++) {
        const char *day = db_named(list, i, "first_day").s;
        struct compact_month month = compact_month(list, i);

        ok = dry_run || (compact_store(db, day, month.month, wait, err) &&
                         compact_measure(db, day, &month, err));
        if (!ok)
            break;
        report->month =
            xrealloc(report->month, report->nmonths + 1, sizeof *report->month);
        report->month[report->nmonths++] = month;
    }
    db_rows_free(list);
    return ok;
}

void compact_report_free(struct compact_report *report)
{
    free(report->month);
    *report = (struct compact_report){ 0 };
}
