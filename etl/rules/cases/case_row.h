/*
 * case_row.h - rule cases: a row of a CSV file, the leg it stands for, and
 * what is expected of it.
 */
#ifndef ETL_RULES_CASES_CASE_ROW_H
#define ETL_RULES_CASES_CASE_ROW_H

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
    X(SOURCE, "source", false)                                                           \
    X(ID, "id", false)

enum case_column {
#define X(constant, caption, needed) CASE_##constant,
    COLUMNS_OF_CASES(X)
#undef X
        CASE_COLUMNS,
};

struct rule_case {
    size_t line, cells;       /* of the file; how many the line has */
    char *cell[CASE_COLUMNS]; /* owned; never NULL, "" when empty */
};

struct case_file {
    struct rule_case *row; /* owned */
    size_t count, cells;   /* cells: of its first line */
};

/* What the column is called in files. */
const char *case_caption(enum case_column column);

/* The cell, trimmed; absent when it is empty. */
struct slice case_cell(const struct rule_case *row, enum case_column column);

/*
 * `extra` is key=value;key=value: the next of REST, which moves on.  VALUE is absent
 * without =.  One between quotes comes with them, see case_unquoted().
 */
bool case_next_hint(struct slice *rest, struct slice *key, struct slice *value);

/* VALUE without quotes around, and each doubled one once, which SCRATCH then keeps; it
 * must have room. */
struct slice case_unquoted(struct slice value, struct buf *scratch);

/* Nothing is expected yet. */
bool case_is_blank(const struct rule_case *row);

/* The provider of that id or name; NULL. */
const struct provider *case_provider(const struct rules *rules, struct slice name);

/* Read PATH.  False with ERR (EXIT_MAPPING): no such file, no CSV, captions missing. */
bool case_file_read(const char *path, struct case_file *file, struct err *err) MUST_USE;
void case_file_free(struct case_file *file);

/* The leg that ROW stands for; texts of LEG point into ROW and SCRATCH. */
void case_leg(const struct rule_case *row, struct leg *leg, struct buf *scratch);

/* LEG's outcome, with the provider that ROW names by id or name. */
void case_decide(const struct rules *rules, const struct rule_case *row,
                 const struct leg *leg, struct outcome *outcome);

/* Does ROW meet the conditions of RULE, and was nothing heard that has the last word? */
bool case_meets(const struct rules *rules, const struct rule_case *row,
                const struct rule *rule);

struct expected {
    uint8_t category;
    enum confidence confidence;
    category_set alternatives;
};

/*
 * Does ROW of FILE, which stands at PATH, make sense?  A line in OUT for each fault;
 * returns how many.  What is expected goes to EXPECTED.  Of a row whose source is
 * `robustness` or `input hygiene` only that is looked at: it brings on purpose what
 * nobody can read.
 */
#define CASE_SOURCE_ODD "input hygiene"
size_t case_check(const struct rules *rules, const char *path,
                  const struct case_file *file, const struct rule_case *row,
                  struct expected *expected, struct buf *out);

/* True when the checks of inputs find nothing. */
bool case_inputs_are_known(const struct rules *rules, const struct rule_case *row);

#endif
