/*
 * stat_batch.c - the rows that groups change.
 *
 * The rows of the groups' hours are read, those of the groups are deleted by their place,
 * for nobody else writes while we hold the lock, and go in again with the difference.
 */
#include "loader/statistics/stat_batch.h"

#include <inttypes.h>

#include "base/base.h"
#include "db/db_copy.h"
#include "db/row/row_copy.h"
#include "db/row/row_read.h"
#include "db/sql.h"
#include "record/instant.h"

enum {
    BATCH = 4096,         /* groups */
    MESSAGE = 64 << 10,   /* bytes of a COPY message */
    SUMS = STAT_RULE_KEY, /* places of the columns of a row */
    BASIS = SUMS + STAT_SUM_COUNT,
    PLACE,
};

struct changed_group {
    size_t at, len; /* of its key among the batch's keys */
    struct stat_sums sums;
    bool is_none; /* there is no difference */
};

struct stat_batch {
    struct db *db; /* borrowed, like the next two */
    const struct stat_basis *basis;
    struct hours *anew;
    bool by_day;
    struct changed_group group[BATCH];
    size_t count;
    bool may_be_stored; /* something of these groups' days may be */
    struct buf keys;
    struct buf times;        /* of the groups, ms, as int8[] */
    category_set categories; /* the same */
    struct buf places;       /* of rows that go, as tid[] */
    struct buf key;          /* scratch */
};

struct stat_batch *stat_batch_new(struct db *db, const struct stat_basis *basis,
                                  struct hours *anew, bool by_day)
{
    struct stat_batch *batch = xcalloc(1, sizeof *batch);

    batch->db = db;
    batch->basis = basis;
    batch->anew = anew;
    batch->by_day = by_day;
    return batch;
}

void stat_batch_free(struct stat_batch *batch)
{
    if (batch == NULL)
        return;
    buf_free(&batch->times);
    buf_free(&batch->keys);
    buf_free(&batch->places);
    buf_free(&batch->key);
    free(batch);
}

void stat_batch_clear(struct stat_batch *batch)
{
    batch->count = 0;
    batch->may_be_stored = false;
    buf_reset(&batch->keys);
    buf_reset(&batch->places);
    buf_reset(&batch->times);
    batch->categories = 0;
}

static void note_category(struct stat_batch *batch, struct slice code)
{
    const struct taxonomy *taxonomy = batch->basis->taxonomy;
    category_set *set = &batch->categories;

    for (size_t i = 0; i < taxonomy->count; i++)
        if (slice_is(code, taxonomy->category[i].code))
            *set |= (category_set)1 << i;
}

static struct slice batch_key(const struct stat_batch *batch, size_t i)
{
    return (struct slice){ batch->keys.s + batch->group[i].at, batch->group[i].len };
}

/* The last group of the batch, when it has KEY: with a mark and without it comes twice.
 */
static struct changed_group *batch_last(struct stat_batch *batch, struct slice key)
{
    bool same = batch->count > 0 && slice_equal(batch_key(batch, batch->count - 1), key);

    return same ? &batch->group[batch->count - 1] : NULL;
}

/* Which groups there is a difference in, and where to look for them. */
static void find_difference(struct stat_batch *batch, struct hours *changed)
{
    static const struct stat_sums none;
    int64_t last = NO_TIME;

    for (size_t i = 0; i < batch->count; i++) {
        struct changed_group *group = &batch->group[i];

        group->is_none = memcmp(&group->sums, &none, sizeof none) == 0;
        if (group->is_none)
            continue;

        int64_t time = stat_rule_time(batch_key(batch, i));

        if (time != last)
            buf_addf(&batch->times, "%c%" PRId64, last == NO_TIME ? '{' : ',', time);
        if (time != last && changed != NULL)
            hours_add_ms(changed, time);
        last = time;
        note_category(batch, stat_rule_category(batch_key(batch, i)));
    }
}

/* The group of KEY, NULL without; they stand in the order of their keys. */
static struct changed_group *batch_find(struct stat_batch *batch, struct slice key)
{
    size_t from = 0, to = batch->count;

