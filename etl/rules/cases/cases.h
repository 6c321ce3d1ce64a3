/*
 * cases.h - rule cases: a row of a CSV file, the leg it stands for, and what is expected
 * of it; the files of all folders; a leg written as a row.
 */
#ifndef ETL_RULES_CASES_CASES_H
#define ETL_RULES_CASES_CASES_H

#include "base/buf.h"
#include "base/table.h"
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
 * without =.  One between quotes comes with them.
 */
bool case_next_hint(struct slice *rest, struct slice *key, struct slice *value);

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

/*
 * The case files of all mapping folders.
 *
 * A site that decides otherwise than the shipped rules says so in a case of its own: of
 * cases with the same inputs the one of the last folder counts, the others are passed
 * over.
 */

struct case_path {
    char *path; /* owned */
    size_t layer;
};

struct case_list {
    struct case_path *file; /* owned */
    size_t count;
    struct table inputs; /* of cases of later folders, to the last one's number */
    char **kept;         /* their texts; owned */
    size_t nkept;
};

/* False with ERR (EXIT_MAPPING).  case_list_free() in any case. */
bool case_list_load(const struct rules *rules, struct case_list *list,
                    struct err *err) MUST_USE;
void case_list_free(struct case_list *list);

/* True when a folder behind LAYER has a case with the inputs of ROW. */
bool case_list_overrides(const struct case_list *list, size_t layer,
                         const struct rule_case *row);

/*
 * A leg as a rule case: all that rules may ask of it, in the columns of
 * case files, and nothing of what it came to.
 *
 * Whoever reads the row again gets a leg of the same evidence, whatever texts the leg
 * has: a value that `extra` could not hold as it is stands between quotes.
 */

/* How a rationale begins that only says what is decided today. */
#define CASE_TODAY "today "

/* What people are told of a row beside its evidence. */
struct case_origin {
    const char *id, *source;
};

/*
 * LEG as a row without expectation; case_row_free() it.  What is decided today, OUTCOME,
 * stands where the owner's reason will: it tells what to look at.  A row with words that
 * no mapping knows has `input hygiene` for its source, so that it can be read.
 */
void case_of_leg(const struct rules *rules, const struct leg *leg,
                 const struct outcome *outcome, const struct case_origin *origin,
                 struct rule_case *row);
void case_row_free(struct rule_case *row);

/* The line of captions, a row as a line, and a row as a JSON object; with a line feed but
 * for the last. */
void case_add_header(struct buf *out);
void case_add_csv(struct buf *out, const struct rule_case *row);
void case_add_json(struct buf *out, const struct rule_case *row);

/* --- what the checks of a case share --- */

/* The row being looked at, and where complaints go. */
struct case_check {
    const struct rules *rules;
    const char *path;
    const struct rule_case *row;
    struct buf *out;
    size_t faults;
};

/* A line in OUT: file, line, id, COLUMN, what is wrong. */
void case_fault(struct case_check *check, const char *column, const char *format, ...)
    PRINTF_LIKE(3, 4);

bool case_is_known(const struct rules *rules, enum rule_field field, struct slice text);

/* TEXT is no value of FIELD; the fault names the nearest. */
void case_unknown(struct case_check *check, const char *column, enum rule_field field,
                  struct slice text);

/* TEXT, which may be absent, is a cause; whole seconds; a time with zone. */
void case_check_cause(struct case_check *check, const char *column, struct slice text);
void case_check_seconds(struct case_check *check, const char *column, struct slice text);
void case_check_instant(struct case_check *check, const char *column, struct slice text);

/* Keys and values of `extra`. */
void case_check_hints(struct case_check *check);

#endif
