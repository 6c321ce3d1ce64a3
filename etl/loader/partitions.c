/*
 * partitions.c - which months have a partition.
 */
#include "loader/partitions.h"

#include <assert.h>
#include <stdio.h>

#include "base/base.h"
#include "db/sql.h"
#include "db/txn.h"
#include "leg/time/clock.h"
#include "record/instant.h"

/* How far from a leg's start others lie that change with it: its own, and its calls'. */
#define PARTITIONS_REACH (3 * MS_PER_DAY)

void partitions_read(struct partitions *partitions, const struct db_rows *rows)
{
    size_t year = db_column(rows, "year"), in_year = db_column(rows, "month");
    size_t is_purged = db_column(rows, "is_purged");
    size_t may_change = db_column(rows, "may_change");

    memset(partitions, 0, sizeof *partitions);
    for (size_t i = 0; i < db_rows_count(rows); i++) {
        if (db_value(rows, i, year).s == NULL)
            continue; /* there is no month */

        int64_t month =
            (db_int(rows, i, year) - MONTHS_FROM_YEAR) * 12 + db_int(rows, i, in_year);

        if (month < 0 || month >= MONTHS_MAX)
            continue;
        if (db_bool(rows, i, is_purged)) {
            partitions->is_purged[month] = true;
            partitions->npurged++;
        } else {
            partitions->is_there[month] = db_bool(rows, i, may_change);
            partitions->is_compacted[month] = !partitions->is_there[month];
        }
    }
}

static int64_t first_ms(int month)
{
    int32_t days = 0;

    clock_day(MONTHS_FROM_YEAR + month / 12, month % 12 + 1, 1, &days);
    return days * MS_PER_DAY;
}

void partitions_purged(const struct partitions *partitions, struct spans *spans)
{
    spans->count = 0;
    for (int month = 0; month < MONTHS_MAX; month++) {
        if (!partitions->is_purged[month])
            continue;
        if (month == 0 || !partitions->is_purged[month - 1]) {
            spans->span = xrealloc(spans->span, spans->count + 1, sizeof *spans->span);
            spans->span[spans->count++].from = first_ms(month);
        }
        spans->span[spans->count - 1].to = first_ms(month + 1);
    }
}

/* Find the calendar month of MS, and keep it for the next leg. */
static void partitions_find(struct partitions *partitions, int64_t ms)
{
    /* A mean month is 30.44 days: the guess is off by one at most. */
    int month = (int)(ms / MS_PER_DAY * 10000 / 304369);

    while (ms < first_ms(month))
        month--;
    while (ms >= first_ms(month + 1))
        month++;
    assert(month >= 0 && month < MONTHS_MAX);
    partitions->last = month;
    partitions->last_from = first_ms(month);
    partitions->last_to = first_ms(month + 1);
}

bool partitions_note(struct partitions *partitions, int64_t ms)
{
    if (ms < partitions->last_from || ms >= partitions->last_to)
        partitions_find(partitions, ms);
    if (partitions->is_there[partitions->last])
        return true;
    if (!partitions->is_wanted[partitions->last] &&
        !partitions->is_purged[partitions->last]) {
        partitions->is_wanted[partitions->last] = true;
        partitions->nwanted++;
    }
    return false;
}

void partitions_note_around(struct partitions *partitions, int64_t first, int64_t last,
                            int64_t now)
{
    partitions_find(partitions, first);

    int64_t before = partitions->last_from - 1;

    partitions_find(partitions, last);

    int64_t after = partitions->last_to;

    if (before >= EARLIEST_START)
        partitions_note(partitions, before);
    if (after <= now)
        partitions_note(partitions, after);
}

static bool partitions_make_one(struct db *db, int month, struct err *err)
{
    char day[24];

    snprintf(day, sizeof day, "%04d-%02d-01", MONTHS_FROM_YEAR + month / 12,
             month % 12 + 1);
    return db_run(db, "select cdr.add_month($1::date)", DB_ARGS(day), NULL, err);
}

bool partitions_make(struct partitions *partitions, struct db *db, uint32_t wait,
                     struct err *err)
{
    /* Without the lock, creating a partition would wait for a load without a limit. */
    bool ok = txn_begin_locked(db, wait, err);

    for (int month = 0; ok && month < MONTHS_MAX; month++)
        if (partitions->is_wanted[month])
            ok = partitions_make_one(db, month, err);
    ok = ok && txn_commit(db, err);
    if (!ok) {
        txn_rollback(db);
        return false;
    }
    for (int month = 0; month < MONTHS_MAX; month++) {
        partitions->is_there[month] |= partitions->is_wanted[month];
        partitions->is_compacted[month] &= !partitions->is_wanted[month];
        partitions->is_wanted[month] = false;
    }
    partitions->nwanted = 0;
    return true;
}

void partitions_note_compacted(struct partitions *partitions, int64_t first, int64_t last)
{
    for (int month = 0; month < MONTHS_MAX; month++)
        if (partitions->is_compacted[month] && !partitions->is_wanted[month] &&
            first_ms(month) <= last + PARTITIONS_REACH &&
            first_ms(month + 1) > first - PARTITIONS_REACH) {
            partitions->is_wanted[month] = true;
            partitions->nwanted++;
        }
}

static struct period_text partitions_reach(int64_t from, int64_t to)
{
    return period_text(from - PARTITIONS_REACH, to + PARTITIONS_REACH);
}

bool partitions_are_compacted(struct db *db, int64_t from, int64_t to, bool *are,
                              struct err *err)
{
    const struct period_text period = partitions_reach(from, to);

    return db_ask(db, sql_load_are_compacted, DB_ARGS(period.from, period.to), are, err);
}

bool partitions_open(struct db *db, int64_t from, int64_t to, uint32_t wait,
                     struct err *err)
{
    const struct period_text period = partitions_reach(from, to);
    bool are = false;

    if (!partitions_are_compacted(db, from, to, &are, err))
        return false;
    if (!are)
        return true;

    bool ok =
        txn_begin_locked(db, wait, err) &&
        db_run(db, sql_load_open_months, DB_ARGS(period.from, period.to), NULL, err) &&
        txn_commit(db, err);

    if (!ok)
        txn_rollback(db);
    return ok;
}
