/*
 * rules/refine: the table at the head of refine.c, line by line.
 */
#include <criterion/criterion.h>

#include "base/base.h"
#include "rules/rules_impl.h"

static struct rules *rules;

static void setup(void)
{
    struct err err = { 0 };

    rules = rules_load("mappings", &err);
    cr_assert_not_null(rules, "%s", err.text);
}

static void teardown(void)
{
    rules_free(rules);
}

TestSuite(refine, .init = setup, .fini = teardown);

static uint8_t category(const char *code)
{
    for (size_t i = 0; i < rules->taxonomy.count; i++)
        if (strcmp(rules->taxonomy.category[i].code, code) == 0)
            return (uint8_t)i;
    cr_assert_fail("no category %s", code);
    return 0;
}

static category_set set_of(const char *const *codes)
{
    category_set set = 0;

    for (; *codes != NULL; codes++)
        set |= (category_set)1 << category(*codes);
    return set;
}

struct step {
    const char *category;
    enum confidence confidence;
    const char *alternatives[6];
};

static const struct {
    struct step before;
    const char *heard; /* NULL: nothing */
    struct step after;
    const char *group;
} cases[] = {
    { { "UNDETERMINED", AMBIGUOUS, { "BUSY", "UNREACHABLE" } },
      "ann_busy",
      { "BUSY", PROBABLE, { "UNREACHABLE" } },
      "subscriber" },
    { { "UNDETERMINED", AMBIGUOUS, { "BUSY", "UNREACHABLE" } },
      "ann_barred",
      { "BLOCKED", PROBABLE, { "BUSY", "UNREACHABLE" } },
      "network" },
    { { "BUSY", PROBABLE, { "REJECTED" } },
      "busy_tone",
      { "BUSY", CERTAIN, { NULL } },
      "subscriber" },
    { { "NO_ANSWER", PROBABLE, { "BUSY", "UNREACHABLE" } },
      "ann_unreachable",
      { "UNREACHABLE", PROBABLE, { "NO_ANSWER", "BUSY" } },
      "subscriber" },
    { { "BUSY", PROBABLE, { "REJECTED" } },
      "ann_invalid",
      { "BUSY", PROBABLE, { "REJECTED", "INVALID_NUMBER" } },
      "subscriber" },
    { { "UNREACHABLE", CERTAIN, { NULL } },
      "ann_unreachable",
      { "UNREACHABLE", CERTAIN, { NULL } },
      "subscriber" },
    { { "INVALID_NUMBER", CERTAIN, { NULL } },
      "ann_unreachable",
      { "INVALID_NUMBER", PROBABLE, { "UNREACHABLE" } },
      "subscriber" },
    /* ring-back: who was alerted was not stopped by the network */
    { { "UNDETERMINED", AMBIGUOUS, { "NO_ANSWER", "BUSY", "UNREACHABLE" } },
      "ringback",
      { "NO_ANSWER", PROBABLE, { "BUSY", "UNREACHABLE" } },
      "subscriber" },
    { { "UNDETERMINED", AMBIGUOUS, { "NO_ANSWER", "SIGNALING_TIMEOUT" } },
      "ringback",
      { "NO_ANSWER", PROBABLE, { "SIGNALING_TIMEOUT" } },
      "subscriber" },
    { { "NO_ANSWER", PROBABLE, { "BUSY", "UNREACHABLE" } },
      "ringback",
      { "NO_ANSWER", CERTAIN, { NULL } },
      "subscriber" },
    { { "REJECTED", PROBABLE, { "BLOCKED", "ACCESS_DENIED" } },
      "ringback",
      { "REJECTED", PROBABLE, { "NO_ANSWER" } },
      "subscriber" },
    { { "SIGNALING_TIMEOUT", PROBABLE, { "NETWORK_FAILURE", "NO_ANSWER" } },
      "ringback",
      { "NO_ANSWER", PROBABLE, { "SIGNALING_TIMEOUT" } },
      "subscriber" },
    { { "NETWORK_FAILURE", PROBABLE, { "CONGESTION" } },
      "ringback",
      { "NETWORK_FAILURE", PROBABLE, { "NO_ANSWER" } },
      "network" },
    { { "REJECTED", CERTAIN, { NULL } },
      "ringback",
      { "REJECTED", PROBABLE, { "NO_ANSWER" } },
      "subscriber" },
    { { "NO_ANSWER", CERTAIN, { NULL } },
      "ringback",
      { "NO_ANSWER", CERTAIN, { NULL } },
      "subscriber" },
    { { "SYSTEM_TERMINATED", PROBABLE, { "NO_ANSWER", "CALLER_CANCEL" } },
      "ringback",
      { "SYSTEM_TERMINATED", PROBABLE, { "NO_ANSWER", "CALLER_CANCEL" } },
      "system" },
    { { "CALLER_CANCEL", CERTAIN, { NULL } },
      "ann_busy",
      { "CALLER_CANCEL", CERTAIN, { NULL } },
      "caller" },
    { { "ANSWERED_ELSEWHERE", CERTAIN, { NULL } },
      "ann_busy",
      { "ANSWERED_ELSEWHERE", CERTAIN, { NULL } },
      "system" },
    { { "UNDETERMINED", AMBIGUOUS, { "BUSY", "UNREACHABLE" } },
      NULL,
      { "UNDETERMINED", AMBIGUOUS, { "BUSY", "UNREACHABLE" } },
      "subscriber" },
};

