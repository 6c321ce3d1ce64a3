/*
 * recompute_write.c - what a day's deciding changed, into the database.
 *
 * What calls came to was counted while their legs streamed by, as they were and as they
 * are.  Calls that have legs elsewhere are counted as they are stored, before the change
 * and after it, and so are all where streaming could not tell them.
 */
#include "loader/recompute/recompute_state.h"

#include "base/base.h"
#include "db/sql.h"
#include "loader/statistics/statistics.h"

static void copy_history(struct buf *sql, const char *table)
{
    buf_addf(sql, "copy %s (", table);
    recompute_history_columns(sql);
    buf_add_text(sql, ") from stdin (format binary)");
}

/*
 * What they were, and what they are now.  Where this run has changed legs before, it may
 * do so a second time, which COPY cannot.
 */
static bool send_history(struct recompute *recompute, const struct period_text *period,
                         struct err *err)
{
    struct db *db = recompute->run->db;
    struct buf sql = { 0 };
    bool again = false;
    bool ok =
        db_ask(db, sql_recompute_changed_before,
               DB_ARGS(period->from, period->to, recompute->texts.run.s), &again, err) &&
        (!again || db_exec(db, sql_recompute_prepare_again, err));

    copy_history(&sql, again ? "pg_temp.changed_again" : "cdr.outcome_change");
    ok = ok && copy_spool_send(&recompute->history, db, "changes", buf_cstr(&sql), err) &&
         (!again || db_exec(db, sql_recompute_history_again, err));
    buf_free(&sql);
    return ok;
}

/*
 * Hours of SLICE that were counted by other settings, or when categories counted as
 * something else, are counted anew whether or not a leg of theirs has changed.
 */
static bool renew_hours(struct recompute *recompute, const struct recompute_slice *slice,
                        struct hours *hours, struct err *err)
{
    struct period_text period = period_text(slice->first, slice->next);
    struct db *db = recompute->run->db;
    struct hours *stale = hours_new();
    bool ok = hours_ask(stale, db, sql_recompute_stale_hours,
                        DB_ARGS(period.from, period.to), err) &&
              statistics_rebuild(db, stale, err);

    hours_add_all(hours, stale);
    hours_free(stale);
    return ok;
}

static const char copy_changed[] = "copy pg_temp.changed from stdin (format binary)";

static bool write_legs(struct recompute *recompute, struct stat_change *change,
                       struct err *err)
{
    struct period_text period =
        period_text(recompute->first_changed, recompute->last_changed + 1);
    struct db *db = recompute->run->db;
    const struct db_args *args = DB_ARGS(period.from, period.to);

    return copy_spool_send(&recompute->changed, db, "legs", copy_changed, err) &&
           send_history(recompute, &period, err) &&
           stat_change_choose(change, sql_recompute_calls,
                              DB_ARGS(recompute->is_counted ? "t" : "f"), err) &&
           stat_change_count(change, -1, err) &&
           db_run(db, sql_recompute_update, args, NULL, err) &&
           stat_change_count(change, 1, err);
}

bool recompute_write(struct recompute *recompute, struct recompute_slice *slice,
                     struct stat_change *change, struct err *err)
{
    struct hours *hours = hours_new();
    bool ok = slice->counts.changed == 0 || (write_legs(recompute, change, err) &&
                                             stat_change_apply(change, true, hours, err));

    ok = ok && renew_hours(recompute, slice, hours, err);
    for (int64_t hour = hours_next(hours, 0); ok && hour >= 0;
         hour = hours_next(hours, hour + 1)) {
        slice->counts.hours++;
        recompute->report->counts.hours += hours_add(recompute->hours, hour);
    }
    hours_free(hours);
    return ok;
}
