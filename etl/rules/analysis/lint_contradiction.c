/*
 * lint_contradiction.c - rules that can never hold.
 *
 * A condition may exclude every value, or ask for a text that no known value is like.
 * Two conditions may exclude each other, for what a leg proves hangs together
 * (evidence.c): a leg that was answered ends by a BYE, and so on.  Those couplings are a
 * table here.
 */
#include "base/base.h"
#include "rules/analysis/analysis_impl.h"

enum { VALUES_MAX = 4 };

/* A value or several, or what is none of them. */
struct values {
    enum rule_field field;
    bool negated;
    struct atom atom[VALUES_MAX];
    size_t count;
};

#define TEXT_IS(s)                                                                       \
    {                                                                                    \
        .kind = ATOM_TEXT, .text = { s, sizeof(s) - 1 }                                  \
    }
#define NUMBER_IS(n)                                                                     \
    {                                                                                    \
        .kind = ATOM_RANGE, .min = (n), .max = (n)                                       \
    }
#define ABSENT                                                                           \
    {                                                                                    \
        .kind = ATOM_ABSENT                                                              \
    }

/* Where the first holds, so does the second. */
static const struct coupling {
    struct values given, then;
} couplings[] = {
    { { RULE_FIELD_ANSWERED, false, { NUMBER_IS(1) }, 1 },
      { RULE_FIELD_RELEASE, false, { TEXT_IS("bye") }, 1 } },
    { { RULE_FIELD_ANSWERED, false, { NUMBER_IS(0) }, 1 },
      { RULE_FIELD_RELEASE, true, { TEXT_IS("bye") }, 1 } },
    { { RULE_FIELD_ANSWERED, false, { NUMBER_IS(1) }, 1 },
      { RULE_FIELD_EARLY_MEDIA_SECONDS, false, { ABSENT }, 1 } },
    { { RULE_FIELD_ANSWERED, false, { NUMBER_IS(0) }, 1 },
      { RULE_FIELD_SIP_CODE, true, { NUMBER_IS(200) }, 1 } },
    { { RULE_FIELD_ANSWERED, false, { NUMBER_IS(0) }, 1 },
      { RULE_FIELD_CONNECTED, true, { NUMBER_IS(1) }, 1 } },
    { { RULE_FIELD_RELEASE, false, { TEXT_IS("bye") }, 1 },
      { RULE_FIELD_EARLY_MEDIA_SECONDS, false, { ABSENT }, 1 } },
    { { RULE_FIELD_RELEASE, true, { TEXT_IS("bye") }, 1 },
      { RULE_FIELD_SIP_CODE, true, { NUMBER_IS(200) }, 1 } },
    { { RULE_FIELD_RELEASE, false, { TEXT_IS("own_cancel") }, 1 },
      { RULE_FIELD_SIP_CODE, true, { NUMBER_IS(487) }, 1 } },
    { { RULE_FIELD_DISPOSITION, false, { TEXT_IS("send_cancel") }, 1 },
      { RULE_FIELD_RELEASE, false, { TEXT_IS("own_cancel"), TEXT_IS("bye") }, 2 } },
    { { RULE_FIELD_DISPOSITION, false, { TEXT_IS("recv_cancel") }, 1 },
      { RULE_FIELD_RELEASE, false, { TEXT_IS("remote_cancel"), TEXT_IS("bye") }, 2 } },
    { { RULE_FIELD_DISPOSITION, false, { TEXT_IS("send_refuse") }, 1 },
      { RULE_FIELD_RELEASE, false, { TEXT_IS("own_refusal"), TEXT_IS("bye") }, 2 } },
    { { RULE_FIELD_DISPOSITION, false, { TEXT_IS("recv_refuse") }, 1 },
      { RULE_FIELD_RELEASE,
        false,
        { TEXT_IS("remote_refusal"), TEXT_IS("own_cancel"), TEXT_IS("bye") },
        3 } },
    { { RULE_FIELD_Q850, true, { ABSENT }, 1 },
      { RULE_FIELD_Q850_ANY, true, { ABSENT }, 1 } },
    { { RULE_FIELD_Q850_IMPLIED, true, { ABSENT }, 1 },
      { RULE_FIELD_Q850_ANY, true, { ABSENT }, 1 } },
};

static struct cond cond_of(const struct values *values)
{
    return (struct cond){ .field = values->field,
                          .negated = values->negated,
                          .natoms = values->count,
                          .atom = (struct atom *)(uintptr_t)values->atom };
}

static size_t contradict(struct buf *out, const struct rule *rule, const char *a,
                         const char *b)
{
    finding_begin(out, rule);
    buf_addf(out, "never holds: when.%s and when.%s exclude each other\n", a, b);
    return 1;
}

static bool contradiction_breaks(const struct rules *rules, const struct rule *rule,
                                 const struct coupling *coupling)
{
    struct cond given = cond_of(&coupling->given), then = cond_of(&coupling->then);
    const struct cond *if_so = rule_cond(rule, given.field);
    const struct cond *so = rule_cond(rule, then.field);

    return if_so != NULL && so != NULL &&
           cond_covers(rules, given.field, &given, if_so) &&
           !cond_overlaps(rules, then.field, so, &then);
}

