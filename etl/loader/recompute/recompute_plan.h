/*
 * recompute_plan.h - which days there are, and which are done.
 */
#ifndef ETL_LOADER_RECOMPUTE_RECOMPUTE_PLAN_H
#define ETL_LOADER_RECOMPUTE_RECOMPUTE_PLAN_H

#include "loader/recompute/recompute_state.h"

/* Fill in the texts of RECOMPUTE from its settings; buffers inside are its own. */
void recompute_open_texts(struct recompute *recompute);

/* The text[], or NULL for null. */
const char *recompute_array(struct buf *array);

/* False with ERR (EXIT_USAGE): the database knows no such carrier or category. */
bool recompute_check_names(struct recompute *recompute, struct err *err) MUST_USE;

/* List the days and mark what is done; what this run has counted stays. */
bool recompute_plan(struct recompute *recompute, struct err *err) MUST_USE;

/* Note in the database that SLICE is done, or that the whole period is. */
bool recompute_note(struct recompute *recompute, const struct recompute_slice *slice,
                    struct err *err) MUST_USE;
bool recompute_close(struct recompute *recompute, struct err *err) MUST_USE;

#endif
