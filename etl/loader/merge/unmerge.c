/*
 * unmerge.c - which legs, what others have of them, and that merged anew.
 */
#include "loader/merge/merge.h"

#include <inttypes.h>

#include "base/base.h"
#include "db/sql.h"

enum { GONE, KEPT, CHANGED };

/* The arguments of the statements. */
struct unmerge {
    struct db *db;
    struct period_text period;
    struct int_text file_id;
};

static bool unmerge_run(const struct unmerge *unmerge, const char *sql, size_t nargs,
                        uint64_t *affected, struct err *err)
{
    const char *const value[] = { unmerge->period.from, unmerge->period.to,
                                  unmerge->file_id.s };

    return db_run(unmerge->db, sql, &(struct db_args){ nargs, value }, affected, err);
}

static bool find_legs(const struct unmerge *unmerge, struct unmerge_counts *counts,
                      struct err *err)
{
    struct db_rows *rows = NULL;
    bool ok = db_exec(unmerge->db, sql_unload_prepare, err) &&
              unmerge_run(unmerge, sql_unload_legs, 3, NULL, err) &&
              db_exec(unmerge->db, sql_unload_analyze, err) &&
              unmerge_run(unmerge, sql_unload_stored, 2, NULL, err) &&
              unmerge_run(unmerge, sql_unload_left, 3, NULL, err) &&
              db_exec(unmerge->db, sql_unload_fates, err) &&
              (rows = db_query(unmerge->db, sql_unload_counts, NULL, err)) != NULL;

    if (!ok)
        return false;
    counts->gone = (uint64_t)db_int(rows, 0, GONE);
    counts->kept = (uint64_t)db_int(rows, 0, KEPT);
    counts->changed = (uint64_t)db_int(rows, 0, CHANGED);
    db_rows_free(rows);
    return true;
}

/* The versions that are left. */
static bool merge_left(const struct merge_job *unmerged, struct stat_change *change,
                       uint64_t *inserted, struct err *err)
{
    struct merge_job job = *unmerged;
    struct report told = { .records = 0 };

    job.may_repeat = job.decides_all = true;

    bool ok = db_exec(job.db, sql_load_stage, err) &&
              db_run(job.db, sql_unload_stage, NULL, &job.rows, err) &&
              db_exec(job.db, sql_unload_stage_place, err) &&
              merge_staged(&job, change, &told, err) &&
              stat_change_count(change, 1, err) && db_exec(job.db, sql_merge_tidy, err);

    *inserted = told.inserted;
    return ok;
}

static bool all_back(const struct unmerge_counts *counts, uint64_t deleted,
                     uint64_t inserted, struct err *err)
{
    if (deleted == counts->gone + counts->changed && inserted == counts->changed)
        return true;
    return err_set(err, EXIT_INTERNAL,
                   "%" PRIu64 " legs were taken out and %" PRIu64 " put in; %" PRIu64
                   " were to go and %" PRIu64 " to change",
                   deleted, inserted, counts->gone, counts->changed);
}

bool unmerge_file(const struct merge_job *job, int32_t file_id,
                  struct stat_change *change, struct unmerge_counts *counts,
                  struct err *err)
{
    const struct unmerge unmerge = { .db = job->db,
                                     .period = period_text(job->first_at, job->last_at),
                                     .file_id = int_text(file_id) };
    uint64_t deleted = 0, inserted = 0;

    *counts = (struct unmerge_counts){ 0 };
    return find_legs(&unmerge, counts, err) &&
           stat_change_choose(change, sql_unload_calls, NULL, err) &&
           stat_change_count(change, -1, err) &&
           db_exec(job->db, sql_unload_keep_file, err) &&
           unmerge_run(&unmerge, sql_unload_keep, 3, NULL, err) &&
           unmerge_run(&unmerge, sql_unload_delete, 2, &deleted, err) &&
           db_exec(job->db, sql_unload_records, err) &&
           db_run(job->db, sql_unload_sources, DB_ARGS(unmerge.file_id.s), NULL, err) &&
           stat_change_count(change, 1, err) &&
           (counts->changed == 0 || merge_left(job, change, &inserted, err)) &&
           all_back(counts, deleted, inserted, err) &&
           db_exec(job->db, sql_unload_tidy, err);
}
