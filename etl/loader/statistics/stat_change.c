/*
 * stat_change.c - what counting depends on, which calls change, what that comes to.
 */
#include "loader/statistics/stat_change.h"

#include "base/base.h"
#include "db/db_out.h"
#include "db/row/row_copy.h"
#include "db/row/row_read.h"
#include "db/sql.h"
#include "loader/beside/turns.h"
#include "loader/statistics/stat_batch.h"
#include "loader/statistics/stat_days.h"
#include "loader/statistics/statistics.h"
#include "record/instant.h"

struct stat_change {
    struct db *db;
    struct stat_basis basis;
    struct stat_groups *groups;
    struct stat_batch *batch;
    struct stat_days *days;
    struct hours *anew; /* hours that cannot be brought up to date by difference */
    uint64_t chosen;    /* legs of calls that change */
    bool is_bounded;    /* by the next two: others count beside us */
    int64_t first_at, last_at;
};

/* The columns of statistics/basis. */
enum { CATEGORY, DELIVERED, SHORT_CALL, SERVICE, SOON, FINGERPRINT, COLUMNS };

static void stat_read_category(struct stat_basis *basis, struct slice category,
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
    basis->delivered = basis->delivered_if_rang = 0;
    for (size_t i = 0; i < db_rows_count(rows); i++) {
        stat_read_category(basis, db_value(rows, i, column[CATEGORY]),
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
    change->anew = hours_new();
    change->batch = stat_batch_new(db, &change->basis, change->anew, false);
    change->days = stat_days_new(db, &change->basis);
    if (read_basis(change, err))
        return change;
    stat_change_free(change);
    return NULL;
}

bool stat_change_renew(struct stat_change *change, int64_t basis, struct err *err)
{
    stat_change_clear(change);
    change->is_bounded = false;
    return change->basis.fingerprint == basis || read_basis(change, err);
}

void stat_change_free(struct stat_change *change)
{
    if (change == NULL)
        return;
    stat_groups_free(change->groups);
    stat_batch_free(change->batch);
    stat_days_free(change->days);
    hours_free(change->anew);
    free(change);
}

void stat_change_clear(struct stat_change *change)
{
    stat_groups_clear(change->groups);
    stat_batch_clear(change->batch);
    stat_days_clear(change->days);
    hours_clear(change->anew);
    change->chosen = 0;
}

void stat_change_within(struct stat_change *change, int64_t first, int64_t last)
{
    change->is_bounded = true;
    change->first_at = first;
    change->last_at = last;
}

struct stat_calls *stat_change_calls(struct stat_change *change, int sign)
{
    return stat_calls_new(&change->basis, change->groups, sign);
}

bool stat_change_choose(struct stat_change *change, const char *sql,
                        const struct db_args *args, struct err *err)
{
    struct db *db = change->db;
    bool is_there = false;

    return db_ask(db, "select to_regclass('pg_temp.changed_call') is not null", NULL,
                  &is_there, err) &&
           db_exec(db,
                   is_there ? "truncate pg_temp.changed_call" : sql_statistics_prepare,
                   err) &&
           db_run(db, sql, args, &change->chosen, err) &&
           (change->chosen == 0 || db_exec(db, "analyze pg_temp.changed_call", err));
}

/*
 * With which sign (1, 0, -1) a call is counted: its legs of the file FILE_ID as if they
 * were alone, those of others likewise, and all of them as one.
 */
struct stat_how {
    int whole, own, other;
    int32_t file_id;
};

/* Columns of statistics/calls behind those of a row. */
enum { HAS_GATEWAY, IS_TRUNCATED, BEHIND };
enum { MEMORY_MAX = 4 << 20 }; /* bytes of the legs of one call */

/* Legs of a call, of the file that it is joined with, or of others. */
struct stored_part {
    struct stat_leg *first, **last;
    size_t count;
};

struct stored_calls {
    struct stat_rule rule;
    struct row_reader *reader;
    struct outcome_reader *outcome_reader;
    size_t file_id; /* place of the column */
    struct slice *value;
    const struct stat_how *how;
    struct uuid key; /* of the call whose legs these are: */
    bool has_key;
    struct stored_part own, other;
    size_t memory;
    bool is_given_up; /* of this call only the hours are kept */
    struct hours *anew;
};

static void forget_legs(struct stored_part *part)
{
    while (part->first != NULL) {
        struct stat_leg *leg = part->first;

        part->first = leg->next;
        free(leg);
    }
    part->last = &part->first;
    part->count = 0;
}

static void forget_call(struct stored_calls *stored)
{
    forget_legs(&stored->own);
    forget_legs(&stored->other);
    stored->memory = 0;
}

static void stored_open(struct stored_calls *stored, struct stat_change *change,
                        const struct stat_how *how)
{
    *stored = (struct stored_calls){
        .rule = { .basis = &change->basis, .groups = change->groups },
        .reader = row_reader_new(),
        .outcome_reader = outcome_reader_new(change->basis.taxonomy),
        .file_id = row_column_named("file_id"),
        .value = xcalloc(row_column_count + BEHIND, sizeof *stored->value),
        .how = how,
        .anew = change->anew,
    };
    forget_call(stored);
}

static void stored_close(struct stored_calls *stored)
{
    forget_call(stored);
    stat_rule_free(&stored->rule);
    row_reader_free(stored->reader);
    outcome_reader_free(stored->outcome_reader);
    free(stored->value);
}

/* Only SQL can count this call, or count it in bounded memory: by its hours. */
static void give_up(struct stored_calls *stored)
{
    for (const struct stat_leg *leg = stored->own.first; leg != NULL; leg = leg->next)
        hours_add_ms(stored->anew, leg->leg.started_at);
    for (const struct stat_leg *leg = stored->other.first; leg != NULL; leg = leg->next)
        hours_add_ms(stored->anew, leg->leg.started_at);
    forget_call(stored);
    stored->is_given_up = true;
}

static bool count_part(struct stored_calls *stored, int sign,
                       const struct stored_part *part, struct err *err)
{
    uint64_t calls = 0;

    stored->rule.sign = sign;
    return sign == 0 || part->count == 0 ||
           stat_rule_count(&stored->rule, part->first, part->count, &calls, err);
}

static bool stored_count_call(struct stored_calls *stored, struct err *err)
{
    const struct stat_how *how = stored->how;
    struct stored_part *own = &stored->own, *whole = &stored->other;
    bool ok = count_part(stored, how->own, own, err) &&
              count_part(stored, how->other, whole, err);

    *whole->last = own->first;
    whole->count += own->count;
    *own = (struct stored_part){ .last = &own->first };
    ok = ok && count_part(stored, how->whole, whole, err);
    forget_call(stored);
    return ok;
}

static void keep_leg(struct stored_calls *stored, const struct row *row)
{
    const struct slice *behind = stored->value + row_column_count;
    struct stored_part *part =
        row->file_id == stored->how->file_id ? &stored->own : &stored->other;
    struct stat_leg *leg = stat_leg_new(row);

    leg->file_has_gateway = stat_gateway_of(behind[HAS_GATEWAY]);
    leg->is_truncated = row_value_int(behind[IS_TRUNCATED]) != 0;
    *part->last = leg;
    part->last = &leg->next;
    part->count++;
    stored->memory += leg->size;
}

static bool add_leg(struct stored_calls *stored, struct slice text, struct err *err)
{
    struct row row = { .run_id = 0 };

    row_copy_split(text, row_column_count + BEHIND, stored->value);
    row_read(stored->reader, stored->value, SLICE_NONE, SLICE_NONE, &row.leg);
    row.file_id = (int32_t)row_value_int(stored->value[stored->file_id]);
    if (!stored->has_key || !uuid_equal(&stored->key, &row.leg.call_key)) {
        if (!stored_count_call(stored, err))
            return false;
        stored->is_given_up = false;
        stored->key = row.leg.call_key;
        stored->has_key = true;
    }
    if (!outcome_read(stored->outcome_reader, stored->value, &row.outcome) ||
        stored->memory > MEMORY_MAX)
        give_up(stored);
    if (stored->is_given_up)
        hours_add_ms(stored->anew, row.leg.started_at);
    else
        keep_leg(stored, &row);
    return true;
}

/* The chosen calls, whose legs start in REACH. */
static bool count_calls(struct stat_change *change, const struct period_text *reach,
                        const struct stat_how *how, struct err *err)
{
    struct stored_calls stored;
    struct slice row;
    struct db_out *out = db_out_begin(change->db, sql_statistics_calls,
                                      DB_ARGS(reach->from, reach->to), err);
    bool ok = out != NULL;

    stored_open(&stored, change, how);
    while (ok && (ok = db_out_next(out, &row, err)) && row.s != NULL)
        ok = add_leg(&stored, row, err);
    ok = ok && stored_count_call(&stored, err);
    db_out_end(out);
    stored_close(&stored);
    return ok;
}

/* Legs of the chosen calls are searched a day around those that change, or further where
 * it is known that they reach so far. */
static bool count_stored(struct stat_change *change, const struct stat_how *how,
                         struct err *err)
{
    if (change->chosen == 0)
        return true;

    struct db_rows *rows = db_query(change->db, sql_statistics_reach, NULL, err);

    if (rows == NULL)
        return false;

    int64_t first = db_int(rows, 0, 0), last = db_int(rows, 0, 1);
    struct period_text reach = period_text(first, last);

    if (how->whole == 1)
        change->chosen = 0;

    db_rows_free(rows);
    if (change->is_bounded && (first < change->first_at || last > change->last_at))
        return turns_disturbed(err, "a call that reaches over days is counted");
    return count_calls(change, &reach, how, err);
}

bool stat_change_count(struct stat_change *change, int sign, struct err *err)
{
    return count_stored(change, &(struct stat_how){ .whole = sign, .file_id = -1 }, err);
}

bool stat_change_join(struct stat_change *change, int32_t file_id, bool were_counted,
                      struct err *err)
{
    struct stat_how how = {
        .whole = 1, .own = were_counted ? -1 : 0, .other = -1, .file_id = file_id
    };

    return count_stored(change, &how, err);
}

void stat_change_whole(struct stat_change *change, int64_t first, int64_t last)
{
    stat_days_within(change->days, first, last);
}

bool stat_change_apply(struct stat_change *change, bool has_gateway,
                       struct hours *changed, struct err *err)
{
    struct slice key;
    struct stat_sums sums;
    bool ok = stat_groups_begin(change->groups, err), if_no_gateway, is_new;

    while (ok && (ok = stat_groups_next(change->groups, &key, &sums, err)) &&
           key.s != NULL) {
        key = stat_rule_key(key, &if_no_gateway);
        if (!if_no_gateway || !has_gateway)
            ok = stat_days_add(change->days, key, &sums, &is_new, err) &&
                 stat_batch_add(change->batch, key, &sums, is_new, changed, err);
    }
    ok = ok && stat_batch_bring_in(change->batch, changed, err) &&
         stat_days_bring_in(change->days, err) &&
         statistics_rebuild(change->db, change->anew, err);
    if (changed != NULL)
        hours_add_all(changed, change->anew);
    stat_change_clear(change);
    return ok;
}
