/*
 * file.h - writing a file that others read.
 */
#ifndef ETL_BASE_FILE_H
#define ETL_BASE_FILE_H

#include "base/err.h"
#include "base/text.h"

/*
 * Make BYTES the content of PATH, by a file beside it and a rename: readers see the
 * old file or the new one, never a part.  False with ERR (EXIT_INTERNAL).
 */
bool file_replace(const char *path, struct slice bytes, struct err *err) MUST_USE;

#endif
