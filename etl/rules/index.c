/*
 * index.c - every rule at once.
 *
 * The list is walked from the top, the first rule whose conditions all hold
 * decides: that is what a mapping means.  Walking two hundred rules a leg would
 * cost more than reading it, so each value of a field is turned, while loading,
 * into the set of rules it allows.  ANDed over the fields, the lowest bit is the
 * first rule.  Of conditions on seconds and patterns the sets only know what holds of an
 * absent value, and nothing of validity: rules that have them are asked once more.
 */
#include "base/base.h"
#include "rules/rules_impl.h"

enum { BITS = 64 };

bool cond_is_listed(const struct cond *cond)
{
    bool seconds = rule_field_row(cond->field)->kind == RULE_FIELD_SECONDS;

    for (size_t i = 0; i < cond->natoms; i++)
        if (cond->atom[i].kind == ATOM_PREFIX || cond->atom[i].kind == ATOM_GLOB ||
            (seconds && cond->atom[i].kind == ATOM_RANGE))
            return false;
    return true;
}

size_t index_values_of(const struct rules *rules, enum rule_field field)
{
    if (rule_field_row(field)->kind == RULE_FIELD_SECONDS)
        return 2; /* none, and any */
    return rule_field_is_text(field) ? rules->symbols.count
                                     : (size_t)rule_field_row(field)->max + 2;
}

uint16_t index_value_of_number(enum rule_field field, int32_t number)
{
    return rule_field_row(field)->kind == RULE_FIELD_SECONDS ? 1 : (uint16_t)(number + 1);
}

struct fact index_fact_of(const struct rules *rules, enum rule_field field, size_t value)
{
    struct fact fact = { .present = value != 0 };

    if (!rule_field_is_text(field))
        fact.number = (int32_t)value - 1;
    else if (value == SYMBOL_OTHER)
        fact.text = (struct slice){ "\x03", 1 }; /* no mapping says this */
    else
        fact.text = rules->symbols.symbol[value].text;
    return fact;
}

/* The rules that ask for a field, and the set of those that do not. */
struct askers {
    const struct cond **cond;
    size_t *rule, count; /* whose conditions they are */
    uint64_t *others;
};

static void set_bit(uint64_t *mask, size_t rule)
{
    mask[rule / BITS] |= (uint64_t)1 << rule % BITS;
}

static void find_askers(const struct rules *rules, enum rule_field field,
                        struct askers *askers)
{
    askers->cond = xcalloc(rules->count, sizeof(const struct cond *));
    askers->rule = xcalloc(rules->count, sizeof *askers->rule);
    askers->others = xcalloc(rules->index.stride, sizeof *askers->others);
    for (size_t i = 0; i < rules->count; i++) {
        askers->cond[askers->count] = rule_cond(&rules->rule[i], field);
        if (askers->cond[askers->count] == NULL)
            set_bit(askers->others, i);
        else
            askers->rule[askers->count++] = i;
    }
}

static void free_askers(struct askers *askers)
{
    free(askers->cond);
    free(askers->rule);
    free(askers->others);
}

static void fill_mask(const struct rules *rules, const struct askers *askers,
                      enum rule_field field, size_t value, uint64_t *mask)
{
    struct fact fact = index_fact_of(rules, field, value);

    memcpy(mask, askers->others, rules->index.stride * sizeof *mask);
    for (size_t i = 0; i < askers->count; i++)
        if ((value != 0 && !cond_is_listed(askers->cond[i])) ||
            cond_holds(askers->cond[i], &fact))
            set_bit(mask, askers->rule[i]);
}

/* Values with equal sets share one: there are few kinds of values. */
static struct index_field build_field(const struct rules *rules, enum rule_field field)
{
    struct askers askers = { 0 };
    size_t n = index_values_of(rules, field), stride = rules->index.stride, classes = 0;
    uint64_t *mask = xcalloc((n + 1) * stride, sizeof *mask);
    uint32_t *mask_at = xcalloc(n, sizeof *mask_at);

    find_askers(rules, field, &askers);
    for (size_t value = 0; value < n; value++) {
        uint64_t *mine = mask + classes * stride;
        size_t same = 0;

        fill_mask(rules, &askers, field, value, mine);
        while (memcmp(mask + same * stride, mine, stride * sizeof *mask) != 0)
            same++;
        mask_at[value] = (uint32_t)(same * stride);
        classes += same == classes;
    }
    free_askers(&askers);
    return (struct index_field){ .field = field,
                                 .mask_at = mask_at,
                                 .mask = xrealloc(mask, classes * stride, sizeof *mask) };
}

static bool is_asked_for(const struct rules *rules, enum rule_field field)
{
    for (size_t i = 0; i < rules->count; i++)
        if (rule_cond(&rules->rule[i], field) != NULL)
            return true;
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
            rule->residual = rule->residual || !cond_is_listed(&rule->cond[c]);
        /* rules must be able to name what legs bring */
        for (size_t c = 0; c < rule->nconds; c++)
            for (size_t a = 0; a < rule->cond[c].natoms; a++)
                if (rule->cond[c].atom[a].kind == ATOM_TEXT)
                    (void)symbols_add(&rules->symbols, rule->cond[c].atom[a].text);
    }
    for (enum rule_field field = 0; field < RULE_FIELD_COUNT; field++)
        if (is_asked_for(rules, field)) {
            index->is_asked[field] = true;
            index->field[index->nfields++] = build_field(rules, field);
            rules->asks_whereabouts =
                rules->asks_whereabouts || field >= RULE_FIELD_DESTINATION;
        }
}

void index_free(struct index *index)
{
    for (size_t i = 0; i < index->nfields; i++) {
        free(index->field[i].mask_at);
        free(index->field[i].mask);
    }
}

/* The first rule whose bit is set in BITS, a PIECE of a mask; rules->count: none. */
static size_t first_of(const struct rules *rules, const struct evidence *evidence,
                       size_t piece, uint64_t bits)
{
    const struct cond *failed;

    for (; bits != 0; bits &= bits - 1) {
        size_t rule = piece * BITS + (size_t)__builtin_ctzll(bits);

        if (rule < rules->count && (!rules->rule[rule].residual ||
                                    rule_holds(&rules->rule[rule], evidence, &failed)))
            return rule;
    }
    return rules->count;
}

size_t index_find(const struct rules *rules, const struct evidence *evidence)
{
    const struct index *index = &rules->index;
    const uint64_t *set[RULE_FIELD_COUNT];
    uint64_t bits = ~(uint64_t)0; /* that every field allows, a piece at a time */
    size_t rule;

    for (size_t i = 0; i < index->nfields; i++) {
        const struct index_field *asked = &index->field[i];

        set[i] = asked->mask + asked->mask_at[evidence->fact[asked->field].value];
        bits &= set[i][0];
    }
    rule = first_of(rules, evidence, 0, bits);
    for (size_t piece = 1; rule == rules->count && piece < index->stride; piece++) {
        bits = ~(uint64_t)0;
        for (size_t i = 0; i < index->nfields; i++)
            bits &= set[i][piece];
        rule = first_of(rules, evidence, piece, bits);
    }
    /* the default has no condition */
    return rule < rules->count ? rule : rules->count - 1;
}
