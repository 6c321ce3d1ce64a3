/*
 * statistics.c - cdr.stat_hour, built anew for the hours that were touched.
 *
 * Hours near each other are built together; a file with legs of 1999 and of
 * today does not make us look at what lies between.
 */
#include "loader/loader_impl.h"

#include <inttypes.h>

#include "base/base.h"
#include "db/sql.h"

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
    bool ok = db_run(db, sql_text("load/stat_forget"),
                     DB_ARGS(period.from, period.to, array.s), NULL, err) &&
              db_ask(db, sql_text("load/stat_left"), DB_ARGS(period.from, period.to),
                     &left, err) &&
              db_run(db, sql_text("load/stat_build"),
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

static bool add_hours(struct hours *hours, struct db_rows *rows)
{
    if (rows == NULL)
        return false;
    for (size_t i = 0; i < db_rows_count(rows); i++)
        hours_add(hours, db_int(rows, i, 0));
    db_rows_free(rows);
    return true;
}

bool statistics_add_calls(struct load *load, struct err *err)
{
    char file_id[16];

    if (!load->is_near || load->rows == 0)
        return true;
    snprintf(file_id, sizeof file_id, "%" PRId32, load->file.file_id);

    struct period_text period = period_text(load->file.first_at, load->file.last_at);

    return add_hours(load->hours,
                     db_query(load->db, sql_text("load/call_hours"),
                              DB_ARGS(period.from, period.to, file_id), err));
}
