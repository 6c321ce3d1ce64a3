/*
 * keys.h - secrets: the database's for the names of legs, and one out of a file.
 */
#ifndef ETL_LOADER_KEYS_H
#define ETL_LOADER_KEYS_H

#include "db/db.h"
#include "leg/leg_name.h"

/*
 * The database's key for the names of legs without id, cdr.secret's row leg_name.
 */

/* Read KEY from HEX digits; false with ERR where they are none. */
bool name_key_read(struct slice hex, unsigned char key[static LEG_NAME_KEY],
                   struct err *err) MUST_USE;

bool name_key_load(struct db *db, unsigned char key[static LEG_NAME_KEY],
                   struct err *err) MUST_USE;

/*
 * A secret out of a file that nobody else may read.
 */

enum { KEY_FILE_MIN = 32, KEY_FILE_MAX = 4096 }; /* bytes */

/*
 * Append the content of PATH, without a line end behind it; NULL: of the credential
 * pseudonym-key, where systemd gave one.  False with ERR (EXIT_USAGE).
 */
bool key_file_read(const char *path, struct buf *key, struct err *err) MUST_USE;

#endif
