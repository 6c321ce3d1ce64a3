/*
 * turns.h - loads of one run beside each other, and which of them must be alone.
 *
 * Several connections load a file each.  Where one must be alone, for it makes a
 * partition or meets what cannot be done beside others, it asks whoever leads the run,
 * and waits, in no transaction, until nobody else is in one.
 */
#ifndef ETL_LOADER_BESIDE_TURNS_H
#define ETL_LOADER_BESIDE_TURNS_H

#include <stdint.h>

#include "base/err.h"

struct turns {
    bool (*alone)(void *to, struct err *err);    /* wait until nobody else loads */
    bool (*together)(void *to, struct err *err); /* let others load again */
    void *to;
    bool is_alone;
};

/* Nobody loads beside us; TURNS NULL: nobody ever does. */
bool turns_is_alone(const struct turns *turns);

/*
 * How long to wait for the lock, of WAIT seconds: who is alone in his run waits for what
 * the server still does for one that was killed.
 */
uint32_t turns_wait(const struct turns *turns, uint32_t wait);

/* Begin to be alone, and end it; outside of a transaction, and TURNS is not NULL. */
bool turns_alone(struct turns *turns, struct err *err) MUST_USE;
bool turns_together(struct turns *turns, struct err *err) MUST_USE;

/* Fill ERR: WHAT cannot be done beside others.  Returns false. */
bool turns_disturbed(struct err *err, const char *what);

#endif
