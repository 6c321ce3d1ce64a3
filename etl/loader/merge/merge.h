/*
 * merge.h - rows that wait in pg_temp.stage, into cdr.leg, and those of a file out of it.
 *
 * Whatever order exports come in, a leg is the same function of all that was ever
 * recorded of it (leg_version.h).
 */
#ifndef ETL_LOADER_MERGE_MERGE_H
#define ETL_LOADER_MERGE_MERGE_H

#include "loader/merge/merge_job.h"
#include "loader/statistics/stat_change.h"

/*
 * Bring the staged rows into cdr.leg, and count them in REPORT: legs inserted, updated
 * and unchanged, and as duplicate the rows of a leg that has another.  What the calls
 * that change counted for is taken away from CHANGE; what they count for now is to be
 * added, when the ledger has the file (stat_change_count()).  False with ERR
 * (EXIT_DATABASE; EXIT_INTERNAL: statements disagree).
 */
bool merge_staged(const struct merge_job *job, struct stat_change *change,
                  struct report *report, struct err *err) MUST_USE;

/*
 * The legs of a file, out of cdr.leg again.  What is left is what loading the other files
 * would have made: legs that only this file has go, legs that others have otherwise are
 * merged and decided anew from those, legs that others have just so stay, and name one of
 * them as their file.
 */
struct unmerge_counts {
    uint64_t gone;    /* legs that no other file has */
    uint64_t kept;    /* legs that others have */
    uint64_t changed; /* of those, the ones that others have otherwise */
};

/*
 * Take the legs of the file FILE_ID back, whose starts are JOB's first_at to last_at, and
 * out of the statistics by CHANGE, which is to be brought in.  Of JOB, what is staged is
 * not read.  False with ERR (EXIT_DATABASE; EXIT_INTERNAL: statements disagree).
 */
bool unmerge_file(const struct merge_job *job, int32_t file_id,
                  struct stat_change *change, struct unmerge_counts *counts,
                  struct err *err) MUST_USE;

#endif
