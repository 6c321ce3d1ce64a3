/* leg/call_rule: what a call comes to, who answered it, and how long its parts lasted. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "leg/call_rule.h"
#include "support/taxonomy.h"

#define SET(category) (UINT64_C(1) << (category))
#define UNKNOWN_SECONDS                                                                  \
    .duration = NO_SECONDS, .bill = NO_SECONDS, .talk = NO_SECONDS, .hold = NO_SECONDS,  \
    .early_media = NO_SECONDS, .pdd = NO_SECONDS, .ring = NO_SECONDS,                    \
    .wait = NO_SECONDS, .bridged_at = NO_TIME
#define A(way, what, is, end)                                                            \
    {                                                                                    \
        UNKNOWN_SECONDS, .side = 'a', .is_inbound = (way) == 'i', .category = (what),    \
                         .answered = (is), .ended_at = (end)                             \
    }
#define B(what, is, end)                                                                 \
    {                                                                                    \
        UNKNOWN_SECONDS, .side = 'b', .category = (what), .answered = (is),              \
                         .ended_at = (end), .linked_by = LINK_ID                         \
    }

static const struct {
    const char *why;
    struct call_leg leg[4];
    size_t nlegs;
    int category;
    enum answered_by answered_by;
} calls[] = {
    { "one leg: its own",
      { A('i', TRANSFERRED, true, 9) },
      1,
      TRANSFERRED,
      ANSWERED_BY_FLOW },
    { "the B-leg was answered",
      { A('o', UNDETERMINED, false, 9), B(BUSY, false, 9), B(ANSWERED, true, 5) },
      3,
      ANSWERED,
      ANSWERED_BY_LEG },
    { "answered, then transferred, is answered",
      { A('i', TRANSFERRED, true, 9), B(TRANSFERRED, true, 5) },
      2,
      ANSWERED,
      ANSWERED_BY_LEG },
    { "the flow answered the caller",
      { A('i', ANSWERED, true, 9), B(BUSY, false, 5) },
      2,
      ANSWERED,
      ANSWERED_BY_FLOW },
    { "click-to-call hides nothing",
      { A('o', ANSWERED, true, 9), B(BUSY, false, 5) },
      2,
      BUSY,
      ANSWERED_BY_NOBODY },
    { "the caller gave up",
      { A('i', CALLER_CANCEL, false, 9), B(BUSY, false, 5) },
      2,
      CALLER_CANCEL,
      ANSWERED_BY_NOBODY },
    { "the last B-leg that reached somebody",
      { A('o', UNDETERMINED, false, 9), B(BUSY, false, 5), B(ELSEWHERE, false, 8),
        B(LOCAL, false, 9) },
      4,
      BUSY,
      ANSWERED_BY_NOBODY },
    { "a local failure when there is nothing else",
      { A('o', UNDETERMINED, false, 9), B(LOCAL, false, 5) },
      2,
      LOCAL,
      ANSWERED_BY_NOBODY },
    { "losers alone leave the A-leg's own",
      { A('o', UNDETERMINED, false, 9), B(ELSEWHERE, false, 5) },
      2,
      UNDETERMINED,
      ANSWERED_BY_NOBODY },
    { "orphans of one A-leg",
      { B(BUSY, false, 5), B(UNDETERMINED, false, 7) },
      2,
      UNDETERMINED,
      ANSWERED_BY_NOBODY },
};

Test(call_rule, decides_in_the_order_of_its_rules)
{
    for (size_t i = 0; i < COUNTOF(calls); i++) {
        struct call call = callrule_decide(&taxonomy, calls[i].leg, calls[i].nlegs);

        cr_expect_eq(call.category, calls[i].category, "%s: got %s", calls[i].why,
                     categories[call.category].code);
        cr_expect_eq(call.answered_by, calls[i].answered_by, "%s", calls[i].why);
    }
}

/* An outbound A-leg and its neighbour. */
static struct call adjacent(uint8_t a, enum confidence sure, category_set others,
                            uint8_t b, bool answered)
{
    struct call_leg legs[] = { A('o', a, a == ANSWERED, 9), B(b, answered, 8) };

    legs[0].confidence = (uint8_t)sure;
    legs[0].alternatives = others;
    legs[1].linked_by = LINK_ADJACENCY;
    return callrule_decide(&taxonomy, legs, COUNTOF(legs));
}

Test(call_rule, a_neighbour_decides_and_is_not_certain)
{
    category_set open = SET(BUSY) | SET(NO_ANSWER) | SET(ELSEWHERE);
    struct call call = adjacent(UNDETERMINED, AMBIGUOUS, open, BUSY, false);

    cr_expect_eq(call.category, BUSY);
    cr_expect_eq(call.confidence, PROBABLE);
    cr_expect_eq(call.alternatives, SET(NO_ANSWER) | SET(ELSEWHERE));

    call = adjacent(BUSY, CERTAIN, 0, BUSY, false);
    cr_expect_eq(call.confidence, CERTAIN, "the A-leg says the same by itself");
    call = adjacent(ANSWERED, CERTAIN, 0, TRANSFERRED, true);
    cr_expect_eq(call.category, ANSWERED);
    cr_expect_eq(call.confidence, CERTAIN, "the A-leg proves its own answer");
    call = adjacent(UNDETERMINED, AMBIGUOUS, open, TRANSFERRED, true);
    cr_expect_eq(call.category, ANSWERED);
    cr_expect_eq(call.confidence, PROBABLE);
    cr_expect_eq(call.alternatives, open);
}

