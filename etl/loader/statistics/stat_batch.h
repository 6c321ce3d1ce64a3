/*
 * stat_batch.h - groups of a difference on their way into cdr.stat_hour, or into
 * cdr.stat_day, some thousand at a time.
 */
#ifndef ETL_LOADER_STATISTICS_STAT_BATCH_H
#define ETL_LOADER_STATISTICS_STAT_BATCH_H

#include "db/db.h"
#include "loader/hours.h"
#include "loader/statistics/stat_rule.h"

struct stat_batch;

/*
 * All are borrowed until stat_batch_free().  To ANEW are added the hours that the
 * difference does not bring up to date: counted on another basis, or by less than whole
 * calls.  BY_DAY: groups are of days, and their first hours are added.
 */
struct stat_batch *stat_batch_new(struct db *db, const struct stat_basis *basis,
                                  struct hours *anew, bool by_day);
void stat_batch_clear(struct stat_batch *batch); /* forget what was added */
void stat_batch_free(struct stat_batch *batch);  /* NULL is allowed */

/*
 * Add SUMS to the group KEY; groups come in the order of their keys.  IS_NEW: nothing is
 * stored of its day.  A batch that is full is brought in.  Hours that change are added to
 * CHANGED, which may be NULL.
 */
bool stat_batch_add(struct stat_batch *batch, struct slice key,
                    const struct stat_sums *sums, bool is_new, struct hours *changed,
                    struct err *err) MUST_USE;

/* Bring in what there is. */
bool stat_batch_bring_in(struct stat_batch *batch, struct hours *changed,
                         struct err *err) MUST_USE;

#endif
