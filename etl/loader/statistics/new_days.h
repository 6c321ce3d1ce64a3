/*
 * new_days.h - days that the roll-up (day_roll.h) gets together with their hours.
 *
 * A large file brings whole days of which the statistics have nothing yet.  What it
 * counts for in such a day is all there is of it, so its groups are added up while they
 * pass on their way into cdr.stat_hour, and nobody need read them back.
 */
#ifndef ETL_LOADER_STATISTICS_NEW_DAYS_H
#define ETL_LOADER_STATISTICS_NEW_DAYS_H

#include "db/db.h"
#include "loader/hours.h"
#include "loader/statistics/stat_rule.h"

struct new_days;

/* All are borrowed until new_days_free(); ANEW as in stat_batch.h. */
struct new_days *new_days_new(struct db *db, const struct stat_basis *basis,
                              struct hours *anew);
void new_days_free(struct new_days *days); /* NULL is allowed */

/* There are none. */
void new_days_clear(struct new_days *days);

/* Find those that lie from FIRST to LAST (ms); before their hours come in. */
bool new_days_find(struct new_days *days, int64_t first, int64_t last,
                   struct err *err) MUST_USE;

/*
 * SUMS go into the group KEY of an hour; groups come in the order of their keys. *IS_NEW:
 * it is of such a day.
 */
bool new_days_add(struct new_days *days, struct slice key, const struct stat_sums *sums,
                  bool *is_new, struct err *err) MUST_USE;

/* Every group has come, and the hours are in: the days are in the roll-up. */
bool new_days_bring_in(struct new_days *days, struct err *err) MUST_USE;

#endif
