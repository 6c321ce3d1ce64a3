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
    int64_t from = day_locks_day(first - DAY_LOCKS_REACH),
            to = day_locks_day(last + DAY_LOCKS_REACH);
    bool is_locked[DAY_LOCKS] = { false };
    struct buf array = { 0 };

    for (int64_t day = from; day <= to && day < from + DAY_LOCKS; day++)
        is_locked[(day % DAY_LOCKS + DAY_LOCKS) % DAY_LOCKS] = true;
    for (int i = 0; i < DAY_LOCKS; i++)
        if (is_locked[i])
            buf_addf(&array, "%c%d", array.len == 0 ? '{' : ',', i);
    buf_add_char(&array, '}');

    bool ok = db_run(db, sql_load_lock_days, DB_ARGS(buf_cstr(&array)), NULL, err);

    buf_free(&array);
    return ok;
}
