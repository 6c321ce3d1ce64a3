/*
 * stat_delta.h - statistics by difference: what calls counted before is taken away, what
 * they count now is added.
 *
 * pg_temp.call_leg holds all legs of the calls, as they were and then as they are; what
 * they count for gathers in pg_temp.delta.
 */
#ifndef ETL_LOADER_STATISTICS_STAT_DELTA_H
#define ETL_LOADER_STATISTICS_STAT_DELTA_H

#include "db/db.h"
#include "loader/hours.h"

/* Make the working tables, unless the session has them; they are emptied at each commit.
 */
bool stat_delta_begin(struct db *db, struct err *err) MUST_USE;

/* Add (SIGN 1) or take away (-1) what the calls of pg_temp.call_leg count for. */
bool stat_delta_count(struct db *db, int sign, struct err *err) MUST_USE;

/*
 * Bring the difference into cdr.stat_hour; hours that change are added to HOURS.  Hours
 * that were counted on another basis are built anew.
 */
bool stat_delta_apply(struct db *db, struct hours *hours, struct err *err) MUST_USE;

#endif
