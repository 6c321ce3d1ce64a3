/*
 * stat_stored.h - calls that are stored, counted by the rule for those that stream by.
 */
#ifndef ETL_LOADER_STATISTICS_STAT_STORED_H
#define ETL_LOADER_STATISTICS_STAT_STORED_H

#include "db/db.h"
#include "loader/hours.h"
#include "loader/statistics/stat_rule.h"
#include "record/instant.h"

/*
 * With which sign (1, 0, -1) a call is counted: its legs of the file FILE_ID as if they
 * were alone, those of others likewise, and all of them as one.
 */
struct stat_how {
    int whole, own, other;
    int32_t file_id;
};

/*
 * Count the calls of pg_temp.changed_call, whose legs start in REACH, into GROUPS.  Where
 * a leg is of a category that the mapping files do not name any more, or a call has too
 * many legs to be held, only SQL can count: its hours are added to ANEW instead.
 */
bool stat_stored_count(struct db *db, const struct stat_basis *basis,
                       struct stat_groups *groups, const struct period_text *reach,
                       const struct stat_how *how, struct hours *anew,
                       struct err *err) MUST_USE;

#endif
