/*
 * stat_delta.c - the working tables of a difference.
 */
#include "loader/statistics/stat_delta.h"

#include "base/base.h"
#include "db/sql.h"
#include "loader/statistics/statistics.h"
#include "record/instant.h"

#define MS_PER_HOUR (INT64_C(3600) * MS_PER_S)

bool stat_delta_begin(struct db *db, struct err *err)
{
    bool is_there = false;

    /* How many groups or calls there will be is unknown; sorting them is never better. */
    return db_ask(db, "select to_regclass('pg_temp.delta') is not null", NULL, &is_there,
                  err) &&
           (is_there || db_exec(db, sql_statistics_prepare, err)) &&
           db_exec(db, "set local enable_mergejoin to off", err);
}

bool stat_delta_count(struct db *db, int sign, struct err *err)
{
    return db_run(db, sql_statistics_count, DB_ARGS(sign < 0 ? "-1" : "1"), NULL, err);
}

/* The hours of the difference into *CHANGED, which may be absent. */
static bool read_hours(struct db *db, struct hours *changed, struct err *err)
{
    struct db_rows *rows = db_query(db, sql_statistics_hours, NULL, err);

    if (rows == NULL)
        return false;
    hours_add_rows(changed, rows);
    db_rows_free(rows);
    return true;
}

static bool apply(struct db *db, const struct hours *changed, struct err *err)
{
    int64_t first = hours_next(changed, 0), last = first;
    bool anew = false;

    if (first < 0)
        return true;
    for (int64_t hour = first; hour >= 0; hour = hours_next(changed, hour + 1))
        last = hour;

    struct period_text period = period_text(first * MS_PER_HOUR, last * MS_PER_HOUR);

    return db_ask(db, sql_statistics_apply, DB_ARGS(period.from, period.to), &anew,
                  err) &&
           (!anew || statistics_rebuild(db, changed, err));
}

bool stat_delta_apply(struct db *db, struct hours *hours, struct err *err)
{
    struct hours *changed = hours_new();
    bool ok = db_run(db, sql_statistics_net, NULL, NULL, err) &&
              read_hours(db, changed, err) && apply(db, changed, err);

    for (int64_t hour = hours_next(changed, 0); ok && hour >= 0;
         hour = hours_next(changed, hour + 1))
        hours_add(hours, hour);
    hours_free(changed);
    return ok;
}
