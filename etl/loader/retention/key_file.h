/*
 * key_file.h - a secret out of a file that nobody else may read.
 */
#ifndef ETL_LOADER_RETENTION_KEY_FILE_H
#define ETL_LOADER_RETENTION_KEY_FILE_H

#include "base/buf.h"

enum { KEY_FILE_MIN = 32, KEY_FILE_MAX = 4096 }; /* bytes */

/*
 * Append the content of PATH, without a line end behind it; NULL: of the credential
 * pseudonym-key, where systemd gave one.  False with ERR (EXIT_USAGE).
 */
bool key_file_read(const char *path, struct buf *key, struct err *err) MUST_USE;

#endif
