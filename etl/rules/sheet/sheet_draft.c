/*
 * sheet_draft.c - legs by combination of evidence.
 *
 * Rules on the same four or five fields do not cross, so their order does not matter and
 * none hides another.
 */
#include "rules/sheet/sheet.h"

#include <inttypes.h>

#include "base/base.h"
#include "base/table.h"
#include "output/csv.h"
#include "rules/mapping/folder.h"

/* The evidence that tells outcomes of a carrier apart. */
static const enum rule_field told_apart[] = { RULE_FIELD_RELEASE, RULE_FIELD_HANGUP_CAUSE,
                                              RULE_FIELD_SIP_CODE, RULE_FIELD_Q850_ANY,
                                              RULE_FIELD_SIP_PHRASE };

enum { FIELDS = COUNTOF(told_apart), PHRASE = FIELDS - 1 };

struct combination {
    char *key;             /* its cells with a unit separator between; owned */
    char *cell[FIELDS];    /* owned */
    char *today, *example; /* of the first leg; owned */
    uint64_t legs;
    bool is_before; /* rules before the table decide it */
};

struct sheet_draft {
    const struct rules *rules;
    const char *table;
    struct combination *row; /* owned */
    size_t count;
    struct table places;
    struct sheet_draft_counts counts;
};

struct sheet_draft *sheet_draft_new(const struct rules *rules, const char *table)
{
    struct sheet_draft *draft = xcalloc(1, sizeof *draft);

    draft->rules = rules;
    draft->table = table;
    draft->row = xcalloc(SHEET_DRAFT_MAX, sizeof *draft->row);
    return draft;
}

void sheet_draft_free(struct sheet_draft *draft)
{
    if (draft == NULL)
        return;
    for (size_t i = 0; i < draft->count; i++) {
        for (size_t k = 0; k < FIELDS; k++)
            free(draft->row[i].cell[k]);
        free(draft->row[i].key);
        free(draft->row[i].today);
        free(draft->row[i].example);
    }
    free(draft->row);
    table_free(&draft->places);
    free(draft);
}

static char *cell_of_fact(enum rule_field field, const struct fact *fact)
{
    struct buf cell = { 0 };
    json_t *value = !fact->present ? json_null()
                    : rule_field_is_text(field)
                        ? json_stringn(fact->text.s, fact->text.len)
                        : json_integer(fact->number);
    char *text;

    sheet_cell_add(&cell, field, value);
    text = xstrndup(cell.s, cell.len);
    json_decref(value);
    buf_free(&cell);
    return text;
}

/* Rules that stand before the table see the leg first. */
static bool is_decided_before(const struct sheet_draft *draft,
                              const struct outcome *outcome)
{
    const struct rule *rule = &draft->rules->rule[outcome->rule];

    return folder_compare(rule->at.table, draft->table) < 0;
}

static struct combination *draft_place(struct sheet_draft *draft, char **cell)
{
    struct buf key = { 0 };
    struct combination *row;
    uint64_t hash;
    int at;

    for (size_t i = 0; i < FIELDS; i++)
        buf_addf(&key, "%s\x1f", cell[i]);
    hash = table_hash(0, buf_slice(&key));
    at = table_find(&draft->places, hash, buf_slice(&key));
    if (at != TABLE_NONE || draft->count == SHEET_DRAFT_MAX) {
        buf_free(&key);
        return at != TABLE_NONE ? &draft->row[at] : NULL;
    }
    row = &draft->row[draft->count];
    row->key = xstrndup(key.s, key.len);
    table_add(&draft->places, hash, (struct slice){ row->key, key.len },
              (int)draft->count++);
    buf_free(&key);
    return row;
}

/* What there is to know of a combination's first leg. */
static void draft_describe(const struct sheet_draft *draft, struct combination *row,
                           const struct outcome *outcome, const char *example)
{
    struct buf today = { 0 };

    outcome_add_by(&today, outcome);
    row->today = xstrdup(buf_cstr(&today));
    row->example = xstrdup(example);
    row->is_before = is_decided_before(draft, outcome);
    buf_free(&today);
}

