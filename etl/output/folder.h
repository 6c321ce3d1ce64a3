/*
 * folder.h - a folder that is filled before anybody sees it.
 */
#ifndef ETL_OUTPUT_FOLDER_H
#define ETL_OUTPUT_FOLDER_H

#include "base/err.h"
#include "base/text.h"

/*
 * A new, empty folder beside DIR, for rename() to put in its place when it is full. Owned
 * by the caller; NULL with ERR (EXIT_USAGE).
 */
char *folder_new_beside(const char *dir, struct err *err) MUST_USE;

/*
 * A new file NAME below DIR, with the folders that it needs.  NAME is trusted.  False
 * with ERR (EXIT_USAGE).
 */
bool folder_add_file(const char *dir, const char *name, struct slice bytes,
                     struct err *err) MUST_USE;

/* Remove DIR and all that is in it, as well as it goes. */
void folder_remove(const char *dir);

#endif
