/*
 * rules/decide, index: the first rule whose conditions all hold, and nothing else.
 */
#include <criterion/criterion.h>

#include "base/base.h"
#include "leg/leg_parser.h"
#include "rules/rules_impl.h"
#include "support/evidence.h"

static struct rules *load(const char *table)
{
    struct err err = { 0 };
    struct rules *rules = rules_facts("mappings", NULL, &err);

    cr_assert_not_null(rules, "%s", err.text);
    cr_assert(rules_add_table(rules, "rules/x.json", slice_of(table), &err) &&
                  rules_complete(rules, &err),
              "%s", err.text);
    return rules;
}

static struct leg refused(const char *cause, int16_t code)
{
    struct leg leg = evidence_unanswered();

    leg.started_at = 1700000000000;
    leg.hangup_cause = slice_of(cause);
    leg.disposition = slice_of("recv_refuse");
    leg.sip_code = code;
    return leg;
}

static const char *rule_for(const struct rules *rules, const struct leg *leg)
{
    struct outcome outcome;

    rules_decide(rules, leg, &outcome);
    cr_expect_str_eq(outcome.rule_id, rules_id(rules, outcome.rule));
    return outcome.rule_id;
}

#define THEN "\"then\":{\"category\":\"BUSY\",\"confidence\":\"certain\"}"
#define TAIL                                                                             \
    "{\"id\":\"default\",\"then\":{\"category\":\"UNDETERMINED\",\"confidence\":"        \
    "\"ambiguous\",\"alternatives\":[\"BUSY\",\"NO_ANSWER\"]}}]}"

Test(decide, the_first_rule_that_holds_decides)
{
    struct rules *rules =
        load("{\"rules\":["
             "{\"id\":\"narrow\",\"when\":{\"sip_code\":486,\"gateway\":{\"prefix\":"
             "\"ve\"}}," THEN "},"
             "{\"id\":\"wide\",\"when\":{\"sip_code\":486}," THEN "}," TAIL);
    struct leg leg = refused("USER_BUSY", 486);

    cr_expect_str_eq(rule_for(rules, &leg), "wide");
    leg.gateway = slice_of("Verdi");
    cr_expect_str_eq(rule_for(rules, &leg), "narrow");
    leg.sip_code = 480;
    cr_expect_str_eq(rule_for(rules, &leg), "default");
    rules_free(rules);
}

Test(decide, every_kind_of_condition)
{
    static const struct {
        const char *when;
        bool holds;
    } cases[] = {
        { "\"sip_code\":486", true },
        { "\"sip_code\":[480,486]", true },
        { "\"sip_code\":[480,null]", false },
        { "\"sip_code\":{\"min\":400,\"max\":499}", true },
        { "\"sip_code\":{\"min\":487}", false },
        { "\"sip_code\":{\"not\":480}", true },
        { "\"sip_code\":{\"not\":[480,486]}", false },
        { "\"sip_code\":{\"present\":true}", true },
        { "\"q850\":null", true },
        { "\"q850\":{\"present\":false}", true },
        { "\"q850\":{\"not\":null}", false },
        { "\"q850\":{\"not\":17}", true }, /* no value is not 17 */
        { "\"gateway\":\"GOLD-1\"", true },
        { "\"gateway\":{\"prefix\":\"gold\"}", true },
        { "\"gateway\":{\"glob\":\"*-1\"}", true },
        { "\"gateway\":{\"glob\":\"g?ld-?\"}", true },
        { "\"gateway\":{\"glob\":\"g?ld\"}", false },
        { "\"gateway\":{\"not\":{\"glob\":\"g*\"}}", false },
        { "\"gateway\":[{\"prefix\":\"x\"},{\"prefix\":\"g\"}]", true },
        { "\"answered\":false", true },
        { "\"duration\":{\"min\":20,\"max\":20}", true },
        { "\"duration\":[19,21]", false },
        { "\"leg\":\"b\",\"release\":\"remote_refusal\",\"sip_code\":486", true },
        { "\"leg\":\"b\",\"release\":\"remote_refusal\",\"sip_code\":480", false },
    };
    char table[1024];

    for (size_t i = 0; i < COUNTOF(cases); i++) {
        (void)snprintf(table, sizeof table,
                       "{\"rules\":[{\"id\":\"it\",\"when\":{%s}," THEN "}," TAIL,
                       cases[i].when);
        struct rules *rules = load(table);
        struct leg leg = refused("USER_BUSY", 486);

        leg.gateway = slice_of("Gold-1");
        cr_expect_str_eq(rule_for(rules, &leg), cases[i].holds ? "it" : "default", "%s",
                         cases[i].when);
        rules_free(rules);
    }
}

