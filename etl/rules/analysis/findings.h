/*
 * findings.h - the parts of lint, each a line a finding in OUT; they return how many.
 */
#ifndef ETL_RULES_ANALYSIS_FINDINGS_H
#define ETL_RULES_ANALYSIS_FINDINGS_H

#include "rules/rules_impl.h"

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

/* Is PATH, below a folder, the sheet of a carrier's pack? */
bool lint_is_sheet(const char *path);

/* What is still to be filled in of the sheet DIR/PATH. */
size_t lint_sheet(const char *dir, const char *path, struct buf *out);

#endif
