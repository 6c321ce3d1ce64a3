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

enum folder_kind { FOLDER_PROVIDERS, FOLDER_TABLES, FOLDER_CASES };

struct folder_files {
    char **name; /* below the folder: rules/10-housekeeping.json */
    size_t count;
};

/*
 * The files of KIND below DIR: the shipped ones, then those of packs; tables all by
 * file name.
 * False with ERR (EXIT_MAPPING) when DIR has none.  folder_free() in any case.
 */
bool folder_list(const char *dir, enum folder_kind kind, struct folder_files *files,
                 struct err *err) MUST_USE;
void folder_free(struct folder_files *files);

#endif
