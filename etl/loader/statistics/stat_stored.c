/*
 * stat_stored.c - rows of cdr.leg back into legs and outcomes, a call at a time.
 */
#include "loader/statistics/stat_stored.h"

#include "base/base.h"
#include "db/db_out.h"
#include "db/row/row_copy.h"
#include "db/row/row_read.h"

enum { HASH, HAS_GATEWAY, IS_TRUNCATED, BEHIND /* the columns of a leg */ };

/* Where the columns of an outcome stand. */
struct outcome_columns {
    size_t provider, is_outbound, answered, category, confidence, alternatives,
        naive_category, early_media;
};

struct stored_calls {
    struct stat_rule rule;
    struct row_reader *reader;
    struct outcome_columns column;
    struct slice *value;
    struct buf provider, code; /* with a NUL behind */
    struct uuid key;           /* of the call whose legs these are: */
    struct stat_leg *first, **last;
    size_t nlegs;
    bool is_known; /* all their categories are */
    struct hours *anew;
};

static void stored_open(struct stored_calls *stored, const struct stat_basis *basis,
                        struct stat_groups *groups, int sign, struct hours *anew)
{
    *stored = (struct stored_calls){
        .rule = { .basis = basis, .groups = groups, .sign = sign },
        .reader = row_reader_new(),
        .column = { .provider = row_column_named("provider"),
                    .is_outbound = row_column_named("is_outbound"),
                    .answered = row_column_named("answered"),
                    .category = row_column_named("category"),
                    .confidence = row_column_named("confidence"),
                    .alternatives = row_column_named("alternatives"),
                    .naive_category = row_column_named("naive_category"),
                    .early_media = row_column_named("early_media_seconds") },
        .value = xcalloc(row_column_count + BEHIND, sizeof *stored->value),
        .anew = anew,
    };
    stored->last = &stored->first;
}

static void forget_call(struct stored_calls *stored)
{
    while (stored->first != NULL) {
        struct stat_leg *leg = stored->first;

        stored->first = leg->next;
        free(leg);
    }
    stored->last = &stored->first;
    stored->nlegs = 0;
    stored->is_known = true;
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

static void add_anew(struct stored_calls *stored)
{
    for (const struct stat_leg *leg = stored->first; leg != NULL; leg = leg->next)
        hours_add_ms(stored->anew, leg->leg.started_at);
}

static bool stored_count_call(struct stored_calls *stored, struct err *err)
{
    uint64_t calls = 0;
    bool ok = true;

    if (!stored->is_known)
        add_anew(stored);
    else if (stored->nlegs > 0)
        ok = stat_rule_count(&stored->rule, stored->first, stored->nlegs, &calls, err);
    forget_call(stored);
    return ok;
}

static bool add_leg(struct stored_calls *stored, struct slice text, struct err *err)
{
    const struct slice *behind = stored->value + row_column_count;
    struct row row = { .run_id = 0 };

    row_copy_split(text, row_column_count + BEHIND, stored->value);
    row_read(stored->reader, stored->value, SLICE_NONE, SLICE_NONE, &row.leg);

    bool is_known = stored_read_outcome(stored, &row.outcome);

    if (stored->nlegs > 0 && !uuid_equal(&stored->key, &row.leg.call_key) &&
        !stored_count_call(stored, err))
        return false;
    stored->key = row.leg.call_key;
    stored->is_known &= is_known;

    struct stat_leg *leg = stat_leg_new(&row);

    leg->file_has_gateway = gateway_of(behind[HAS_GATEWAY]);
    leg->is_truncated = row_value_int(behind[IS_TRUNCATED]) != 0;
    *stored->last = leg;
    stored->last = &leg->next;
    stored->nlegs++;
    return true;
}

/* Legs of a call stand together. */
static struct db_out *stored_read_legs(struct db *db, struct err *err)
{
    struct row_copy *copy = row_copy_new();
    struct buf sql = { 0 };

    buf_addf(&sql,
             "copy (select %s, "
             "(select f.has_gateway from cdr.file f where f.file_id = l.file_id), "
             "exists (select 1 from cdr.truncated_call k where k.call_key = l.call_key) "
             "from pg_temp.call_leg l order by l.call_key) to stdout (format binary)",
             row_copy_columns(copy));

    struct db_out *out = db_out_begin(db, buf_cstr(&sql), err);

    buf_free(&sql);
    row_copy_free(copy);
    return out;
}

bool stat_stored_count(struct db *db, const struct stat_basis *basis,
                       struct stat_groups *groups, int sign, struct hours *anew,
                       struct err *err)
{
    struct stored_calls stored;
    struct slice row;
    struct db_out *out = stored_read_legs(db, err);
    bool ok = out != NULL;

    stored_open(&stored, basis, groups, sign, anew);
    stored.is_known = true;
    while (ok && (ok = db_out_next(out, &row, err)) && row.s != NULL)
        ok = add_leg(&stored, row, err);
    ok = ok && stored_count_call(&stored, err);
    db_out_end(out);
    stored_close(&stored);
    return ok;
}
