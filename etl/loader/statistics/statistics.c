/*
 * statistics.c - cdr.stat_hour, counted anew from the legs, a day at a time.
 */
#include "loader/statistics/statistics.h"

#include <inttypes.h>

#include "base/base.h"
#include "db/sql.h"
#include "db/txn.h"
#include "record/instant.h"

enum { DAY_HOURS = 24 };

bool statistics_unroll(struct db *db, const struct hours *hours, struct err *err)
{
    struct buf array = { 0 };

    hours_list(hours, &array);

    bool ok = db_run(db, sql_statistics_unroll, DB_ARGS(buf_cstr(&array)), NULL, err);

    buf_free(&array);
    return ok;
}

/* The hours of HOURS from FIRST on that lie in its day; *NEXT: the first behind it. */
static bool rebuild_day(struct db *db, const struct hours *hours, int64_t first,
                        int64_t *next, struct err *err)
{
    struct buf array = { 0 };
    int64_t last = first, hour = first;

    for (; hour >= 0 && hour / DAY_HOURS == first / DAY_HOURS;
         hour = hours_next(hours, hour + 1)) {
        buf_addf(&array, "%c%" PRId64, hour == first ? '{' : ',', hour);
        last = hour;
    }
    buf_add_char(&array, '}');
    *next = hour;

    struct period_text period =
        period_text(first * MS_PER_HOUR, (last + 1) * MS_PER_HOUR);
    const struct db_args *args = DB_ARGS(period.from, period.to, buf_cstr(&array));
    bool ok = db_run(db, sql_statistics_unroll, DB_ARGS(buf_cstr(&array)), NULL, err) &&
              db_run(db, sql_statistics_delete, args, NULL, err) &&
              db_run(db, sql_statistics_build, args, NULL, err);

    buf_free(&array);
    return ok;
}

bool statistics_rebuild(struct db *db, const struct hours *hours, struct err *err)
{
    int64_t hour = hours_next(hours, 0);

    while (hour >= 0)
        if (!rebuild_day(db, hours, hour, &hour, err))
            return false;
    return true;
}

bool statistics_note_far_calls(struct db *db, struct err *err)
{
    struct hours *hours = hours_new();
    bool ok = hours_ask(hours, db, sql_statistics_join_far_calls, NULL, err) &&
              statistics_rebuild(db, hours, err);

    hours_free(hours);
    return ok;
}

bool statistics_join_far_calls(struct db *db, uint32_t wait, struct err *err)
{
    bool is_unjoined = false;

    if (!db_ask(db, sql_statistics_is_unjoined, NULL, &is_unjoined, err) || !is_unjoined)
        return err->code == EXIT_DONE;

    bool ok = txn_begin_legs(db, wait, err) && statistics_note_far_calls(db, err) &&
              txn_commit(db, err);

    if (!ok)
        txn_rollback(db);
    return ok;
}
