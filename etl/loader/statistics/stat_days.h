/*
 * stat_days.h - days of the roll-up (day_roll.h) change with their hours.
 *
 * Groups of a difference are added up by the day while they pass on their way into
 * cdr.stat_hour, and go into cdr.stat_day where the roll-up has their day; so they do
 * where the statistics have nothing of a day yet, and a large file brings all of it: then
 * it is in the roll-up from there on.  Groups of other days wait until those rest.
 */
#ifndef ETL_LOADER_STATISTICS_STAT_DAYS_H
#define ETL_LOADER_STATISTICS_STAT_DAYS_H

#include "db/db.h"
#include "loader/statistics/stat_rule.h"

struct stat_days;

/* Both are borrowed until stat_days_free(). */
struct stat_days *stat_days_new(struct db *db, const struct stat_basis *basis);
void stat_days_free(struct stat_days *days); /* NULL is allowed */

/* Forget what was added; no day is whole. */
void stat_days_clear(struct stat_days *days);

/* All legs that start from FIRST to LAST (ms) come: days that lie therein are whole. */
void stat_days_within(struct stat_days *days, int64_t first, int64_t last);

/*
 * SUMS go into the group KEY of an hour; groups come in the order of their keys. *IS_NEW:
 * nothing is stored of its day, and all of it comes.
 */
bool stat_days_add(struct stat_days *days, struct slice key, const struct stat_sums *sums,
                   bool *is_new, struct err *err) MUST_USE;

/* Every group has come.  Days that a difference does not bring up to date go from the
 * roll-up. */
bool stat_days_bring_in(struct stat_days *days, struct err *err) MUST_USE;

#endif