uint64_t sheet_draft_add(struct sheet_draft *draft, const struct leg *leg,
                         const struct outcome *outcome, const char *example)
{
    struct evidence evidence;
    struct combination *row;
    char *cell[FIELDS];

    evidence_of(draft->rules, leg, &evidence);
    for (size_t i = 0; i < FIELDS; i++)
        cell[i] = cell_of_fact(told_apart[i], &evidence.fact[told_apart[i]]);
    row = draft_place(draft, cell);
    draft->counts.legs++;
    draft->counts.before += is_decided_before(draft, outcome);
    draft->counts.is_full = draft->counts.is_full || row == NULL;
    if (row != NULL && row->legs == 0)
        draft_describe(draft, row, outcome, example);
    for (size_t i = 0; i < FIELDS; i++)
        if (row != NULL && row->cell[i] == NULL)
            row->cell[i] = cell[i];
        else
            free(cell[i]);
    if (row == NULL)
        return 0;
    row->is_before = row->is_before && is_decided_before(draft, outcome);
    return ++row->legs;
}

/* A phrase is only asked for where legs differ by nothing else. */
static bool asks_phrase(const struct sheet_draft *draft, const struct combination *row)
{
    for (size_t i = 0; i < draft->count; i++) {
        const struct combination *other = &draft->row[i];
        bool alike = other != row;

        for (size_t k = 0; k < PHRASE; k++)
            alike = alike && strcmp(row->cell[k], other->cell[k]) == 0;
        if (alike)
            return true;
    }
    return false;
}

static int by_legs(const void *left, const void *right)
{
    const struct combination *a = left, *b = right;

    if (a->legs != b->legs)
        return a->legs < b->legs ? 1 : -1;
    return strcmp(a->key, b->key);
}

/* "kolo.486", "kolo.own_cancel", and "kolo.486_2" when there are more of it. */
static void add_id(const struct sheet_draft *draft, size_t at, const char *id,
                   struct buf *out)
{
    const struct combination *row = &draft->row[at];
    size_t code = strcmp(row->cell[2], "absent") != 0 ? 2 : 0, number = 1;

    for (size_t i = 0; i < at; i++) {
        const struct combination *other = &draft->row[i];
        size_t others = strcmp(other->cell[2], "absent") != 0 ? 2 : 0;

        number += !other->is_before && strcmp(other->cell[others], row->cell[code]) == 0;
    }
    buf_addf(out, "%s.%s", id, row->cell[code]);
    if (number > 1)
        buf_addf(out, "_%zu", number);
}

static void draft_add_row(const struct sheet_draft *draft, size_t at, const char *id,
                          struct buf *out)
{
    const struct combination *row = &draft->row[at];

    add_id(draft, at, id, out);
    for (size_t i = 0; i < FIELDS; i++) {
        buf_add_char(out, ',');
        if (i != PHRASE || asks_phrase(draft, row))
            buf_add_csv(out, slice_of(row->cell[i]));
    }
    buf_addf(out, ",,,,,%" PRIu64 ",", row->legs);
    buf_add_csv(out, slice_of(row->today));
    buf_add_char(out, ',');
    buf_add_csv(out, slice_of(row->example));
    buf_add_char(out, '\n');
}

void sheet_draft_write(struct sheet_draft *draft, const char *id, struct buf *out)
{
    static const enum sheet_column behind[] = { SHEET_CATEGORY,     SHEET_CONFIDENCE,
                                                SHEET_ALTERNATIVES, SHEET_WHY,
                                                SHEET_LEGS,         SHEET_TODAY,
                                                SHEET_EXAMPLE };

    qsort(draft->row, draft->count, sizeof *draft->row, by_legs);
    table_free(&draft->places);
    buf_add_text(out, sheet_captions[SHEET_ID]);
    for (size_t i = 0; i < FIELDS; i++)
        buf_addf(out, ",%s", rule_field_name(told_apart[i]));
    for (size_t i = 0; i < COUNTOF(behind); i++)
        buf_addf(out, ",%s", sheet_captions[behind[i]]);
    buf_add_char(out, '\n');
    draft->counts.rows = 0;
    for (size_t i = 0; i < draft->count; i++) {
        if (draft->row[i].is_before)
            continue;
        draft_add_row(draft, i, id, out);
        draft->counts.rows++;
    }
}

struct sheet_draft_counts sheet_draft_counts(const struct sheet_draft *draft)
{
    return draft->counts;
}
