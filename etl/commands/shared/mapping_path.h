/*
 * mapping_path.h - which mapping folders a run uses, by name or as the database keeps
 * them.
 *
 * A folder that holds a whole set (categories, causes, rules and profiles) stands in
 * place of the shipped one; any other is laid over it.  Nobody names one: the shipped
 * folder, and over it the site's, where it exists.
 *
 * Wherever a mapping folder is named, @12 is rule set 12 of the database, and @3fa9c1 the
 * one whose identity begins so.  Its files stand in a temporary folder while a command
 * runs.  A folder that is really called @12 is ./@12.
 */
#ifndef ETL_COMMANDS_SHARED_MAPPING_PATH_H
#define ETL_COMMANDS_SHARED_MAPPING_PATH_H

#include <stddef.h>

#include "base/err.h"

/* Where packages and administrators put a site's own mappings. */
#define SITE_MAPPINGS "/etc/cdretl/mappings"

/*
 * The folders as rules_load() takes them, colons between.  GIVEN: values of --mappings,
 * each one folder or several with colons; PREFIX: where the program is installed.
 * Owned by the caller.
 */
char *mapping_path(const char *const *given, size_t count, const char *prefix);

/* The same, where rule sets of the database may be among them. */
struct mapping_sets {
    char *path;   /* the folders as rules_load() takes them; owned */
    char *folder; /* of stored sets, temporary; owned; NULL: none is named */
};

/*
 * GIVEN: COUNT values of --mappings, each one folder or several with colons; CONNINFO: of
 * the database, asked only for stored sets; PREFIX: where the program is installed.
 * False with ERR; mapping_sets_close() in any case.
 */
bool mapping_sets_open(const char *const *given, size_t count, const char *conninfo,
                       const char *prefix, struct mapping_sets *sets,
                       struct err *err) MUST_USE;
void mapping_sets_close(struct mapping_sets *sets);

#endif
