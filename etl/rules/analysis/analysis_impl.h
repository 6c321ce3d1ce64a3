/*
 * analysis_impl.h - what lint, list, explain and compare share.
 */
#ifndef ETL_RULES_ANALYSIS_ANALYSIS_IMPL_H
#define ETL_RULES_ANALYSIS_ANALYSIS_IMPL_H

#include "base/table.h"
#include "rules/rules_impl.h"

/* --- the parts of lint, each a line a finding in OUT; they return how many --- */

/* "rules/x.json:3: vega.declined: " */
void finding_begin(struct buf *out, const struct rule *rule);

/* RULE can never hold: a condition that no value meets, or two that exclude each other.
 */
size_t lint_contradiction(const struct rules *rules, const struct rule *rule,
                          struct buf *out);

/* RULE, at AT, gets nothing that several earlier rules leave together. */
size_t lint_union(const struct rules *rules, size_t at, struct buf *out);

/* Carriers that nothing recognises, and patterns of two that cross. */
size_t lint_providers(const struct rules *rules, struct buf *out);

/* --- conditions and rules as people read them --- */

/* "sip_code is 480 or absent" */
void cond_add(struct buf *out, const struct cond *cond);

/* The conditions and the days of validity, ", " between; OF_PROVIDER: whose legs they are
 * is not told. */
void rule_add_when(struct buf *out, const struct rule *rule, bool of_provider);

/* Id, conditions, outcome and reason, three lines. */
void rule_add(struct buf *out, const struct rules *rules, const struct rule *rule);

/* Can RULE ever decide a leg of PROVIDER?  NULL: of anybody. */
bool rule_concerns(const struct rule *rule, const struct fact *provider);

/* --- where the things of two sets stand --- */

/* Ids of rules to their places. */
void compare_index(const struct rules *rules, struct table *places);
int compare_place_of(const struct table *places, const char *id); /* TABLE_NONE */

/*
 * PLACE holds, for each of COUNT things in the order of one set, its place in the other,
 * all different, TABLE_NONE: it has none.  MOVED becomes true for those outside a longest
 * rising run.
 */
void compare_moved(const int *place, size_t count, bool *moved);

/* --- what two sets hold beside rules: categories, causes, announcements, carriers --- */

/*
 * A line in OUT for every entry that AFTER lacks (-) or has more (+), and for every value
 * of an entry that it has otherwise (~).  PROVIDER: of carriers only this one; NULL: all.
 * Returns how many lines.
 */
size_t entries_compare(const struct rules *before, const struct rules *after,
                       const char *provider, struct buf *out);

#endif
