/*
 * merge.h - rows that wait in pg_temp.stage, into cdr.leg.
 *
 * Whatever order exports come in, a leg is the same function of all that was ever
 * recorded of it (leg_version.h).
 */
#ifndef ETL_LOADER_MERGE_MERGE_H
#define ETL_LOADER_MERGE_MERGE_H

#include "loader/hours.h"
#include "loader/merge/merge_job.h"

/* What became of the staged rows. */
struct merge_counts {
    uint64_t inserted, updated, unchanged; /* legs */
    uint64_t duplicate;                    /* rows of a leg that has another row */
};

/*
 * Bring the staged rows into cdr.leg; the hours whose statistics they touch are added
 * to HOURS.  False with ERR (EXIT_DATABASE; EXIT_INTERNAL: statements disagree).
 */
bool merge_staged(const struct merge_job *job, struct hours *hours,
                  struct merge_counts *counts, struct err *err) MUST_USE;

#endif
