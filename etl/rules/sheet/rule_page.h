/*
 * rule_page.h - one carrier's rules as a page: its own first, the general ones folded.
 */
#ifndef ETL_RULES_SHEET_RULE_PAGE_H
#define ETL_RULES_SHEET_RULE_PAGE_H

#include "rules/rules_impl.h"

enum rule_page_form { RULE_PAGE_MARKDOWN, RULE_PAGE_HTML };

/* The rules that may decide a leg of PROVIDER, in their order, into OUT.  False with ERR
 * (EXIT_USAGE): there is no such carrier. */
bool rule_page(const struct rules *rules, const char *provider, enum rule_page_form form,
               struct buf *out, struct err *err) MUST_USE;

#endif
