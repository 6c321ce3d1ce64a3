/*
 * rules/lint, list: what looks like a mistake, and what differs.
 */
#include <criterion/criterion.h>

#include "base/base.h"
#include "rules/rules_impl.h"

#define RULE(id, when, category)                                                         \
    "{\"id\":\"" id "\",\"when\":{" when "},\"why\":\"because\",\"then\":{\"category\":" \
    "\"" category "\",\"confidence\":\"certain\"}}"
#define DATED(id, when, valid, category)                                                 \
    "{\"id\":\"" id "\",\"when\":{" when "},\"valid\":{" valid                           \
    "},\"why\":\"because\",\"then\":{\"category\":\"" category                           \
    "\",\"confidence\":\"certain\"}}"
#define TAIL                                                                             \
    "{\"id\":\"default\",\"why\":\"because\",\"then\":{\"category\":\"UNDETERMINED\","   \
    "\"confidence\":\"ambiguous\",\"alternatives\":[\"BUSY\",\"NO_ANSWER\"]}}"

static struct rules *load(const char *rules_text)
{
    struct err err = { 0 };
    struct rules *rules = rules_facts("mappings", NULL, &err);
    char table[4096];

    cr_assert_not_null(rules, "%s", err.text);
    (void)snprintf(table, sizeof table, "{\"rules\":[\n%s]}", rules_text);
    cr_assert(rules_add_table(rules, "rules/x.json", slice_of(table), &err) &&
                  rules_complete(rules, &err),
              "%s", err.text);
    return rules;
}

/* The findings about rules; categories that nothing leads to are counted apart. */
static void expect_findings(const char *rules_text, const char *expected)
{
    struct rules *rules = load(rules_text);
    struct buf out = { 0 };

    cr_expect_gt(rules_lint(rules, &out), 0, "most categories are unused here");

    char *end = strstr(buf_cstr(&out), "categories.json: ");

    cr_assert_not_null(end);
    *end = '\0';
    cr_expect_str_eq(out.s, expected);
    buf_free(&out);
    rules_free(rules);
}

Test(lint, an_exception_before_its_rule_is_no_finding)
{
    expect_findings(RULE("a", "\"sip_code\":486,\"queue\":\"x\"",
                         "BUSY") "," RULE("b", "\"sip_code\":486", "REJECTED") "," TAIL,
                    "");
}

Test(lint, rules_that_cross_are_found)
{
    expect_findings(RULE("a", "\"sip_code\":[480,486]", "BUSY") ",\n" RULE(
                        "b", "\"sip_code\":[486,603]", "REJECTED") "," TAIL,
                    "rules/x.json:3: b: crosses a, which decides otherwise where both "
                    "hold\n");
    expect_findings(RULE("a", "\"sip_code\":[480,486]", "BUSY") ",\n" RULE(
                        "b", "\"sip_code\":[486,603]", "BUSY") "," TAIL,
                    "");
}

Test(lint, periods_of_one_condition_that_overlap_are_found)
{
    expect_findings(
        DATED("a", "\"sip_code\":486", "\"to\":\"2024-01-01\"", "BUSY") ",\n" DATED(
            "b", "\"sip_code\":486", "\"from\":\"2023-01-01\"", "REJECTED") "," TAIL,
        "rules/x.json:3: b: is not reached while a is in force too\n");
    expect_findings(
        DATED("a", "\"sip_code\":486", "\"to\":\"2024-01-01\"", "BUSY") ",\n" DATED(
            "b", "\"sip_code\":486", "\"from\":\"2024-01-01\"", "REJECTED") "," TAIL,
        "");
}

Test(lint, a_rule_hidden_for_a_while_is_found)
{
    expect_findings(DATED("a", "\"sip_code\":486", "\"to\":\"2024-01-01\"",
                          "BUSY") ",\n" RULE("b", "\"sip_code\":486,\"queue\":\"x\"",
                                             "REJECTED") "," TAIL,
                    "rules/x.json:3: b: is not reached while a is in force too\n");
}

Test(lint, a_rule_without_a_reason_is_found)
{
    expect_findings("{\"id\":\"a\",\"when\":{\"sip_code\":486},\"then\":{\"category\":"
                    "\"BUSY\",\"confidence\":\"certain\"}}," TAIL,
                    "rules/x.json:2: a: gives no reason (why)\n");
}

Test(lint, categories_nothing_leads_to_are_found)
{
    struct rules *rules = load(TAIL);
    struct buf out = { 0 };

    (void)rules_lint(rules, &out);
    cr_expect(strstr(buf_cstr(&out), "categories.json: REJECTED: no rule and no "
                                     "announcement leads to it\n") != NULL);
    cr_expect(strstr(buf_cstr(&out), "NO_ANSWER:") == NULL, "an alternative");
    cr_expect(strstr(buf_cstr(&out), "CONGESTION:") == NULL, "an announcement");
    buf_free(&out);
    rules_free(rules);
}

Test(lint, lists_what_concerns_a_provider)
{
    struct rules *rules = load(RULE("v", "\"provider\":\"vega\"", "BUSY") "," RULE(
        "i", "\"provider\":\"intertelecom\"",
        "REJECTED") "," RULE("o", "\"provider\":{\"not\":\"vega\"},\"q850\":[17,null]",
                             "BUSY") "," TAIL);
    struct buf out = { 0 };
    struct err err = { 0 };

    cr_assert(rules_list(rules, "vega", &out, &err));
    cr_expect(strstr(buf_cstr(&out), "provider is vega") != NULL);
    cr_expect(strstr(buf_cstr(&out), "intertelecom") == NULL);
    cr_expect(strstr(buf_cstr(&out), "q850") == NULL);
    cr_expect(strstr(buf_cstr(&out), "always") != NULL);
    buf_reset(&out);
    cr_assert(rules_list(rules, NULL, &out, &err));
    cr_expect(strstr(buf_cstr(&out), "provider is not vega, q850 is 17 or absent") !=
                  NULL,
              "%s", buf_cstr(&out));
    cr_expect_not(rules_list(rules, "vegas", &out, &err));
    cr_expect_eq(err.code, EXIT_USAGE);
    cr_expect_str_eq(err.text, "provider \"vegas\" is not in providers.json; did you "
                               "mean \"vega\"?");
    buf_free(&out);
    rules_free(rules);
}

Test(lint, tells_two_sets_apart_by_their_rules)
{
    struct rules *before = load(RULE("a", "\"sip_code\":486", "BUSY") "," RULE(
        "gone", "\"sip_code\":480", "NO_ANSWER") "," TAIL);
    struct rules *after = load(RULE("a", "\"sip_code\":486", "REJECTED") "," RULE(
        "new", "\"sip_code\":603", "REJECTED") "," TAIL);
    struct buf out = { 0 };

    cr_expect_eq(rules_compare(before, before, NULL, &out).rules, 0);
    cr_expect_eq(out.len, 0);
    cr_expect_eq(rules_compare(before, after, NULL, &out).rules, 3);
    cr_expect(strstr(buf_cstr(&out), "- gone\n") != NULL);
    cr_expect(strstr(buf_cstr(&out), "~  a ") != NULL);
    cr_expect(strstr(buf_cstr(&out), "+  new ") != NULL);
    cr_expect(strstr(buf_cstr(&out), "default") == NULL);
    buf_free(&out);
    rules_free(before);
    rules_free(after);
}
