/*
 * explain.c - why a leg gets its outcome, for people at a terminal and for programs.
 */
#include "base/base.h"
#include "rules/analysis/analysis_impl.h"
#include "rules/rules_impl.h"

static void add_fact(struct buf *out, const struct rules *rules, enum rule_field field,
                     const struct fact *fact)
{
    const struct facts *facts = &rules->facts;
    const char *name = NULL;

    if (!fact->present)
        buf_add_text(out, "-");
    else if (rule_field_is_text(field))
        buf_add_slice(out, fact->text);
    else if (field == RULE_FIELD_ANSWERED)
        buf_add_text(out, fact->number != 0 ? "true" : "false");
    else
        buf_addf(out, "%d", fact->number);
    if (fact->present && rule_field_row(field)->kind == RULE_FIELD_SIP)
        name = facts->sip_name[fact->number];
    if (fact->present && rule_field_row(field)->kind == RULE_FIELD_CAUSE)
        name = facts->q850_name[fact->number];
    if (name != NULL)
        buf_addf(out, " (%s)", name);
}

static void add_evidence(struct buf *out, const struct rules *rules,
                         const struct evidence *evidence)
{
    buf_add_text(out, "evidence\n");
    for (enum rule_field field = 0; field < RULE_FIELD_COUNT; field++) {
        if (!evidence->fact[field].present)
            continue;
        buf_addf(out, "  %-22s ", rule_field_name(field));
        add_fact(out, rules, field, &evidence->fact[field]);
        buf_add_char(out, '\n');
    }
}

static void add_atom(struct buf *out, enum rule_field field, const struct atom *atom)
{
    switch (atom->kind) {
    case ATOM_ABSENT:
        buf_add_text(out, "absent");
        break;
    case ATOM_PRESENT:
        buf_add_text(out, "present");
        break;
    case ATOM_RANGE:
        if (field == RULE_FIELD_ANSWERED)
            buf_add_text(out, atom->min != 0 ? "true" : "false");
        else if (atom->min == atom->max)
            buf_addf(out, "%d", atom->min);
        else if (atom->max == rule_field_row(field)->max)
            buf_addf(out, "%d or more", atom->min);
        else
            buf_addf(out, "%d to %d", atom->min, atom->max);
        break;
    case ATOM_TEXT:
        buf_add_slice(out, atom->text);
        break;
    case ATOM_PREFIX:
        buf_addf(out, SLICE_FMT "...", SLICE_ARG(atom->text));
        break;
    case ATOM_GLOB:
        buf_addf(out, "like " SLICE_FMT, SLICE_ARG(atom->text));
        break;
    }
}

void cond_add(struct buf *out, const struct cond *cond)
{
    buf_addf(out, "%s is %s", rule_field_name(cond->field), cond->negated ? "not " : "");
    for (size_t i = 0; i < cond->natoms; i++) {
        if (i > 0)
            buf_add_text(out, " or ");
        add_atom(out, cond->field, &cond->atom[i]);
    }
}

/* "sip_code is 480; here 486 (Busy Here)"; FAILED is NULL: not in force. */
static void explain_failure(struct buf *out, const struct rules *rules,
                            const struct evidence *evidence, const struct cond *failed)
{
    if (failed == NULL) {
        buf_add_text(out, "not in force when the leg started");
        return;
    }
    cond_add(out, failed);
    buf_add_text(out, "; here ");
    add_fact(out, rules, failed->field, &evidence->fact[failed->field]);
}

static void add_rules(struct buf *out, const struct rules *rules,
                      const struct evidence *evidence, size_t decided)
{
    const struct doc *doc = NULL;

    buf_add_text(out, "rules\n");
    for (size_t i = 0; i <= decided; i++) {
        const struct rule *rule = &rules->rule[i];
        const struct cond *failed;

        if (rule->place.doc != doc)
            buf_addf(out, "  %s\n", (doc = rule->place.doc)->name);
        buf_addf(out, "    %c %-30s ", i == decided ? '>' : ' ', rule->id);
        if (!rule_holds(rule, evidence, &failed)) {
            explain_failure(out, rules, evidence, failed);
            buf_add_char(out, '\n');
            continue;
        }
        buf_add_text(out, "decides: ");
        outcome_add(out, &rules->taxonomy, rule->category, rule->confidence,
                    rule->alternatives);
        buf_addf(out, "\n      %s\n",
                 rule->why != NULL ? rule->why : "(no reason given)");
    }
    if (decided + 1 < rules->count)
        buf_addf(out, "  %zu more rules were not asked\n", rules->count - decided - 1);
}

static void add_outcome(struct buf *out, const struct rules *rules,
                        const struct outcome *outcome)
{
    buf_add_text(out, "outcome\n  ");
    outcome_add(out, &rules->taxonomy, outcome->category, outcome->confidence,
                outcome->alternatives);
    buf_addf(out, "\n  group %s, ended by %s, provider %s\n", outcome->group,
             outcome->ended_by != NULL ? outcome->ended_by : "-",
             outcome->provider != NULL ? outcome->provider : "-");
    buf_addf(out, "  the hangup cause alone would say %s\n",
             rules->taxonomy.category[outcome->naive_category].code);
}

