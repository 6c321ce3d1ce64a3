/*
 * rules/release: how a leg ended, whatever its export's generation.
 */
#include <criterion/criterion.h>

#include "base/base.h"
#include "support/evidence.h"

TestSuite(release, .init = evidence_setup, .fini = evidence_teardown);

Test(release, release_follows_the_disposition)
{
    static const char *const pairs[][2] = {
        { "recv_refuse", "remote_refusal" }, { "send_cancel", "own_cancel" },
        { "recv_cancel", "remote_cancel" },  { "send_refuse", "own_refusal" },
        { "recv_bye", "remote_refusal" }, /* nothing was billed: see below */
        { "send_bye", "own_cancel" },
    };

    for (size_t i = 0; i < COUNTOF(pairs); i++) {
        struct leg leg = evidence_unanswered();
        struct evidence evidence;

        leg.disposition = slice_of(pairs[i][0]);
        evidence_of(evidence_rules, &leg, &evidence);
        cr_expect(evidence_is_text(&evidence, RULE_FIELD_RELEASE, pairs[i][1]), "%s",
                  pairs[i][0]);
    }
}

static const struct {
    const char *disposition, *cause, *gateway, *direction, *release;
    char side;
    int bill;
    bool answer_time, answered;
} byes[] = {
    { "send_bye", "NORMAL_CLEARING", NULL, NULL, "bye", 'b', 3, false, true },
    { "recv_bye", "NO_ANSWER", NULL, NULL, "bye", 'b', 0, true, true },
    { "recv_bye", "NORMAL_CLEARING", NULL, NULL, "bye", 'b', NO_SECONDS, false, true },
    { "recv_bye", NULL, NULL, NULL, "bye", 'b', NO_SECONDS, false, true },
    /* no bill in the export, and a cause that ends calls before an answer */
    { "send_bye", "NO_ANSWER", NULL, NULL, "own_cancel", 'b', NO_SECONDS, false, false },
    { "recv_bye", "USER_BUSY", NULL, NULL, "remote_refusal", 'b', NO_SECONDS, false,
      false },
    /* a phone of ours, or a trunk: withdrawn, or refused to us */
    { "send_bye", "NO_ANSWER", NULL, NULL, "own_cancel", 'b', 0, false, false },
    { "send_bye", "LOSE_RACE", NULL, "internal", "own_cancel", 'b', 0, false, false },
    { "recv_bye", "CALL_REJECTED", NULL, NULL, "remote_refusal", 'b', 0, false, false },
    { "recv_bye", "USER_BUSY", "Vega", "outbound", "remote_refusal", 'a', 0, false,
      false },
    { "send_bye", "NO_ANSWER", "Vega", "outbound", "own_cancel", 'a', 0, false, false },
    /* the caller's own leg: gave up, or was turned away */
    { "recv_bye", "ORIGINATOR_CANCEL", NULL, "outbound", "remote_cancel", 'a', 0, false,
      false },
    { "recv_bye", "NORMAL_CLEARING", "Vega", "inbound", "remote_cancel", 'a', 0, false,
      false },
    { "send_bye", "NORMAL_CLEARING", NULL, "outbound", "own_refusal", 'a', 0, false,
      false },
    /* a client dialled for its user first may also be busy or decline */
    { "recv_bye", "USER_BUSY", NULL, "outbound", "none", 'a', 0, false, false },
    { "recv_bye", "ATTENDED_TRANSFER", NULL, "inbound", "none", 'a', 0, false, false },
};

/* The state of the channel beats the verb: bill and answer time first, then who spoke. */
Test(release, a_bye_ends_an_answered_leg_only)
{
    for (size_t i = 0; i < COUNTOF(byes); i++) {
        struct leg leg = evidence_unanswered();
        struct evidence evidence;

        leg.disposition = slice_of(byes[i].disposition);
        leg.hangup_cause = slice_of(byes[i].cause);
        leg.gateway = slice_of(byes[i].gateway);
        leg.direction = slice_of(byes[i].direction);
        leg.side = byes[i].side;
        leg.bill_seconds = byes[i].bill;
        leg.answered_at = byes[i].answer_time ? 1000 : NO_TIME;
        evidence_of(evidence_rules, &leg, &evidence);
        cr_expect(evidence_is_text(&evidence, RULE_FIELD_RELEASE, byes[i].release),
                  "case %zu: " SLICE_FMT, i,
                  SLICE_ARG(evidence.fact[RULE_FIELD_RELEASE].text));
        cr_expect_eq(evidence_number(&evidence, RULE_FIELD_ANSWERED), byes[i].answered,
                     "case %zu", i);
        leg.hangup_by = leg.disposition; /* as exports of summer 2020 wrote it */
        leg.disposition = SLICE_NONE;
        leg.bill_seconds = byes[i].bill == NO_SECONDS ? 0 : byes[i].bill;
        evidence_of(evidence_rules, &leg, &evidence);
        cr_expect(byes[i].bill == NO_SECONDS ||
                      evidence_is_text(&evidence, RULE_FIELD_RELEASE, byes[i].release),
                  "case %zu, in hangup_by: " SLICE_FMT, i,
                  SLICE_ARG(evidence.fact[RULE_FIELD_RELEASE].text));
    }
}

