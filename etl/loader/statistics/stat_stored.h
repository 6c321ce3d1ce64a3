/*
 * stat_stored.h - calls that are stored, counted by the rule for those that stream by.
 */
#ifndef ETL_LOADER_STATISTICS_STAT_STORED_H
#define ETL_LOADER_STATISTICS_STAT_STORED_H

#include "db/db.h"
#include "loader/hours.h"
#include "loader/statistics/stat_rule.h"

/*
 * Count the calls that pg_temp.call_leg holds whole, SIGN times, into GROUPS.  Where a
 * leg is of a category that the mapping files do not name any more, only SQL can count:
 * the hours of its call's legs are added to ANEW instead.
 */
bool stat_stored_count(struct db *db, const struct stat_basis *basis,
                       struct stat_groups *groups, int sign, struct hours *anew,
                       struct err *err) MUST_USE;

#endif
