/*
 * rules_figures.c - what two rule sets make of one carrier's legs, in figures.
 */
#include "commands/rules/rules_command.h"

#include <inttypes.h>

#include "base/base.h"
#include "leg/call_rule.h"
#include "output/text_table.h"

static struct carrier_figures *carrier_of(struct carriers *carriers, const char *id)
{
    struct slice name = slice_of(id != NULL ? id : "(none)");
    uint64_t hash = table_hash(0, name);
    int at = table_find(&carriers->places, hash, name);

    if (at == TABLE_NONE) {
        at = (int)carriers->count++;
        carriers->carrier =
            xrealloc(carriers->carrier, carriers->count, sizeof *carriers->carrier);
        carriers->carrier[at] =
            (struct carrier_figures){ .id = xstrndup(name.s, name.len) };
        table_add(&carriers->places, hash,
                  (struct slice){ carriers->carrier[at].id, name.len }, at);
    }
    return &carriers->carrier[at];
}

static struct delivered_sets delivered_sets(const struct taxonomy *taxonomy)
{
    struct delivered_sets sets = { 0 };

    for (size_t i = 0; i < taxonomy->count; i++) {
        if (taxonomy->category[i].delivered == DELIVERED_YES)
            sets.always |= (category_set)1 << i;
        if (taxonomy->category[i].delivered == DELIVERED_IF_RANG)
            sets.if_rang |= (category_set)1 << i;
    }
    return sets;
}

static void figures_count_delivered(struct figures *figures, const struct call_leg *leg,
                                    const struct outcome *outcome)
{
    bool rang = leg->ring > 0 || leg->early_media > 0 || leg->pdd != NO_SECONDS;
    struct delivered_bounds bounds = delivered_bounds(
        delivered_sets(outcome->taxonomy), leg->answered, outcome->category,
        outcome->confidence, outcome->alternatives, rang);

    figures->delivered_low += bounds.low;
    figures->delivered_high += bounds.high;
}

static void figures_add(struct figures *figures, const struct leg *leg,
                        const struct outcome *outcome)
{
    const struct category *category = &outcome->taxonomy->category[outcome->category];
    struct call_leg as_leg = callrule_leg(leg, outcome);

    figures->undetermined += outcome->confidence == AMBIGUOUS;
    figures->certain += outcome->confidence == CERTAIN;
    if (!callrule_is_attempt(&as_leg, false, true))
        return;
    figures->attempts++;
    figures->answered += as_leg.answered;
    figures->seizures += category->is_seizure || as_leg.answered;
    figures->bids += category->is_bid || as_leg.answered;
    if (category->delivered == DELIVERED_EXCLUDED && !as_leg.answered)
        return;
    figures->ner_seizures++;
    figures_count_delivered(figures, &as_leg, outcome);
}

void carriers_add(struct carriers *carriers, const struct leg *leg,
                  const struct outcome *before, const struct outcome *after)
{
    struct carrier_figures *carrier = carrier_of(carriers, before->provider);

    carrier->legs++;
    figures_add(&carrier->before, leg, before);
    figures_add(&carrier->after, leg, after);
}

void carriers_free(struct carriers *carriers)
{
    for (size_t i = 0; i < carriers->count; i++)
        free(carriers->carrier[i].id);
    free(carriers->carrier);
    table_free(&carriers->places);
    *carriers = (struct carriers){ 0 };
}

static void add_percent(struct text_cells *cells, uint64_t part, uint64_t whole)
{
    if (whole == 0)
        text_cells_add(cells, "-");
    else
        text_cells_addf(cells, "%.1f %%", 100.0 * (double)part / (double)whole);
}

static void add_band(struct text_cells *cells, const struct figures *figures)
{
    if (figures->delivered_low == figures->delivered_high)
        add_percent(cells, figures->delivered_low, figures->ner_seizures);
    else
        text_cells_addf(
            cells, "%.1f to %.1f %%",
            100.0 * (double)figures->delivered_low / (double)figures->ner_seizures,
            100.0 * (double)figures->delivered_high / (double)figures->ner_seizures);
}

static void print_sureness(const struct carriers *carriers)
{
    static const char *const head[] = { "provider", "legs",        "undetermined now",
                                        "then",     "certain now", "then" };
    struct text_cells cells = { 0 };

    text_cells_add_all(&cells, head, COUNTOF(head));
    for (size_t i = 0; i < carriers->count; i++) {
        const struct carrier_figures *carrier = &carriers->carrier[i];

        text_cells_add(&cells, carrier->id);
        text_cells_addf(&cells, "%" PRIu64, carrier->legs);
        add_percent(&cells, carrier->before.undetermined, carrier->legs);
        add_percent(&cells, carrier->after.undetermined, carrier->legs);
        add_percent(&cells, carrier->before.certain, carrier->legs);
        add_percent(&cells, carrier->after.certain, carrier->legs);
    }
    putchar('\n');
    text_cells_print(&cells, "lrrrr2r2", TEXT_TABLE_LEFT_OUT);
}

static void print_ratios(const struct carriers *carriers)
{
    static const char *const head[] = { "provider", "attempts", "ASR now", "then",
                                        "ABR now",  "then",     "NER now", "then" };
    struct text_cells cells = { 0 };

    text_cells_add_all(&cells, head, COUNTOF(head));
    for (size_t i = 0; i < carriers->count; i++) {
        const struct figures *now = &carriers->carrier[i].before,
                             *then = &carriers->carrier[i].after;

        text_cells_add(&cells, carriers->carrier[i].id);
        text_cells_addf(&cells, "%" PRIu64, now->attempts);
        add_percent(&cells, now->answered, now->seizures);
        add_percent(&cells, then->answered, then->seizures);
        add_percent(&cells, now->answered, now->bids);
        add_percent(&cells, then->answered, then->bids);
        add_band(&cells, now);
        add_band(&cells, then);
    }
    putchar('\n');
    text_cells_print(&cells, "lrrrr3r3r2r2", TEXT_TABLE_LEFT_OUT);
}

void carriers_print(const struct carriers *carriers)
{
    print_sureness(carriers);
    print_ratios(carriers);
    putchar('\n');
}
