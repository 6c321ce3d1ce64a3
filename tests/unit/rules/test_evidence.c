/*
 * rules/evidence, provider: what a leg proves.
 */
#include <criterion/criterion.h>

#include "base/base.h"
#include "support/evidence.h"

TestSuite(evidence, .init = evidence_setup, .fini = evidence_teardown);

Test(evidence, what_was_answered_ended_with_a_bye)
{
    struct leg leg = evidence_unanswered();
    struct evidence evidence;

    leg.bill_seconds = 12;
    leg.disposition = slice_of("recv_refuse");
    evidence_of(evidence_rules, &leg, &evidence);
    cr_expect(evidence_is_text(&evidence, RULE_FIELD_RELEASE, "bye"));
    cr_expect_eq(evidence_number(&evidence, RULE_FIELD_ANSWERED), 1);
}

Test(evidence, codes_that_nobody_sent_are_none)
{
    struct leg leg = evidence_unanswered();
    struct evidence evidence;

    leg.sip_code = 200;
    evidence_of(evidence_rules, &leg, &evidence);
    cr_expect_eq(evidence_number(&evidence, RULE_FIELD_SIP_CODE), -1, "filler");

    leg.sip_code = 487;
    leg.disposition = slice_of("send_cancel");
    evidence_of(evidence_rules, &leg, &evidence);
    cr_expect_eq(evidence_number(&evidence, RULE_FIELD_SIP_CODE), -1,
                 "echo of our CANCEL");

    leg.disposition = slice_of("recv_refuse");
    evidence_of(evidence_rules, &leg, &evidence);
    cr_expect_eq(evidence_number(&evidence, RULE_FIELD_SIP_CODE), 487, "received");

    leg.sip_code = 200;
    leg.bill_seconds = 5;
    leg.disposition = slice_of("recv_bye");
    evidence_of(evidence_rules, &leg, &evidence);
    cr_expect_eq(evidence_number(&evidence, RULE_FIELD_SIP_CODE), 200, "of a BYE");
}

Test(evidence, a_cause_that_differs_from_its_code_gives_q850_away)
{
    static const struct {
        const char *disposition, *cause;
        int16_t code;
        int implied;
    } cases[] = {
        { "recv_refuse", "NO_ANSWER", 480, 19 },
        { "recv_refuse", "USER_BUSY", 480, 17 },
        { "recv_refuse", "CALL_REJECTED", 486, 21 },
        { "recv_refuse", "NORMAL_UNSPECIFIED", 480, 31 },
        { "recv_refuse", "NO_USER_RESPONSE", 480, -1 },       /* the code's own */
        { "recv_refuse", "NORMAL_UNSPECIFIED", 499, -1 },     /* of codes nobody knows */
        { "recv_refuse", "MANDATORY_IE_MISSING", 488, -1 },   /* FreeSWITCH's own */
        { "recv_refuse", "REQUESTED_CHAN_UNAVAIL", 302, -1 }, /* likewise */
        { "recv_refuse", "LOSE_RACE", 480, -1 },              /* none of Q.850's */
        { "recv_refuse", "USER_BUSY", NO_CODE, -1 },
        { "send_cancel", "NO_ANSWER", 480, -1 },
        { NULL, "NO_USER_RESPONSE", 486, -1 }, /* Webitel's own */
        { NULL, "SUBSCRIBER_ABSENT", 480, 20 },
    };

    for (size_t i = 0; i < COUNTOF(cases); i++) {
        struct leg leg = evidence_unanswered();
        struct evidence evidence;

        leg.disposition = slice_of(cases[i].disposition);
        leg.hangup_cause = slice_of(cases[i].cause);
        leg.sip_code = cases[i].code;
        evidence_of(evidence_rules, &leg, &evidence);
        cr_expect_eq(evidence_number(&evidence, RULE_FIELD_Q850_IMPLIED),
                     cases[i].implied, "case %zu", i);
        cr_expect_eq(evidence_number(&evidence, RULE_FIELD_Q850_ANY), cases[i].implied,
                     "case %zu", i);
        cr_expect_eq(evidence_number(&evidence, RULE_FIELD_Q850), -1,
                     "implied is not explicit");
    }
}