Test(call_rule, who_answered)
{
    struct call_leg legs[] = { A('i', ANSWERED, true, 90), B(ANSWERED, true, 90) };

#define BY(nlegs) callrule_decide(&taxonomy, legs, nlegs).answered_by
    cr_expect_eq(BY(2), ANSWERED_BY_LEG, "nothing speaks against the B-leg");
    legs[0].talk = 0;
    cr_expect_eq(BY(2), ANSWERED_BY_FLOW, "picked up as the caller leaves");
    legs[1].bridged_at = 50;
    cr_expect_eq(BY(2), ANSWERED_BY_LEG, "the B-leg was bridged");
    cr_expect_eq(BY(1), ANSWERED_BY_FLOW, "no talk");
    legs[0].has_agent = true;
    cr_expect_eq(BY(1), ANSWERED_BY_FLOW, "an agent who did not talk");
    legs[0].talk = NO_SECONDS;
    cr_expect_eq(BY(1), ANSWERED_BY_LEG, "an agent, and nothing told of talk");
    legs[0].has_agent = false;
    legs[0].talk = 5;
    cr_expect_eq(BY(1), ANSWERED_BY_LEG, "talk, and no agent named");
    legs[0].talk = 0;
    legs[0].is_inbound = false;
    cr_expect_eq(BY(1), ANSWERED_BY_LEG, "outbound: whoever was called");
#undef BY
}

#define S(seconds) ((seconds) * (int64_t)MS_PER_S)

Test(call_rule, seconds_are_the_callers)
{
    struct call_leg legs[] = { A('i', ANSWERED, true, S(20)),
                               B(TRANSFERRED, true, S(75)) };
    struct call call;

    legs[0].duration = 20;
    legs[0].bill = 18;
    legs[1].started_at = S(2);
    legs[1].duration = 73;
    legs[1].bill = 61;
    call = callrule_decide(&taxonomy, legs, 2);
    cr_expect_eq(call.duration, 20);
    cr_expect_eq(call.bill, 18);
    cr_expect_eq(call.talk, NO_SECONDS, "nobody told of talk");
    cr_expect_eq(call.handling, NO_SECONDS);

    legs[1].talk = 61; /* bridge to end, the parking included */
    call = callrule_decide(&taxonomy, legs, 2);
    cr_expect_eq(call.talk, 6, "answered at 14, and the caller left at 20");
    legs[1].bridged_at = S(16);
    call = callrule_decide(&taxonomy, legs, 2);
    cr_expect_eq(call.talk, 4, "bridged at 16");
    legs[0].bill = 30;
    cr_expect_eq(callrule_decide(&taxonomy, legs, 2).bill, 20, "no more than it lasted");
}

Test(call_rule, talk_is_the_sum_of_its_parts)
{
    struct call_leg legs[] = { A('i', ANSWERED, true, S(180)),
                               B(TRANSFERRED, true, S(62)), B(ANSWERED, true, S(181)) };
    struct call call;

    legs[0].duration = 180;
    legs[0].bill = 178;
    legs[1].talk = legs[1].bill = 55;
    legs[2].talk = legs[2].bill = 115;
    call = callrule_decide(&taxonomy, legs, 3);
    cr_expect_eq(call.talk, 170);
    cr_expect_eq(call.bill, 178);
    legs[0].talk = 115; /* the last bridge alone */
    cr_expect_eq(callrule_decide(&taxonomy, legs, 3).talk, 170);
    legs[0].bill = 150;
    cr_expect_eq(callrule_decide(&taxonomy, legs, 3).talk, 150, "as billed, at most");
    legs[1].hold = 20;
    legs[0].bill = 178;
    call = callrule_decide(&taxonomy, legs, 3);
    cr_expect_eq(call.hold, 20);
    cr_expect_eq(call.handling, 178, "talk and hold, at most the time connected");

    call = callrule_decide(&taxonomy, legs + 1, 2);
    cr_expect_eq(call.bill, 170, "without an A-leg, what the B-legs were billed");
    cr_expect_eq(call.duration, 181);
}

Test(call_rule, handling_needs_a_known_talk)
{
    struct call_leg leg = A('i', ANSWERED, true, S(156));

    leg.duration = 156;
    leg.bill = 155;
    leg.hold = 20;
    cr_expect_eq(callrule_decide(&taxonomy, &leg, 1).handling, NO_SECONDS);
    leg.talk = 100;
    cr_expect_eq(callrule_decide(&taxonomy, &leg, 1).handling, 120);
    leg.bridged_at = S(46); /* 110 seconds to the end */
    cr_expect_eq(callrule_decide(&taxonomy, &leg, 1).handling, 110);
}

Test(call_rule, a_consultation_is_no_call)
{
    struct call_leg leg = A('o', ANSWERED, true, 9);

    cr_expect(callrule_decide(&taxonomy, &leg, 1).is_counted);
    leg.is_consultation = true;
    cr_expect_not(callrule_decide(&taxonomy, &leg, 1).is_counted);
}

Test(call_rule, attempts_go_to_a_carrier)
{
    struct call_leg a = { .side = 'a', .is_outbound = true, .is_far = true };
    struct call_leg b = { .side = 'b', .is_far = true };

    cr_expect_not(callrule_is_attempt(&a, false, true), "no trunk, and others have one");
    cr_expect(callrule_is_attempt(&a, false, false), "no export names trunks");
    cr_expect_not(callrule_is_attempt(&a, true, false), "its B-legs are there");
    cr_expect(callrule_is_attempt(&b, true, false));
    b.is_far = false;
    cr_expect_not(callrule_is_attempt(&b, true, false), "an employee");
    a.is_outbound = false;
    cr_expect_not(callrule_is_attempt(&a, false, false), "it came in");
    a.is_outbound = a.has_carrier = true;
    cr_expect(callrule_is_attempt(&a, false, true));
}
