/*
 * decide.c - from a leg to its outcome.  Pure: no I/O, no allocation, no globals.
 */
#include "base/base.h"
#include "rules/rules_impl.h"

static int32_t decide_number_of(const struct evidence *evidence, enum rule_field field,
                                int32_t absent)
{
    const struct fact *fact = &evidence->fact[field];

    return fact->present ? fact->number : absent;
}

void decide(const struct rules *rules, const struct leg *leg,
            const struct evidence *evidence, struct outcome *outcome)
{
    size_t number = index_find(rules, evidence);
    const struct rule *rule = &rules->rule[number];
    const struct provider *provider = evidence->provider;

    *outcome = (struct outcome){
        .taxonomy = &rules->taxonomy,
        .category = rule->category,
        .confidence = rule->confidence,
        .alternatives = rule->alternatives,
        .naive_category = evidence->cause != NULL ? evidence->cause->naive
                                                  : (uint8_t)rules->taxonomy.undetermined,
        .group = rule->group,
        .rule_id = rule->id,
        .rule = number,
        .provider = provider != NULL && provider->carrier ? provider->id : NULL,
        .release = release_name(evidence->release),
        .q850_implied =
            (int16_t)decide_number_of(evidence, RULE_FIELD_Q850_IMPLIED, NO_CODE),
        .early_media_seconds =
            decide_number_of(evidence, RULE_FIELD_EARLY_MEDIA_SECONDS, NO_SECONDS),
        .is_outbound = is_outbound(rules, leg),
        .answered = decide_number_of(evidence, RULE_FIELD_ANSWERED, 0) != 0,
    };
    refine(evidence, outcome);
    outcome->ended_by = ended_by(leg, evidence->release, outcome);
}

void rules_decide(const struct rules *rules, const struct leg *leg,
                  struct outcome *outcome)
{
    struct evidence evidence;

    evidence_of(rules, leg, &evidence);
    decide(rules, leg, &evidence, outcome);
}
