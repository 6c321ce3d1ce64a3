/*
 * leg_counter.h - legs and calls of one file, counted without a database as a load into
 * an empty one would count them.
 *
 * Several records of one leg are put together as the merge does it (leg_version.h), and
 * decided anew: they may name different calls, and what each of them lacks the other may
 * have.  Few files have such records, and which ones is known only at their end.  So the
 * first reading passes rows on to leg/call_counter.h and sorts their keys; where some
 * come twice, the file is read again, and their records are kept on disk until all of a
 * leg's are there.  Memory does not grow with the input.
 */
#ifndef ETL_LOADER_MERGE_LEG_COUNTER_H
#define ETL_LOADER_MERGE_LEG_COUNTER_H

#include "base/err.h"
#include "record/file_report.h"
#include "record/row.h"

enum { LEG_COUNTER_MEMORY = 256 << 10 /* bytes, of keys, and of what comes twice */ };

struct leg_counter;

/* RULES are for DECIDE; borrowed. */
struct leg_counter *leg_counter_new(decide_fn decide, const void *rules);
void leg_counter_free(struct leg_counter *counter); /* NULL is allowed */

/* Begin a reading of the file, the first or another; flow_run() may then add its rows. */
void leg_counter_begin(struct leg_counter *counter);

bool leg_counter_add(struct leg_counter *counter, const struct row *row,
                     struct err *err) MUST_USE;

/* Every row of the reading was added. */
bool leg_counter_end(struct leg_counter *counter, struct err *err) MUST_USE;

/* After a reading: does a leg come twice in the file? */
bool leg_counter_repeats(const struct leg_counter *counter);

/* Some do and have not been put together: leg_counter_finish() wants another reading
 * first. */
bool leg_counter_wants_again(const struct leg_counter *counter);

/*
 * Count what the last reading had.  Fills duplicate, and what leg/call_counter.h fills,
 * of REPORT.
 */
bool leg_counter_finish(struct leg_counter *counter, struct report *report,
                        struct err *err) MUST_USE;

#endif
