/*
 * case_list.h - the case files of all mapping folders.
 *
 * A site that decides otherwise than the shipped rules says so in a case of its own: of
 * cases with the same inputs the one of the last folder counts, the others are passed
 * over.
 */
#ifndef ETL_RULES_CASES_CASE_LIST_H
#define ETL_RULES_CASES_CASE_LIST_H

#include "base/table.h"
#include "rules/rules_impl.h"

struct rule_case;

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

/* True when a folder behind LAYER has a case with the inputs of ROW.  LIST may be NULL.
 */
bool case_list_overrides(const struct case_list *list, size_t layer,
                         const struct rule_case *row);

#endif
