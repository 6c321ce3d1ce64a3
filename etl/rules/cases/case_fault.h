/*
 * case_fault.h - what the checks of a case share.
 */
#ifndef ETL_RULES_CASES_CASE_FAULT_H
#define ETL_RULES_CASES_CASE_FAULT_H

#include "rules/cases/cases.h"

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
