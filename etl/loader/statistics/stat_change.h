/*
 * stat_change.h - what cdr.stat_hour gains and loses, until it is brought in.
 *
 * Statistics are kept by difference: what calls counted for before is taken away, what
 * they count for now is added.  The difference gathers here, group by group, from legs
 * that stream by (stat_calls.h) or from calls that are stored, and groups that change are
 * then replaced.
 */
#ifndef ETL_LOADER_STATISTICS_STAT_CHANGE_H
#define ETL_LOADER_STATISTICS_STAT_CHANGE_H

#include "db/db.h"
#include "loader/hours.h"
#include "loader/statistics/stat_calls.h"

struct stat_change;

/* Read what counting depends on; under the lock.  NULL with ERR (EXIT_DATABASE). */
struct stat_change *stat_change_open(struct db *db, const struct taxonomy *taxonomy,
                                     struct err *err) MUST_USE;

/* As if just opened: nothing is read unless its fingerprint is other than BASIS. */
bool stat_change_renew(struct stat_change *change, int64_t basis,
                       struct err *err) MUST_USE;
void stat_change_free(struct stat_change *change); /* NULL is allowed */

/* Forget what was counted, and which calls change. */
void stat_change_clear(struct stat_change *change);

/*
 * From here on only legs that start from FIRST to LAST (ms) are ours to count: a call
 * that reaches further makes counting fail, and ERR is disturbed.
 */
void stat_change_within(struct stat_change *change, int64_t first, int64_t last);

/* For legs that stream by, counted SIGN times (1, -1); free it before CHANGE. */
struct stat_calls *stat_change_calls(struct stat_change *change, int sign);

/*
 * Say which calls change: SQL puts a row for each of their changed legs into
 * pg_temp.changed_call, where it is or will be.  That holds until they are counted as
 * they are in the end; then, and in the beginning, none changes.
 */
bool stat_change_choose(struct stat_change *change, const char *sql,
                        const struct db_args *args, struct err *err) MUST_USE;

/*
 * Add (SIGN 1) or take away (-1) what these calls count for as they are stored.  A leg of
 * a category that the mapping files do not name any more, and a call of too many legs to
 * be held, only SQL can count: their hours are built anew.
 */
bool stat_change_count(struct stat_change *change, int sign, struct err *err) MUST_USE;

/*
 * The legs of the file FILE_ID have come to these calls: take away what the legs of
 * others counted for, and its own by themselves where they WERE_COUNTED so, add the
 * whole.
 */
bool stat_change_join(struct stat_change *change, int32_t file_id, bool were_counted,
                      struct err *err) MUST_USE;

/*
 * All legs that start from FIRST to LAST (ms) and are stored were counted: days that lie
 * therein, and of which the statistics have nothing yet, come in with their hours.
 */
void stat_change_whole(struct stat_change *change, int64_t first, int64_t last);

/*
 * Bring the difference into cdr.stat_hour and cdr.stat_day, and forget it; hours that
 * change are added to CHANGED, which may be NULL.  HAS_GATEWAY: a row of the file that
 * streamed by names a gateway.  Hours that were counted on another basis, or by less than
 * whole calls, are built anew.
 */
bool stat_change_apply(struct stat_change *change, bool has_gateway,
                       struct hours *changed, struct err *err) MUST_USE;

#endif
