/*
 * merge.h - the crowd: legs told by more than one row.
 */
#ifndef ETL_LOADER_MERGE_H
#define ETL_LOADER_MERGE_H

#include "loader/loader_impl.h"

struct fold_settings {
    struct load *load;
    decide_fn decide;
    const void *rules;
};

/*
 * Fold every leg of pg_temp.crowd, and fill pg_temp.merged, told and retold with
 * what changes.  Adds to inserted and updated of COUNTS.
 */
bool merge_crowd(const struct fold_settings *settings, struct merge_counts *counts,
                 struct err *err) MUST_USE;

#endif
