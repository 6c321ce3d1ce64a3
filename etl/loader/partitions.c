/*
 * partitions.c - which months have a partition.
 */
#include "loader/partitions.h"

#include <assert.h>
#include <stdio.h>

#include "base/base.h"
#include "db/sql.h"
#include "db/txn.h"
#include "leg/clock.h"

bool months_load(struct months *months, struct db *db, struct err *err)
{
    struct db_rows *rows = db_query(db, sql_text("load/months"), NULL, err);

    memset(months, 0, sizeof *months);
    if (rows == NULL)
        return false;
    for (size_t i = 0; i < db_rows_count(rows); i++) {
        int64_t month = (db_int(rows, i, 0) - MONTHS_FROM_YEAR) * 12 + db_int(rows, i, 1);

        if (month < 0 || month >= MONTHS_MAX)
            continue;
        if (db_bool(rows, i, 2)) {
            months->is_purged[month] = true;
            months->npurged++;
        } else {
            months->is_there[month] = true;
        }
    }
    db_rows_free(rows);
    return true;
}

static int64_t first_ms(int month)
{
    int32_t days = 0;

    clock_day(MONTHS_FROM_YEAR + month / 12, month % 12 + 1, 1, &days);
    return days * MS_PER_DAY;
}

void months_purged(const struct months *months, struct spans *spans)
{
    spans->count = 0;
    for (int month = 0; month < MONTHS_MAX; month++) {
        if (!months->is_purged[month])
            continue;
        if (month == 0 || !months->is_purged[month - 1]) {
            spans->span = xrealloc(spans->span, spans->count + 1, sizeof *spans->span);
            spans->span[spans->count++].from = first_ms(month);
        }
        spans->span[spans->count - 1].to = first_ms(month + 1);
    }
}

/* The calendar month of MS, kept for the next leg. */
static void find(struct months *months, int64_t ms)
{
    /* A mean month is 30.44 days: the guess is off by one at most. */
    int month = (int)(ms / MS_PER_DAY * 10000 / 304369);

    while (ms < first_ms(month))
        month--;
    while (ms >= first_ms(month + 1))
        month++;
    assert(month >= 0 && month < MONTHS_MAX);
    months->last = month;
    months->last_from = first_ms(month);
    months->last_to = first_ms(month + 1);
}

bool months_note(struct months *months, int64_t ms)
{
    if (ms < months->last_from || ms >= months->last_to)
        find(months, ms);
    if (months->is_there[months->last])
        return true;
    if (!months->is_wanted[months->last] && !months->is_purged[months->last]) {
        months->is_wanted[months->last] = true;
        months->nwanted++;
    }
    return false;
}

void months_note_around(struct months *months, int64_t first, int64_t last, int64_t now)
{
    find(months, first);

    int64_t before = months->last_from - 1;

    find(months, last);

    int64_t after = months->last_to;

    if (before >= 0)
        months_note(months, before);
    if (after <= now)
        months_note(months, after);
}

static bool make(struct db *db, int month, struct err *err)
{
    char day[24];

    snprintf(day, sizeof day, "%04d-%02d-01", MONTHS_FROM_YEAR + month / 12,
             month % 12 + 1);
    return db_run(db, "select cdr.add_month($1::date)", DB_ARGS(day), NULL, err);
}

bool months_make(struct months *months, struct db *db, uint32_t wait, struct err *err)
{
    /* Who holds the lock may be writing: we would wait for him, unheard. */
    bool ok = txn_begin_locked(db, wait, err);

    for (int month = 0; ok && month < MONTHS_MAX; month++)
        if (months->is_wanted[month])
            ok = make(db, month, err);
    ok = ok && txn_commit(db, err);
    if (!ok) {
        txn_rollback(db);
        return false;
    }
    for (int month = 0; month < MONTHS_MAX; month++) {
        months->is_there[month] |= months->is_wanted[month];
        months->is_wanted[month] = false;
    }
    months->nwanted = 0;
    return true;
}
