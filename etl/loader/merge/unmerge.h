/*
 * unmerge.h - the legs of a file, out of cdr.leg again.
 *
 * What is left is what loading the other files would have made: legs that only this file
 * has go, legs that others have otherwise are merged and decided anew from those, legs
 * that others have just so stay, and name one of them as their file.
 */
#ifndef ETL_LOADER_MERGE_UNMERGE_H
#define ETL_LOADER_MERGE_UNMERGE_H

#include "loader/merge/merge_job.h"
#include "loader/statistics/stat_change.h"

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
