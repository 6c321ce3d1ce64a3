/*
 * refine.c - an announcement in early media is looked at last, once.
 *
 * Tables decide from signalling; a recognised announcement then picks its
 * category out of what is open, confirms what is settled, or shakes it:
 *
 *   ambiguous                        its category, probable; the rest stay open
 *   probable, it is the winner       certain
 *   probable, it is an alternative   it wins; the former winner stays open
 *   probable, it is something else   one more alternative
 *   certain, it is the winner        unchanged
 *   certain, it is something else    probable, with it as the alternative
 *
 * Ring-back also rules a group out: who was alerted was not stopped by the network, so
 * the alternatives of a settled outcome lose those categories (a 603 after ring-back was
 * the user's).  What was the winner, or in an ambiguous set, stays open all the same:
 * the tone may be a recorded one.
 *
 * Acts of ours and of the caller (cancel, transfer, race) are facts whatever was
 * played meanwhile: outcomes of the groups caller and system are left alone.
 * Labels of answering-machine detectors are no announcements and never come here.
 * mappings/README.md tells the same, mappings/cases/announcements.csv holds it.
 */
#include "base/base.h"
#include "rules/rules_impl.h"

static bool is_open_to_hearing(const struct outcome *outcome)
{
    const struct category *category = &outcome->taxonomy->category[outcome->category];

    return strcmp(category->group, "caller") != 0 &&
           strcmp(category->group, "system") != 0;
}

static void refine_pick(struct outcome *outcome, uint8_t heard, category_set rest)
{
    outcome->category = heard;
    outcome->confidence = PROBABLE;
    outcome->alternatives = rest & ~((category_set)1 << heard);
}

/* A settled outcome, of a category of its own. */
static void refine_settled(struct outcome *outcome, uint8_t heard, category_set ruled_out)
{
    category_set heard_bit = (category_set)1 << heard;
    category_set winner_bit = (category_set)1 << outcome->category;
    bool is_alternative = (outcome->alternatives & heard_bit) != 0;

    outcome->alternatives &= ~ruled_out;
    if (outcome->category == heard) {
        outcome->confidence = CERTAIN;
        outcome->alternatives = 0;
    } else if (is_alternative) {
        refine_pick(outcome, heard, outcome->alternatives | winner_bit);
    } else {
        outcome->confidence = PROBABLE;
        outcome->alternatives |= heard_bit;
    }
}

void refine(const struct evidence *evidence, struct outcome *outcome)
{
    if (evidence->announcement == NULL || !is_open_to_hearing(outcome))
        return;

    const struct announcement *announcement = evidence->announcement;

    if (outcome->confidence == AMBIGUOUS)
        refine_pick(outcome, announcement->category, outcome->alternatives);
    else
        refine_settled(outcome, announcement->category, announcement->ruled_out);
    outcome->group =
        outcome_group(outcome->taxonomy, outcome->category, outcome->alternatives);
}
