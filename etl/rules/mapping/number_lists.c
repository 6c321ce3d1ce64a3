/*
 * number_lists.c - who was given which numbers, as far as rules ask for it.
 */
#include "base/base.h"
#include "base/table.h"
#include "leg/number/prefix_list.h"
#include "rules/rules_impl.h"

static const enum rule_field owner_fields[] = { RULE_FIELD_DESTINATION_OPERATOR,
                                                RULE_FIELD_DESTINATION_COUNTRY,
                                                RULE_FIELD_CALLER_OPERATOR,
                                                RULE_FIELD_CALLER_COUNTRY };

static struct slice member_text(const json_t *range, const char *key)
{
    return slice_of(json_string_value(json_object_get(range, key)));
}

static bool know_owner(struct rules *rules, struct slice text, enum rule_field one,
                       enum rule_field other, uint16_t *number, struct err *err)
{
    *number = SYMBOL_ABSENT;
    return text.s == NULL || (symbol_known(rules, one, text.s, number, err) &&
                              symbol_known(rules, other, text.s, number, err));
}

static bool add_range(struct rules *rules, const json_t *object, struct err *err)
{
    struct number_lists *lists = &rules->numbers;
    struct number_range *range = &lists->range[lists->count];
    uint64_t hash;

    range->start = member_text(object, "prefix");
    range->operator_name = member_text(object, "operator");
    range->country = member_text(object, "country");
    hash = table_hash(0, range->start);
    if (range->start.len > lists->longest)
        lists->longest = range->start.len;
    if (table_find(lists->starts, hash, range->start) == TABLE_NONE)
        table_add(lists->starts, hash, range->start, (int)lists->count++);
    return know_owner(rules, range->operator_name, RULE_FIELD_DESTINATION_OPERATOR,
                      RULE_FIELD_CALLER_OPERATOR, &range->operator_symbol, err) &&
           know_owner(rules, range->country, RULE_FIELD_DESTINATION_COUNTRY,
                      RULE_FIELD_CALLER_COUNTRY, &range->country_symbol, err);
}

static bool lists_has_file(const struct layers *layers)
{
    bool found = false;

    for (size_t i = 0; i < layers->count; i++)
        found = found || layers_find(layers, i, "prefixes.json");
    return found;
}

static bool number_lists_load(struct rules *rules, struct err *err)
{
    struct number_lists *lists = &rules->numbers;
    struct layers layers = rules->layers;
    struct buf text = { 0 };
    json_t *object;
    size_t i;
    bool ok = true;

    lists->starts = xcalloc(1, sizeof *lists->starts);
    layers.faults = NULL; /* `rules lint` looks at the file by itself */
    if (lists_has_file(&layers))
        ok = prefix_list_read(&layers, &text, err);
    if (ok && text.len > 0)
        lists->json = json_loadb(text.s, text.len, 0, NULL);
    lists->range = xcalloc(json_array_size(lists->json) + 1, sizeof *lists->range);
    json_array_foreach(lists->json, i, object)
    {
        ok = ok && add_range(rules, object, err);
    }
    buf_free(&text);
    return rules_noted(rules, ok, err);
}

bool number_lists_need(struct rules *rules, const json_t *when, struct err *err)
{
    bool asked = false;

    for (size_t i = 0; i < COUNTOF(owner_fields); i++)
        asked = asked || json_object_get(when, rule_field_name(owner_fields[i])) != NULL;
    if (!asked || rules->numbers.is_loaded)
        return true;
    rules->numbers.is_loaded = true;
    return number_lists_load(rules, err);
}

void number_lists_free(struct number_lists *lists)
{
    json_decref(lists->json);
    free(lists->range);
    if (lists->starts != NULL)
        table_free(lists->starts);
    free(lists->starts);
}

void number_lists_identify(const struct rules *rules, struct digest *digest)
{
    bool asked = false;
    char *text;

    for (size_t i = 0; i < COUNTOF(owner_fields); i++)
        asked = asked || rules->index.is_asked[owner_fields[i]];
    if (!asked || rules->numbers.json == NULL)
        return;
    text = json_dumps(rules->numbers.json, JSON_COMPACT | JSON_SORT_KEYS);
    digest_add_piece(digest, slice_of(text));
    free(text);
}

const struct number_range *number_range_of(const struct number_lists *lists,
                                           struct slice e164)
{
    struct slice start = e164;

    if (start.len > lists->longest)
        start.len = lists->longest;
    for (; start.len > 0; start.len--) {
        int at = table_find(lists->starts, table_hash(0, start), start);

        if (at != TABLE_NONE)
            return &lists->range[at];
    }
    return NULL;
}
