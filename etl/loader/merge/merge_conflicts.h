/*
 * merge_conflicts.h - legs of which more than one row is staged or stored.
 */
#ifndef ETL_LOADER_MERGE_MERGE_CONFLICTS_H
#define ETL_LOADER_MERGE_MERGE_CONFLICTS_H

#include "loader/merge/merge_job.h"

/* What becomes of the conflicts' legs. */
struct conflict_counts {
    uint64_t inserted, updated, unchanged;
    uint64_t merged;   /* they wait in pg_temp.merged */
    uint64_t replaced; /* of those, the ones that stand in cdr.leg as they were */
};

/*
 * Fold every leg of pg_temp.conflicts, and fill pg_temp.merged and the lists of versions
 * with what changes.
 */
bool merge_conflicts(const struct merge_job *job, struct conflict_counts *counts,
                     struct err *err) MUST_USE;

#endif