Test(decide, a_rule_holds_in_its_period_only)
{
    struct rules *rules = load(
        "{\"rules\":[{\"id\":\"then\",\"when\":{\"sip_code\":486},\"valid\":{\"from\":"
        "\"2020-01-01\",\"to\":\"2021-01-01\"}," THEN "},"
        "{\"id\":\"now\",\"when\":{\"sip_code\":486},\"valid\":{\"from\":"
        "\"2021-01-01\"}," THEN "}," TAIL);
    static const struct {
        int64_t at;
        const char *rule;
    } cases[] = {
        { 1577836799999, "default" }, { 1577836800000, "then" },
        { 1609459199999, "then" },    { 1609459200000, "now" },
        { NO_TIME, "now" },
    };

    for (size_t i = 0; i < COUNTOF(cases); i++) {
        struct leg leg = refused("USER_BUSY", 486);

        leg.started_at = cases[i].at;
        cr_expect_str_eq(rule_for(rules, &leg), cases[i].rule, "case %zu", i);
    }
    rules_free(rules);
}

/* --- the index against the plain walk --- */

static uint32_t dice(uint32_t *state)
{
    *state = *state * 1664525 + 1013904223;
    return *state >> 8;
}

static struct slice one_of(uint32_t *state, const char *const *texts, size_t count)
{
    return slice_of(texts[dice(state) % count]);
}

/* Any leg at all, mostly with values that some rule asks for. */
static struct leg any_leg(const struct rules *rules, uint32_t *state)
{
    static const char *const dispositions[] = { NULL,          "recv_bye",
                                                "send_bye",    "recv_refuse",
                                                "recv_refuse", "send_refuse",
                                                "recv_cancel", "send_cancel" };
    static const char *const directions[] = { NULL, "inbound", "outbound", "internal" };
    static const char *const gateways[] = { NULL, "Vega", "Intertelecom", "Reserve" };
    static const char *const heard[] = { NULL,        NULL,       NULL,
                                         "HUMAN",     "MACHINE",  "FAX",
                                         "voicemail", "ann_busy", "ann_unreachable",
                                         "busy_tone", "silence",  "ringback" };
    static const char *const by[] = { NULL, "A", "B", "F", "service" };
    static const char *const queues[] = { NULL, "predictive", "inbound" };
    static const int16_t codes[] = { NO_CODE, 200, 302, 403, 404, 408, 480, 486, 487,
                                     488,     499, 500, 503, 600, 603, 604, 607, 699 };
    const struct facts *facts = &rules->facts;
    struct leg leg = refused("", codes[dice(state) % COUNTOF(codes)]);

    leg.hangup_cause = facts->cause[dice(state) % facts->ncauses].text;
    leg.originate_disposition = dice(state) % 3 != 0
                                    ? SLICE_NONE
                                    : facts->cause[dice(state) % facts->ncauses].text;
    leg.disposition = one_of(state, dispositions, COUNTOF(dispositions));
    leg.direction = one_of(state, directions, COUNTOF(directions));
    leg.gateway = one_of(state, gateways, COUNTOF(gateways));
    leg.amd_result = one_of(state, heard, COUNTOF(heard));
    leg.hangup_by = one_of(state, by, COUNTOF(by));
    leg.queue_type = one_of(state, queues, COUNTOF(queues));
    leg.q850 = (int16_t)(dice(state) % 2 != 0 ? NO_CODE : dice(state) % 127 + 1);
    leg.sip_reason =
        dice(state) % 8 != 0 ? SLICE_NONE : slice_of("Q.850;cause=21;location=U");
    leg.side = dice(state) % 2 != 0 ? 'a' : 'b';
    leg.duration = (int32_t)(dice(state) % 70);
    leg.bill_seconds = dice(state) % 3 != 0 ? 0 : (int32_t)(dice(state) % 30) - 1;
    leg.started_at = 1500000000000 + (int64_t)(dice(state) % 300000) * 1000000;
    return leg;
}

