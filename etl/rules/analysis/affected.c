/*
 * affected.c - which legs another rule set may decide otherwise.
 *
 * Where two sets differ in their rules alone, a leg whose outcome changes was decided by
 * a rule that is gone, changed or moved, or meets one that is new, changed or moved: the
 * others stand in the same order in both, so the first that holds is the same.
 */
#include "base/base.h"
#include "rules/analysis/analysis_impl.h"

/* Fields that are one column of cdr.leg wherever they have a value, the choosy first. */
static const enum rule_field asked[] = {
    RULE_FIELD_GATEWAY,      RULE_FIELD_SIP_CODE,    RULE_FIELD_Q850,
    RULE_FIELD_HANGUP_CAUSE, RULE_FIELD_DISPOSITION, RULE_FIELD_PROVIDER,
};

static bool same_json(const json_t *a, const json_t *b)
{
    return a == b || json_equal(a, b) == 1;
}

/* Everything but rules: what decides beside them, file by file. */
static bool same_facts(const struct rules *a, const struct rules *b)
{
    if (a->nfacts != b->nfacts || (a->numbers.json != NULL && b->numbers.json != NULL &&
                                   !same_json(a->numbers.json, b->numbers.json)))
        return false;
    for (size_t i = 0; i < a->nfacts; i++)
        if (a->layer[i] != b->layer[i] ||
            strcmp(rules_name_in_folder(a, &a->doc[i]),
                   rules_name_in_folder(b, &b->doc[i])) != 0 ||
            !same_json(a->doc[i].root, b->doc[i].root))
            return false;
    return true;
}

static const json_t *written(const struct rule *rule)
{
    const struct place *place = &rule->place;

    return json_array_get(json_object_get(place->doc->root, place->array), place->index);
}

/* But for their reasons. */
static bool same_rule(const struct rule *a, const struct rule *b)
{
    static const char *const keys[] = { "when", "then", "valid" };
    const json_t *in_a = written(a), *in_b = written(b);

    for (size_t i = 0; i < COUNTOF(keys); i++)
        if (!same_json(json_object_get(in_a, keys[i]), json_object_get(in_b, keys[i])))
            return false;
    return same_json(json_object_get(a->place.doc->root, "provider"),
                     json_object_get(b->place.doc->root, "provider"));
}

static void add_lower(struct slice text, const char *column, affected_fn *add, void *to)
{
    struct buf lower = { 0 };

    for (size_t i = 0; i < text.len; i++)
        buf_add_char(&lower, ascii_lower(text.s[i]));
    add(to, column, buf_slice(&lower));
    buf_free(&lower);
}

/* Says the values with which COND holds; false: they are no list, or nothing is one. */
static bool add_values(const struct rules *rules, const struct cond *cond,
                       affected_fn *add, void *to)
{
    const char *column = rule_field_name(cond->field);
    char number[8];

    if (!cond_is_listed(cond) || cond_holds(cond, &(struct fact){ 0 }))
        return false;
    for (size_t value = 1; value < index_values_of(rules, cond->field); value++) {
        struct fact fact = index_fact_of(rules, cond->field, value);

        if (!cond_holds(cond, &fact))
            continue;
        if (!rule_field_is_text(cond->field)) {
            snprintf(number, sizeof number, "%d", (int)fact.number);
            add(to, column, slice_of(number));
        } else if (value == SYMBOL_OTHER) {
            return false;
        } else {
            add_lower(rules->symbols.symbol[value].folded, column, add, to);
        }
    }
    return true;
}

/* Phones of our own are no provider of a leg. */
static bool is_of_carriers(const struct rules *rules, const struct cond *cond)
{
    for (size_t i = 0; i < rules->providers.count; i++) {
        const struct provider *provider = &rules->providers.provider[i];
        struct fact fact = { .present = true, .text = provider->text };

        if (!provider->carrier && cond_holds(cond, &fact))
            return false;
    }
    return true;
}

/* Legs that RULE may decide, by one of its conditions. */
static bool affected_add_rule(const struct rules *rules, const struct rule *rule,
                              affected_fn *add, void *to)
{
    for (size_t i = 0; i < COUNTOF(asked); i++) {
        const struct cond *cond = rule_cond(rule, asked[i]);

        if (cond != NULL &&
            (asked[i] != RULE_FIELD_PROVIDER || is_of_carriers(rules, cond)) &&
            add_values(rules, cond, add, to))
            return true;
    }
    return false;
}

/* PLACE: of each rule of AFTER its place in BEFORE, where it is the same. */
static void find_same(const struct rules *before, const struct rules *after, int *place)
{
    struct table places = { 0 };

    compare_index(before, &places);
    for (size_t i = 0; i < after->count; i++) {
        place[i] = compare_place_of(&places, after->rule[i].id);
        if (place[i] != TABLE_NONE &&
            !same_rule(&before->rule[place[i]], &after->rule[i]))
            place[i] = TABLE_NONE;
    }
    table_free(&places);
}

static bool add_difference(const struct rules *before, const struct rules *after,
                           affected_fn *add, void *to)
{
    int *place = xcalloc(after->count + 1, sizeof *place);
    bool *moved = xcalloc(after->count + 1, sizeof *moved);
    bool *stays = xcalloc(before->count + 1, sizeof *stays);
    bool ok = true;

    find_same(before, after, place);
    compare_moved(place, after->count, moved);
    for (size_t i = 0; ok && i < after->count; i++)
        if (place[i] != TABLE_NONE && !moved[i])
            stays[place[i]] = true;
        else
            ok = affected_add_rule(after, &after->rule[i], add, to);
    for (size_t i = 0; ok && i < before->count; i++)
        if (!stays[i])
            add(to, "rule_id", slice_of(before->rule[i].id));
    free(place);
    free(moved);
    free(stays);
    return ok;
}

bool rules_affected(const void *rules, const struct kept_file *file, size_t count,
                    const char *identity, affected_fn *add, void *to)
{
    struct err err = { 0 };
    struct rules *before = rules_load_kept(file, count, &err);
    bool ok = before != NULL && strcmp(before->identity, identity) == 0 &&
              same_facts(before, rules) && add_difference(before, rules, add, to);

    rules_free(before);
    return ok;
}
