/*
 * reread.h - exports that are read more than once, whatever they come from.
 */
#ifndef ETL_COMMANDS_SHARED_REREAD_H
#define ETL_COMMANDS_SHARED_REREAD_H

#include <stdio.h>

#include "base/err.h"

/*
 * A pipe can be read once: what comes out of it is put into a file, *KEPT, which takes
 * its place as standard input.  A pipe with a name, as <(COMMAND) makes one, takes that
 * place first, and *PATH becomes "-".  Everything else stays as it is, *KEPT NULL; the
 * caller closes the file.  False with ERR: EXIT_INPUT, or EXIT_USAGE where there is no
 * room.
 */
bool reread_open(const char **path, FILE **kept, struct err *err) MUST_USE;

#endif
