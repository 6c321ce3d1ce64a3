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

bool statistics_rebuild(struct db *db, const struct hours *hours, struct err *err)
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
