/*
 * stat_change.c - groups of a difference, and the rows that they change.
 *
 * Some thousand groups at a time, in the order of their hours: the rows of these hours
 * are read, those of the groups are deleted by their place, for nobody else writes while
 * we hold the lock, and go in again with the difference.
 */
#include "loader/statistics/stat_change.h"

#include <inttypes.h>

#include "base/base.h"
#include "db/db_copy.h"
#include "db/row/row_copy.h"
#include "db/row/row_read.h"
#include "db/sql.h"
#include "loader/statistics/stat_stored.h"
#include "loader/statistics/statistics.h"

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

/* Groups on their way in. */
struct stat_batch {
    struct changed_group group[BATCH];
    size_t count;
    struct buf keys;
    struct hours *hours;     /* of the groups */
    category_set categories; /* the same */
    struct buf places;       /* of rows that go, as tid[] */
    struct buf key;          /* scratch */
};

struct stat_change {
    struct db *db;
    struct stat_basis basis;
    struct stat_groups *groups;
    struct stat_batch *batch;
    struct hours *anew; /* hours that cannot be brought up to date by difference */
};

/* The columns of statistics/basis. */
enum { CATEGORY, DELIVERED, SHORT_CALL, SERVICE, SOON, FINGERPRINT, COLUMNS };

static void read_category(struct stat_basis *basis, struct slice category,
                          struct slice delivered)
{
    size_t place = taxonomy_find(basis->taxonomy, category.s);

    if (place == basis->taxonomy->count)
        return;
    if (slice_is(delivered, "yes"))
        basis->delivered |= (category_set)1 << place;
    if (slice_is(delivered, "if_rang"))
        basis->delivered_if_rang |= (category_set)1 << place;
}

static bool read_basis(struct stat_change *change, struct err *err)
{
    static const char *const names[] = { "category", "delivered", "short_call",
                                         "service",  "soon",      "fingerprint" };
    struct stat_basis *basis = &change->basis;
    struct db_rows *rows = db_query(change->db, sql_statistics_basis, NULL, err);
    size_t column[COLUMNS];

    if (rows == NULL)
        return false;
    db_columns(rows, names, COLUMNS, column);
    for (size_t i = 0; i < db_rows_count(rows); i++) {
        read_category(basis, db_value(rows, i, column[CATEGORY]),
                      db_value(rows, i, column[DELIVERED]));
        basis->short_call = (int32_t)db_int(rows, i, column[SHORT_CALL]);
        basis->service = (int32_t)db_int(rows, i, column[SERVICE]);
        basis->soon = (int32_t)db_int(rows, i, column[SOON]);
        basis->fingerprint = db_int(rows, i, column[FINGERPRINT]);
    }
    db_rows_free(rows);
    return true;
}

struct stat_change *stat_change_open(struct db *db, const struct taxonomy *taxonomy,
                                     struct err *err)
{
    struct stat_change *change = xcalloc(1, sizeof *change);

    change->db = db;
    change->basis.taxonomy = taxonomy;
    change->groups = stat_groups_new();
    change->batch = xcalloc(1, sizeof *change->batch);
    change->batch->hours = hours_new();
    change->anew = hours_new();
    if (read_basis(change, err))
        return change;
    stat_change_free(change);
    return NULL;
}

void stat_change_free(struct stat_change *change)
{
    if (change == NULL)
        return;
    stat_groups_free(change->groups);
    hours_free(change->batch->hours);
    buf_free(&change->batch->keys);
    buf_free(&change->batch->places);
    buf_free(&change->batch->key);
    free(change->batch);
    hours_free(change->anew);
    free(change);
}

void stat_change_clear(struct stat_change *change)
{
    stat_groups_clear(change->groups);
    hours_clear(change->anew);
}

const struct stat_basis *stat_change_basis(const struct stat_change *change)
{
    return &change->basis;
}

struct stat_groups *stat_change_groups(const struct stat_change *change)
{
    return change->groups;
}

