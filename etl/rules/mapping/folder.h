/*
 * folder.h - which files a mapping folder holds, and in which order they count.
 *
 * Beside the shipped files, a carrier may come as a pack, one folder with all that
 * is known of it; nothing shipped is touched to add one:
 *
 *     carriers/NAME/provider.json   its entry, as in providers.json
 *     carriers/NAME/NN-NAME.json    its tables; file names order all tables
 *     carriers/NAME/NAME.csv        its cases
 */
#ifndef ETL_RULES_MAPPING_FOLDER_H
#define ETL_RULES_MAPPING_FOLDER_H

#include <stddef.h>

#include "base/err.h"
#include "doc/layers.h"

/* How the name of a table ends that is still filled in, as a sheet: it decides nothing.
 */
#define FOLDER_SHEET ".table.csv"

enum folder_kind { FOLDER_PROVIDERS, FOLDER_TABLES, FOLDER_CASES, FOLDER_PROFILES };

struct folder_file {
    char *name;   /* below its folder: rules/10-housekeeping.json; owned */
    size_t layer; /* which folder it is in */
};

struct folder_files {
    struct folder_file *file;
    size_t count;
};

/*
 * The files of KIND below each folder: its own, then those of packs; tables of all
 * folders by file name.
 * False with ERR (EXIT_MAPPING) when the first has none.  folder_free() in any case.
 */
bool folder_list(const struct layers *layers, enum folder_kind kind,
                 struct folder_files *files, struct err *err) MUST_USE;
void folder_free(struct folder_files *files);

/* The order of tables: by file name, wherever the file stands; then by path. */
int folder_compare(const char *a, const char *b);

#endif
