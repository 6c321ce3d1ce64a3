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
 * Where counts go.  A leg of a category that the mapping files do not name any more, and
 * a call of too many legs to be held, only SQL can count: their hours are to be counted
 * anew.
 */
struct stat_sink {
    struct stat_groups *groups;
    struct hours *anew;
};

/* Count the calls of pg_temp.changed_call, whose legs start in REACH, into SINK. */
bool stat_stored_count(struct db *db, const struct stat_basis *basis,
                       const struct period_text *reach, const struct stat_how *how,
                       struct stat_sink sink, struct err *err) MUST_USE;

#endif
