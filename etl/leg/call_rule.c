/*
 * call_rule.c - what a call came to, from its legs.
 */
#include "leg/call_rule.h"

#include "base/base.h"
#include "leg/leg_seconds.h"

/* By which a B-leg may outlive its caller in the clocks. */
enum { TEAR_DOWN = 2 * MS_PER_S };

static bool is_far(struct slice number)
{
    size_t digits = 0;

    for (size_t i = 0; i < number.len; i++)
        digits += number.s[i] >= '0' && number.s[i] <= '9';
    return digits > LEG_EXTENSION_DIGITS;
}

struct call_leg callrule_leg(const struct leg *leg, const struct outcome *outcome)
{
    int64_t lasted = leg->duration > 0 ? (int64_t)leg->duration * MS_PER_S : 0;

    return (struct call_leg){
        .key = leg->key,
        .side = leg->side,
        .linked_by = (uint8_t)leg->linked_by,
        .is_inbound = slice_is(leg->direction, "inbound"),
        .is_outbound = outcome->is_outbound,
        .is_consultation = leg->is_consultation,
        .answered = outcome->answered,
        .has_agent = leg->agent.len != 0,
        .has_carrier = leg->gateway.len != 0 || outcome->provider != NULL,
        .is_far = is_far(leg->destination),
        .category = outcome->category,
        .confidence = (uint8_t)outcome->confidence,
        .alternatives = outcome->alternatives,
        .started_at = leg->started_at,
        .ended_at = leg->ended_at != NO_TIME ? leg->ended_at : leg->started_at + lasted,
        .bridged_at = leg->bridged_at,
        .duration = leg->duration,
        .bill = leg->bill_seconds,
        .talk = leg->talk_seconds,
        .hold = leg->hold_seconds,
        .early_media = outcome->early_media_seconds,
        .pdd = leg->pdd_seconds,
        .ring = leg->ring_seconds,
        .wait = leg->wait_seconds,
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

/* How near a B-leg came to somebody; the nearest speaks for all. */
enum reach { REACHED_NOBODY, REACHED_LOCALLY, REACHED, REACHED_ANSWER };

static enum reach reach_of(const struct taxonomy *taxonomy, const struct call_leg *leg)
{
    const struct category *category = &taxonomy->category[leg->category];

    if (leg->answered)
        return REACHED_ANSWER;
    if (category->is_local_failure)
        return REACHED_LOCALLY;
    return category->is_elsewhere ? REACHED_NOBODY : REACHED;
}

/* The B-leg that speaks for all of them, NO_LEG without any. */
static int b_leg_of(const struct taxonomy *taxonomy, const struct call_leg *legs,
                    size_t nlegs)
{
    enum reach best = REACHED_NOBODY;
    int found = NO_LEG;

    for (size_t i = 0; i < nlegs; i++) {
        if (legs[i].side != 'b')
            continue;
        enum reach reach = reach_of(taxonomy, &legs[i]);

        if (found == NO_LEG || reach > best ||
            (reach == best &&
             is_later(&legs[i], &legs[found], reach == REACHED_ANSWER))) {
            found = (int)i;
            best = reach;
        }
    }
    return found;
}

static int a_leg_of(const struct call_leg *legs, size_t nlegs)
{
    for (size_t i = 0; i < nlegs; i++)
        if (legs[i].side == 'a')
            return (int)i;
    return NO_LEG;
}

/* Does B speak for the call, or A?  Rules 1 to 6. */
static bool is_by_b(const struct taxonomy *taxonomy, const struct call_leg *a,
                    const struct call_leg *b)
{
    if (a == NULL || b == NULL)
        return a == NULL;
    if (b->answered)
        return true;
    if ((a->is_inbound && a->answered) ||
        strcmp(taxonomy->category[a->category].group, "caller") == 0)
        return false;
    return reach_of(taxonomy, b) != REACHED_NOBODY;
}

static category_set candidates(const struct call_leg *leg)
{
    category_set own = (category_set)1 << leg->category;

    return leg->confidence == AMBIGUOUS ? leg->alternatives : leg->alternatives | own;
}

/* What rests on adjacency alone is not certain, unless A says the same by itself. */
static void doubt(struct call *call, const struct call_leg *a)
{
    category_set own = (category_set)1 << call->category;
    category_set others = candidates(a) & ~own;

    if (call->confidence != CERTAIN || others == 0)
        return;
    call->confidence = PROBABLE;
    call->alternatives = others;
}

/* A leg that lost to another one proves less when nobody answered; the caller's own leg
 * knows why it ended. */
static void doubt_without_answer(const struct taxonomy *taxonomy,
                                 const struct call_leg *deciding, struct call *call)
{
    category_set own = (category_set)1 << call->category;
    category_set others = taxonomy->category[call->category].without_answer & ~own;

    if (call->answered || call->confidence != CERTAIN || others == 0 ||
        (deciding->side == 'a' && deciding->is_inbound))
        return;
    call->confidence = PROBABLE;
    call->alternatives = others;
}

static void decide_outcome(const struct taxonomy *taxonomy, const struct call_leg *legs,
                           size_t nlegs, struct call *call)
{
    const struct call_leg *deciding = &legs[call->deciding];
    const struct call_leg *a = call->a_leg != NO_LEG ? &legs[call->a_leg] : NULL;
    bool is_b = deciding->side == 'b';

    call->answered = deciding->answered;
    call->category = deciding->category;
    call->confidence = (enum confidence)deciding->confidence;
    call->alternatives = deciding->alternatives;
    /* somebody answered, whatever ended that leg later */
    if (nlegs > 1 && deciding->answered && (is_b || deciding->is_inbound) &&
        !taxonomy->category[deciding->category].is_answered) {
        call->category = (uint8_t)taxonomy->answered;
        call->confidence = CERTAIN;
        call->alternatives = 0;
    }
    if (is_b && a != NULL && deciding->linked_by == LINK_ADJACENCY)
        doubt(call, a);
    doubt_without_answer(taxonomy, deciding, call);
}

static bool is_connected(const struct call_leg *leg)
{
    return leg->bridged_at != NO_TIME || leg->talk > 0;
}

static enum answered_by who_answered(const struct call_leg *a, const struct call_leg *b,
                                     const struct call *call)
{
    if (!call->answered)
        return ANSWERED_BY_NOBODY;
    if (a == NULL || is_connected(a) || (!a->is_inbound))
        return ANSWERED_BY_LEG;
    if (b != NULL && b->answered && (is_connected(b) || !a->answered || a->talk != 0))
        return ANSWERED_BY_LEG;
    /* nothing told but the agent's name */
    return a->has_agent && a->talk == NO_SECONDS ? ANSWERED_BY_LEG : ANSWERED_BY_FLOW;
}

static int32_t known_or(int32_t seconds, int32_t otherwise)
{
    return seconds != NO_SECONDS ? seconds : otherwise;
}

static int32_t at_most(int32_t seconds, int32_t limit)
{
    return limit != NO_SECONDS && seconds > limit ? limit : seconds;
}

static int32_t greater(int32_t a, int32_t b)
{
    return a > b ? a : b; /* NO_SECONDS is less than any */
}

/* SUM and SECONDS, where either is known. */
static int32_t plus(int32_t sum, int32_t seconds)
{
    if (sum == NO_SECONDS || seconds == NO_SECONDS)
        return greater(sum, seconds);
    return sum > INT32_MAX - seconds ? INT32_MAX : sum + seconds;
}

/* The talk of a B-leg as far as the caller was there.  A is his leg, or NULL. */
static int32_t part_of(const struct call_leg *a, const struct call_leg *b)
{
    int64_t from = b->bridged_at;

    if (b->talk <= 0 || a == NULL || b->ended_at <= a->ended_at + TEAR_DOWN)
        return b->talk;
    if (from == NO_TIME)
        from = b->ended_at - (int64_t)known_or(b->bill, b->talk) * MS_PER_S;
    return at_most(b->talk, greater(0, leg_seconds_between(from, a->ended_at)));
}

/* From the first start to the last end of legs without their caller's. */
static int32_t span_of(const struct call_leg *legs, size_t nlegs)
{
    int64_t first = legs[0].started_at, last = legs[0].ended_at;

    for (size_t i = 1; i < nlegs; i++) {
        first = legs[i].started_at < first ? legs[i].started_at : first;
        last = legs[i].ended_at > last ? legs[i].ended_at : last;
    }
    return leg_seconds_between(first, last);
}

static void sum_b_legs(const struct call_leg *legs, size_t nlegs, struct call *sum)
{
    const struct call_leg *a = sum->a_leg != NO_LEG ? &legs[sum->a_leg] : NULL;

    sum->bill = sum->talk = sum->hold = NO_SECONDS;
    for (size_t i = 0; i < nlegs; i++) {
        if (legs[i].side != 'b')
            continue;
        sum->bill = plus(sum->bill, legs[i].bill);
        sum->talk = plus(sum->talk, part_of(a, &legs[i]));
        sum->hold = plus(sum->hold, legs[i].hold);
    }
}

/* How long the caller was connected at most, from bridge to end or as billed. */
static int32_t connected_of(const struct call_leg *a, const struct call *call)
{
    int32_t connected = a->bridged_at != NO_TIME
                            ? leg_seconds_between(a->bridged_at, a->ended_at)
                            : call->bill;

    if (connected == NO_SECONDS)
        return NO_SECONDS;
    return at_most(greater(connected, call->talk), call->bill);
}

static void decide_seconds(const struct call_leg *legs, size_t nlegs, struct call *call)
{
    static const struct call_leg none = { .duration = NO_SECONDS,
                                          .bill = NO_SECONDS,
                                          .talk = NO_SECONDS,
                                          .hold = NO_SECONDS,
                                          .pdd = NO_SECONDS,
                                          .ring = NO_SECONDS,
                                          .wait = NO_SECONDS,
                                          .bridged_at = NO_TIME };
    const struct call_leg *a = call->a_leg != NO_LEG ? &legs[call->a_leg] : &none;
    const struct call_leg *b = call->b_leg != NO_LEG ? &legs[call->b_leg] : &none;

    sum_b_legs(legs, nlegs, call);
    call->duration = call->a_leg != NO_LEG ? a->duration
                     : nlegs == 1          ? b->duration
                                           : span_of(legs, nlegs);
    call->bill = at_most(known_or(a->bill, call->bill), call->duration);
    call->talk = at_most(greater(a->talk, call->talk), call->bill);
    call->hold = greater(a->hold, call->hold);
    if (call->talk == NO_SECONDS)
        call->handling = NO_SECONDS;
    else
        call->handling = at_most(plus(call->talk, call->hold), connected_of(a, call));
    call->early_media = legs[call->deciding].early_media;
    call->pdd = known_or(b->pdd, a->pdd);
    call->ring = known_or(b->ring, a->ring);
    call->wait = known_or(a->wait, b->wait);
}

struct call callrule_outcome(const struct taxonomy *taxonomy, const struct call_leg *legs,
                             size_t nlegs)
{
    struct call call = { .a_leg = a_leg_of(legs, nlegs),
                         .b_leg = b_leg_of(taxonomy, legs, nlegs) };
    const struct call_leg *a = call.a_leg != NO_LEG ? &legs[call.a_leg] : NULL;
    const struct call_leg *b = call.b_leg != NO_LEG ? &legs[call.b_leg] : NULL;

    call.deciding = is_by_b(taxonomy, a, b) ? call.b_leg : call.a_leg;
    call.is_counted = a == NULL || !a->is_consultation;
    decide_outcome(taxonomy, legs, nlegs, &call);
    call.answered_by = who_answered(a, b, &call);
    return call;
}

struct call callrule_decide(const struct taxonomy *taxonomy, const struct call_leg *legs,
                            size_t nlegs)
{
    struct call call = callrule_outcome(taxonomy, legs, nlegs);

    decide_seconds(legs, nlegs, &call);
    return call;
}

bool callrule_is_attempt(const struct call_leg *leg, bool has_b_legs,
                         bool file_has_gateway)
{
    if (leg->side != 'b' && (has_b_legs || !leg->is_outbound))
        return false;
    return leg->has_carrier || (!file_has_gateway && leg->is_far);
}
