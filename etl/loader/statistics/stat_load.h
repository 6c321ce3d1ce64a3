/*
 * stat_load.h - the statistics of a file whose rows went directly into cdr.leg.
 *
 * Its calls are counted while the legs stream by, and at the end their groups are added
 * to the statistics (stat_change.h).  Of calls that the file shares with others, what the
 * parts counted for is taken away again, and what the whole counts for is added.
 */
#ifndef ETL_LOADER_STATISTICS_STAT_LOAD_H
#define ETL_LOADER_STATISTICS_STAT_LOAD_H

#include "loader/statistics/stat_change.h"
#include "record/row.h"

struct stat_load;

/* CHANGE, where the difference gathers, is borrowed. */
struct stat_load *stat_load_new(struct stat_change *change);
void stat_load_free(struct stat_load *load); /* NULL is allowed */

/* Count another reading from its beginning. */
void stat_load_clear(struct stat_load *load);

bool stat_load_add(struct stat_load *load, const struct row *row,
                   struct err *err) MUST_USE;

/* What was loaded. */
struct stat_loaded {
    int32_t file_id;
    int64_t first_at, last_at; /* starts of its legs, ms */
    bool has_gateway;          /* one of them names a gateway */
    bool shares_calls;         /* calls may have legs of other files */
    bool may_be_truncated;     /* the first part of calls may have been purged */
    uint64_t calls;            /* of the file by itself, as leg/call_counter.h has it */
};

/*
 * Bring the statistics up to date; the file's row is in the ledger.  Where streaming
 * cannot tell calls, or counted some in parts, they are counted as they are stored.
 */
bool stat_load_store(struct stat_load *load, const struct stat_loaded *loaded,
                     struct err *err) MUST_USE;

#endif
