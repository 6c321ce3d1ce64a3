/* leg: neighbours that are one call, and equals that are several. */
#include <criterion/criterion.h>
#include <inttypes.h>

#include "base/base.h"
#include "base/digest.h"
#include "leg/adjacency.h"
#include "leg/duplicate_ordinal.h"
#include "leg/leg_parser.h"
#include "leg/number/number_plan.h"

/* A row of a grid: no ids, whole seconds. */
static struct leg grid_leg(struct leg_parser *parser, const char *destination,
                           const char *direction, int64_t second)
{
    struct leg leg;
    struct reject reject = { 0 };
    char start[32];

    snprintf(start, sizeof start, "%" PRId64, 1604472228 + second);
    struct rec rec = { .field = { [FIELD_STARTED_AT] = slice_of(start),
                                  [FIELD_CALLER] = slice_of("1000"),
                                  [FIELD_DESTINATION] = slice_of(destination),
                                  [FIELD_DURATION] = slice_of("7"),
                                  [FIELD_DIRECTION] = slice_of(direction) } };

    if (*direction == '\0')
        rec.field[FIELD_DIRECTION] = SLICE_NONE;
    cr_assert_eq(leg_parse(parser, &rec, &leg, &reject), LEG_DONE);
    return leg;
}

Test(neighbour, links_the_bare_row_under_its_a_leg)
{
    static const struct {
        const char *destination, *direction;
        int64_t second;
        bool linked;
    } rows[] = {
        { "0636159079", "outbound", 0, false },
        { "380636159079", "", 0, true },  /* the document's own pair */
        { "380636159079", "", 1, true },  /* a failover below the same A-leg */
        { "380636159079", "", 3, false }, /* too late */
        { "0636159079", "outbound", 10, false },
        { "380636159070", "", 10, false }, /* another number */
        { "0636159079", "outbound", 20, false },
        { "9079", "", 20, false }, /* too few digits to tell */
        { "3,80636E+11", "outbound", 30, false },
        { "3,80636E+11", "", 30, false }, /* of these, two digits are known */
        { "3.80636e+11", "outbound", 40, false },
        { "3.80636e+11", "", 40, false },
        { "+380636***079", "outbound", 50, false },
        { "+380636***079", "", 50, false },
        { "+380636***079", "outbound", 60, false },
        { "0636159079", "", 60, false },
        { "+38 (063) 615-90-79", "outbound", 70, false },
        { "0636159079", "", 70, true },
    };
    struct parse_options parse_options = { .day = NO_DAY, .now = 1781049600000 };
    struct leg_parser *parser = leg_parser_new(&parse_options);
    struct adjacency above = { 0 };

    for (size_t i = 0; i < COUNTOF(rows); i++) {
        struct leg leg =
            grid_leg(parser, rows[i].destination, rows[i].direction, rows[i].second);

        adjacency_link(&above, &leg,
                       &(struct dialled_number){ leg.destination, leg.destination_e164 });
        cr_expect_eq(leg.linked_by == LINK_ADJACENCY, rows[i].linked, "row %zu", i);
        cr_expect_eq(leg.side, rows[i].linked ? 'b' : 'a', "row %zu", i);
    }
    leg_parser_free(parser);
}

/* What is known of two numbers tells more than how they end. */
Test(neighbour, numbers_that_are_known_are_compared_whole)
{
    static const struct {
        const char *a, *b;
        bool linked;
    } rows[] = {
        { "0636159079", "+38 (063) 615-90-79", true },
        { "80636159079", "00380636159079", true },
        { "636159079", "380636159079", true },
        { "0636159079", "+48636159079", false }, /* in Poland */
        { "77012345678", "380012345678", true }, /* one is unknown: they end alike */
        { "0636159079", "***159079", false },
    };
    struct err err = { 0 };
    struct number_plan *plan = number_plan_load("mappings", &err);
    struct parse_options parse_options = { .day = NO_DAY,
                                           .now = 1781049600000,
                                           .numbers = plan };
    struct leg_parser *parser = leg_parser_new(&parse_options);

    cr_assert_not_null(plan, "%s", err.text);
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        struct adjacency above = { 0 };
        struct leg leg = grid_leg(parser, rows[i].a, "outbound", 0);
        struct dialled_number number = { leg.destination, leg.destination_e164 };

        adjacency_link(&above, &leg, &number);
        leg = grid_leg(parser, rows[i].b, "", 0);
        number = (struct dialled_number){ leg.destination, leg.destination_e164 };
        adjacency_link(&above, &leg, &number);
        cr_expect_eq(leg.linked_by == LINK_ADJACENCY, rows[i].linked, "%s and %s",
                     rows[i].a, rows[i].b);
    }
    leg_parser_free(parser);
    number_plan_free(plan);
}

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
