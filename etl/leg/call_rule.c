/*
 * call_rule.c - the outcome of a call, from its legs.
 */
#include "leg/call_rule.h"

#include "base/base.h"

enum { NOBODY = -1 };

struct call_leg callrule_leg(const struct leg *leg, const struct outcome *outcome)
{
    int64_t lasted = leg->duration > 0 ? (int64_t)leg->duration * MS_PER_S : 0;

    return (struct call_leg){
        .key = leg->key,
        .side = leg->side,
        .is_inbound = slice_is(leg->direction, "inbound"),
        .linked_by = leg->linked_by,
        .answered = outcome->answered,
        .category = outcome->category,
        .confidence = outcome->confidence,
        .alternatives = outcome->alternatives,
        .started_at = leg->started_at,
        .ended_at = leg->ended_at != NO_TIME ? leg->ended_at : leg->started_at + lasted,
    };
}

static int call_rule_order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* Did A come after B, by their ends (or first by their starts)? */
static bool is_later(const struct call_leg *a, const struct call_leg *b, bool by_start)
{
    int starts = call_rule_order(a->started_at, b->started_at);
    int ends = call_rule_order(a->ended_at, b->ended_at);
    int first = by_start ? starts : ends;
    int then = by_start ? ends : starts;

    if (first != 0)
        return first > 0;
    if (then != 0)
        return then > 0;
    return memcmp(a->key.b, b->key.b, sizeof a->key.b) > 0;
}

enum wanted { ANSWERED_B, REACHED_B, LOCAL_B, ANY };

static bool is_wanted(const struct taxonomy *taxonomy, const struct call_leg *leg,
                      enum wanted wanted)
{
    const struct category *category = &taxonomy->category[leg->category];

    switch (wanted) {
    case ANSWERED_B:
        return leg->side == 'b' && leg->answered;
    case REACHED_B:
        return leg->side == 'b' && !category->is_elsewhere && !category->is_local_failure;
    case LOCAL_B:
        return leg->side == 'b' && category->is_local_failure;
    case ANY:
        break;
    }
    return true;
}

static int last(const struct taxonomy *taxonomy, const struct call_leg *legs,
                size_t nlegs, enum wanted wanted)
{
    int found = NOBODY;

    for (size_t i = 0; i < nlegs; i++)
        if (is_wanted(taxonomy, &legs[i], wanted) &&
            (found == NOBODY || is_later(&legs[i], &legs[found], wanted == ANSWERED_B)))
            found = (int)i;
    return found;
}

static int a_leg(const struct call_leg *legs, size_t nlegs)
{
    for (size_t i = 0; i < nlegs; i++)
        if (legs[i].side == 'a')
            return (int)i;
    return NOBODY;
}

static bool only_adjacent(const struct call_leg *legs, size_t nlegs)
{
    bool adjacent = false;

    for (size_t i = 0; i < nlegs; i++) {
        if (legs[i].side == 'b' && legs[i].linked_by != LINK_ADJACENCY)
            return false;
        adjacent |= legs[i].linked_by == LINK_ADJACENCY;
    }
    return adjacent;
}

static struct call_outcome outcome_of(const struct call_leg *legs, int leg)
{
    return (struct call_outcome){
        .deciding = (size_t)leg,
        .category = legs[leg].category,
        .confidence = legs[leg].confidence,
        .alternatives = legs[leg].alternatives,
    };
}

/* Somebody answered, whatever ended that leg later. */
static struct call_outcome answered_by(const struct taxonomy *taxonomy,
                                       const struct call_leg *legs, int leg)
{
    struct call_outcome outcome = outcome_of(legs, leg);

    if (!taxonomy->category[outcome.category].is_answered) {
        outcome.category = (uint8_t)taxonomy->answered;
        outcome.confidence = CERTAIN;
        outcome.alternatives = 0;
    }
    return outcome;
}

struct call_outcome callrule_decide(const struct taxonomy *taxonomy,
                                    const struct call_leg *legs, size_t nlegs)
{
    int a = a_leg(legs, nlegs), leg;

    if (nlegs == 1)
        return outcome_of(legs, 0);
    if (a != NOBODY && only_adjacent(legs, nlegs))
        return outcome_of(legs, a);
    if ((leg = last(taxonomy, legs, nlegs, ANSWERED_B)) != NOBODY)
        return answered_by(taxonomy, legs, leg);
    if (a != NOBODY && legs[a].is_inbound && legs[a].answered) {
        struct call_outcome outcome = answered_by(taxonomy, legs, a);

        outcome.answered_by_flow = true;
        return outcome;
    }
    if (a != NOBODY && strcmp(taxonomy->category[legs[a].category].group, "caller") == 0)
        return outcome_of(legs, a);
    if ((leg = last(taxonomy, legs, nlegs, REACHED_B)) != NOBODY ||
        (leg = last(taxonomy, legs, nlegs, LOCAL_B)) != NOBODY || (leg = a) != NOBODY)
        return outcome_of(legs, leg);
    return outcome_of(legs, last(taxonomy, legs, nlegs, ANY));
}