Test(release, release_is_told_from_the_rest_where_there_is_no_disposition)
{
    static const struct {
        const char *cause, *by, *direction, *release;
        int16_t code;
        char side;
    } cases[] = {
        { "USER_BUSY", "B", "outbound", "remote_refusal", 486, 'b' },
        { "USER_BUSY", "A", "outbound", "remote_refusal", 486, 'a' }, /* dialer's leg */
        { "USER_BUSY", "B", "outbound", "own_refusal", 486, 'a' },    /* caller's leg */
        { "USER_BUSY", NULL, "outbound", "remote_refusal", 486, 'b' },
        { "USER_BUSY", "B", "inbound", "own_refusal", 486, 'a' },
        { "NO_ANSWER", "B", "outbound", "own_cancel", 487, 'a' },
        { "NO_ANSWER", "A", "outbound", "own_cancel", 487, 'b' },
        { "LOSE_RACE", "A", "inbound", "own_cancel", 487, 'b' },
        { "ORIGINATOR_CANCEL", "A", "outbound", "remote_cancel", 487, 'a' },
        { "ORIGINATOR_CANCEL", "A", "inbound", "remote_cancel", 487, 'a' },
        { "ORIGINATOR_CANCEL", "A", "inbound", "own_cancel", 487, 'b' },
        { "ORIGINATOR_CANCEL", "B", "outbound", "own_cancel", 487, 'a' },
        /* any other code beside the cancel's cause is the other leg's */
        { "ORIGINATOR_CANCEL", "A", "outbound", "remote_cancel", 486, 'a' },
        { "ORIGINATOR_CANCEL", "B", "outbound", "own_cancel", 480, 'a' },
        { "ORIGINATOR_CANCEL", "A", "outbound", "own_cancel", 603, 'b' },
        { "ORIGINATOR_CANCEL", "B", "outbound", "own_cancel", 486, 'b' },
        { "ORIGINATOR_CANCEL", NULL, "outbound", "own_cancel", 486, 'b' },
        { "ORIGINATOR_CANCEL", "A", "outbound", "remote_cancel", 200, 'a' },
        { "ORIGINATOR_CANCEL", NULL, "outbound", "none", NO_CODE, 'b' },
        /* but a 487 that the far end of a placed leg sent was received */
        { "ORIGINATOR_CANCEL", "B", "outbound", "remote_refusal", 487, 'b' },
        { "NORMAL_CLEARING", "A", "outbound", "none", 200, 'b' },
        { "NORMAL_CLEARING", "F", "inbound", "none", 200, 'a' },
        { "INCOMING_CALL_BARRED", "F", "inbound", "own_refusal", 200, 'a' },
        { "GATEWAY_DOWN", "A", "outbound", "none", 200, 'b' },
        { "MEDIA_TIMEOUT", "service", "outbound", "none", 604, 'a' },
        { "USER_BUSY", NULL, "outbound", "none", NO_CODE, 'b' },
    };

    for (size_t i = 0; i < COUNTOF(cases); i++) {
        struct leg leg = evidence_unanswered();
        struct evidence evidence;

        leg.hangup_cause = slice_of(cases[i].cause);
        leg.sip_code = cases[i].code;
        leg.hangup_by = slice_of(cases[i].by);
        leg.direction = slice_of(cases[i].direction);
        leg.side = cases[i].side;
        evidence_of(evidence_rules, &leg, &evidence);
        cr_expect(evidence_is_text(&evidence, RULE_FIELD_RELEASE, cases[i].release),
                  "case %zu: %s %d by %s: " SLICE_FMT, i, cases[i].cause, cases[i].code,
                  cases[i].by != NULL ? cases[i].by : "-",
                  SLICE_ARG(evidence.fact[RULE_FIELD_RELEASE].text));
    }
}
