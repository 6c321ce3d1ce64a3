/*
 * field.c - the table of fields.
 */
#include "record/field.h"

#include <assert.h>

#include "base/base.h"

static const struct {
    const char *name;
    enum field_kind kind;
} fields[] = {
#define X(constant, name, kind) { name, KIND_##kind },
    FIELDS_OF_A_RECORD(X)
#undef X
};

_Static_assert(COUNTOF(fields) == FIELD_COUNT, "a name and a kind for every field");

const char *field_name(enum field field)
{
    assert(field >= 0 && field < FIELD_COUNT);
    return fields[field].name;
}

enum field_kind field_kind(enum field field)
{
    assert(field >= 0 && field < FIELD_COUNT);
    return fields[field].kind;
}

enum field field_named(struct slice name)
{
    for (int f = 0; f < FIELD_COUNT; f++)
        if (slice_is(name, fields[f].name))
            return (enum field)f;
    return FIELD_NONE;
}
