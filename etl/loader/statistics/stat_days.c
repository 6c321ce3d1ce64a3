/*
 * stat_days.c - a day after the other, for groups come by the hour.
 */
#include "loader/statistics/stat_days.h"

#include "base/base.h"
#include "db/row/row_copy.h"
#include "db/sql.h"
#include "loader/statistics/stat_batch.h"
#include "loader/statistics/statistics.h"
#include "record/instant.h"

struct stat_days {
    struct db *db;
    struct stat_batch *batch;
    struct stat_groups *groups; /* of the day that groups come of; NULL: never any */
    struct hours *out;          /* of days that go from the roll-up */
    struct period_text whole;   /* what comes as a whole, ... */
    bool has_whole;             /* ... if a day can */
    int64_t starts_at, ends_at; /* of the day that groups come of, ms */
    struct period_text hour;    /* the first of them */
    bool is_rolled, is_new;
    struct db_rows *day; /* where it may be new */
    struct buf key;      /* scratch */
};

enum { STARTS_AT, ENDS_AT, ZONE, IS_NEW }; /* the columns of `day` */

struct stat_days *stat_days_new(struct db *db, const struct stat_basis *basis)
{
    struct stat_days *days = xcalloc(1, sizeof *days);

    days->db = db;
    days->ends_at = NO_TIME;
    days->out = hours_new();
    days->batch = stat_batch_new(db, basis, days->out, true);
    return days;
}

static void forget_day(struct stat_days *days)
{
    if (days->groups != NULL)
        stat_groups_clear(days->groups);
    db_rows_free(days->day);
    days->day = NULL;
    days->ends_at = NO_TIME;
    days->is_rolled = days->is_new = false;
}

void stat_days_clear(struct stat_days *days)
{
    forget_day(days);
    stat_batch_clear(days->batch);
    hours_clear(days->out);
    days->has_whole = false;
}

void stat_days_free(struct stat_days *days)
{
    if (days == NULL)
        return;
    forget_day(days);
    stat_batch_free(days->batch);
    stat_groups_free(days->groups);
    hours_free(days->out);
    buf_free(&days->key);
    free(days);
}

void stat_days_within(struct stat_days *days, int64_t first, int64_t last)
{
    /* The shortest day has 23 hours; legs of its first and last one are this far apart.
     */
    days->whole = period_text(first, last);
    days->has_whole = last - first >= 21 * MS_PER_HOUR;
}

/* The day of MS where the roll-up has it: nobody else changes it until we are done. */
static bool find_rolled(struct stat_days *days, struct err *err)
{
    struct db_rows *day =
        db_query(days->db, sql_statistics_day, DB_ARGS(days->hour.from), err);

    if (day == NULL)
        return false;
    days->starts_at = db_int(day, 0, 0);
    days->ends_at = db_int(day, 0, 1);
    days->is_rolled = db_bool(day, 0, 2);
    db_rows_free(day);
    return true;
}

/* Where it is not, the day may be new; what is rolled begins no sooner than it ends. */
static bool find_new(struct stat_days *days, struct err *err)
{
    int64_t next = days->ends_at;

    days->day = db_query(days->db, sql_statistics_new_day,
                         DB_ARGS(days->hour.from, days->whole.from, days->whole.to), err);
    if (days->day == NULL)
        return false;
    days->starts_at = db_int(days->day, 0, STARTS_AT);
    days->ends_at = db_int(days->day, 0, ENDS_AT);
    if (days->ends_at > next)
        days->ends_at = next;
    days->is_new = db_bool(days->day, 0, IS_NEW);
    return true;
}

static bool begin_day(struct stat_days *days, int64_t ms, struct err *err)
{
    days->hour = period_text(ms, ms);
    if (!find_rolled(days, err) ||
        (!days->is_rolled && days->has_whole && !find_new(days, err)))
        return false;
    if ((days->is_rolled || days->is_new) && days->groups == NULL)
        days->groups = stat_groups_new();
    return true;
}

static bool note_day(struct stat_days *days, struct err *err)
{
    return db_run(days->db, sql_statistics_rolled,
                  DB_ARGS(db_value(days->day, 0, STARTS_AT).s,
                          db_value(days->day, 0, ENDS_AT).s,
                          db_value(days->day, 0, ZONE).s),
                  NULL, err);
}

/* The day is over. */
static bool end_day(struct stat_days *days, struct err *err)
{
    struct slice key;
    struct stat_sums sums;
    bool ok = true;

    if (days->is_rolled || days->is_new) {
        ok = stat_groups_begin(days->groups, err);
        while (ok && (ok = stat_groups_next(days->groups, &key, &sums, err)) &&
               key.s != NULL)
            ok = stat_batch_add(days->batch, key, &sums, days->is_new, NULL, err);
        ok = ok && stat_batch_bring_in(days->batch, NULL, err) &&
             (!days->is_new || note_day(days, err));
    }
    forget_day(days);
    return ok;
}

/* KEY as it is of the day. */
static struct slice day_key(struct stat_days *days, struct slice key)
{
    const size_t time = sizeof(uint32_t) + sizeof(uint64_t);

    buf_reset(&days->key);
    buf_add_be32(&days->key, sizeof(uint64_t));
    buf_add_be64(&days->key, (uint64_t)row_copy_time(days->starts_at));
    buf_add_slice(&days->key, slice_from(key, time));
    return buf_slice(&days->key);
}

bool stat_days_add(struct stat_days *days, struct slice key, const struct stat_sums *sums,
                   bool *is_new, struct err *err)
{
    int64_t ms = stat_rule_time(key);

    if (ms >= days->ends_at && (!end_day(days, err) || !begin_day(days, ms, err)))
        return false;

    bool is_in = ms >= days->starts_at;

    *is_new = is_in && days->is_new;
    return !is_in || (!days->is_rolled && !days->is_new) ||
           stat_groups_add(days->groups, day_key(days, key), sums, err);
}

bool stat_days_bring_in(struct stat_days *days, struct err *err)
{
    bool ok = end_day(days, err) && (hours_next(days->out, 0) < 0 ||
                                     statistics_unroll(days->db, days->out, err));

    stat_days_clear(days);
    return ok;
}
