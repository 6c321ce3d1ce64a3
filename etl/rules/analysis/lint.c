/*
 * lint.c - what is allowed in a rule set and still looks like a mistake.
 *
 * Loading refuses what can only be wrong.  Here the order of rules is looked at:
 * in a list where the first match decides, a narrow rule before a wide one is
 * how exceptions are written.  Two rules of one table that ask for the same fields
 * and merely cross are decided by their order alone, and that may be chance.
 */
#include "base/base.h"
#include "rules/analysis/analysis_impl.h"

static bool same_outcome(const struct rule *a, const struct rule *b)
{
    return a->category == b->category && a->confidence == b->confidence &&
           a->alternatives == b->alternatives;
}

void finding_begin(struct buf *out, const struct rule *rule)
{
    buf_addf(out, "%s:%zu: %s: ", rule->place.doc->name, doc_line(&rule->place, NULL),
             rule->id);
}

static struct rule without_validity(const struct rule *rule)
{
    struct rule always = *rule;

    always.valid_from = INT64_MIN;
    always.valid_to = INT64_MAX;
    return always;
}

/* The earlier rule takes all that the later one could get, as long as both are in force.
 */
static bool hides_for_a_while(const struct rules *rules, const struct rule *earlier,
                              const struct rule *later)
{
    struct rule a = without_validity(earlier), b = without_validity(later);

    return rule_overlaps(rules, earlier, later) && rule_covers(rules, &a, &b);
}

static bool same_fields(const struct rule *a, const struct rule *b)
{
    for (size_t i = 0; i < a->nconds; i++)
        if (rule_cond(b, a->cond[i].field) == NULL)
            return false;
    return a->nconds == b->nconds;
}

static bool rules_cross(const struct rules *rules, const struct rule *earlier,
                        const struct rule *later)
{
    return earlier->place.doc == later->place.doc && same_fields(earlier, later) &&
           !same_outcome(earlier, later) && rule_overlaps(rules, earlier, later) &&
           !rule_covers(rules, later, earlier);
}

static size_t lint_pair(const struct rules *rules, const struct rule *earlier,
                        const struct rule *later, struct buf *out)
{
    if (hides_for_a_while(rules, earlier, later)) {
        finding_begin(out, later);
        buf_addf(out, "is not reached while %s is in force too\n", earlier->id);
        return 1;
    }
    if (rules_cross(rules, earlier, later)) {
        finding_begin(out, later);
        buf_addf(out, "crosses %s, which decides otherwise where both hold\n",
                 earlier->id);
        return 1;
    }
    return 0;
}

static size_t lint_rule(const struct rules *rules, const struct rule *rule,
                        struct buf *out)
{
    size_t found = lint_contradiction(rules, rule, out);

    if (rule->why != NULL)
        return found;
    finding_begin(out, rule);
    buf_add_text(out, "gives no reason (why)\n");
    return found + 1;
}

static category_set categories_used(const struct rules *rules)
{
    category_set used = 0;

    for (size_t i = 0; i < rules->count; i++)
        used |= rules->rule[i].alternatives | (category_set)1 << rules->rule[i].category;
    for (size_t i = 0; i < rules->nannouncements; i++)
        used |= (category_set)1 << rules->announcement[i].category;
    return used;
}

static size_t lint_categories(const struct rules *rules, struct buf *out)
{
    category_set used = categories_used(rules);
    size_t found = 0;

    for (size_t i = 0; i < rules->taxonomy.count; i++)
        if ((used >> i & 1) == 0) {
            buf_addf(out,
                     "categories.json: %s: no rule and no announcement leads to it\n",
                     rules->taxonomy.category[i].code);
            found++;
        }
    return found;
}

size_t rules_lint(const struct rules *rules, struct buf *out)
{
    size_t found = 0;

    for (size_t later = 0; later < rules->count; later++) {
        found += lint_rule(rules, &rules->rule[later], out);
        found += lint_union(rules, later, out);
        for (size_t earlier = 0; earlier < later; earlier++)
            found += lint_pair(rules, &rules->rule[earlier], &rules->rule[later], out);
    }
    return found + lint_categories(rules, out) + lint_providers(rules, out);
}
