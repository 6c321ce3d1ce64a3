/*
 * history_state.h - what a history left in the database, looked at in SQL.
 *
 * All return false with a line in WHY.
 */
#ifndef TESTS_SUPPORT_HISTORY_STATE_H
#define TESTS_SUPPORT_HISTORY_STATE_H

#include "support/history.h"

/* Empty the schema, and what the checks keep. */
bool state_prepare(struct db *db, struct buf *why);

/* Empty the schema. */
bool state_wipe(struct db *db, struct buf *why);

/*
 * Before a load: remember the legs.  Behind it: as many are new and are told
 * otherwise as REPORT says (none unless KEPT), and of no other anything is said
 * that was not said before.
 */
bool state_look(struct db *db, struct buf *why);
bool state_counts(struct db *db, const struct report *report, bool kept, struct buf *why);

/* No leg is there twice, and the statistics are what counting gives. */
bool state_is_sound(struct db *db, struct buf *why);

/* *ALIKE: all files name gateways, or none does. */
bool state_gateways(struct db *db, bool *alike, struct buf *why);

/* Remember everything as that of SIDE, 1 or 2; are both the same? */
bool state_remember(struct db *db, int side, struct buf *why);
bool state_is_same(struct db *db, struct buf *why);

#endif
