/*
 * case_write.h - a leg as a rule case: all that rules may ask of it, in the columns of
 * case files, and nothing of what it came to.
 *
 * Whoever reads the row again gets a leg of the same evidence, whatever texts the leg
 * has: a value that `extra` could not hold as it is stands between quotes.
 */
#ifndef ETL_RULES_CASES_CASE_WRITE_H
#define ETL_RULES_CASES_CASE_WRITE_H

#include "rules/cases/case_row.h"

/* How a rationale begins that only says what is decided today. */
#define CASE_TODAY "today "

/* What people are told of a row beside its evidence. */
struct case_origin {
    const char *id, *source, *rationale;
};

/* LEG as a row without expectation; case_row_free() it.  A row with words that no mapping
 * knows has `input hygiene` for its source, so that it can be read. */
void case_of_leg(const struct rules *rules, const struct leg *leg,
                 const struct case_origin *origin, struct rule_case *row);
void case_row_free(struct rule_case *row);

/* The cells of a row that are its inputs, as one text: cases alike in it are one. */
void case_inputs(const struct rule_case *row, struct buf *out);

/* The line of captions, a row as a line, and a row as a JSON object; with a line feed but
 * for the last. */
void case_add_header(struct buf *out);
void case_add_csv(struct buf *out, const struct rule_case *row);
void case_add_json(struct buf *out, const struct rule_case *row);

#endif
