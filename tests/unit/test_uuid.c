/* record/uuid: names of legs and calls as text. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "record/uuid.h"

Test(uuid, reads_what_exports_write)
{
    static const char *const same[] = {
        "3f6f6f36-9c21-4a0e-8f77-0123456789ab",    "3F6F6F36-9C21-4A0E-8F77-0123456789AB",
        "{3f6f6f36-9c21-4a0e-8f77-0123456789ab}",  "3f6f6f369c214a0e8f770123456789ab",
        " 3f6f6f36-9c21-4a0e-8f77-0123456789ab\r",
    };
    char text[37];

    for (size_t i = 0; i < COUNTOF(same); i++) {
        struct uuid uuid;

        cr_expect(uuid_read(slice_of(same[i]), &uuid), "%s", same[i]);
        uuid_text(&uuid, text);
        cr_expect_str_eq(text, same[0], "%s", same[i]);
    }
}

Test(uuid, refuses_what_is_none)
{
    static const char *const bad[] = {
        "",
        "-",
        "call-17",
        "3f6f6f36-9c21-4a0e-8f77-0123456789a",
        "3f6f6f36-9c21-4a0e-8f77-0123456789abc",
        "3f6f6f36-9c21-4a0e-8f77-0123456789ag",
        "3f6f6f36 9c21 4a0e 8f77 0123456789ab",
        "3f6f6f369-c21-4a0e-8f77-0123456789ab",
        "{3f6f6f36-9c21-4a0e-8f77-0123456789ab",
        "3f6f6f36-9c21-4a0e-8f77-0123456789a\xff",
    };

    for (size_t i = 0; i < COUNTOF(bad); i++) {
        struct uuid uuid;

        cr_expect_not(uuid_read(slice_of(bad[i]), &uuid), "%s", bad[i]);
    }
}
