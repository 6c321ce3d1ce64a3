/*
 * list.c - a rule set as a table that people read.
 */
#include "base/base.h"
#include "rules/analysis/analysis_impl.h"

static void list_add_day(struct buf *out, const char *before, const char *word,
                         int64_t ms)
{
    char text[25];

    instant_iso(ms, text);
    buf_addf(out, "%s%s %.10s", before, word, text);
}

void rule_add_when(struct buf *out, const struct rule *rule, bool of_provider)
{
    const char *before = "";

    for (size_t i = 0; i < rule->nconds; i++) {
        if (of_provider && rule->cond[i].field == RULE_FIELD_PROVIDER)
            continue;
        buf_add_text(out, before);
        cond_add(out, &rule->cond[i]);
        before = ", ";
    }
    if (*before == '\0')
        buf_add_text(out, "always");
    if (rule->valid_from != INT64_MIN)
        list_add_day(out, before, *before == '\0' ? " from" : "from", rule->valid_from);
    if (rule->valid_to != INT64_MAX)
        list_add_day(out, before, *before == '\0' ? " until" : "until", rule->valid_to);
}

void rule_add(struct buf *out, const struct rules *rules, const struct rule *rule)
{
    buf_addf(out, "  %-30s ", rule->id);
    rule_add_when(out, rule, false);
    buf_addf(out, "\n  %-30s -> ", "");
    outcome_add(out, &rules->taxonomy, rule->category, rule->confidence,
                rule->alternatives);
    buf_addf(out, "\n  %-30s    %s\n", "", rule->why != NULL ? rule->why : "");
}

bool rule_concerns(const struct rule *rule, const struct fact *provider)
{
    const struct cond *cond = rule_cond(rule, RULE_FIELD_PROVIDER);

    return provider == NULL || cond == NULL || cond_holds(cond, provider);
}

bool rules_know_provider(const struct rules *rules, const char *id)
{
    return provider_with_id(rules, id) != NULL;
}

bool rules_check_provider(const struct rules *rules, const char *id, struct err *err)
{
    struct nearest nearest = nearest_to(slice_of(id));

    if (id == NULL || rules_know_provider(rules, id))
        return true;
    for (size_t i = 0; i < rules->providers.count; i++)
        nearest_try(&nearest, rules->providers.provider[i].id);
    return err_set(err, EXIT_USAGE, "provider \"%s\" is not in providers.json%s", id,
                   nearest_hint(&nearest).text);
}

bool rules_list(const struct rules *rules, const char *provider, struct buf *out,
                struct err *err)
{
    struct fact fact = { .present = true, .text = slice_of(provider) };
    const struct doc *doc = NULL;

    if (!rules_check_provider(rules, provider, err))
        return false;
    for (size_t i = 0; i < rules->count; i++) {
        const struct rule *rule = &rules->rule[i];

        if (!rule_concerns(rule, provider != NULL ? &fact : NULL))
            continue;
        if (rule->place.doc != doc)
            buf_addf(out, "%s\n", (doc = rule->place.doc)->name);
        rule_add(out, rules, rule);
    }
    return true;
}

const char *rules_table(const struct rules *rules, size_t rule)
{
    return rules->rule[rule].place.doc->name;
}

bool rules_is_specific(const struct rules *rules, size_t rule)
{
    return rule_cond(&rules->rule[rule], RULE_FIELD_PROVIDER) != NULL;
}

bool rules_concern(const struct rules *rules, size_t rule, const char *provider)
{
    struct fact fact = { .present = true, .text = slice_of(provider) };

    return rule_concerns(&rules->rule[rule], provider != NULL ? &fact : NULL);
}