/*
 * A line for each value that no mapping knows, of fields whose values are all known: no
 * rule can ask for it, so it may be a slip of the pen.
 */
static void explain_remarks(struct buf *out, const struct rules *rules,
                            const struct evidence *evidence)
{
    for (enum rule_field field = 0; field < RULE_FIELD_COUNT; field++) {
        const struct fact *fact = &evidence->fact[field];
        uint16_t number =
            fact->present ? symbols_find(&rules->symbols, fact->text) : SYMBOL_ABSENT;

        if (!rule_field_row(field)->closed || !rule_field_is_text(field) ||
            !fact->present || (rules->symbols.symbol[number].fields >> field & 1) != 0)
            continue;
        /* what is no disposition is taken for Webitel's own word */
        struct nearest_hint hint =
            symbols_nearest(&rules->symbols, (int)field, fact->text);

        if (*hint.text == '\0' && field == RULE_FIELD_WEBITEL_RESULT)
            hint = symbols_nearest(&rules->symbols, RULE_FIELD_DISPOSITION, fact->text);
        buf_addf(out, "%s \"" SLICE_FMT "\" is no value that the mappings know%s\n",
                 rule_field_name(field), SLICE_ARG(fact->text), hint.text);
    }
}

static void add_remarks_text(struct buf *out, const struct rules *rules,
                             const struct evidence *evidence)
{
    struct buf remarks = { 0 };
    struct slice rest, line;

    explain_remarks(&remarks, rules, evidence);
    rest = buf_slice(&remarks);
    if (rest.len > 0)
        buf_add_text(out, "remarks\n");
    while (slice_next(&rest, '\n', &line))
        buf_addf(out, "  " SLICE_FMT "\n", SLICE_ARG(line));
    buf_free(&remarks);
}

static void add_refinement(struct buf *out, const struct rules *rules,
                           const struct evidence *evidence, const struct outcome *outcome)
{
    const struct rule *rule = &rules->rule[outcome->rule];

    buf_add_text(out, "refinement\n  ");
    if (evidence->announcement == NULL)
        buf_add_text(out, "no announcement was recognised\n");
    else
        buf_addf(out, "%s was heard, which speaks for %s%s\n",
                 evidence->announcement->text.s,
                 rules->taxonomy.category[evidence->announcement->category].code,
                 rule->category == outcome->category &&
                         rule->confidence == outcome->confidence &&
                         rule->alternatives == outcome->alternatives
                     ? "; it changes nothing here"
                     : "");
}

/* --- as one JSON object --- */

static void explain_add_member(struct buf *out, const char *name, const char *value)
{
    buf_addf(out, ",\"%s\":", name);
    buf_add_json_or_null(out, slice_of(value));
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
        explain_add_member(out, "id", rule->id);
        explain_add_member(out, "file", rule->place.doc->name);
        if (!holds) {
            explain_failure(&why, rules, evidence, failed);
            explain_add_member(out, "failed", buf_cstr(&why));
        } else {
            explain_add_member(out, "why", rule->why);
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

    explain_remarks(&remarks, rules, evidence);
    buf_add_text(out, ",\"remarks\":[");
    buf_add_json_lines(out, &remarks);
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
    explain_add_member(out, "confidence", confidence_name(outcome->confidence));
    buf_add_text(out, ",\"alternatives\":[");
    for (size_t i = 0; i < taxonomy->count; i++) {
        if ((outcome->alternatives >> i & 1) == 0)
            continue;
        buf_add_text(out, between);
        buf_add_json(out, slice_of(taxonomy->category[i].code));
        between = ",";
    }
    buf_add_char(out, ']');
    explain_add_member(out, "outcome_group", outcome->group);
    explain_add_member(out, "ended_by", outcome->ended_by);
    explain_add_member(out, "provider", outcome->provider);
    explain_add_member(out, "rule_id", outcome->rule_id);
    explain_add_member(out, "naive_category",
                       taxonomy->category[outcome->naive_category].code);
    buf_add_char(out, '}');
}

/* All of it as one JSON object and a line feed. */
static void explain_json(const struct rules *rules, const struct evidence *evidence,
                         const struct outcome *outcome, struct buf *out)
{
    buf_addf(out, "{\"ruleset_id\":\"%s\",", rules->identity);
    add_evidence_json(out, evidence);
    add_rules_json(out, rules, evidence, outcome->rule);
    add_remarks_json(out, rules, evidence);
    add_outcome_json(out, rules, outcome);
    buf_add_text(out, "}\n");
}

void rules_explain(const struct rules *rules, const struct leg *leg,
                   const struct explanation *how, struct buf *out)
{
    struct evidence evidence;
    struct outcome outcome;

    evidence_of(rules, leg, &evidence);
    if (how->provider != NULL)
        evidence_set_provider(&evidence, provider_with_id(rules, how->provider));
    evidence_set_local_time(rules, leg, &evidence);
    decide(rules, leg, &evidence, &outcome);
    if (how->json) {
        explain_json(rules, &evidence, &outcome, out);
        return;
    }
    add_evidence(out, rules, &evidence);
    add_remarks_text(out, rules, &evidence);
    add_rules(out, rules, &evidence, outcome.rule);
    add_refinement(out, rules, &evidence, &outcome);
    add_outcome(out, rules, &outcome);
}
