/*
 * day_locks.h - locks of loads beside each other: of a file's bytes, and of its days.
 *
 * Two files can have a leg in common, or legs of one call, or rows of the statistics,
 * only where they lie within DAY_LOCKS_REACH of each other's legs.  So each locks the
 * days of its own legs and of that reach on both sides, and of two that can meet the
 * second waits until the first is committed, and finds it in the ledger.
 */
#ifndef ETL_LOADER_BESIDE_DAY_LOCKS_H
#define ETL_LOADER_BESIDE_DAY_LOCKS_H

#include "base/digest.h"
#include "db/db.h"
#include "record/instant.h"

/*
 * How far from its own legs a file changes legs and hours: cdr.leg_reach() to a leg that
 * it tells otherwise, cdr.call_reach() from there to the rest of the call, and the hour
 * in which that lies.  What changes further away (cdr.far_call) needs to be alone.
 */
#define DAY_LOCKS_REACH ((26 + 24 + 1) * INT64_C(3600) * MS_PER_S)

/* Days have this many locks, in turn: a transaction holds no more, however long its
 * period is. */
enum { DAY_LOCKS = 64 };

/* Until the transaction ends; each waits. */
bool day_locks_file(struct db *db, const unsigned char sha256[static DIGEST_BYTES],
                    struct err *err) MUST_USE;

/* Of legs that start from FIRST to LAST, ms. */
bool day_locks_take(struct db *db, int64_t first, int64_t last, struct err *err) MUST_USE;

#endif
