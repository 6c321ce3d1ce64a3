/*
 * index.c - every rule at once.
 *
 * The list is walked from the top, the first rule whose conditions all hold
 * decides: that is what a mapping means.  Walking two hundred rules a leg would
 * cost more than reading it, so each value of a field is turned, while loading,
 * into the set of rules it allows.  ANDed over the fields, the lowest bit is the
 * first rule.  Conditions on seconds, patterns and validity are not in the sets:
 * rules that have them are asked once more.
 */
#include "base/base.h"
#include "rules/rules_impl.h"

enum { BITS = 64 };

/* Patterns and seconds have too many values to list; that there are none is one. */
static bool is_listed(const struct cond *cond)
{
    bool seconds = slot_row(cond->slot)->kind == SLOT_SECONDS;

    for (size_t i = 0; i < cond->natoms; i++)
        if (cond->atom[i].kind == ATOM_PREFIX || cond->atom[i].kind == ATOM_GLOB ||
            (seconds && cond->atom[i].kind == ATOM_RANGE))
            return false;
    return true;
}

static size_t values_of(const struct rules *rules, enum slot slot)
{
    if (slot_row(slot)->kind == SLOT_SECONDS)
        return 2; /* none, and any */
    return slot_is_text(slot) ? rules->words.count : (size_t)slot_row(slot)->max + 2;
}

static size_t value_of(enum slot slot, const struct fact *fact)
{
    if (!fact->present)
        return 0;
    if (slot_is_text(slot))
        return fact->word;
    return slot_row(slot)->kind == SLOT_SECONDS ? 1 : (size_t)fact->number + 1;
}

/* The fact that VALUE stands for: a word, or one more than a number; 0: none. */
static struct fact fact_of(const struct rules *rules, enum slot slot, size_t value)
{
    struct fact fact = { .present = value != 0 };

    if (!slot_is_text(slot))
        fact.number = (int32_t)value - 1;
    else if (value == WORD_OTHER)
        fact.text = (struct slice){ "\x03", 1 }; /* no mapping says this */
    else
        fact.text = rules->words.word[value].text;
    return fact;
}

static void fill_mask(const struct rules *rules, enum slot slot, size_t value,
                      uint64_t *mask)
{
    struct fact fact = fact_of(rules, slot, value);

    memset(mask, 0, rules->index.stride * sizeof *mask);
    for (size_t i = 0; i < rules->count; i++) {
        const struct cond *cond = rule_cond(&rules->rule[i], slot);

        if (cond == NULL || !is_listed(cond) || cond_holds(cond, &fact))
            mask[i / BITS] |= (uint64_t)1 << i % BITS;
    }
}

/* Values with equal sets share one: there are few kinds of values. */
static void build_slot(struct rules *rules, enum slot slot)
{
    struct index *index = &rules->index;
    size_t n = values_of(rules, slot), stride = index->stride, classes = 0;
    uint64_t *mask = xcalloc((n + 1) * stride, sizeof *mask);

    index->class_of[slot] = xcalloc(n, sizeof *index->class_of[slot]);
    for (size_t value = 0; value < n; value++) {
        uint64_t *mine = mask + classes * stride;
        size_t same = 0;

        fill_mask(rules, slot, value, mine);
        while (memcmp(mask + same * stride, mine, stride * sizeof *mask) != 0)
            same++;
        index->class_of[slot][value] = (uint16_t)same;
        classes += same == classes;
    }
    index->mask[slot] = xrealloc(mask, classes * stride, sizeof *mask);
    index->nclasses[slot] = classes;
}

static bool is_asked_for(const struct rules *rules, enum slot slot)
{
    for (size_t i = 0; i < rules->count; i++) {
        const struct cond *cond = rule_cond(&rules->rule[i], slot);

        if (cond != NULL && is_listed(cond))
            return true;
    }
    return false;
}

void index_build(struct rules *rules)
{
    struct index *index = &rules->index;

    index->stride = (rules->count + BITS - 1) / BITS;
    for (size_t i = 0; i < rules->count; i++) {
        struct rule *rule = &rules->rule[i];

        rule->residual = rule->valid_from != INT64_MIN || rule->valid_to != INT64_MAX;
        for (size_t c = 0; c < rule->nconds; c++)
            rule->residual = rule->residual || !is_listed(&rule->cond[c]);
        /* rules must be able to name what legs bring */
        for (size_t c = 0; c < rule->nconds; c++)
            for (size_t a = 0; a < rule->cond[c].natoms; a++)
                if (rule->cond[c].atom[a].kind == ATOM_TEXT)
                    (void)words_add(&rules->words, rule->cond[c].atom[a].text);
    }
    for (enum slot slot = 0; slot < SLOT_COUNT; slot++)
        if (is_asked_for(rules, slot)) {
            build_slot(rules, slot);
            index->slot[index->nslots++] = slot;
        }
}

void index_free(struct index *index)
{
    for (size_t i = 0; i < SLOT_COUNT; i++) {
        free(index->class_of[i]);
        free(index->mask[i]);
    }
}

/* Where the set for FACT begins. */
static const uint64_t *set_of(const struct index *index, enum slot slot,
                              const struct fact *fact)
{
    return index->mask[slot] +
           index->class_of[slot][value_of(slot, fact)] * index->stride;
}

size_t index_find(const struct rules *rules, const struct evidence *evidence)
{
    const struct index *index = &rules->index;
    const uint64_t *set[SLOT_COUNT];
    const struct cond *failed;

    for (size_t i = 0; i < index->nslots; i++)
        set[i] = set_of(index, index->slot[i], &evidence->fact[index->slot[i]]);
    for (size_t piece = 0; piece < index->stride; piece++) {
        uint64_t bits = ~(uint64_t)0;

        for (size_t i = 0; i < index->nslots; i++)
            bits &= set[i][piece];
        for (; bits != 0; bits &= bits - 1) {
            size_t rule = piece * BITS + (size_t)__builtin_ctzll(bits);

            if (rule < rules->count &&
                (!rules->rule[rule].residual ||
                 rule_holds(&rules->rule[rule], evidence, &failed)))
                return rule;
        }
    }
    return rules->count - 1; /* the default has no condition */
}