Test(evidence, the_explicit_value_is_the_one_that_counts)
{
    struct leg leg = evidence_unanswered();
    struct evidence evidence;

    leg.disposition = slice_of("recv_refuse");
    leg.hangup_cause = slice_of("NO_ANSWER");
    leg.sip_code = 480;
    leg.q850 = 18;
    evidence_of(evidence_rules, &leg, &evidence);
    cr_expect_eq(evidence_number(&evidence, RULE_FIELD_Q850), 18);
    cr_expect_eq(evidence_number(&evidence, RULE_FIELD_Q850_IMPLIED), 19);
    cr_expect_eq(evidence_number(&evidence, RULE_FIELD_Q850_ANY), 18);
}

Test(evidence, causes_go_by_their_names)
{
    static const char *const pairs[][2] = {
        { "17", "USER_BUSY" },
        { "487", "ORIGINATOR_CANCEL" },
        { "702", "LOSE_RACE" },
        { "502", "502" },
        { "user_busy", "USER_BUSY" },
        { "126", "126" },
        { "SOMETHING_NEW", "SOMETHING_NEW" },
    };

    for (size_t i = 0; i < COUNTOF(pairs); i++) {
        struct leg leg = evidence_unanswered();
        struct evidence evidence;

        leg.hangup_cause = slice_of(pairs[i][0]);
        evidence_of(evidence_rules, &leg, &evidence);
        cr_expect(evidence_is_text(&evidence, RULE_FIELD_HANGUP_CAUSE, pairs[i][1]), "%s",
                  pairs[i][0]);
    }
}

Test(evidence, one_column_holds_announcements_and_labels)
{
    static const struct {
        const char *amd, *announcement, *label, *token;
    } cases[] = {
        { "ann_busy", NULL, NULL, "ann_busy" },
        { "BUSY_TONE", NULL, NULL, "busy_tone" },
        { "voicemail", NULL, "VOICEMAIL", NULL },
        { "ringback", NULL, NULL, "ringback" },
        { "RINGING", NULL, NULL, "ringback" },
        { "MACHINE", "ann_busy", "MACHINE", "ann_busy" },
        { "no_answer", NULL, "NO ANSWER", NULL },
        { "cancelled", NULL, "CANCEL", NULL },
        { "something", NULL, "something", NULL },
        { NULL, "ann_invalid", NULL, "ann_invalid" },
        { NULL, "mumbling", NULL, "mumbling" },
        { "ann_busy", "mumbling", NULL, "ann_busy" },
    };

    for (size_t i = 0; i < COUNTOF(cases); i++) {
        struct leg leg = evidence_unanswered();
        struct evidence evidence;

        leg.amd_result = slice_of(cases[i].amd);
        leg.announcement = slice_of(cases[i].announcement);
        evidence_of(evidence_rules, &leg, &evidence);
        cr_expect(evidence_is_text(&evidence, RULE_FIELD_AMD_RESULT, cases[i].label),
                  "case %zu", i);
        cr_expect(evidence_is_text(&evidence, RULE_FIELD_ANNOUNCEMENT, cases[i].token),
                  "case %zu", i);
    }
}

/* Every answered leg heard ring-back: from the answer on it is no more than a label. */
Test(evidence, ring_back_is_a_label_once_the_leg_is_answered)
{
    struct leg leg = evidence_unanswered();
    struct evidence evidence;

    leg.bill_seconds = 12;
    leg.amd_result = slice_of("ringback");
    evidence_of(evidence_rules, &leg, &evidence);
    cr_expect(evidence_is_text(&evidence, RULE_FIELD_AMD_RESULT, "RINGING"));
    cr_expect(evidence.announcement == NULL);
    leg.announcement = slice_of("ringback");
    evidence_of(evidence_rules, &leg, &evidence);
    cr_expect(evidence.announcement == NULL);
    leg.amd_result = slice_of("busy_tone");
    evidence_of(evidence_rules, &leg, &evidence);
    cr_expect(evidence.announcement != NULL, "a false answer may still say why");
}

