/*
 * evidence.h - the shipped rules and others, a leg that nobody answered, and what it
 * proves.
 */
#ifndef TESTS_SUPPORT_EVIDENCE_H
#define TESTS_SUPPORT_EVIDENCE_H

#include "rules/rules_impl.h"

/* Read by evidence_setup(), for a suite's .init; given back by evidence_teardown(). */
extern struct rules *evidence_rules;

void evidence_setup(void);
void evidence_teardown(void);

/* A B-leg of 20 s without anything but that. */
struct leg evidence_unanswered(void);

/* What EVIDENCE has in FIELD: a number, -1 for none; is it TEXT (NULL: none)? */
int evidence_number(const struct evidence *evidence, enum rule_field field);
bool evidence_is_text(const struct evidence *evidence, enum rule_field field,
                      const char *text);

/*
 * A mapping folder like ./mappings with a carrier more (the trunk Reserve) and rules
 * more, so that some legs get another outcome and others another rule.  It is removed
 * when the program ends.
 */
const char *mappings_otherwise(void);

#endif
