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

static void list_rows(struct recount_list *list, const struct db_rows *rows)
{
    size_t hour = db_column(rows, "hour"), groups = db_column(rows, "groups");

    for (size_t i = 0; i < db_rows_count(rows); i++) {
        list->hour = xrealloc(list->hour, list->count + 1, sizeof *list->hour);
        list->hour[list->count++] =
            (struct recount_hour){ db_int(rows, i, hour),
                                   (uint64_t)db_int(rows, i, groups) };
    }
}

/* What SQL finds to differ in PERIOD into HOURS and LIST. */
static bool compare(struct db *db, const char *sql, const struct period_text *period,
                    struct hours *hours, struct recount_list *list, struct err *err)
{
    struct db_rows *rows = db_query(db, sql, DB_ARGS(period->from, period->to), err);

    if (rows == NULL)
        return false;
    list_rows(list, rows);
    hours_add_rows(hours, rows);
    db_rows_free(rows);
    return true;
}

/* What differs of a day of UTC. */
struct recount_day {
    struct hours *hours, *days;
};

static bool compare_day(struct db *db, const struct period_text *period,
                        struct recount_day *day, struct recount_report *report,
                        struct err *err)
{
    return compare(db, sql_statistics_differing, period, day->hours, &report->hours,
                   err) &&
           compare(db, sql_statistics_differing_days, period, day->days, &report->days,
                   err);
}

static bool recount_day(struct run *run, int64_t from, int64_t to, bool repair,
                        struct recount_report *report, struct err *err)
{
    struct period_text period = period_text(from, to);
    struct recount_day day = { hours_new(), hours_new() };
    bool ok = (repair ? txn_begin_legs(run->db, run->settings.wait, err)
                      : txn_begin(run->db, err)) &&
              compare_day(run->db, &period, &day, report, err) &&
              (!repair || (statistics_unroll(run->db, day.days, err) &&
                           statistics_rebuild(run->db, day.hours, err))) &&
              !stop_asked(err) && (!repair || txn_commit(run->db, err));

    if (!ok || !repair)
        txn_rollback(run->db);
    hours_free(day.hours);
    hours_free(day.days);
    return ok;
}

/* Days without legs and statistics cost nothing: *FROM goes on to the first hour of
 * [*FROM, END) that has any. */
static bool skip_empty(struct db *db, int64_t *from, int64_t end, struct err *err)
{
    struct period_text period = period_text(*from, end);
    int64_t hour = 0;

    if (!db_ask_int(db, sql_statistics_next_hour, DB_ARGS(period.from, period.to), &hour,
                    err))
        return false;
    *from = hour * MS_PER_HOUR;
    return true;
}

bool recount(struct run *run, int64_t from, int64_t to, bool repair,
             struct recount_report *report, struct err *err)
{
    int64_t end = to + (MS_PER_HOUR - 1);

    *report = (struct recount_report){ 0 };
    from -= from % MS_PER_HOUR;
    end -= end % MS_PER_HOUR;
    while (from < end && skip_empty(run->db, &from, end, err) && from < end) {
        int64_t next = from - from % MS_PER_DAY + MS_PER_DAY;

        next = next < end ? next : end;
        if (!recount_day(run, from, next, repair, report, err))
            return false;
        from = next;
    }
    return err->code == EXIT_DONE;
}

void recount_report_free(struct recount_report *report)
{
    free(report->hours.hour);
    free(report->days.hour);
    *report = (struct recount_report){ 0 };
}
