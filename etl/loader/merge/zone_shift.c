/*
 * zone_shift.c - one question, and what is said about the answer.
 */
#include "loader/merge/merge_job.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/buf.h"
#include "db/sql.h"

enum { QUARTER_MIN = 15, HOUR_QUARTERS = 4, ENOUGH = 2 };
enum { COUNT, LEAST, GREATEST, IS_WHOLE, ZONES };

static bool refuse_shift(const struct merge_job *job, const struct db_rows *rows,
                         struct err *err)
{
    struct slice stored = db_value(rows, 0, ZONES);
    int64_t quarters = db_int(rows, 0, LEAST), minutes = llabs(quarters) * QUARTER_MIN;

    return err_set(
        err, EXIT_INPUT,
        "%" PRId64 " of its legs are stored, and all begin %" PRId64 ":%02" PRId64
        " h %s here: the time zone differs (here %s, there " SLICE_FMT "); nothing was "
        "merged: load it with the right --tz, or take back the file that was read in the "
        "wrong one (cdretl unload FILE, cdretl --tz ZONE load --again FILE)",
        db_int(rows, 0, COUNT), minutes / 60, minutes % 60,
        quarters > 0 ? "later" : "earlier", job->zone != NULL ? job->zone : "its own",
        SLICE_ARG(stored.s != NULL ? stored : slice_of("its own")));
}

/* One leg may have moved by itself; where the zones differ too, it has not. */
static bool is_shift(const struct merge_job *job, const struct db_rows *rows)
{
    int64_t least = db_int(rows, 0, LEAST), greatest = db_int(rows, 0, GREATEST);
    struct slice stored = db_value(rows, 0, ZONES);
    bool one_way = (least > 0 && greatest > 0) || (least < 0 && greatest < 0);
    bool same_zone = job->zone == NULL || stored.s == NULL || slice_is(stored, job->zone);

    return one_way && greatest - least <= HOUR_QUARTERS && db_bool(rows, 0, IS_WHOLE) &&
           (db_int(rows, 0, COUNT) >= ENOUGH || !same_zone);
}

/*
 * The merged leg has one start.  Where one of its records told another, so might have
 * this file's, and it is not refused for having come later.
 */
static bool is_told_otherwise(const struct merge_job *job, const struct db_rows *rows,
                              bool *is, struct err *err)
{
    return db_ask(job->db, sql_merge_zone_versions,
                  DB_ARGS(db_value(rows, 0, LEAST).s, db_value(rows, 0, GREATEST).s), is,
                  err);
}

bool zone_shift_check(const struct merge_job *job, struct err *err)
{
    if (job->decides_all)
        return true;

    struct db_rows *rows = db_query(job->db, sql_merge_zone_shift, NULL, err);

    if (rows == NULL)
        return false;

    bool is_merged = !is_shift(job, rows);
    bool ok = (is_merged || is_told_otherwise(job, rows, &is_merged, err)) &&
              (is_merged || refuse_shift(job, rows, err));

    db_rows_free(rows);
    return ok;
}
