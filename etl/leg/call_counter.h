/*
 * call_counter.h - the calls of one file, counted without a database.
 *
 * The outcome of a call needs all its legs, which may stand anywhere.  The call_counter
 * keeps some hundred bytes a leg and sorts them by call (base/sorter.h): memory does not
 * grow with the input.  Every leg comes once: loader/merge/leg_counter.h sees to it.
 *
 * What a call comes to is for call_rule.h to say.
 */
#ifndef ETL_LEG_CALL_COUNTER_H
#define ETL_LEG_CALL_COUNTER_H

#include "base/err.h"
#include "record/file_report.h"
#include "record/row.h"

enum { CALL_COUNTER_MEMORY = 2 << 20 };

struct call_counter;

struct call_counter *call_counter_new(void);
void call_counter_free(struct call_counter *call_counter); /* NULL is allowed */

bool call_counter_add(struct call_counter *call_counter, const struct row *row,
                      struct err *err) MUST_USE;

/*
 * Count.  Fills calls, has_orphans, has_far_calls, calls_by_category, by_category and
 * inserted (as a load into an empty database would) of REPORT.
 */
bool call_counter_finish(struct call_counter *call_counter, struct report *report,
                         struct err *err) MUST_USE;

#endif
