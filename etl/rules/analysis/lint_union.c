/*
 * lint_union.c - rules that several earlier ones hide together.
 *
 * What is left of a rule after the first of them is split by that one's conditions: a
 * part for each that does not hold, while those before it do.  Nothing is left when every
 * part is taken by the others.  Such a search may be long, so it has a budget, and a rule
 * on which it is spent is let pass.
 */
#include "base/base.h"
#include "rules/analysis/analysis_impl.h"

enum { PARTS_MAX = 96, EARLIER_MAX = 24, STEPS_MAX = 4000 };

struct remainder {
    const struct rules *rules;
    struct cond_part part[PARTS_MAX];
    size_t count;
    size_t steps;
};

static bool leave(struct remainder *left, const struct cond *cond, bool want)
{
    left->part[left->count++] = (struct cond_part){ cond, want };
    return cond_parts_meet(left->rules, cond->field, left->part, left->count);
}

static bool is_taken(struct remainder *left, const struct rule *const *earlier,
                     size_t count)
{
    size_t before = left->count;
    bool taken = true;

    if (count == 0 || ++left->steps > STEPS_MAX ||
        left->count + earlier[0]->nconds > PARTS_MAX)
        return false;
    for (size_t i = 0; taken && i < earlier[0]->nconds; i++) {
        const struct cond *cond = &earlier[0]->cond[i];

        if (leave(left, cond, false))
            taken = is_taken(left, earlier + 1, count - 1);
        left->count--;
        /* what does not meet it at all is settled */
        if (taken && !leave(left, cond, true))
            break;
    }
    left->count = before;
    return taken;
}

static bool is_hidden(const struct rules *rules, const struct rule *rule,
                      const struct rule *const *earlier, size_t count)
{
    struct remainder left = { .rules = rules };

    for (size_t i = 0; i < rule->nconds && i < PARTS_MAX; i++)
        left.part[left.count++] = (struct cond_part){ &rule->cond[i], true };
    return rule->nconds <= PARTS_MAX / 2 && is_taken(&left, earlier, count);
}

/* The less WIDE leaves of NARROW, the better; of equals those that ask for the most. */
static size_t rank_of(const struct rules *rules, const struct rule *wide,
                      const struct rule *narrow)
{
    size_t count = 0;

    for (size_t i = 0; i < wide->nconds; i++)
        count += !cond_covers(rules, wide->cond[i].field, &wide->cond[i],
                              rule_cond(narrow, wide->cond[i].field));
    return count * RULE_FIELD_COUNT + RULE_FIELD_COUNT - wide->nconds;
}

/*
 * Earlier rules that take part of RULE, as long as it is in force; EARLIER_MAX at most,
 * those that leave least of it.
 */
static size_t find_earlier(const struct rules *rules, size_t at,
                           const struct rule **earlier)
{
    const struct rule *rule = &rules->rule[at];
    size_t rank[EARLIER_MAX + 1], count = 0;

    for (size_t i = 0; i < at; i++) {
        const struct rule *other = &rules->rule[i];
        size_t place = count, own;

        if (other->layer > rule->layer || other->valid_from > rule->valid_from ||
            other->valid_to < rule->valid_to || !rule_overlaps(rules, other, rule))
            continue;
        own = rank_of(rules, other, rule);
        for (; place > 0 && rank[place - 1] > own; place--) {
            rank[place] = rank[place - 1];
            if (place < EARLIER_MAX)
                earlier[place] = earlier[place - 1];
        }
        if (place == EARLIER_MAX)
            continue;
        rank[place] = own;
        earlier[place] = other;
        count += count < EARLIER_MAX;
    }
    return count;
}

size_t lint_union(const struct rules *rules, size_t at, struct buf *out)
{
    const struct rule *rule = &rules->rule[at], *earlier[EARLIER_MAX];
    size_t count = find_earlier(rules, at, earlier);

    if (rule->nconds == 0 || count < 2 || !is_hidden(rules, rule, earlier, count))
        return 0;
    /* which of them are needed for it */
    for (size_t i = count; i > 0; i--) {
        const struct rule *without = earlier[i - 1];

        memmove(&earlier[i - 1], &earlier[i], (count - i) * sizeof(struct rule *));
        if (is_hidden(rules, rule, earlier, count - 1)) {
            count--;
            continue;
        }
        memmove(&earlier[i], &earlier[i - 1], (count - i) * sizeof(struct rule *));
        earlier[i - 1] = without;
    }
    finding_begin(out, rule);
    buf_add_text(out, "is never reached: ");
    for (size_t i = 0; i < count; i++)
        buf_addf(out, "%s%s",
                 i == 0          ? ""
                 : i + 1 < count ? ", "
                                 : " and ",
                 earlier[i]->id);
    buf_add_text(out, " together decide before\n");
    return 1;
}
