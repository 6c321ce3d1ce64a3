/*
 * day_locks.c - advisory locks, each in one statement.
 */
#include "loader/beside/day_locks.h"

#include "base/base.h"
#include "db/sql.h"

bool day_locks_file(struct db *db, const unsigned char sha256[static DIGEST_BYTES],
                    struct err *err)
{
    int32_t part;

    memcpy(&part, sha256, sizeof part);
    return db_run(db, sql_load_lock_file, DB_ARGS(int_text(part).s), NULL, err);
}

/* The day of MS, before 1970 too. */
static int64_t day_locks_day(int64_t ms)
{
    return ms >= 0 ? ms / MS_PER_DAY : -1 - (-1 - ms) / MS_PER_DAY;
}

bool day_locks_take(struct db *db, int64_t first, int64_t last, struct err *err)
{
    struct int_text from = int_text(day_locks_day(first - DAY_LOCKS_REACH)),
                    to = int_text(day_locks_day(last + DAY_LOCKS_REACH));

    return db_run(db, sql_load_lock_days, DB_ARGS(from.s, to.s, int_text(DAY_LOCKS).s),
                  NULL, err);
}
