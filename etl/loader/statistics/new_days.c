/*
 * new_days.c - a day after the other, for groups come by the hour.
 */
#include "loader/statistics/new_days.h"

#include <inttypes.h>

#include "base/base.h"
#include "db/row/row_copy.h"
#include "db/sql.h"
#include "loader/statistics/stat_batch.h"
#include "record/instant.h"

struct new_days {
    struct db *db;
    struct stat_batch *batch;
    struct stat_groups *groups; /* of the day that groups come of; NULL: never any */
    struct db_rows *rows;       /* the days; NULL: none */
    size_t at;                  /* which of them it is */
    struct buf key;             /* scratch */
};

enum { STARTS_AT, ENDS_AT, ZONE }; /* the columns of `rows` */

struct new_days *new_days_new(struct db *db, const struct stat_basis *basis,
                              struct hours *anew)
{
    struct new_days *days = xcalloc(1, sizeof *days);

    days->db = db;
    days->batch = stat_batch_new(db, basis, anew, true);
    return days;
}

void new_days_clear(struct new_days *days)
{
    stat_batch_clear(days->batch);
    if (days->groups != NULL)
        stat_groups_clear(days->groups);
    db_rows_free(days->rows);
    days->rows = NULL;
    days->at = 0;
}

void new_days_free(struct new_days *days)
{
    if (days == NULL)
        return;
    new_days_clear(days);
    stat_batch_free(days->batch);
    stat_groups_free(days->groups);
    buf_free(&days->key);
    free(days);
}

static size_t days_count(const struct new_days *days)
{
    return days->rows != NULL ? db_rows_count(days->rows) : 0;
}

bool new_days_find(struct new_days *days, int64_t first, int64_t last, struct err *err)
{
    struct period_text period = period_text(first, last);

    /* The shortest day has 23 hours; legs of its first and last one are this far apart.
     */
    if (last - first < 21 * MS_PER_HOUR)
        return true;
    days->rows =
        db_query(days->db, sql_statistics_new_days, DB_ARGS(period.from, period.to), err);
    if (days->groups == NULL)
        days->groups = stat_groups_new();
    return days->rows != NULL;
}

/* KEY as it is of the day that begins at MS. */
static struct slice day_key(struct new_days *days, struct slice key, int64_t ms)
{
    const size_t time = sizeof(uint32_t) + sizeof(uint64_t);

    buf_reset(&days->key);
    buf_add_be32(&days->key, sizeof(uint64_t));
    buf_add_be64(&days->key, (uint64_t)row_copy_time(ms));
    buf_add_slice(&days->key, slice_from(key, time));
    return buf_slice(&days->key);
}

/* The day is over. */
static bool next_day(struct new_days *days, struct err *err)
{
    struct slice key;
    struct stat_sums sums;
    bool ok = stat_groups_begin(days->groups, err);

    while (ok && (ok = stat_groups_next(days->groups, &key, &sums, err)) && key.s != NULL)
        ok = stat_batch_add(days->batch, key, &sums, true, NULL, err);
    stat_groups_clear(days->groups);
    days->at++;
    return ok && stat_batch_bring_in(days->batch, NULL, err);
}

bool new_days_add(struct new_days *days, struct slice key, const struct stat_sums *sums,
                  bool *is_new, struct err *err)
{
    int64_t hour = stat_rule_hour(key) * MS_PER_HOUR;

    while (days->at < days_count(days) && hour >= db_int(days->rows, days->at, ENDS_AT))
        if (!next_day(days, err))
            return false;
    *is_new =
        days->at < days_count(days) && hour >= db_int(days->rows, days->at, STARTS_AT);
    if (!*is_new)
        return true;

    int64_t starts_at = db_int(days->rows, days->at, STARTS_AT);

    return stat_groups_add(days->groups, day_key(days, key, starts_at), sums, err);
}

bool new_days_bring_in(struct new_days *days, struct err *err)
{
    struct buf starts = { 0 };
    bool ok = true;

    while (ok && days->at < days_count(days))
        ok = next_day(days, err);
    for (size_t i = 0; i < days_count(days); i++)
        db_array_add(&starts, db_value(days->rows, i, STARTS_AT));
    if (starts.len > 0) {
        buf_add_char(&starts, '}');
        ok = ok && db_run(days->db, sql_statistics_rolled,
                          DB_ARGS(buf_cstr(&starts), db_value(days->rows, 0, ZONE).s),
                          NULL, err);
    }
    buf_free(&starts);
    return ok;
}
