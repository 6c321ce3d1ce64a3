/* leg/leg_seconds: what exports tell of a leg's parts, and what follows from it. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "leg/leg_parser.h"
#include "leg/leg_seconds.h"

enum { PAIRS_MAX = 10 };

struct pair {
    enum field field;
    const char *text; /* NULL: the column is there, and empty */
};

#define START                                                                            \
    { FIELD_STARTED_AT, "1717483200" },                                                  \
    {                                                                                    \
        FIELD_CALLER, "380322327757"                                                     \
    }
#define N NO_SECONDS

static const struct {
    const char *why;
    struct pair pair[PAIRS_MAX];
    int32_t pdd, ring, talk, wait;
} rows[] = {
    { "a 180 at second 6 of 46",
      { START, { FIELD_DURATION, "46" }, { FIELD_PDD_SECONDS, "6" } },
      6,
      40,
      N,
      N },
    { "of an answered leg the ringing ends with the answer",
      { START,
        { FIELD_DURATION, "73" },
        { FIELD_BILL_SECONDS, "60" },
        { FIELD_RANG_AT, "1717483204" } },
      4,
      9,
      N,
      N },
    { "instants, rounded as the view rounds",
      { START,
        { FIELD_RANG_AT, "1717483203600" },
        { FIELD_ANSWERED_AT, "1717483210000" },
        { FIELD_ENDED_AT, "1717483220000" } },
      4,
      6,
      N,
      N },
    { "0 is no 180",
      { START,
        { FIELD_DURATION, "13" },
        { FIELD_PDD_SECONDS, "0" },
        { FIELD_RING_SECONDS, "0" } },
      N,
      N,
      N,
      N },
    { "both are told",
      { START,
        { FIELD_DURATION, "25" },
        { FIELD_PDD_SECONDS, "0" },
        { FIELD_RING_SECONDS, "9" } },
      0,
      9,
      N,
      N },
    { "a 180 behind the end is none",
      { START, { FIELD_DURATION, "5" }, { FIELD_PDD_SECONDS, "30" } },
      N,
      N,
      N,
      N },
    { "bridge to end, less hold",
      { START,
        { FIELD_BILL_SECONDS, "155" },
        { FIELD_BRIDGED_AT, "1717483236" },
        { FIELD_ENDED_AT, "1717483356" },
        { FIELD_HOLD_SECONDS, "20" } },
      N,
      N,
      100,
      N },
    { "early media is no talk",
      { START,
        { FIELD_DURATION, "80" },
        { FIELD_BILL_SECONDS, "60" },
        { FIELD_BRIDGE_SECONDS, "75" } },
      N,
      N,
      60,
      N },
    { "an empty column of the bridge: nobody was connected",
      { START, { FIELD_BILL_SECONDS, "60" }, { FIELD_BRIDGED_AT, NULL } },
      N,
      N,
      0,
      N },
    { "no such column: not known", { START, { FIELD_BILL_SECONDS, "60" } }, N, N, N, N },
    { "not picked up: no talk to know of",
      { START, { FIELD_BILL_SECONDS, "0" }, { FIELD_BRIDGED_AT, NULL } },
      N,
      N,
      N,
      N },
    { "the queue gave up",
      { START, { FIELD_BILL_SECONDS, "60" }, { FIELD_QUEUE_RESULT, "Abandoned" } },
      N,
      N,
      0,
      N },
    { "the queue's own word of the wait",
      { START,
        { FIELD_QUEUE, "sales" },
        { FIELD_WAIT_SECONDS, "7" },
        { FIELD_QUEUE_JOINED_AT, "1717483202" },
        { FIELD_QUEUE_LEFT_AT, "1717483260" } },
      N,
      N,
      N,
      7 },
    { "0 of a caller who left: from joining to leaving",
      { START,
        { FIELD_QUEUE, "sales" },
        { FIELD_WAIT_SECONDS, "0" },
        { FIELD_QUEUE_JOINED_AT, "1717483202" },
        { FIELD_QUEUE_ANSWERED_AT, "0" },
        { FIELD_QUEUE_LEFT_AT, "1717483260" } },
      N,
      N,
      N,
      58 },
    { "to the agent, not to the end",
      { START,
        { FIELD_QUEUE, "sales" },
        { FIELD_QUEUE_JOINED_AT, "1717483202" },
        { FIELD_QUEUE_ANSWERED_AT, "1717483236" },
        { FIELD_QUEUE_LEFT_AT, "1717483260" } },
      N,
      N,
      N,
      34 },
    { "0 without a queue is no wait",
      { START, { FIELD_WAIT_SECONDS, "0" } },
      N,
      N,
      N,
      N },
};

Test(leg_seconds, what_follows_from_what)
{
    const struct parse_options options = { .day = NO_DAY, .now = 1781049600000 };

    for (size_t i = 0; i < COUNTOF(rows); i++) {
        struct leg_parser *parser = leg_parser_new(&options);
        struct reject reject = { 0 };
        struct rec rec = { .line = 2, .raw = { "", 1024 } };
        struct leg leg;

        for (const struct pair *pair = rows[i].pair; pair->field != 0; pair++) {
            rec.field[pair->field] = slice_of(pair->text);
            rec.column[pair->field] = field_name(pair->field);
        }
        cr_assert_eq(leg_parse(parser, &rec, &leg, &reject), LEG_DONE, "%s", rows[i].why);
        cr_expect_eq(leg.pdd_seconds, rows[i].pdd, "%s: PDD %d", rows[i].why,
                     leg.pdd_seconds);
        cr_expect_eq(leg.ring_seconds, rows[i].ring, "%s: ringing %d", rows[i].why,
                     leg.ring_seconds);
        cr_expect_eq(leg.talk_seconds, rows[i].talk, "%s: talk %d", rows[i].why,
                     leg.talk_seconds);
        cr_expect_eq(leg.wait_seconds, rows[i].wait, "%s: wait %d", rows[i].why,
                     leg.wait_seconds);
        leg_parser_free(parser);
    }
}

Test(leg_seconds, an_employees_phone_is_not_who_was_called)
{
    struct leg leg = { .side = 'a',
                       .direction = slice_of("outbound"),
                       .caller = slice_of("1001"),
                       .bridged_at = NO_TIME,
                       .talk_seconds = NO_SECONDS };

    cr_expect_eq(leg_connected(&leg), CONNECTED_UNKNOWN);
    leg.sip_code = 486;
    cr_expect_eq(leg_connected(&leg), CONNECTED_NO);
    leg.sip_code = 487;
    cr_expect_eq(leg_connected(&leg), CONNECTED_UNKNOWN, "the platform's own word");
    leg.talk_seconds = 0;
    cr_expect_eq(leg_connected(&leg), CONNECTED_NO);
    leg.bridged_at = 5;
    cr_expect_eq(leg_connected(&leg), CONNECTED_YES);
    leg.bridged_at = NO_TIME;
    leg.gateway = slice_of("Vega");
    cr_expect_eq(leg_connected(&leg), CONNECTED_YES, "a trunk's leg is who was called");
    leg.gateway = SLICE_NONE;
    leg.caller = slice_of("380322327757");
    cr_expect_eq(leg_connected(&leg), CONNECTED_YES, "no extension");
    leg.extension = slice_of("1001");
    cr_expect_eq(leg_connected(&leg), CONNECTED_NO);
    leg.direction = slice_of("inbound");
    cr_expect_eq(leg_connected(&leg), CONNECTED_YES);
}
