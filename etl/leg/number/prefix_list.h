/*
 * prefix_list.h - who was given which numbers, for reports.
 *
 * mappings/prefixes.json names ranges of numbers by their first digits.  Nothing that is
 * decided depends on it: the database reads it, cdr.number_prefix.
 */
#ifndef ETL_LEG_NUMBER_PREFIX_LIST_H
#define ETL_LEG_NUMBER_PREFIX_LIST_H

#include "base/buf.h"
#include "base/err.h"
#include "doc/layers.h"

/*
 * prefixes.json of the folders of PATH (colons between them), checked, into OUT: a JSON
 * array with prefix, country, operator and kind of each range.  Empty: no folder has one.
 * False with ERR (EXIT_MAPPING): file, key, why.
 */
bool prefix_list_load(const char *path, struct buf *out, struct err *err) MUST_USE;
bool prefix_list_read(const struct layers *layers, struct buf *out,
                      struct err *err) MUST_USE;

/* Every fault of them to FAULTS.  False with ERR: there is nothing to read. */
bool prefix_list_check(const char *path, struct doc_faults *faults,
                       struct err *err) MUST_USE;

#endif