    while (from < to) {
        size_t middle = (from + to) / 2;
        int order = stat_groups_order(batch_key(batch, middle), key);

        if (order == 0)
            return &batch->group[middle];
        if (order < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return NULL;
}

/* The hour of KEY since 1970, the first whole one of a day. */
static int64_t first_hour(struct slice key)
{
    return (stat_rule_time(key) + MS_PER_HOUR - 1) / MS_PER_HOUR;
}

/* A stored row: where it is of a group that changes, it goes and comes with it. */
static void meet_row(struct stat_batch *batch, const struct slice *value)
{
    buf_reset(&batch->key);
    for (size_t i = 0; i < STAT_RULE_KEY; i++)
        row_copy_add_value(&batch->key, value[i]);

    struct changed_group *group = batch_find(batch, buf_slice(&batch->key));

    if (group == NULL || group->is_none)
        return;
    if (value[BASIS].s == NULL ||
        row_value_int(value[BASIS]) != batch->basis->fingerprint)
        hours_add(batch->anew, first_hour(buf_slice(&batch->key)));
    for (size_t i = 0; i < STAT_SUM_COUNT; i++)
        group->sums.sum[i] += row_value_int(value[SUMS + i]);
    buf_addf(&batch->places, "%c\"" SLICE_FMT "\"", batch->places.len == 0 ? '{' : ',',
             SLICE_ARG(value[PLACE]));
}

static void list_categories(const struct stat_batch *batch, struct buf *array)
{
    const struct taxonomy *taxonomy = batch->basis->taxonomy;

    for (size_t i = 0; i < taxonomy->count; i++)
        if ((batch->categories >> i & 1) != 0)
            db_array_add(array, slice_of(taxonomy->category[i].code));
    buf_add_char(array, '}');
}

/* What the statistics hold of the batch's hours, or days, and categories. */
static bool meet_rows(struct stat_batch *batch, struct err *err)
{
    struct buf categories = { 0 };
    struct slice value[PLACE + 1];

    buf_add_char(&batch->times, '}');
    list_categories(batch, &categories);

    struct db_rows *rows = db_query_binary(
        batch->db, batch->by_day ? sql_statistics_day_groups : sql_statistics_groups,
        DB_ARGS(buf_cstr(&batch->times), buf_cstr(&categories)), err);

    buf_free(&categories);
    if (rows == NULL)
        return false;
    for (size_t i = 0; i < db_rows_count(rows); i++) {
        for (size_t column = 0; column <= PLACE; column++)
            value[column] = db_value(rows, i, column);
        meet_row(batch, value);
    }
    db_rows_free(rows);
    return true;
}

static bool delete_rows(struct stat_batch *batch, struct err *err)
{
    struct buf *places = &batch->places;

    if (places->len == 0)
        return true;
    buf_add_char(places, '}');
    return db_run(batch->db,
                  batch->by_day ? sql_statistics_replaced_of_days
                                : sql_statistics_replaced,
                  DB_ARGS(buf_cstr(places)), NULL, err);
}

/*
 * Does GROUP leave something to store?  Counts below zero, or sums of nothing, were taken
 * from what never counted them: statistics of a call whose legs lie more than a day apart
 * depend on how they were built.  Then the hour is built anew.
 */
static bool is_left(struct stat_batch *batch, const struct changed_group *group,
                    struct slice key)
{
    bool any = false, wrong = false;

    if (group->is_none)
        return false;
    for (size_t i = 0; i < STAT_SUM_COUNT; i++) {
        any |= group->sums.sum[i] != 0;
        wrong |= group->sums.sum[i] < 0;
    }
    if (any && (wrong || group->sums.sum[STAT_n] == 0))
        hours_add(batch->anew, first_hour(key));
    return any;
}

static bool put_batch(struct stat_batch *batch, uint64_t *sent, struct err *err)
{
    struct buf out = { 0 };
    bool ok = true;

    row_copy_head(&out);
    for (size_t i = 0; ok && i < batch->count; i++) {
        struct slice key = batch_key(batch, i);

        if (!is_left(batch, &batch->group[i], key))
            continue;
        stat_rule_add_row(batch->basis, key, &batch->group[i].sums, &out);
        (*sent)++;
        if (out.len >= MESSAGE) {
            ok = db_copy_put(batch->db, out.s, out.len, err);
            buf_reset(&out);
        }
    }
    row_copy_tail(&out);
    ok = ok && db_copy_put(batch->db, out.s, out.len, err);
    buf_free(&out);
    return ok;
}

static bool copy_batch(struct stat_batch *batch, struct err *err)
{
    struct buf sql = { 0 };
    uint64_t sent = 0, stored = 0;

    buf_add_text(&sql, batch->by_day ? "copy cdr.stat_day (starts_at, "
                                     : "copy cdr.stat_hour (hour, ");
    stat_rule_columns(&sql);
    buf_add_text(&sql, ") from stdin (format binary)");

    bool ok = db_copy_begin(batch->db, buf_cstr(&sql), err);

    buf_free(&sql);
    if (!ok)
        return false;
    if (put_batch(batch, &sent, err))
        return db_copy_end_later(batch->db, sent, err);
    return db_copy_end(batch->db, "not all came", &stored, err);
}

bool stat_batch_bring_in(struct stat_batch *batch, struct hours *changed, struct err *err)
{
    find_difference(batch, changed);

    bool ok =
        batch->times.len == 0 ||
        ((!batch->may_be_stored || (meet_rows(batch, err) && delete_rows(batch, err))) &&
         copy_batch(batch, err));

    stat_batch_clear(batch);
    return ok;
}

bool stat_batch_add(struct stat_batch *batch, struct slice key,
                    const struct stat_sums *sums, bool is_new, struct hours *changed,
                    struct err *err)
{
    struct changed_group *group = batch_last(batch, key);

    if (group == NULL) {
        if (batch->count == BATCH && !stat_batch_bring_in(batch, changed, err))
            return false;
        group = &batch->group[batch->count++];
        *group = (struct changed_group){ .at = batch->keys.len, .len = key.len };
        buf_add_slice(&batch->keys, key);
    }
    batch->may_be_stored |= !is_new;
    for (size_t i = 0; i < STAT_SUM_COUNT; i++)
        group->sums.sum[i] += sums->sum[i];
    return true;
}