bool stat_change_prepare(struct db *db, struct err *err)
{
    bool is_there = false;

    /* How many groups or calls there will be is unknown; sorting them is never better. */
    return db_ask(db, "select to_regclass('pg_temp.call_leg') is not null", NULL,
                  &is_there, err) &&
           (is_there || db_exec(db, sql_statistics_prepare, err)) &&
           db_exec(db, "set local enable_mergejoin to off", err);
}

bool stat_change_count(struct stat_change *change, int sign, struct err *err)
{
    return stat_stored_count(change->db, &change->basis, change->groups, sign,
                             change->anew, err);
}

static void batch_clear(struct stat_batch *batch)
{
    batch->count = 0;
    buf_reset(&batch->keys);
    buf_reset(&batch->places);
    hours_clear(batch->hours);
    batch->categories = 0;
}

static void note_category(struct stat_change *change, struct slice code)
{
    const struct taxonomy *taxonomy = change->basis.taxonomy;
    category_set *set = &change->batch->categories;

    for (size_t i = 0; i < taxonomy->count; i++)
        if (slice_is(code, taxonomy->category[i].code))
            *set |= (category_set)1 << i;
}

static void batch_add(struct stat_change *change, struct slice key,
                      const struct stat_sums *sums)
{
    struct stat_batch *batch = change->batch;

    batch->group[batch->count++] = (struct changed_group){
        .at = batch->keys.len, .len = key.len, .sums = *sums, .is_none = true
    };
    for (size_t i = 0; i < STAT_SUM_COUNT; i++)
        batch->group[batch->count - 1].is_none &= sums->sum[i] == 0;
    buf_add_slice(&batch->keys, key);
    if (batch->group[batch->count - 1].is_none)
        return;
    hours_add(batch->hours, stat_rule_hour(key));
    note_category(change, stat_rule_category(key));
}

