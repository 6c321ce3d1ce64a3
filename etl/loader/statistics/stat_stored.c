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

/* Where the columns of an outcome stand. */
struct outcome_columns {
    size_t provider, is_outbound, answered, category, confidence, alternatives,
        naive_category, early_media;
};

struct stored_calls {
    struct stat_rule rule;
    struct row_reader *reader;
    struct outcome_columns column;
    size_t file_id; /* place of the column */
    struct slice *value;
    struct buf provider, code; /* with a NUL behind */
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
                        struct stat_groups *groups, const struct stat_how *how,
                        struct hours *anew)
{
    *stored = (struct stored_calls){
        .rule = { .basis = basis, .groups = groups },
        .reader = row_reader_new(),
        .column = { .provider = row_column_named("provider"),
                    .is_outbound = row_column_named("is_outbound"),
                    .answered = row_column_named("answered"),
                    .category = row_column_named("category"),
                    .confidence = row_column_named("confidence"),
                    .alternatives = row_column_named("alternatives"),
                    .naive_category = row_column_named("naive_category"),
                    .early_media = row_column_named("early_media_seconds") },
        .file_id = row_column_named("file_id"),
        .value = xcalloc(row_column_count + BEHIND, sizeof *stored->value),
        .how = how,
        .anew = anew,
    };
    forget_call(stored);
}

static void stored_close(struct stored_calls *stored)
{
    forget_call(stored);
    stat_rule_free(&stored->rule);
    row_reader_free(stored->reader);
    buf_free(&stored->provider);
    buf_free(&stored->code);
    free(stored->value);
}

static bool stored_read_category(struct stored_calls *stored, struct slice code,
                                 uint8_t *category)
{
    const struct taxonomy *taxonomy = stored->rule.basis->taxonomy;

    buf_reset(&stored->code);
    buf_add_slice(&stored->code, code);

    size_t place = taxonomy_find(taxonomy, buf_cstr(&stored->code));

    *category = (uint8_t)place;
    return place < taxonomy->count;
}

/* A text[] of one dimension in its binary form: three numbers, two a dimension, elements.
 */
static bool stored_read_alternatives(struct stored_calls *stored, struct slice array,
                                     category_set *set)
{
    enum { NUMBER = 4, HEAD = 5 * NUMBER };

    *set = 0;
    for (size_t at = HEAD; at + NUMBER <= array.len;) {
        struct slice len = { array.s + at, NUMBER };
        struct slice code = { array.s + at + NUMBER, (size_t)row_value_int(len) };
        uint8_t category;

        if (code.len > array.len - at - NUMBER ||
            !stored_read_category(stored, code, &category))
            return false;
        *set |= (category_set)1 << category;
        at += NUMBER + code.len;
    }
    return true;
}

static enum confidence confidence_of(struct slice name)
{
    for (enum confidence confidence = CERTAIN; confidence < AMBIGUOUS; confidence++)
        if (slice_is(name, confidence_name(confidence)))
            return confidence;
    return AMBIGUOUS;
}

/* False: the taxonomy does not know a category any more. */
static bool stored_read_outcome(struct stored_calls *stored, struct outcome *outcome)
{
    const struct outcome_columns *column = &stored->column;
    const struct slice *value = stored->value;
    struct slice provider = value[column->provider];
    struct slice early_media = value[column->early_media];

    buf_reset(&stored->provider);
    buf_add_slice(&stored->provider, provider);
    *outcome = (struct outcome){
        .taxonomy = stored->rule.basis->taxonomy,
        .provider = provider.s != NULL ? buf_cstr(&stored->provider) : NULL,
        .is_outbound = row_value_int(value[column->is_outbound]) != 0,
        .answered = row_value_int(value[column->answered]) != 0,
        .confidence = confidence_of(value[column->confidence]),
        .early_media_seconds =
            early_media.s != NULL ? (int32_t)row_value_int(early_media) : NO_SECONDS,
    };
    return stored_read_category(stored, value[column->category], &outcome->category) &&
           stored_read_category(stored, value[column->naive_category],
                                &outcome->naive_category) &&
           stored_read_alternatives(stored, value[column->alternatives],
                                    &outcome->alternatives);
}

static enum stat_gateway gateway_of(struct slice has_gateway)
{
    if (has_gateway.s == NULL) /* no file: nothing tells of its other rows */
        return STAT_GATEWAY_YES;
    return row_value_int(has_gateway) != 0 ? STAT_GATEWAY_YES : STAT_GATEWAY_NO;
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

    leg->file_has_gateway = gateway_of(behind[HAS_GATEWAY]);
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
    if (!stored_read_outcome(stored, &row.outcome) || stored->memory > MEMORY_MAX)
        give_up(stored);
    if (stored->is_given_up)
        hours_add_ms(stored->anew, row.leg.started_at);
    else
        keep_leg(stored, &row);
    return true;
}

bool stat_stored_count(struct db *db, const struct stat_basis *basis,
                       struct stat_groups *groups, const struct period_text *reach,
                       const struct stat_how *how, struct hours *anew, struct err *err)
{
    struct stored_calls stored;
    struct slice row;
    struct db_out *out =
        db_out_begin(db, sql_statistics_calls, DB_ARGS(reach->from, reach->to), err);
    bool ok = out != NULL;

    stored_open(&stored, basis, groups, how, anew);
    while (ok && (ok = db_out_next(out, &row, err)) && row.s != NULL)
        ok = add_leg(&stored, row, err);
    ok = ok && stored_count_call(&stored, err);
    db_out_end(out);
    stored_close(&stored);
    return ok;
}
