/*
 * explain_json.c - why a leg gets its outcome, for programs.
 */
#include "base/base.h"
#include "rules/analysis/explain_impl.h"

static void add_member(struct buf *out, const char *name, const char *value)
{
    buf_addf(out, ",\"%s\":", name);
    if (value != NULL)
        buf_add_json(out, slice_of(value));
    else
        buf_add_text(out, "null");
}

static void add_evidence_json(struct buf *out, const struct evidence *evidence)
{
    const char *between = "";

    buf_add_text(out, "\"evidence\":{");
    for (enum rule_field field = 0; field < RULE_FIELD_COUNT; field++) {
        const struct fact *fact = &evidence->fact[field];

        if (!fact->present)
            continue;
        buf_addf(out, "%s\"%s\":", between, rule_field_name(field));
        between = ",";
        if (rule_field_is_text(field))
            buf_add_json(out, fact->text);
        else if (rule_field_row(field)->kind == RULE_FIELD_FLAG)
            buf_add_text(out, fact->number != 0 ? "true" : "false");
        else
            buf_addf(out, "%d", fact->number);
    }
    buf_add_char(out, '}');
}

static void add_rules_json(struct buf *out, const struct rules *rules,
                           const struct evidence *evidence, size_t decided)
{
    buf_add_text(out, ",\"rules\":[");
    for (size_t i = 0; i <= decided; i++) {
        const struct rule *rule = &rules->rule[i];
        const struct cond *failed;
        struct buf why = { 0 };
        bool holds = rule_holds(rule, evidence, &failed);

        buf_addf(out, "%s{\"decides\":%s", i > 0 ? "," : "", holds ? "true" : "false");
        add_member(out, "id", rule->id);
        add_member(out, "file", rule->place.doc->name);
        if (!holds) {
            explain_failure(&why, rules, evidence, failed);
            add_member(out, "failed", buf_cstr(&why));
        } else {
            add_member(out, "why", rule->why);
        }
        buf_add_char(out, '}');
        buf_free(&why);
    }
    buf_add_char(out, ']');
}

static void add_remarks_json(struct buf *out, const struct rules *rules,
                             const struct evidence *evidence)
{
    struct buf remarks = { 0 };
    struct slice rest;

    explain_remarks(&remarks, rules, evidence);
    rest = buf_slice(&remarks);
    buf_add_text(out, ",\"remarks\":[");
    for (const char *between = ""; rest.len > 0; between = ",") {
        struct slice line = slice_before(rest, '\n');

        buf_add_text(out, between);
        buf_add_json(out, line);
        rest.s += line.len + 1;
        rest.len -= line.len + 1;
    }
    buf_add_char(out, ']');
    buf_free(&remarks);
}

static void add_outcome_json(struct buf *out, const struct rules *rules,
                             const struct outcome *outcome)
{
    const struct taxonomy *taxonomy = &rules->taxonomy;
    const char *between = "";

    buf_add_text(out, ",\"outcome\":{\"category\":");
    buf_add_json(out, slice_of(taxonomy->category[outcome->category].code));
    add_member(out, "confidence", confidence_name(outcome->confidence));
    buf_add_text(out, ",\"alternatives\":[");
    for (size_t i = 0; i < taxonomy->count; i++) {
        if ((outcome->alternatives >> i & 1) == 0)
            continue;
        buf_add_text(out, between);
        buf_add_json(out, slice_of(taxonomy->category[i].code));
        between = ",";
    }
    buf_add_char(out, ']');
    add_member(out, "outcome_group", outcome->group);
    add_member(out, "ended_by", outcome->ended_by);
    add_member(out, "provider", outcome->provider);
    add_member(out, "rule_id", outcome->rule_id);
    add_member(out, "naive_category", taxonomy->category[outcome->naive_category].code);
    buf_add_char(out, '}');
}

void explain_json(const struct rules *rules, const struct evidence *evidence,
                  const struct outcome *outcome, struct buf *out)
{
    buf_addf(out, "{\"ruleset_id\":\"%s\",", rules->identity);
    add_evidence_json(out, evidence);
    add_rules_json(out, rules, evidence, outcome->rule);
    add_remarks_json(out, rules, evidence);
    add_outcome_json(out, rules, outcome);
    buf_add_text(out, "}\n");
}
