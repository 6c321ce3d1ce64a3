/* record/ordinal, neighbour: legs of exports that name neither leg nor call. */
#include <criterion/criterion.h>
#include <inttypes.h>

#include "base/base.h"
#include "leg/adjacency.h"
#include "leg/leg_parser.h"

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

Test(leg, nameless_legs_are_named_by_content_and_ordinal)
{
    struct parse_options parse_options = { .day = NO_DAY, .now = 1781049600000 };
    struct leg_parser *one = leg_parser_new(&parse_options),
                      *two = leg_parser_new(&parse_options);
    struct leg first = grid_leg(one, "0636159079", "outbound", 0);
    struct leg second = grid_leg(one, "0636159079", "outbound", 0);
    struct leg other = grid_leg(one, "0636159078", "outbound", 0);

    cr_expect_not(uuid_equal(&first.key, &second.key), "equal rows are two legs");
    cr_expect_not(uuid_equal(&first.key, &other.key));
    cr_expect_eq(first.key.b[6] >> 4, 8, "RFC 9562 version 8");
    cr_expect_eq(first.key.b[8] >> 6, 2, "RFC 9562 variant");
    /* Another file with the same rows gives the same names. */
    struct leg again = grid_leg(two, "0636159079", "outbound", 0);
    struct leg again2 = grid_leg(two, "0636159079", "outbound", 0);
    cr_expect(uuid_equal(&first.key, &again.key));
    cr_expect(uuid_equal(&second.key, &again2.key));
    leg_parser_free(one);
    leg_parser_free(two);
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

        adjacency_link(&above, &leg);
        cr_expect_eq(leg.linked_by == LINK_ADJACENCY, rows[i].linked, "row %zu", i);
        cr_expect_eq(leg.side, rows[i].linked ? 'b' : 'a', "row %zu", i);
    }
    leg_parser_free(parser);
}