static size_t walk(const struct rules *rules, const struct evidence *evidence)
{
    const struct cond *failed;
    size_t i = 0;

    while (!rule_holds(&rules->rule[i], evidence, &failed))
        i++;
    return i;
}

Test(decide, the_index_finds_what_the_walk_finds)
{
    struct err err = { 0 };
    struct rules *rules = rules_load("mappings", &err);
    uint32_t state = 20201104;

    cr_assert_not_null(rules, "%s", err.text);

    uint64_t *hits = xcalloc(rules_count(rules), sizeof *hits);
    size_t reached = 0;

    for (size_t i = 0; i < 200000; i++) {
        uint32_t seed = state;
        struct leg leg = any_leg(rules, &state);
        struct evidence evidence;

        evidence_of(rules, &leg, &evidence);
        size_t found = index_find(rules, &evidence);
        cr_assert_eq(found, walk(rules, &evidence), "seed %u: %s, not %s", seed,
                     rules_id(rules, found), rules_id(rules, walk(rules, &evidence)));
        hits[found]++;
    }
    for (size_t i = 0; i < rules_count(rules); i++)
        reached += hits[i] > 0;
    cr_expect_gt(reached, rules_count(rules) / 2, "the legs are not varied enough");
    free(hits);
    rules_free(rules);
}

static bool same_outcome(const struct outcome *a, const struct outcome *b)
{
    return a->category == b->category && a->confidence == b->confidence &&
           a->alternatives == b->alternatives && a->group == b->group &&
           a->rule == b->rule && a->provider == b->provider && a->release == b->release &&
           a->ended_by == b->ended_by && a->naive_category == b->naive_category &&
           a->answered == b->answered && a->q850_implied == b->q850_implied &&
           a->early_media_seconds == b->early_media_seconds;
}

static void check_meaning(const struct outcome *outcome, size_t leg)
{
    int count = __builtin_popcountll(outcome->alternatives);
    bool undetermined = outcome->category == outcome->taxonomy->undetermined;

    cr_expect((outcome->alternatives >> outcome->category & 1) == 0, "leg %zu", leg);
    cr_expect_eq(undetermined, outcome->confidence == AMBIGUOUS, "leg %zu", leg);
    cr_expect(outcome->confidence != CERTAIN || count == 0, "leg %zu", leg);
    cr_expect(outcome->confidence != PROBABLE || count >= 1, "leg %zu", leg);
    cr_expect(outcome->confidence != AMBIGUOUS || count >= 2, "leg %zu", leg);
    cr_expect_str_eq(outcome->group, outcome_group(outcome->taxonomy, outcome->category,
                                                   outcome->alternatives));
}

Test(decide, outcomes_mean_what_they_say_and_come_out_alike_again)
{
    struct err err = { 0 };
    struct rules *rules = rules_load("mappings", &err);
    uint32_t state = 7;

    cr_assert_not_null(rules, "%s", err.text);
    for (size_t i = 0; i < 50000; i++) {
        struct leg leg = any_leg(rules, &state);
        struct outcome first, again;

        rules_decide(rules, &leg, &first);
        rules_decide(rules, &leg, &again);
        cr_expect(same_outcome(&first, &again), "leg %zu", i);
        cr_expect(leg_answered(&leg) || !first.answered, "leg %zu", i);
        cr_expect(first.answered || leg.bill_seconds <= 0, "leg %zu", i);
        cr_expect(first.release != NULL);
        check_meaning(&first, i);
    }
    rules_free(rules);
}

Test(decide, own_phones_are_no_provider_in_reports)
{
    struct err err = { 0 };
    struct rules *rules = rules_load("mappings", &err);
    struct leg leg = refused("CALL_REJECTED", 603);
    struct outcome outcome;

    cr_assert_not_null(rules, "%s", err.text);
    leg.direction = slice_of("internal");
    rules_decide(rules, &leg, &outcome);
    cr_expect_str_eq(outcome.rule_id, "internal.declined");
    cr_expect_null(outcome.provider);

    leg.gateway = slice_of("Intertelecom");
    rules_decide(rules, &leg, &outcome);
    cr_expect_str_eq(outcome.provider, "intertelecom");
    for (size_t i = 0; i < rules_provider_count(rules); i++)
        cr_expect_str_neq(rules_provider(rules, i).id, "internal");
    cr_expect_eq(rules_provider_count(rules), 2);
    rules_free(rules);
}

