/*
 * merge.c - staged rows into cdr.leg.
 *
 * Most staged rows are new, or say exactly what is stored: SQL deals with those by
 * the million.  The legs that more than one row describes (the conflicts) come here
 * version by version, are folded (leg_version.h), decided anew where the fold equals
 * none of its versions, and go back in batches.
 *
 * Every count is one that a statement gave, none is the difference of others: so a row
 * that was lost on the way shows when the counts are compared with the records read.
 */
#include "loader/merge/merge.h"

#include <inttypes.h>

#include "base/base.h"
#include "db/sql.h"
#include "loader/merge/merge_job.h"

/* *LEGS: of how many ROWS staged rows are; SQL counts where two may be of one leg. */
static bool merge_count_legs(const struct merge_job *job, const char *sql, uint64_t rows,
                             uint64_t *legs, struct err *err)
{
    int64_t count = (int64_t)rows;
    bool ok =
        rows == 0 || !job->may_repeat || db_ask_int(job->db, sql, NULL, &count, err);

    *legs = (uint64_t)count;
    return ok;
}

/* Drop staged rows that say exactly what is stored; *LEFT of them say something else. */
static bool drop_known(const struct merge_job *job, uint64_t *left, struct err *err)
{
    struct period_text period = period_text(job->first_at, job->last_at);
    uint64_t met = 0, same = 0;

    if (!db_run(job->db, sql_merge_met,
                DB_ARGS(period.from, period.to, job->has_gateway ? "t" : "f"), &met,
                err) ||
        (met > 0 && !db_run(job->db, sql_merge_sources_same, NULL, &same, err)))
        return false;
    *left = job->rows - same;
    if (*left == 0 || met == 0)
        return true;
    return same == 0 ? zone_shift_check(job, err)
                     : db_run(job->db, sql_merge_drop_same, NULL, NULL, err);
}

static bool find_conflicts(const struct merge_job *job, uint64_t *conflicts,
                           struct err *err)
{
    struct period_text period = period_text(job->first_at, job->last_at);
    uint64_t inside = 0;
    bool ok =
        (!job->may_repeat || db_run(job->db, sql_merge_drop_twins, NULL, NULL, err)) &&
        db_run(job->db, sql_merge_conflicts_stored, NULL, conflicts, err) &&
        (*conflicts == 0 ||
         db_run(job->db, sql_merge_stored, DB_ARGS(period.from, period.to), NULL, err)) &&
        (!job->may_repeat || db_run(job->db, sql_merge_conflicts_inside,
                                    DB_ARGS(job->decides_all ? "t" : "f"), &inside, err));

    *conflicts += inside;
    return ok;
}

/* What must be known of the conflicts' legs when a file that has them is taken back. */
static bool keep_records(const struct merge_job *job, struct err *err)
{
    return job->decides_all || db_exec(job->db, sql_merge_records, err);
}

/* Put together what is told of the conflicts; *OLD versions of them are stored. */
static bool fold_conflicts(const struct merge_job *job, struct conflict_counts *counts,
                           uint64_t *old, struct err *err)
{
    return db_run(job->db, sql_merge_old_versions, NULL, old, err) &&
           keep_records(job, err) && merge_conflicts(job, counts, err);
}

/* What the calls of legs that are new or change counted for until now, off. */
static bool take_away(struct stat_change *change, struct err *err)
{
    return stat_change_choose(change, sql_merge_changed_calls, NULL, err) &&
           stat_change_count(change, -1, err);
}

/* The server did to fewer legs, or more, what was to be done to EXPECTED. */
static bool all_went(const char *what, uint64_t expected, uint64_t went, struct err *err)
{
    if (expected == went)
        return true;
    return err_set(err, EXIT_INTERNAL,
                   "%" PRIu64 " legs were %s and %" PRIu64 " were to be", went, what,
                   expected);
}

/* Legs of the conflicts that change: out of the table, and in again. */
static bool replace(const struct merge_job *job, const struct conflict_counts *counts,
                    uint64_t old_versions, struct err *err)
{
    struct period_text period = period_text(job->first_at, job->last_at);
    uint64_t gone = 0, come = 0;

    return db_run(job->db, sql_merge_delete, DB_ARGS(period.from, period.to), &gone,
                  err) &&
           all_went("taken out", counts->replaced, gone, err) &&
           db_run(job->db, sql_merge_insert, NULL, &come, err) &&
           all_went("put in", counts->merged, come, err) &&
           (old_versions == 0 ||
            db_run(job->db, sql_merge_delete_versions, NULL, NULL, err)) &&
           db_run(job->db, sql_merge_insert_versions, NULL, NULL, err);
}

static bool merge_news(const struct merge_job *job, struct stat_change *change,
                       struct conflict_counts *counts, uint64_t *fresh, struct err *err)
{
    uint64_t conflicts = 0, old = 0;

    return find_conflicts(job, &conflicts, err) &&
           (conflicts == 0 || fold_conflicts(job, counts, &old, err)) &&
           take_away(change, err) && (conflicts == 0 || replace(job, counts, old, err)) &&
           db_run(job->db, sql_merge_insert_new, NULL, fresh, err);
}

bool merge_staged(const struct merge_job *job, struct stat_change *change,
                  struct report *report, struct err *err)
{
    struct conflict_counts conflicts = { 0 };
    uint64_t keys = 0, left = 0, fresh = 0, same = 0;

    bool ok = job->rows == 0 ||
              (db_exec(job->db, sql_merge_prepare, err) &&
               merge_count_legs(job, sql_merge_keys, job->rows, &keys, err) &&
               drop_known(job, &left, err) &&
               (left == 0 || merge_news(job, change, &conflicts, &fresh, err)) &&
               merge_count_legs(job, sql_merge_same_keys, job->rows - left, &same, err));

    report->inserted = conflicts.inserted + fresh;
    report->updated = conflicts.updated;
    report->unchanged = conflicts.unchanged + same;
    report->duplicate = job->rows - keys;
    return ok;
}