/* An explicit cause is the one of q850_any too. */
static bool causes_differ(const struct rules *rules, const struct rule *rule)
{
    static const struct values none = { RULE_FIELD_Q850, true, { ABSENT }, 1 };
    const struct cond *any = rule_cond(rule, RULE_FIELD_Q850_ANY);
    const struct cond *explicit = rule_cond(rule, RULE_FIELD_Q850);
    struct cond present = cond_of(&none), as_explicit;

    if (any == NULL || explicit == NULL ||
        !cond_covers(rules, RULE_FIELD_Q850, &present, explicit))
        return false;
    as_explicit = *any;
    as_explicit.field = RULE_FIELD_Q850;
    return !cond_overlaps(rules, RULE_FIELD_Q850, explicit, &as_explicit);
}

/* Every trunk that is named is another carrier's. */
static bool gateway_is_others(const struct rules *rules, const struct rule *rule)
{
    const struct cond *gateway = rule_cond(rule, RULE_FIELD_GATEWAY);
    const struct cond *provider = rule_cond(rule, RULE_FIELD_PROVIDER);

    if (gateway == NULL || provider == NULL || gateway->negated)
        return false;
    for (size_t i = 0; i < gateway->natoms; i++) {
        const struct provider *owner =
            gateway->atom[i].kind == ATOM_TEXT
                ? provider_of_gateway(rules, gateway->atom[i].text)
                : NULL;
        struct fact fact = { .present = owner != NULL };

        if (gateway->atom[i].kind != ATOM_TEXT)
            return false;
        if (owner != NULL)
            fact.text = owner->text;
        if (cond_holds(provider, &fact))
            return false;
    }
    return true;
}

/* A pattern of a field whose values are all known fits none of them. */
static const struct atom *pattern_in_vain(const struct rules *rules,
                                          const struct cond *cond)
{
    if (!rule_field_row(cond->field)->closed)
        return NULL;
    for (size_t i = 0; i < cond->natoms; i++) {
        const struct atom *atom = &cond->atom[i];
        bool found = atom->kind != ATOM_PREFIX && atom->kind != ATOM_GLOB;

        for (size_t k = SYMBOL_FIRST; !found && k < rules->symbols.count; k++) {
            struct fact fact = { .present = true, .text = rules->symbols.symbol[k].text };

            found = (rules->symbols.symbol[k].fields >> cond->field & 1) != 0 &&
                    atom_holds(atom, &fact);
        }
        if (!found)
            return atom;
    }
    return NULL;
}

/* Numbers are compared as +380636159079: what begins otherwise fits none. */
static const struct atom *number_in_vain(const struct cond *cond)
{
    if (cond->field != RULE_FIELD_DESTINATION && cond->field != RULE_FIELD_CALLER)
        return NULL;
    for (size_t i = 0; i < cond->natoms; i++) {
        const struct atom *atom = &cond->atom[i];

        if ((atom->kind == ATOM_TEXT || atom->kind == ATOM_PREFIX) &&
            atom->text.s[0] != '+')
            return atom;
    }
    return NULL;
}

/* No carrier whose legs the rule is asked for has a zone. */
static bool has_no_clock(const struct rules *rules, const struct rule *rule,
                         const struct cond *cond)
{
    const struct cond *provider = rule_cond(rule, RULE_FIELD_PROVIDER);

    if (cond->field != RULE_FIELD_LOCAL_HOUR && cond->field != RULE_FIELD_LOCAL_WEEKDAY)
        return false;
    for (size_t i = 0; i < rules->providers.count; i++) {
        const struct provider *one = &rules->providers.provider[i];
        struct fact fact = { .present = true, .text = one->text };

        if (one->zone != NULL && (provider == NULL || cond_holds(provider, &fact)))
            return false;
    }
    return true;
}

static size_t lint_condition(const struct rules *rules, const struct rule *rule,
                             const struct cond *cond, struct buf *out)
{
    const struct atom *vain = pattern_in_vain(rules, cond);
    const struct cond_part part = { cond, true };
    const char *field = rule_field_name(cond->field);

    if (vain != NULL) {
        finding_begin(out, rule);
        buf_addf(out, "when.%s: \"" SLICE_FMT "\" fits no %s that causes.json names\n",
                 field, SLICE_ARG(vain->text), field);
        return 1;
    }
    if (number_in_vain(cond) != NULL) {
        finding_begin(out, rule);
        buf_addf(out,
                 "when.%s: numbers are in international form; write +38044 and not 044\n",
                 field);
        return 1;
    }
    if (has_no_clock(rules, rule, cond)) {
        finding_begin(out, rule);
        buf_addf(out,
                 "when.%s: no carrier that it is asked for has a \"zone\" in "
                 "providers.json\n",
                 field);
        return 1;
    }
    if (cond_parts_meet(rules, cond->field, &part, 1))
        return 0;
    finding_begin(out, rule);
    buf_addf(out, "never holds: no value meets when.%s\n", field);
    return 1;
}

size_t lint_contradiction(const struct rules *rules, const struct rule *rule,
                          struct buf *out)
{
    size_t found = 0;

    for (size_t i = 0; i < rule->nconds; i++)
        found += lint_condition(rules, rule, &rule->cond[i], out);
    for (size_t i = 0; found == 0 && i < COUNTOF(couplings); i++)
        if (contradiction_breaks(rules, rule, &couplings[i]))
            found += contradict(out, rule, rule_field_name(couplings[i].given.field),
                                rule_field_name(couplings[i].then.field));
    if (found == 0 && causes_differ(rules, rule))
        found += contradict(out, rule, "q850", "q850_any");
    if (found == 0 && gateway_is_others(rules, rule))
        found += contradict(out, rule, "provider", "gateway");
    return found;
}