Test(decide, tells_who_ended_the_leg_and_what_a_naive_reader_would_say)
{
    static const struct {
        const char *cause, *disposition, *by, *gateway;
        int16_t code;
        char side;
        int32_t billed;
        const char *ended_by, *naive;
    } cases[] = {
        { "CALL_REJECTED", "recv_refuse", NULL, "Vega", 603, 'b', 0, "callee",
          "REJECTED" },
        { "NORMAL_CIRCUIT_CONGESTION", "recv_refuse", NULL, "Vega", 503, 'b', 0,
          "network", "CONGESTION" },
        { "NORMAL_CLEARING", "send_refuse", NULL, NULL, NO_CODE, 'a', 0, "system",
          "ANSWERED" },
        { "ORIGINATOR_CANCEL", "recv_cancel", NULL, NULL, 487, 'a', 0, "caller",
          "CALLER_CANCEL" },
        { "NORMAL_CLEARING", "recv_bye", NULL, NULL, 200, 'a', 9, "caller", "ANSWERED" },
        { "NORMAL_CLEARING", "recv_bye", NULL, "Vega", 200, 'b', 9, "callee",
          "ANSWERED" },
        { "NORMAL_CLEARING", "send_bye", NULL, "Vega", NO_CODE, 'b', 9, NULL,
          "ANSWERED" },
        { "NORMAL_CLEARING", NULL, "B", NULL, 200, 'a', 9, "callee", "ANSWERED" },
        { "NORMAL_CLEARING", NULL, "F", NULL, 200, 'a', 9, "system", "ANSWERED" },
        { "GATEWAY_DOWN", NULL, NULL, NULL, NO_CODE, 'b', 0, "system",
          "LOCAL_UNAVAILABLE" },
        { "USER_BUSY", NULL, NULL, NULL, NO_CODE, 'b', 0, NULL, "BUSY" },
        { "SOMETHING_NEW", NULL, NULL, NULL, NO_CODE, 'b', 0, NULL, "UNDETERMINED" },
    };
    struct err err = { 0 };
    struct rules *rules = rules_load("mappings", &err);

    cr_assert_not_null(rules, "%s", err.text);
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        struct leg leg = refused(cases[i].cause, cases[i].code);
        struct outcome outcome;

        leg.disposition = slice_of(cases[i].disposition);
        leg.hangup_by = slice_of(cases[i].by);
        leg.gateway = slice_of(cases[i].gateway);
        leg.side = cases[i].side;
        leg.bill_seconds = cases[i].billed;
        rules_decide(rules, &leg, &outcome);
        cr_expect_str_eq(outcome.ended_by != NULL ? outcome.ended_by : "-",
                         cases[i].ended_by != NULL ? cases[i].ended_by : "-", "case %zu",
                         i);
        cr_expect_str_eq(rules->taxonomy.category[outcome.naive_category].code,
                         cases[i].naive, "case %zu", i);
    }
    rules_free(rules);
}

Test(decide, explains_every_step)
{
    struct err err = { 0 };
    struct rules *rules = rules_load("mappings", &err);
    struct leg leg = refused("NO_USER_RESPONSE", 480);
    struct buf out = { 0 };
    static const char *const lines[] = {
        "  provider               vega\n",
        "  sip_code               480 (Temporarily Unavailable)\n",
        "      vega.declined                  sip_code is 486; here 480",
        "    > vega.unavailable               decides: UNDETERMINED ambiguous [BUSY, ",
        "  ann_busy was heard, which speaks for BUSY\n",
        "  BUSY probable [UNREACHABLE, INVALID_NUMBER]\n",
        "  the hangup cause alone would say NO_ANSWER\n",
    };

    cr_assert_not_null(rules, "%s", err.text);
    leg.gateway = slice_of("Vega");
    leg.announcement = slice_of("ann_busy");
    rules_explain(rules, &leg, &(struct explanation){ 0 }, &out);
    for (size_t i = 0; i < COUNTOF(lines); i++)
        cr_expect(strstr(buf_cstr(&out), lines[i]) != NULL, "%s in\n%s", lines[i],
                  buf_cstr(&out));
    buf_free(&out);
    rules_free(rules);
}
