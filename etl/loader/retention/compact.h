/*
 * compact.h - months that rest, stored by columns.
 *
 * Only Citus has such storage.  What is read from a compacted month is what was read
 * before.  Nothing in it can be changed: whoever must (a load that overlaps, recompute,
 * forget, unload) stores it as it was first (partitions_open()), and the next compact
 * brings it back.
 */
#ifndef ETL_LOADER_RETENTION_COMPACT_H
#define ETL_LOADER_RETENTION_COMPACT_H

#include "db/db.h"

struct compact_month {
    char month[8];         /* "2025-01" */
    int64_t before, after; /* bytes; AFTER is -1 in a dry run */
    char was[24], is[24];  /* the same for people */
};

struct compact_report {
    bool is_possible; /* false: this is no Citus, and nothing was done */
    struct compact_month *month;
    size_t nmonths;
};

/*
 * Compact the months that end by BEFORE (ms since 1970 UTC), a transaction each, the
 * oldest first; with DRY_RUN say which.  WAIT seconds for other runs.  False with ERR
 * (EXIT_LOCKED, EXIT_DATABASE, a signal): REPORT has those that went all the same;
 * compact_report_free() it in any case.
 */
bool compact_run(struct db *db, int64_t before, uint32_t wait, bool dry_run,
                 struct compact_report *report, struct err *err) MUST_USE;

void compact_report_free(struct compact_report *report);

#endif
