/*
 * statistics.c - cdr.stat_hour, built anew for the hours that were touched.
 *
 * Hours near each other are built together; a file with legs of 1999 and of
 * today does not make us look at what lies between.
 */
#include "loader/statistics/statistics.h"

#include <inttypes.h>

#include "base/base.h"
#include "db/sql.h"
#include "db/txn.h"
#include "record/instant.h"

enum { GAP_HOURS = 24 };
#define MS_PER_HOUR (INT64_C(3600) * MS_PER_S)

/* The last hour of the island of hours that begins with FIRST. */
static int64_t island_end(const struct hours *hours, int64_t first)
{
    int64_t last = first, next;

    while ((next = hours_next(hours, last + 1)) >= 0 && next - last <= GAP_HOURS)
        last = next;
    return last;
}

/* The island's hours as int8[], hours since 1970. */
static void list_hours(const struct hours *hours, int64_t first, int64_t last,
                       struct buf *array)
{
    const char *between = "{";

    for (int64_t hour = first; hour >= 0 && hour <= last;
         hour = hours_next(hours, hour + 1)) {
        buf_addf(array, "%s%" PRId64, between, hour);
        between = ",";
    }
    buf_add_char(array, '}');
}

static bool rebuild(struct db *db, const struct hours *hours, int64_t first, int64_t last,
                    struct err *err)
{
    struct period_text period =
        period_text(first * MS_PER_HOUR, (last + 1) * MS_PER_HOUR);
    struct buf array = { 0 };
    bool left = false;

    list_hours(hours, first, last, &array);
    buf_cstr(&array);

    /*
     * LEFT: between the island's hours there are others, which must stay as they are.
     * Naming the hours to a million rows takes time; mostly there are no others.
     */
    bool ok =
        db_run(db, sql_statistics_delete, DB_ARGS(period.from, period.to, array.s), NULL,
               err) &&
        db_ask(db, sql_statistics_is_left, DB_ARGS(period.from, period.to), &left, err) &&
        db_run(db, sql_statistics_build,
               DB_ARGS(period.from, period.to, left ? array.s : NULL), NULL, err);

    buf_free(&array);
    return ok;
}

static bool rebuild_islands(struct db *db, const struct hours *hours, struct err *err)
{
    int64_t first = hours_next(hours, 0);

    while (first >= 0) {
        int64_t last = island_end(hours, first);

        if (!rebuild(db, hours, first, last, err))
            return false;
        first = hours_next(hours, last + 1);
    }
    return true;
}

/* HOURS, and those of calls that reach out of them by more than a day. */
static bool add_far_hours(struct db *db, const struct hours *hours, struct hours *all,
                          struct err *err)
{
    struct buf array = { 0 };
    struct db_rows *rows;

    hours_add_all(all, hours);
    hours_list(hours, &array);
    rows = db_query(db, sql_statistics_far_hours, DB_ARGS(buf_cstr(&array)), err);
    buf_free(&array);
    if (rows == NULL)
        return false;
    hours_add_rows(all, rows);
    db_rows_free(rows);
    return true;
}

bool statistics_rebuild(struct db *db, const struct hours *hours, struct err *err)
{
    if (hours_next(hours, 0) < 0)
        return true;

    struct hours *all = hours_new();
    bool ok = add_far_hours(db, hours, all, err) && rebuild_islands(db, all, err);

    hours_free(all);
    return ok;
}

static bool join_far_calls(struct db *db, struct err *err)
{
    struct db_rows *rows = db_query(db, sql_statistics_join_far_calls, NULL, err);
    struct hours *hours;
    bool ok;

    if (rows == NULL)
        return false;
    hours = hours_new();
    hours_add_rows(hours, rows);
    db_rows_free(rows);
    ok = statistics_rebuild(db, hours, err);
    hours_free(hours);
    return ok;
}

bool statistics_join_far_calls(struct db *db, uint32_t wait, struct err *err)
{
    bool is_unjoined = false;

    if (!db_ask(db, sql_statistics_is_unjoined, NULL, &is_unjoined, err) || !is_unjoined)
        return err->code == EXIT_DONE;

    bool ok =
        txn_begin_locked(db, wait, err) && join_far_calls(db, err) && txn_commit(db, err);

    if (!ok)
        txn_rollback(db);
    return ok;
}
