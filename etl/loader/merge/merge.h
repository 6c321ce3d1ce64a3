/*
 * merge.h - rows that wait in pg_temp.stage, into cdr.leg.
 *
 * Whatever order exports come in, a leg is the same function of all that was ever
 * recorded of it (leg_version.h).
 */
#ifndef ETL_LOADER_MERGE_MERGE_H
#define ETL_LOADER_MERGE_MERGE_H

#include "loader/merge/merge_job.h"
#include "loader/statistics/stat_change.h"

/* What became of the staged rows. */
struct merge_counts {
    uint64_t inserted, updated, unchanged; /* legs */
    uint64_t duplicate;                    /* rows of a leg that has another row */
};

/*
 * Bring the staged rows into cdr.leg.  What the calls that change counted for is taken
 * away from CHANGE; what they count for now is to be added, when the ledger has the file
 * (stat_change_count()).  False with ERR (EXIT_DATABASE; EXIT_INTERNAL: statements
 * disagree).
 */
bool merge_staged(const struct merge_job *job, struct stat_change *change,
                  struct merge_counts *counts, struct err *err) MUST_USE;

#endif
