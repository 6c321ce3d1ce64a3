/*
 * reject.c - the names of the reject codes.
 */
#include "record/reject.h"

#include <assert.h>

#include "base/base.h"

static const char *const names[] = {
    [REJECT_BAD_ENCODING] = "bad_encoding",
    [REJECT_BAD_SHAPE] = "bad_shape",
    [REJECT_TOO_LONG] = "too_long",
    [REJECT_BAD_TIME] = "bad_time",
    [REJECT_NO_TIME] = "no_time",
    [REJECT_SKIPPED_TIME] = "skipped_time",
    [REJECT_AMBIGUOUS_TIME] = "ambiguous_time",
    [REJECT_FUTURE_TIME] = "future_time",
    [REJECT_BAD_NUMBER] = "bad_number",
    [REJECT_BAD_UUID] = "bad_uuid",
    [REJECT_NO_IDENTITY] = "no_identity",
    [REJECT_BAD_NESTING] = "bad_nesting",
    [REJECT_PURGED] = "purged",
};

_Static_assert(COUNTOF(names) == REJECT_COUNT, "a name for every code");

const char *reject_name(enum reject_code code)
{
    assert(code >= 0 && code < REJECT_COUNT);
    return names[code];
}
