/*
 * recompute_decide.h - the legs of a day, decided again.
 */
#ifndef ETL_LOADER_RECOMPUTE_RECOMPUTE_DECIDE_H
#define ETL_LOADER_RECOMPUTE_RECOMPUTE_DECIDE_H

#include "loader/recompute/recompute_state.h"
#include "loader/statistics/stat_change.h"

/* Where the columns stand that cdr.outcome_change keeps, into RECOMPUTE. */
void recompute_history_open(struct recompute *recompute);

/* What it calls them: "run_id, ..., old_category, new_category, ...". */
void recompute_history_columns(struct buf *out);

enum { RECOMPUTE_BEHIND = 4 }; /* values of a leg behind the columns of a row */

/*
 * Decide the legs of SLICE again and count them in it; those that change wait in
 * RECOMPUTE until recompute_write().  What that comes to in the statistics gathers in
 * CHANGE, but for calls apart; unless it cannot be told from legs that stream by, then
 * is_counted is false.
 */
bool recompute_decide(struct recompute *recompute, struct recompute_slice *slice,
                      struct stat_change *change, struct err *err) MUST_USE;

#endif