Test(refine, what_was_heard_picks_confirms_or_shakes)
{
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        struct outcome outcome = {
            .taxonomy = &rules->taxonomy,
            .category = category(cases[i].before.category),
            .confidence = cases[i].before.confidence,
            .alternatives = set_of(cases[i].before.alternatives),
        };
        struct evidence evidence = { 0 };

        for (size_t a = 0; cases[i].heard != NULL && a < rules->nannouncements; a++)
            if (slice_is(rules->announcement[a].text, cases[i].heard))
                evidence.announcement = &rules->announcement[a];
        outcome.group =
            outcome_group(&rules->taxonomy, outcome.category, outcome.alternatives);
        refine(&evidence, &outcome);

        cr_expect_eq(outcome.category, category(cases[i].after.category), "case %zu", i);
        cr_expect_eq(outcome.confidence, cases[i].after.confidence, "case %zu", i);
        cr_expect_eq(outcome.alternatives, set_of(cases[i].after.alternatives),
                     "case %zu", i);
        cr_expect_str_eq(outcome.group, cases[i].group, "case %zu", i);
    }
}

Test(refine, a_detector_label_is_no_announcement)
{
    struct leg leg = { .side = 'b',
                       .started_at = 0,
                       .answered_at = NO_TIME,
                       .media_at = NO_TIME,
                       .ended_at = NO_TIME,
                       .bill_seconds = 0,
                       .bridge_seconds = NO_SECONDS,
                       .disposition = slice_of("recv_refuse"),
                       .hangup_cause = slice_of("NO_USER_RESPONSE"),
                       .sip_code = 480 };
    struct outcome without, with;

    rules_decide(rules, &leg, &without);
    leg.amd_result = slice_of("MACHINE");
    rules_decide(rules, &leg, &with);
    cr_expect_eq(with.category, without.category);
    cr_expect_eq(with.alternatives, without.alternatives);
}

Test(refine, groups_are_what_all_alternatives_share)
{
    static const char *const same[] = { "BUSY", "NO_ANSWER", NULL };
    static const char *const mixed[] = { "BUSY", "NETWORK_FAILURE", NULL };
    const struct taxonomy *taxonomy = &rules->taxonomy;
    uint8_t undetermined = (uint8_t)taxonomy->undetermined;

    cr_expect_str_eq(outcome_group(taxonomy, undetermined, set_of(same)), "subscriber");
    cr_expect_str_eq(outcome_group(taxonomy, undetermined, set_of(mixed)), "unknown");
    cr_expect_str_eq(outcome_group(taxonomy, category("BLOCKED"), set_of(mixed)),
                     "network");
}
