/*
 * entries.h - what mapping files hold beside rules: categories, causes, announcements,
 * carriers, each with its name, in two sets.
 */
#ifndef ETL_RULES_ANALYSIS_ENTRIES_H
#define ETL_RULES_ANALYSIS_ENTRIES_H

#include "rules/rules_impl.h"

/*
 * A line in OUT for every entry that AFTER lacks (-) or has more (+), and for every value
 * of an entry that it has otherwise (~).  PROVIDER: of carriers only this one; NULL: all.
 * Returns how many lines.
 */
size_t entries_compare(const struct rules *before, const struct rules *after,
                       const char *provider, struct buf *out);

#endif
