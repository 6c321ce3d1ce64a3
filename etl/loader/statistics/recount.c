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

/* What differs of a day of UTC. */
struct recount_day {
    struct hours *hours, *days;
};

static void list_row(const struct db_rows *rows, size_t row, struct hours *hours,
                     struct recount_list *list)
{
    int64_t hour = db_int(rows, row, db_column(rows, "hour"));
    uint64_t groups = (uint64_t)db_int(rows, row, db_column(rows, "groups"));

    list->hour = xgrow(list->hour, list->count, sizeof *list->hour);
    list->hour[list->count++] = (struct recount_hour){ hour, groups };
    hours_add(hours, hour);
}

static bool compare_day(struct db *db, const struct period_text *period,
                        struct recount_day *day, struct recount_report *report,
                        struct err *err)
{
    struct db_rows *rows =
        db_query(db, sql_statistics_differing, DB_ARGS(period->from, period->to), err);

    if (rows == NULL)
        return false;
    for (size_t i = 0; i < db_rows_count(rows); i++) {
        bool is_day = db_bool(rows, i, db_column(rows, "is_day"));

        list_row(rows, i, is_day ? day->days : day->hours,
                 is_day ? &report->days : &report->hours);
    }
    db_rows_free(rows);
    return true;
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
