/*
 * statistics.h - cdr.stat_hour, built anew for hours that changed.
 */
#ifndef ETL_LOADER_STATISTICS_STATISTICS_H
#define ETL_LOADER_STATISTICS_STATISTICS_H

#include "db/db.h"
#include "loader/hours.h"

/* The days of HOURS are not in the roll-up any more (day_roll.h), in the open
 * transaction. */
bool statistics_unroll(struct db *db, const struct hours *hours,
                       struct err *err) MUST_USE;

/*
 * Build cdr.stat_hour anew from the legs for HOURS, in the open transaction, and take
 * their days out of the roll-up.  Hours of purged months stay as they are.
 */
bool statistics_rebuild(struct db *db, const struct hours *hours,
                        struct err *err) MUST_USE;

/*
 * Files that were loaded since this was done last may have legs of a call that start more
 * than a day apart, from each other's too: note such calls (cdr.far_call), and count
 * their hours anew, in the open transaction.
 */
bool statistics_note_far_calls(struct db *db, struct err *err) MUST_USE;

/*
 * The same in a transaction of its own, under the lock, for which it waits WAIT seconds;
 * a run that is killed before leaves it to the next.
 */
bool statistics_join_far_calls(struct db *db, uint32_t wait, struct err *err) MUST_USE;

#endif
