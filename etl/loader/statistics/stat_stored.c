/*
 * stat_stored.c - rows of cdr.leg back into legs and outcomes, a call at a time.
 */
#include "loader/statistics/stat_stored.h"

#include "base/base.h"
#include "db/db_out.h"
#include "db/row/row_copy.h"
#include "db/row/row_read.h"
#include "db/sql.h"

/* Columns of statistics/calls.sql behind those of a row. */
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

static void stored_open(struct stored_calls *stored, const struct stat_basis *basis,
                        const struct stat_how *how, struct stat_sink sink)
{
    *stored = (struct stored_calls){
        .rule = { .basis = basis, .groups = sink.groups },
        .reader = row_reader_new(),
        .outcome_reader = outcome_reader_new(basis->taxonomy),
        .file_id = row_column_named("file_id"),
        .value = xcalloc(row_column_count + BEHIND, sizeof *stored->value),
        .how = how,
        .anew = sink.anew,
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

bool stat_stored_count(struct db *db, const struct stat_basis *basis,
                       const struct period_text *reach, const struct stat_how *how,
                       struct stat_sink sink, struct err *err)
{
    struct stored_calls stored;
    struct slice row;
    struct db_out *out =
        db_out_begin(db, sql_statistics_calls, DB_ARGS(reach->from, reach->to), err);
    bool ok = out != NULL;

    stored_open(&stored, basis, how, sink);
    while (ok && (ok = db_out_next(out, &row, err)) && row.s != NULL)
        ok = add_leg(&stored, row, err);
    ok = ok && stored_count_call(&stored, err);
    db_out_end(out);
    stored_close(&stored);
    return ok;
}
