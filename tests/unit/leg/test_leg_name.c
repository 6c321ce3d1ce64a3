/* leg/leg_name, record/uuid: names of legs, given and made. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "leg/leg_name.h"
#include "record/uuid.h"

static struct leg grid_leg(void)
{
    return (struct leg){ .started_at = INT64_C(1604471667000),
                         .duration = 60,
                         .bill_seconds = 0,
                         .talk_seconds = NO_SECONDS,
                         .bridge_seconds = 17,
                         .sip_code = NO_CODE,
                         .caller = slice_of("1001"),
                         .destination = slice_of("380671234567"),
                         .direction = slice_of("outbound"),
                         .extension = slice_of("1001"),
                         .hangup_cause = slice_of("NO_ANSWER"),
                         .disposition = slice_of("send_cancel") };
}

static void is_named(const struct leg *leg, const char *expected)
{
    char text[37];

    uuid_text(&leg->key, text);
    cr_expect_str_eq(text, expected);
}

Test(leg_name, equals_are_told_apart_by_their_ordinal)
{
    static const char *const names[] = { "fff7fb48-5c86-8063-b3e8-97761fee3ff1",
                                         "37ed5919-ce84-8ecd-8325-19790dd10212",
                                         "9680002a-fd6c-8dfd-94c1-8bbc7ef68591" };
    struct leg_names *file = leg_names_new(NULL), *other_file = leg_names_new(NULL);

    for (size_t i = 0; i < COUNTOF(names); i++) {
        struct leg leg = grid_leg(), again = grid_leg();

        leg_name(file, &leg);
        is_named(&leg, names[i]);
        cr_expect(uuid_equal(&leg.call_key, &leg.key), "it stands alone");
        leg_name(other_file, &again);
        is_named(&again, names[i]);
        again.key = leg_name_of(file, &again, i);
        is_named(&again, names[i]);
    }
    leg_names_free(file);
    leg_names_free(other_file);
    leg_names_free(NULL);
}

Test(leg_name, is_packed_bytewise)
{
    struct leg leg = { .started_at = -5,
                       .duration = 10000000,
                       .bill_seconds = NO_SECONDS,
                       .talk_seconds = 300,
                       .sip_code = 486,
                       .destination = slice_of("+38 (063) 615") };
    struct leg_names *names = leg_names_new(NULL);

    leg_name(names, &leg);
    is_named(&leg, "408d9b4c-40ed-852c-ae9a-3b6b0f9320d1");
    leg_names_free(names);
}

Test(leg_name, belongs_to_the_key)
{
    static const unsigned char key[LEG_NAME_KEY] = { 0, 1, 2,  3,  4,  5,  6,  7,
                                                     8, 9, 10, 11, 12, 13, 14, 15 };
    struct leg_names *names = leg_names_new(key);
    struct leg leg = grid_leg();

    leg_name(names, &leg);
    is_named(&leg, "c9cfbd0b-991e-8e18-935b-625eec3c1d1c");
    leg_names_free(names);
}

Test(leg_name, every_part_counts)
{
    struct leg_names *names = leg_names_new(NULL);
    struct leg alike[12], with_parent = grid_leg();

    for (size_t i = 0; i < COUNTOF(alike); i++)
        alike[i] = grid_leg();
    alike[1].started_at += 1;
    alike[2].duration += 1;
    alike[3].bill_seconds += 1;
    alike[4].talk_seconds += 1;
    alike[5].sip_code = 486;
    alike[6].caller = slice_of("1002");
    alike[7].destination = slice_of("380671234568");
    alike[8].direction = SLICE_NONE;
    alike[9].extension = slice_of("outbound1001"); /* no sliding from cell to cell */
    alike[10].hangup_cause = slice_of("NO_ANSWERS");
    alike[11].disposition = slice_of("end_cancel");
    for (size_t i = 0; i < COUNTOF(alike); i++) {
        leg_name(names, &alike[i]);
        for (size_t k = 0; k < i; k++)
            cr_expect_not(uuid_equal(&alike[i].key, &alike[k].key), "%zu %zu", i, k);
    }
    with_parent.linked_by = LINK_ID;
    with_parent.call_key = alike[0].key;
    leg_name(names, &with_parent);
    cr_expect(uuid_equal(&with_parent.call_key, &alike[0].key), "the parent's");
    leg_names_free(names);
}

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
