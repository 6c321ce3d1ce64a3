/*
 * merge.h - the conflicts: legs told by more than one row.
 */
#ifndef ETL_LOADER_MERGE_MERGE_H
#define ETL_LOADER_MERGE_MERGE_H

#include "loader/loader_impl.h"

struct fold_settings {
    struct load *load;
    decide_fn decide;
    const void *rules;
};

/* What becomes of the conflicts' legs. */
struct conflict_counts {
    uint64_t inserted, updated, unchanged;
    uint64_t merged;   /* they wait in pg_temp.merged */
    uint64_t replaced; /* of those, the ones that stand in cdr.leg as they were */
};

/*
 * Fold every leg of pg_temp.crowd, and fill pg_temp.merged, told and retold with
 * what changes.
 */
bool merge_conflicts(const struct fold_settings *settings, struct conflict_counts *counts,
                     struct err *err) MUST_USE;

#endif
