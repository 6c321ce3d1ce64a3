/*
 * name_key.h - the database's key for the names of legs without id.
 */
#ifndef ETL_LOADER_NAME_KEY_H
#define ETL_LOADER_NAME_KEY_H

#include "db/db.h"
#include "leg/leg_name.h"

/* Read KEY from HEX digits; false with ERR where they are none. */
bool name_key_read(struct slice hex, unsigned char key[static LEG_NAME_KEY],
                   struct err *err) MUST_USE;

bool name_key_load(struct db *db, unsigned char key[static LEG_NAME_KEY],
                   struct err *err) MUST_USE;

#endif
