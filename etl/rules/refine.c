/*
 * refine.c - what was heard in early media has the last word, once.
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
 * Acts of ours and of the caller (cancel, transfer, race) are facts whatever was
 * played meanwhile: outcomes of the groups caller and system are left alone.
 * Labels of answering-machine detectors are no announcements and never come here.
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

bool refine(const struct evidence *evidence, struct outcome *outcome)
{
    if (evidence->announcement == NULL || !is_open_to_hearing(outcome))
        return false;

    uint8_t heard = evidence->announcement->category;
    category_set heard_bit = (category_set)1 << heard;
    category_set winner_bit = (category_set)1 << outcome->category;

    if (outcome->confidence == AMBIGUOUS) {
        refine_pick(outcome, heard, outcome->alternatives);
    } else if (outcome->category == heard) {
        if (outcome->confidence == CERTAIN)
            return false;
        outcome->confidence = CERTAIN;
        outcome->alternatives = 0;
    } else if (outcome->confidence == PROBABLE &&
               (outcome->alternatives & heard_bit) != 0) {
        refine_pick(outcome, heard, outcome->alternatives | winner_bit);
    } else {
        outcome->confidence = PROBABLE;
        outcome->alternatives |= heard_bit;
    }
    outcome->group =
        outcome_group(outcome->taxonomy, outcome->category, outcome->alternatives);
    return true;
}
