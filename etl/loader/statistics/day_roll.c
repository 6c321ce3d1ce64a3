/*
 * day_roll.c - some days at a time, so that a load that waits need not wait for years.
 */
#include "loader/statistics/day_roll.h"

#include "base/base.h"
#include "base/log.h"
#include "db/sql.h"
#include "db/txn.h"

#define DAYS_AT_ONCE "31"

/* Days that came in are added to *COUNT. */
static bool roll_some(struct db *db, uint64_t *count, struct err *err)
{
    struct db_rows *rows = db_query(db, sql_statistics_zone, NULL, err);

    if (rows == NULL)
        return false;

    const char *zone = db_value(rows, 0, 0).s;
    bool ok = db_run(db, sql_statistics_unroll_zone, DB_ARGS(zone), NULL, err) &&
              db_run(db, sql_statistics_roll, DB_ARGS(zone, DAYS_AT_ONCE), count, err) &&
              txn_commit(db, err);

    db_rows_free(rows);
    return ok;
}

void day_roll_up(struct db *db)
{
    struct err why = { 0 };
    bool is_behind = false;
    uint64_t count = 1;

    if (db_is_lost(db) || !db_ask(db, sql_statistics_is_unrolled, NULL, &is_behind, &why))
        is_behind = false;
    while (is_behind && count > 0) {
        count = 0;
        if (!txn_begin_locked(db, 0, &why))
            break;
        if (!roll_some(db, &count, &why)) {
            txn_rollback(db);
            break;
        }
    }
    if (why.code == EXIT_LOCKED)
        log_note("days are not added up until the next run: %s", why.text);
    else if (why.code != EXIT_DONE)
        log_warn("days were not added up, and are read by the hour: %s", why.text);
}
