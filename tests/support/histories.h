/*
 * histories.h - many histories, one after the other.
 */
#ifndef TESTS_SUPPORT_HISTORIES_H
#define TESTS_SUPPORT_HISTORIES_H

#include "support/history.h"

/* Exports and steps out of STATE; HISTORY is empty. */
typedef void (*history_make_fn)(struct history *history, uint64_t *state);

/*
 * Play the histories that MAKE makes, CDRETL_HISTORIES of them (else a few), or
 * the one of CDRETL_SEED.  The first that fails is made smaller and told.
 */
void histories_run(history_make_fn make, const struct history_rules rules[2]);

#endif
