/*
 * rule_field.c - the fields that rules may ask for.
 */
#include "rules/rule_field.h"

#include "base/base.h"

#define RANGE_OF_TEXT    0, 0
#define RANGE_OF_FLAG    0, 1
#define RANGE_OF_SIP     SIP_MIN, SIP_MAX
#define RANGE_OF_CAUSE   Q850_MIN, Q850_MAX
#define RANGE_OF_SECONDS 0, INT32_MAX

static const struct slot_row slots[] = {
#define X(constant, name, kind, closed) { name, SLOT_##kind, closed, RANGE_OF_##kind },
    SLOTS_OF_EVIDENCE(X)
#undef X
};

_Static_assert(COUNTOF(slots) == SLOT_COUNT, "a row a slot");
_Static_assert(SLOT_COUNT <= 32, "words know their slots by bit");

const struct slot_row *slot_row(enum slot slot)
{
    return &slots[slot];
}

const char *slot_name(enum slot slot)
{
    return slots[slot].name;
}

enum slot slot_named(const char *name)
{
    for (size_t i = 0; i < COUNTOF(slots); i++)
        if (strcmp(slots[i].name, name) == 0)
            return (enum slot)i;
    return SLOT_NONE;
}
