/*
 * evidence.c - the shipped rules, a leg that nobody answered, and what it proves.
 */
#include "support/evidence.h"

#include <criterion/criterion.h>

#include "base/base.h"

struct rules *evidence_rules;

void evidence_setup(void)
{
    struct err err = { 0 };

    evidence_rules = rules_load("mappings", &err);
    cr_assert_not_null(evidence_rules, "%s", err.text);
}

void evidence_teardown(void)
{
    rules_free(evidence_rules);
}

struct leg evidence_unanswered(void)
{
    return (struct leg){ .side = 'b',
                         .started_at = 0,
                         .answered_at = NO_TIME,
                         .bridged_at = NO_TIME,
                         .ended_at = NO_TIME,
                         .media_at = NO_TIME,
                         .rang_at = NO_TIME,
                         .duration = 20,
                         .bill_seconds = 0,
                         .talk_seconds = NO_SECONDS,
                         .bridge_seconds = NO_SECONDS,
                         .pdd_seconds = NO_SECONDS,
                         .ring_seconds = NO_SECONDS,
                         .wait_seconds = NO_SECONDS,
                         .hold_seconds = NO_SECONDS };
}

int evidence_number(const struct evidence *evidence, enum rule_field field)
{
    return evidence->fact[field].present ? evidence->fact[field].number : -1;
}

bool evidence_is_text(const struct evidence *evidence, enum rule_field field,
                      const char *text)
{
    return evidence->fact[field].present ? slice_is(evidence->fact[field].text, text)
                                         : text == NULL;
}
