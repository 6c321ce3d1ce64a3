/*
 * recompute_write.c - what a day's deciding changed, into the database.
 *
 * The statistics are not built anew: what the calls that change counted for is
 * taken away and what they count for now is added, by the schema's own rules.
 * Counts and sums allow that.  Where it cannot be right, because the hours were
 * built by other settings or by less than the whole call, they are built anew.
 */
#include "loader/recompute/recompute_write.h"

#include "base/base.h"
#include "db/copy_buffer.h"
#include "db/db_copy.h"
#include "db/sql.h"
#include "loader/statistics.h"

enum { CHUNK = 64 << 10 };
#define MS_PER_HOUR (INT64_C(3600) * MS_PER_S)

static const char copy_changed[] = "copy pg_temp.changed from stdin (format binary)";

/* The rows in the file, as they stand. */
static bool put_file(FILE *file, struct db *db, struct err *err)
{
    static char chunk[CHUNK];
    size_t got;

    rewind(file);
    while ((got = fread(chunk, 1, sizeof chunk, file)) > 0)
        if (!db_copy_put(db, chunk, got, err))
            return false;
    return ferror(file) == 0 ||
           err_set(err, EXIT_USAGE, "a temporary file cannot be read");
}

static bool send_changed(struct recompute *recompute, struct err *err)
{
    struct db *db = recompute->run->db;
    struct buf edge = { 0 };
    uint64_t count;

    if (recompute->file == NULL)
        return copy_buffer_send(db, copy_changed, &recompute->changed, err);
    if (!db_copy_begin(db, copy_changed, err))
        return false;
    row_copy_head(&edge);

    bool ok = db_copy_put(db, edge.s, edge.len, err) &&
              put_file(recompute->file, db, err) &&
              db_copy_put(db, recompute->changed.s, recompute->changed.len, err);

    buf_reset(&edge);
    row_copy_tail(&edge);
    ok = ok && db_copy_put(db, edge.s, edge.len, err);
    buf_free(&edge);
    buf_reset(&recompute->changed);
    fclose(recompute->file);
    recompute->file = NULL;
    return db_copy_end(db, ok ? NULL : "not all came", &count, err) && ok;
}

/* Hours of net, and the first and last of them as a period. */
static bool read_hours(struct db *db, struct hours *hours, struct period_text *period,
                       uint64_t *count, struct err *err)
{
    struct db_rows *rows = db_query(db, sql_text("load/recompute_hours"), NULL, err);

    if (rows == NULL)
        return false;
    *count = db_rows_count(rows);
    for (size_t i = 0; i < *count; i++)
        hours_add(hours, db_int(rows, i, 0));
    if (*count > 0)
        *period = period_text(db_int(rows, 0, 0) * MS_PER_HOUR,
                              db_int(rows, *count - 1, 0) * MS_PER_HOUR);
    db_rows_free(rows);
    return true;
}

static bool write_statistics(struct recompute *recompute, struct hours *hours,
                             uint64_t *count, struct err *err)
{
    struct db *db = recompute->run->db;
    struct period_text period;
    bool anew = false;

    if (!db_run(db, sql_text("load/recompute_net"), NULL, NULL, err) ||
        !read_hours(db, hours, &period, count, err))
        return false;
    if (*count == 0)
        return true;

    if (!db_ask(db, sql_text("load/recompute_apply"), DB_ARGS(period.from, period.to),
                &anew, err))
        return false;
    return !anew || statistics_rebuild(db, hours, err);
}

/*
 * All legs of the calls that SLICE changes.  At the edges of the period their legs
 * outside of it are searched for too.  CHANGED is where the changed legs lie.
 */
static bool gather_calls(struct recompute *recompute, const struct recompute_slice *slice,
                         const struct db_args *changed, struct err *err)
{
    const struct recompute_settings *settings = recompute->settings;
    bool begins = slice->first < settings->from + MS_PER_DAY;
    bool ends = slice->next > settings->to - MS_PER_DAY;
    struct period_text reach = period_text(slice->first - (begins ? MS_PER_DAY : 0),
                                           slice->next + (ends ? MS_PER_DAY : 0));
    struct db *db = recompute->run->db;

    if (recompute->plain_to == slice->next && !begins && !ends &&
        recompute->plain_from <= slice->first - MS_PER_DAY)
        return db_run(db, sql_text("load/recompute_call_legs_plain"), changed, NULL, err);
    return db_run(db, sql_text("load/recompute_call_legs"), DB_ARGS(reach.from, reach.to),
                  NULL, err);
}

static bool write_legs(struct recompute *recompute, const struct recompute_slice *slice,
                       struct err *err)
{
    struct period_text period =
        period_text(recompute->first_changed, recompute->last_changed + 1);
    struct db *db = recompute->run->db;
    const struct db_args *args = DB_ARGS(period.from, period.to);

    return db_run(db, sql_text("load/recompute_history"), args, NULL, err) &&
           gather_calls(recompute, slice, args, err) &&
           db_run(db, sql_text("load/recompute_minus"), NULL, NULL, err) &&
           db_run(db, sql_text("load/recompute_update"), args, NULL, err) &&
           db_run(db, sql_text("load/recompute_update_calls"), NULL, NULL, err) &&
           db_run(db, sql_text("load/recompute_plus"), NULL, NULL, err);
}

bool recompute_write(struct recompute *recompute, struct recompute_slice *slice,
                     struct err *err)
{
    if (slice->counts.changed == 0)
        return true;

    struct hours *hours = hours_new();
    bool ok = send_changed(recompute, err) && write_legs(recompute, slice, err) &&
              write_statistics(recompute, hours, &slice->counts.hours, err);

    for (int64_t hour = hours_next(hours, 0); ok && hour >= 0;
         hour = hours_next(hours, hour + 1)) {
        recompute->report->counts.hours += hours_add(recompute->hours, hour);
    }
    hours_free(hours);
    return ok;
}
