/*
 * mapping_path.h - which mapping folders a run uses.
 *
 * A folder that holds a whole set (categories, causes, rules and profiles) stands in
 * place of the shipped one; any other is laid over it.  Nobody names one: the shipped
 * folder, and over it the site's, where it exists.
 */
#ifndef ETL_COMMANDS_SHARED_MAPPING_PATH_H
#define ETL_COMMANDS_SHARED_MAPPING_PATH_H

#include <stddef.h>

/* Where packages and administrators put a site's own mappings. */
#define SITE_MAPPINGS "/etc/cdretl/mappings"

/*
 * The folders as rules_load() takes them, colons between.  GIVEN: values of --mappings,
 * each one folder or several with colons; PREFIX: where the program is installed.
 * Owned by the caller.
 */
char *mapping_path(const char *const *given, size_t count, const char *prefix);

#endif
