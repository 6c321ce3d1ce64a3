/*
 * recount.c - day by day.
 */
#include "loader/statistics/recount.h"

#include "base/base.h"
#include "base/stop.h"
#include "db/sql.h"
#include "db/txn.h"
#include "loader/statistics/statistics.h"
#include "record/instant.h"

#define MS_PER_HOUR (INT64_C(3600) * MS_PER_S)

static void add_hour(struct recount_report *report, int64_t hour, uint64_t groups)
{
    report->hour = xrealloc(report->hour, report->nhours + 1, sizeof *report->hour);
    report->hour[report->nhours++] = (struct recount_hour){ hour, groups };
}

/* Hours of the day that differ into HOURS and REPORT. */
static bool compare_day(struct db *db, const struct period_text *day, struct hours *hours,
                        struct recount_report *report, struct err *err)
{
    struct db_rows *rows =
        db_query(db, sql_statistics_differing, DB_ARGS(day->from, day->to), err);

    if (rows == NULL)
        return false;

    size_t hour = db_column(rows, "hour"), groups = db_column(rows, "groups");

    for (size_t i = 0; i < db_rows_count(rows); i++)
        add_hour(report, db_int(rows, i, hour), (uint64_t)db_int(rows, i, groups));
    hours_add_rows(hours, rows);
    db_rows_free(rows);
    return true;
}

static bool recount_day(struct run *run, int64_t from, int64_t to, bool repair,
                        struct recount_report *report, struct err *err)
{
    struct period_text day = period_text(from, to);
    struct hours *hours = hours_new();
    bool ok = (repair ? txn_begin_locked(run->db, run->settings.wait, err)
                      : txn_begin(run->db, err)) &&
              compare_day(run->db, &day, hours, report, err) &&
              (!repair || statistics_rebuild(run->db, hours, err)) && !stop_asked(err) &&
              (!repair || txn_commit(run->db, err));

    if (!ok || !repair)
        txn_rollback(run->db);
    hours_free(hours);
    return ok;
}

bool recount(struct run *run, int64_t from, int64_t to, bool repair,
             struct recount_report *report, struct err *err)
{
    int64_t end = to + (MS_PER_HOUR - 1);

    *report = (struct recount_report){ 0 };
    from -= from % MS_PER_HOUR;
    end -= end % MS_PER_HOUR;
    while (from < end) {
        int64_t next = from - from % MS_PER_DAY + MS_PER_DAY;

        next = next < end ? next : end;
        if (!recount_day(run, from, next, repair, report, err))
            return false;
        from = next;
    }
    return true;
}

void recount_report_free(struct recount_report *report)
{
    free(report->hour);
    *report = (struct recount_report){ 0 };
}
