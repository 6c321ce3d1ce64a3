/*
 * rule_text.h - conditions and rules as people read them.
 */
#ifndef ETL_RULES_ANALYSIS_RULE_TEXT_H
#define ETL_RULES_ANALYSIS_RULE_TEXT_H

#include "rules/rules_impl.h"

/* "sip_code is 480 or absent" */
void cond_add(struct buf *out, const struct cond *cond);

/* The conditions and the days of validity, ", " between; OF_PROVIDER: whose legs they are
 * is not told. */
void rule_add_when(struct buf *out, const struct rule *rule, bool of_provider);

/* Id, conditions, outcome and reason, three lines. */
void rule_add(struct buf *out, const struct rules *rules, const struct rule *rule);

/* Can RULE ever decide a leg of PROVIDER?  NULL: of anybody. */
bool rule_concerns(const struct rule *rule, const struct fact *provider);

#endif
