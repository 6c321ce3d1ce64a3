/*
 * forget_keys.h - new names for legs whose numbers were erased.
 *
 * A leg without id is named by what it says (leg/leg_name.h), numbers included: once a
 * number is erased, whoever has the key could find it again by trying.  So such a leg
 * gets the name of what it says now, which is the name that the loader gives to the same
 * record when it comes again.
 */
#ifndef ETL_LOADER_RETENTION_FORGET_KEYS_H
#define ETL_LOADER_RETENTION_FORGET_KEYS_H

#include "db/db.h"

/*
 * Rename the legs that start in [FROM, TO), two instants as text, and are not named by
 * what they say; and wherever else their keys stand.  In the caller's transaction, under
 * the lock; doing it again changes nothing.
 */
bool forget_keys(struct db *db, const char *from, const char *to,
                 struct err *err) MUST_USE;

#endif
