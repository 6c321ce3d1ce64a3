/*
 * recompute_decide.h - the legs of a day, decided again.
 */
#ifndef ETL_LOADER_RECOMPUTE_RECOMPUTE_DECIDE_H
#define ETL_LOADER_RECOMPUTE_RECOMPUTE_DECIDE_H

#include "loader/recompute/recompute_state.h"

/*
 * Decide the legs of SLICE again and count them in it; those that change wait in
 * RECOMPUTE until recompute_write().
 */
bool recompute_decide(struct recompute *recompute, struct recompute_slice *slice,
                      struct err *err) MUST_USE;

#endif
