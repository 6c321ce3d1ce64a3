/* record/ordinal.h: equals of a nameless leg are told apart, and memory has an end. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "base/digest.h"
#include "leg/duplicate_ordinal.h"

static struct uuid named(uint32_t number)
{
    struct digest *digest = digest_new();
    unsigned char sum[DIGEST_BYTES];

    digest_add(digest, &number, sizeof number);
    digest_finish(digest, sum);
    digest_free(digest);
    return uuid_named(sum);
}

static uint32_t next(struct duplicate_ordinals *ordinals, uint32_t number)
{
    const struct uuid name = named(number);

    return duplicate_ordinals_next(ordinals, &name);
}

/* COUNT names that nobody else asks for, each for the first time. */
static void ask_for_others(struct duplicate_ordinals *ordinals, uint32_t first,
                           uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        cr_assert_eq(next(ordinals, first + i), 0, "name %u", first + i);
}

Test(ordinal, every_name_counts_its_own)
{
    struct duplicate_ordinals *ordinals = duplicate_ordinals_new();

    for (uint32_t before = 0; before < 300; before++)
        for (uint32_t number = 0; number < 10; number++)
            cr_assert_eq(next(ordinals, number), before, "name %u", number);
    duplicate_ordinals_free(ordinals);
}

/* Names that a table would put side by side are different names all the same. */
Test(ordinal, names_that_differ_in_one_byte_are_two)
{
    struct duplicate_ordinals *ordinals = duplicate_ordinals_new();

    for (uint32_t before = 0; before < 2; before++)
        for (int at = 0; at < 16; at++)
            for (int byte = 1; byte < 256; byte++) {
                struct uuid name = { 0 };

                name.b[at] = (unsigned char)byte;
                cr_assert_eq(duplicate_ordinals_next(ordinals, &name), before,
                             "byte %d is %d", at, byte);
            }
    duplicate_ordinals_free(ordinals);
}

Test(ordinal, a_window_later_the_count_goes_on)
{
    struct duplicate_ordinals *ordinals = duplicate_ordinals_new();
    const uint32_t ours = UINT32_MAX;

    for (uint32_t turn = 0; turn < 5; turn++) {
        cr_assert_eq(next(ordinals, ours), turn);
        ask_for_others(ordinals, turn * ORDINAL_WINDOW, ORDINAL_WINDOW - 1);
    }
    duplicate_ordinals_free(ordinals);
}

Test(ordinal, what_is_long_past_is_forgotten)
{
    struct duplicate_ordinals *ordinals = duplicate_ordinals_new();
    const uint32_t ours = UINT32_MAX;

    cr_assert_eq(next(ordinals, ours), 0);
    cr_assert_eq(next(ordinals, ours), 1);
    ask_for_others(ordinals, 0, 2 * ORDINAL_WINDOW);
    cr_assert_eq(next(ordinals, ours), 0);
    duplicate_ordinals_free(ordinals);
}
