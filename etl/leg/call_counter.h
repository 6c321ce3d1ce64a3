/*
 * call_counter.h - legs and calls of one file, counted without a database.
 *
 * Duplicates inside a file and the outcome of a call need all its legs, which
 * may stand anywhere.  The census keeps a few dozen bytes a leg, sorts them in
 * pieces on disk when they outgrow CENSUS_MEMORY, and merges at the end: memory
 * does not grow with the input.
 *
 * The outcome of a call is decided as schema's cdr.calls_between() decides it;
 * a test holds the two together.
 */
#ifndef ETL_LEG_CALL_COUNTER_H
#define ETL_LEG_CALL_COUNTER_H

#include "base/err.h"
#include "record/file_report.h"
#include "record/row.h"

enum { CENSUS_MEMORY = 2 << 20 };

struct census;

struct census *census_new(void);
void census_free(struct census *census); /* NULL is allowed */

bool census_add(struct census *census, const struct row *row, struct err *err) MUST_USE;

/*
 * Count.  Fills calls, calls_by_category, by_category (each leg once, as the
 * better of its duplicates), duplicate and inserted (as a load into an empty
 * database would) of REPORT.
 */
bool census_finish(struct census *census, struct report *report,
                   struct err *err) MUST_USE;

#endif
