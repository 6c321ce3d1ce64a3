/*
 * statistics.h - cdr.stat_hour, built anew for hours that changed.
 */
#ifndef ETL_LOADER_STATISTICS_STATISTICS_H
#define ETL_LOADER_STATISTICS_STATISTICS_H

#include "db/db.h"
#include "loader/hours.h"

/*
 * Build cdr.stat_hour anew from the legs for HOURS, in the open transaction.
 * Hours of purged months stay as they are.
 */
bool statistics_rebuild(struct db *db, const struct hours *hours,
                        struct err *err) MUST_USE;

#endif
