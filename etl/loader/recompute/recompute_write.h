/*
 * recompute_write.h - the legs that change, into the database.
 */
#ifndef ETL_LOADER_RECOMPUTE_RECOMPUTE_WRITE_H
#define ETL_LOADER_RECOMPUTE_RECOMPUTE_WRITE_H

#include "loader/recompute/recompute_state.h"
#include "loader/statistics/stat_change.h"

/*
 * Write the legs that wait, their history, and their statistics by CHANGE; counts SLICE's
 * hours.
 */
bool recompute_write(struct recompute *recompute, struct recompute_slice *slice,
                     struct stat_change *change, struct err *err) MUST_USE;

#endif
