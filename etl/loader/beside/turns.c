/*
 * turns.c - alone, or together with others.
 */
#include "loader/beside/turns.h"

#include <assert.h>
#include <stddef.h>

enum { TURNS_WAIT = 30 }; /* seconds */

bool turns_is_alone(const struct turns *turns)
{
    return turns == NULL || turns->is_alone;
}

uint32_t turns_wait(const struct turns *turns, uint32_t wait)
{
    bool is_led = turns != NULL && turns->is_alone;

    return is_led && wait < TURNS_WAIT ? TURNS_WAIT : wait;
}

bool turns_alone(struct turns *turns, struct err *err)
{
    assert(!turns->is_alone);
    turns->is_alone = turns->alone(turns->to, err);
    return turns->is_alone;
}

bool turns_together(struct turns *turns, struct err *err)
{
    assert(turns->is_alone);
    turns->is_alone = false;
    return turns->together(turns->to, err);
}

bool turns_disturbed(struct err *err, const char *what)
{
    if (err->code == EXIT_DONE)
        err->is_disturbed = true;
    return err_set(err, EXIT_LOCKED, "%s, beside others that load", what);
}
