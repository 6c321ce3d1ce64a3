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
#define RANGE_OF_HOUR    0, 23

static const struct rule_field_row fields[] = {
#define X(constant, name, kind, closed)                                                  \
    { name, RULE_FIELD_##kind, closed, RANGE_OF_##kind },
    FIELDS_OF_RULES(X)
#undef X
};

_Static_assert(COUNTOF(fields) == RULE_FIELD_COUNT, "a row a field");
_Static_assert(RULE_FIELD_COUNT <= 64, "a symbol has a bit for each field");

const struct rule_field_row *rule_field_row(enum rule_field field)
{
    return &fields[field];
}

const char *rule_field_name(enum rule_field field)
{
    return fields[field].name;
}

enum rule_field rule_field_named(const char *name)
{
    for (size_t i = 0; i < COUNTOF(fields); i++)
        if (strcmp(fields[i].name, name) == 0)
            return (enum rule_field)i;
    return RULE_FIELD_NONE;
}

struct nearest_hint rule_field_nearest(const char *name)
{
    struct nearest nearest = nearest_to(slice_of(name));

    for (size_t i = 0; i < COUNTOF(fields); i++)
        nearest_try(&nearest, fields[i].name);
    return nearest_hint(&nearest);
}