static struct slice batch_key(const struct stat_batch *batch, size_t i)
{
    return (struct slice){ batch->keys.s + batch->group[i].at, batch->group[i].len };
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

/* A stored row: where it is of a group that changes, it goes and comes with it. */
static void meet_row(struct stat_change *change, const struct slice *value)
{
    struct stat_batch *batch = change->batch;

    buf_reset(&batch->key);
    for (size_t i = 0; i < STAT_RULE_KEY; i++)
        row_copy_add_value(&batch->key, value[i]);

    struct changed_group *group = batch_find(batch, buf_slice(&batch->key));

    if (group == NULL || group->is_none)
        return;
    if (value[BASIS].s == NULL ||
        row_value_int(value[BASIS]) != change->basis.fingerprint)
        hours_add(change->anew, stat_rule_hour(buf_slice(&batch->key)));
    for (size_t i = 0; i < STAT_SUM_COUNT; i++)
        group->sums.sum[i] += row_value_int(value[SUMS + i]);
    buf_addf(&batch->places, "%c\"" SLICE_FMT "\"", batch->places.len == 0 ? '{' : ',',
             SLICE_ARG(value[PLACE]));
}

static void list_categories(const struct stat_change *change, struct buf *array)
{
    const struct taxonomy *taxonomy = change->basis.taxonomy;

    for (size_t i = 0; i < taxonomy->count; i++)
        if ((change->batch->categories >> i & 1) != 0)
            db_array_add(array, slice_of(taxonomy->category[i].code));
    buf_add_char(array, '}');
}

/* What the statistics hold of the batch's hours and categories. */
static bool meet_rows(struct stat_change *change, struct err *err)
{
    struct buf hours = { 0 }, categories = { 0 };
    struct slice value[PLACE + 1];

    hours_list(change->batch->hours, &hours);
    list_categories(change, &categories);

    struct db_rows *rows =
        db_query_binary(change->db, sql_statistics_groups,
                        DB_ARGS(buf_cstr(&hours), buf_cstr(&categories)), err);

    buf_free(&hours);
    buf_free(&categories);
    if (rows == NULL)
        return false;
    for (size_t i = 0; i < db_rows_count(rows); i++) {
        for (size_t column = 0; column <= PLACE; column++)
            value[column] = db_value(rows, i, column);
        meet_row(change, value);
    }
    db_rows_free(rows);
    return true;
}

static bool delete_rows(struct stat_change *change, struct err *err)
{
    struct buf *places = &change->batch->places;

    if (places->len == 0)
        return true;
    buf_add_char(places, '}');
    return db_run(change->db, sql_statistics_replaced, DB_ARGS(buf_cstr(places)), NULL,
                  err);
}

/*
 * Does GROUP leave something to store?  Counts below zero, or sums of nothing, were taken
 * from what never counted them: statistics of a call whose legs lie more than a day apart
 * depend on how they were built.  Then the hour is built anew.
 */
static bool is_left(struct stat_change *change, const struct changed_group *group,
                    int64_t hour)
{
    bool any = false, wrong = false;

    if (group->is_none)
        return false;
    for (size_t i = 0; i < STAT_SUM_COUNT; i++) {
        any |= group->sums.sum[i] != 0;
        wrong |= group->sums.sum[i] < 0;
    }
    if (any && (wrong || group->sums.sum[STAT_n] == 0))
        hours_add(change->anew, hour);
    return any;
}

static bool put_batch(struct stat_change *change, uint64_t *sent, struct err *err)
{
    struct stat_batch *batch = change->batch;
    struct buf out = { 0 };
    bool ok = true;

    row_copy_head(&out);
    for (size_t i = 0; ok && i < batch->count; i++) {
        struct slice key = batch_key(batch, i);

        if (!is_left(change, &batch->group[i], stat_rule_hour(key)))
            continue;
        stat_rule_add_row(&change->basis, key, &batch->group[i].sums, &out);
        (*sent)++;
        if (out.len >= MESSAGE) {
            ok = db_copy_put(change->db, out.s, out.len, err);
            buf_reset(&out);
        }
    }
    row_copy_tail(&out);
    ok = ok && db_copy_put(change->db, out.s, out.len, err);
    buf_free(&out);
    return ok;
}

static bool copy_batch(struct stat_change *change, struct err *err)
{
    struct buf sql = { 0 };
    uint64_t sent = 0, stored = 0;

    buf_add_text(&sql, "copy cdr.stat_hour (");
    stat_rule_columns(&sql);
    buf_add_text(&sql, ") from stdin (format binary)");

    bool ok = db_copy_begin(change->db, buf_cstr(&sql), err);

    buf_free(&sql);
    if (!ok)
        return false;
    ok = put_batch(change, &sent, err);
    ok = db_copy_end(change->db, ok ? NULL : "not all came", &stored, err) && ok;
    if (ok && sent != stored)
        return err_set(err, EXIT_INTERNAL,
                       "%" PRIu64 " groups were sent and %" PRIu64 " arrived", sent,
                       stored);
    return ok;
}

static bool apply_batch(struct stat_change *change, struct hours *changed,
                        struct err *err)
{
    struct stat_batch *batch = change->batch;
    bool ok =
        hours_next(batch->hours, 0) < 0 ||
        (meet_rows(change, err) && delete_rows(change, err) && copy_batch(change, err));

    if (changed != NULL)
        hours_add_all(changed, batch->hours);
    batch_clear(batch);
    return ok;
}

bool stat_change_apply(struct stat_change *change, bool has_gateway,
                       struct hours *changed, struct err *err)
{
    struct stat_batch *batch = change->batch;
    struct slice key;
    struct stat_sums sums;
    bool ok = stat_groups_begin(change->groups, err), if_no_gateway;

    batch_clear(batch);
    while (ok && (ok = stat_groups_next(change->groups, &key, &sums, err)) &&
           key.s != NULL) {
        key = stat_rule_key(key, &if_no_gateway);
        if (if_no_gateway && has_gateway)
            continue;
        batch_add(change, key, &sums);
        if (batch->count == BATCH)
            ok = apply_batch(change, changed, err);
    }
    ok = ok && apply_batch(change, changed, err) &&
         statistics_rebuild(change->db, change->anew, err);
    if (changed != NULL)
        hours_add_all(changed, change->anew);
    stat_change_clear(change);
    return ok;
}
