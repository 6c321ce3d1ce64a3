/*
 * case_row.h - rule cases: a row of a CSV file, the leg it stands for, and
 * what is expected of it.
 */
#ifndef ETL_RULES_ANALYSIS_CASE_ROW_H
#define ETL_RULES_ANALYSIS_CASE_ROW_H

#include "base/buf.h"
#include "rules/rules_impl.h"

/* X(constant, caption, must the file have it?) */
#define COLUMNS_OF_CASES(X)                                                              \
    X(HANGUP_CAUSE, "hangup_cause", true)                                                \
    X(DISPOSITION, "disposition", true)                                                  \
    X(SIP_CODE, "sip_code", true)                                                        \
    X(Q850, "q850", false)                                                               \
    X(PROVIDER, "provider", false)                                                       \
    X(DIRECTION, "direction", false)                                                     \
    X(BILLSEC, "billsec", false)                                                         \
    X(DURATION, "duration", false)                                                       \
    X(HEARD, "md_result", false)                                                         \
    X(CATEGORY, "expected_category", true)                                               \
    X(CONFIDENCE, "confidence", true)                                                    \
    X(ALTERNATIVES, "alternatives", true)                                                \
    X(RATIONALE, "rationale", false)                                                     \
    X(DISPUTED, "disputed", false)                                                       \
    X(GROUP, "expected_group", false)                                                    \
    X(LEG, "leg", false)                                                                 \
    X(CALL, "call_ref", false)                                                           \
    X(LINKED, "expected_if_linked", false)                                               \
    X(EXTRA, "extra", false)                                                             \
    X(ID, "id", false)

enum case_column {
#define X(constant, caption, needed) CASE_##constant,
    COLUMNS_OF_CASES(X)
#undef X
        CASE_COLUMNS,
};

struct rule_case {
    size_t line;
    char *cell[CASE_COLUMNS]; /* owned; never NULL, "" when empty */
};

struct case_file {
    struct rule_case *row; /* owned */
    size_t count;
};

/* Read PATH.  False with ERR (EXIT_MAPPING): no such file, no CSV, captions missing. */
bool case_file_read(const char *path, struct case_file *file, struct err *err) MUST_USE;
void case_file_free(struct case_file *file);

/* The leg that ROW stands for; texts of LEG point into ROW and SCRATCH. */
void case_leg(const struct rule_case *row, struct leg *leg, struct buf *scratch);

/* LEG's outcome, with the provider that ROW names by id or name. */
void case_decide(const struct rules *rules, const struct rule_case *row,
                 const struct leg *leg, struct outcome *outcome);

/* What was expected, read; false with ERR when ROW itself makes no sense. */
struct expected {
    uint8_t category;
    enum confidence confidence;
    category_set alternatives;
};
bool case_expected(const struct rules *rules, const char *path,
                   const struct rule_case *row, struct expected *expected,
                   struct err *err) MUST_USE;

/* "NO_ANSWER probable [BUSY, UNREACHABLE]" */
void outcome_add(struct buf *out, const struct taxonomy *taxonomy, uint8_t category,
                 enum confidence confidence, category_set alternatives);

/* "sip_code is 480 or absent" */
void cond_add(struct buf *out, const struct cond *cond);

/* Id, conditions, outcome and reason, three lines. */
void rule_add(struct buf *out, const struct rules *rules, const struct rule *rule);

/* Can RULE ever decide a leg of PROVIDER?  NULL: of anybody. */
bool rule_concerns(const struct rule *rule, const struct fact *provider);

#endif