Test(evidence, early_media_is_what_came_before_an_end_without_answer)
{
    struct leg leg = evidence_unanswered();
    struct evidence evidence;

    leg.bridge_seconds = 17;
    evidence_of(evidence_rules, &leg, &evidence);
    cr_expect_eq(evidence_number(&evidence, RULE_FIELD_EARLY_MEDIA_SECONDS), 17,
                 "the old talksec");

    leg.bridge_seconds = NO_SECONDS;
    leg.media_at = 2300;
    leg.ended_at = 20000;
    evidence_of(evidence_rules, &leg, &evidence);
    cr_expect_eq(evidence_number(&evidence, RULE_FIELD_EARLY_MEDIA_SECONDS), 17,
                 "since the first 183");

    leg.bridge_seconds = 4000;
    evidence_of(evidence_rules, &leg, &evidence);
    cr_expect_eq(evidence_number(&evidence, RULE_FIELD_EARLY_MEDIA_SECONDS), -1,
                 "longer than the leg");

    leg.bridge_seconds = 10;
    leg.bill_seconds = 9;
    evidence_of(evidence_rules, &leg, &evidence);
    cr_expect_eq(evidence_number(&evidence, RULE_FIELD_EARLY_MEDIA_SECONDS), -1, "talk");
}

Test(evidence, providers_are_recognised_by_gateway_address_number_direction)
{
    static const struct {
        const char *gateway, *address, *caller, *direction, *provider;
    } cases[] = {
        { "Vega", NULL, NULL, "outbound", "vega" },
        { "VEGA-2", NULL, NULL, "outbound", "vega" },
        { "vg8.vegatele.com", NULL, NULL, "outbound", "vega" },
        { "intertelecom", NULL, NULL, "outbound", "intertelecom" },
        { "Datagroup", NULL, NULL, "outbound", NULL },
        { "Reserve", "93.178.205.61", "380322327757", "outbound", NULL },
        { NULL, "195.128.182.62", NULL, "outbound", "intertelecom" },
        { NULL, NULL, "380322327757", "outbound", "vega" },
        { NULL, NULL, "10004057", NULL, "intertelecom" },
        { NULL, NULL, "1000", "outbound", NULL },
        { NULL, NULL, "1000", "internal", "internal" },
        { "Reserve", NULL, "1000", "internal", NULL },
    };

    for (size_t i = 0; i < COUNTOF(cases); i++) {
        struct leg leg = evidence_unanswered();
        struct evidence evidence;

        leg.gateway = slice_of(cases[i].gateway);
        leg.network_addr = slice_of(cases[i].address);
        leg.caller = slice_of(cases[i].caller);
        leg.direction = slice_of(cases[i].direction);
        evidence_of(evidence_rules, &leg, &evidence);
        cr_expect(evidence_is_text(&evidence, RULE_FIELD_PROVIDER, cases[i].provider),
                  "case %zu", i);
    }
}

Test(evidence, a_call_that_came_in_is_not_known_by_its_caller)
{
    struct leg leg = evidence_unanswered();
    struct evidence evidence;

    leg.side = 'a';
    leg.caller = slice_of("380322327757");
    leg.direction = slice_of("inbound");
    evidence_of(evidence_rules, &leg, &evidence);
    cr_expect(evidence_is_text(&evidence, RULE_FIELD_PROVIDER, NULL));
}

Test(evidence, numbers_out_of_range_are_none)
{
    struct leg leg = evidence_unanswered();
    struct evidence evidence;

    leg.sip_code = 32000;
    leg.q850 = -5;
    leg.duration = -7;
    leg.disposition = slice_of("recv_refuse");
    evidence_of(evidence_rules, &leg, &evidence);
    cr_expect_eq(evidence_number(&evidence, RULE_FIELD_SIP_CODE), -1);
    cr_expect_eq(evidence_number(&evidence, RULE_FIELD_Q850), -1);
    cr_expect_eq(evidence_number(&evidence, RULE_FIELD_DURATION), -1);
}
