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
#include "loader/statistics/stat_change.h"
#include "loader/statistics/statistics.h"

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

/* The hours since 1970 that SQL names, in order, are added to HOURS. */
static bool read_hours(struct db *db, const char *sql, const struct db_args *args,
                       struct hours *hours, struct err *err)
{
    struct db_rows *rows = db_query(db, sql, args, err);

    if (rows == NULL)
        return false;
    for (size_t i = 0; i < db_rows_count(rows); i++)
        hours_add(hours, db_int(rows, i, 0));
    db_rows_free(rows);
    return true;
}

/* The first and the last of HOURS as a period; COUNT of them. */
static struct period_text hours_span(const struct hours *hours, uint64_t *count)
{
    int64_t first = hours_next(hours, 0), last = first;

    *count = 0;
    for (int64_t hour = first; hour >= 0; hour = hours_next(hours, hour + 1)) {
        last = hour;
        (*count)++;
    }
    return period_text(first * MS_PER_HOUR, last * MS_PER_HOUR);
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
    bool ok = read_hours(db, sql_recompute_stale_hours, DB_ARGS(period.from, period.to),
                         stale, err) &&
              statistics_rebuild(db, stale, err);

    hours_add_all(hours, stale);
    hours_free(stale);
    return ok;
}

static bool write_legs(struct recompute *recompute, struct stat_change *change,
                       struct err *err)
{
    struct period_text period =
        period_text(recompute->first_changed, recompute->last_changed + 1);
    struct db *db = recompute->run->db;
    const struct db_args *args = DB_ARGS(period.from, period.to);

    return db_run(db, sql_recompute_history, args, NULL, err) &&
           stat_change_choose(change, sql_recompute_calls, NULL, err) &&
           stat_change_count(change, -1, err) &&
           db_run(db, sql_recompute_update, args, NULL, err) &&
           stat_change_count(change, 1, err);
}

/* Legs and statistics; hours whose statistics change are added to HOURS. */
static bool write_day(struct recompute *recompute, struct hours *hours, struct err *err)
{
    struct stat_change *change =
        stat_change_open(recompute->run->db, recompute->run->settings.taxonomy, err);
    bool ok = change != NULL && send_changed(recompute, err) &&
              write_legs(recompute, change, err) &&
              stat_change_apply(change, true, hours, err);

    stat_change_free(change);
    return ok;
}

bool recompute_write(struct recompute *recompute, struct recompute_slice *slice,
                     struct err *err)
{
    struct hours *hours = hours_new();
    bool ok = slice->counts.changed == 0 || write_day(recompute, hours, err);

    ok = ok && renew_hours(recompute, slice, hours, err);
    hours_span(hours, &slice->counts.hours);
    for (int64_t hour = hours_next(hours, 0); ok && hour >= 0;
         hour = hours_next(hours, hour + 1))
        recompute->report->counts.hours += hours_add(recompute->hours, hour);
    hours_free(hours);
    return ok;
}
