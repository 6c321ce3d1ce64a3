/*
 * temp.h - a file without a name: whatever ends the program, nothing stays behind.
 *
 * What it holds are calls of people, so it is readable for nobody else either.
 */
#ifndef ETL_BASE_TEMP_H
#define ETL_BASE_TEMP_H

#include <stdio.h>

#include "base/err.h"

/*
 * An empty file in $TMPDIR, or in /tmp, to be written and read; fclose() it.  NULL with
 * ERR (EXIT_USAGE), which names the folder.
 */
FILE *temp_open(struct err *err) MUST_USE;

/*
 * A folder there, for its owner alone, which has a name: whoever asks for it removes it.
 * Owned by the caller; NULL with ERR (EXIT_USAGE).
 */
char *temp_folder(struct err *err) MUST_USE;

/* A write to FILE failed: why, as errno says, and what to do.  Returns false. */
bool temp_failed(struct err *err);

#endif
