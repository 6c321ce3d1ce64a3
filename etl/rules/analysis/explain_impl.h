/*
 * explain_impl.h - what explanations for people and for programs share.
 */
#ifndef ETL_RULES_ANALYSIS_EXPLAIN_IMPL_H
#define ETL_RULES_ANALYSIS_EXPLAIN_IMPL_H

#include "rules/rules_impl.h"

/* "sip_code is 480; here 486 (Busy Here)"; FAILED is NULL: not in force. */
void explain_failure(struct buf *out, const struct rules *rules,
                     const struct evidence *evidence, const struct cond *failed);

/*
 * A line for each value that no mapping knows, of fields whose values are all known: no
 * rule can ask for it, so it may be a slip of the pen.
 */
void explain_remarks(struct buf *out, const struct rules *rules,
                     const struct evidence *evidence);

/* All of it as one JSON object and a line feed. */
void explain_json(const struct rules *rules, const struct evidence *evidence,
                  const struct outcome *outcome, struct buf *out);

#endif
