/* record/leg, when: what records mean. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "leg/leg_parser.h"
#include "leg/time/clock.h"

/* 2026-06-10T00:00:00Z, the "now" of these tests. */
static const int64_t now = 1781049600000;

static struct zone *kyiv(void)
{
    struct err err = { 0 };
    struct zone *zone = zone_open("Europe/Kyiv", &err);

    cr_assert_not_null(zone, "%s", err.text);
    return zone;
}

static struct parse_options traits_of(struct zone *zone)
{
    return (struct parse_options){ .zone = zone, .day = NO_DAY, .now = now };
}

/* A record of pairs (field, text), ended by FIELD_NONE; columns are field names. */
struct pair {
    enum field field;
    const char *text;
};

static struct rec rec_of(const struct pair *pair)
{
    struct rec rec = { .line = 2 };

    for (; pair->text != NULL; pair++) {
        rec.field[pair->field] = slice_of(pair->text);
        rec.column[pair->field] = field_name(pair->field);
        rec.raw.len += strlen(pair->text);
    }
    return rec;
}

static enum leg_got parse(const struct parse_options *parse_options,
                          const struct pair *pairs, struct leg *leg,
                          struct reject *reject)
{
    struct leg_parser *parser = leg_parser_new(parse_options);
    struct rec rec = rec_of(pairs);
    enum leg_got got = leg_parse(parser, &rec, leg, reject);

    leg->extra = SLICE_NONE; /* the parser's; gone with it */
    leg_parser_free(parser);
    return got;
}

static const char *iso(int64_t ms)
{
    static char text[25];

    if (ms == NO_TIME)
        return "never";
    instant_iso(ms, text);
    return text;
}

#define UUID_1 "3f6f6f36-9c21-4a0e-8f77-000000000001"
#define UUID_2 "3f6f6f36-9c21-4a0e-8f77-000000000002"

Test(leg, understands_a_row_of_the_legacy_grid)
{
    struct zone *zone = kyiv();
    struct parse_options parse_options = traits_of(zone);
    struct reject reject = { 0 };
    struct leg leg;

    cr_assert_eq(parse(&parse_options,
                       (struct pair[]){ { FIELD_STARTED_AT, "04.11.2020, 08:47:40" },
                                        { FIELD_CALLER, "1000" },
                                        { FIELD_DESTINATION, "0636159079" },
                                        { FIELD_DURATION, "20" },
                                        { FIELD_BILL_SECONDS, "0" },
                                        { FIELD_BRIDGE_SECONDS, "17" },
                                        { FIELD_HANGUP_CAUSE, "CALL_REJECTED" },
                                        { FIELD_DISPOSITION, "recv_refuse" },
                                        { FIELD_SIP_CODE, "sip:603" },
                                        { 0 } },
                       &leg, &reject),
                 LEG_DONE);
    cr_expect_str_eq(iso(leg.started_at), "2020-11-04T06:47:40.000Z");
    cr_expect_eq(leg.sip_code, 603);
    cr_expect_eq(leg.bridge_seconds, 17);
    cr_expect_eq(leg.talk_seconds, NO_SECONDS, "talksec of an unanswered leg is no talk");
    cr_expect_not(leg_answered(&leg));
    cr_expect_not(leg.has_id);
    cr_expect_eq(leg.side, 'a');
    zone_free(zone);
}

/* Kibana's own CSV groups digits. */
Test(leg, reads_grouped_seconds)
{
    struct parse_options parse_options = traits_of(NULL);
    struct reject reject = { 0 };
    struct leg leg;

    cr_assert_eq(parse(&parse_options,
                       (struct pair[]){ { FIELD_UUID, UUID_1 },
                                        { FIELD_STARTED_AT, "1717483428700" },
                                        { FIELD_DURATION, "1,234" },
                                        { FIELD_BILL_SECONDS, "12,007" },
                                        { 0 } },
                       &leg, &reject),
                 LEG_DONE);
    cr_expect_eq(leg.duration, 1234);
    cr_expect_eq(leg.bill_seconds, 12007);
}

Test(leg, links_by_ids)
{
    struct parse_options parse_options = traits_of(NULL);
    struct reject reject = { 0 };
    struct leg leg;

    cr_assert_eq(parse(&parse_options,
                       (struct pair[]){ { FIELD_UUID, UUID_2 },
                                        { FIELD_PARENT_UUID, UUID_1 },
                                        { FIELD_STARTED_AT, "1717483428700" },
                                        { 0 } },
                       &leg, &reject),
                 LEG_DONE);
    char key[37];

    uuid_text(&leg.call_key, key);
    cr_expect_str_eq(key, UUID_1);
    cr_expect_eq(leg.side, 'b');
    cr_expect_eq(leg.linked_by, LINK_ID);
}

Test(leg, rejects_with_the_code_of_the_contract)
{
    static const struct {
        enum reject_code code;
        struct pair pair[4];
    } cases[] = {
        { REJECT_NO_TIME, { { FIELD_CALLER, "1" } } },
        { REJECT_NO_TIME, { { FIELD_STARTED_AT, "0" } } },
        { REJECT_NO_TIME, { { FIELD_STARTED_AT, "-" } } },
        { REJECT_BAD_TIME, { { FIELD_STARTED_AT, "31.02.2024, 1:00:00" } } },
        { REJECT_BAD_TIME, { { FIELD_STARTED_AT, "8:43:48" } } },
        { REJECT_BAD_TIME, { { FIELD_STARTED_AT, "04.11.1970, 08:43:48" } } },
        { REJECT_FUTURE_TIME, { { FIELD_STARTED_AT, "04.11.2099, 08:43:48" } } },
        { REJECT_FUTURE_TIME, { { FIELD_STARTED_AT, "1781136000001" } } },
        { REJECT_SKIPPED_TIME, { { FIELD_STARTED_AT, "31.03.2024, 03:30:00" } } },
        { REJECT_BAD_TIME,
          { { FIELD_STARTED_AT, "04.11.2020, 08:43:48" }, { FIELD_ENDED_AT, "later" } } },
        { REJECT_BAD_NUMBER,
          { { FIELD_STARTED_AT, "1717483428" }, { FIELD_DURATION, "abc" } } },
        { REJECT_BAD_NUMBER,
          { { FIELD_STARTED_AT, "1717483428" }, { FIELD_DURATION, "-1" } } },
        { REJECT_BAD_NUMBER,
          { { FIELD_STARTED_AT, "1717483428" }, { FIELD_BILL_SECONDS, "1:75:00" } } },
        { REJECT_BAD_NUMBER,
          { { FIELD_STARTED_AT, "1717483428" }, { FIELD_DURATION, "1,5" } } },
        { REJECT_BAD_NUMBER,
          { { FIELD_STARTED_AT, "1717483428" }, { FIELD_DURATION, "1234,567" } } },
        { REJECT_BAD_NUMBER,
          { { FIELD_STARTED_AT, "1717483428" }, { FIELD_DURATION, "1,-23" } } },
        { REJECT_BAD_NUMBER,
          { { FIELD_STARTED_AT, "1717483428" }, { FIELD_DURATION, "1,234," } } },
        { REJECT_BAD_UUID,
          { { FIELD_STARTED_AT, "1717483428" }, { FIELD_UUID, "call-17" } } },
        { REJECT_BAD_UUID,
          { { FIELD_STARTED_AT, "1717483428" },
            { FIELD_UUID, UUID_1 },
            { FIELD_PARENT_UUID, "none" } } },
        { REJECT_NO_IDENTITY, { { FIELD_STARTED_AT, "1717483428" } } },
        /* one code a record: time before numbers before identity */
        { REJECT_NO_TIME, { { FIELD_DURATION, "abc" }, { FIELD_UUID, "x" } } },
        { REJECT_BAD_NUMBER,
          { { FIELD_STARTED_AT, "1717483428" },
            { FIELD_DURATION, "abc" },
            { FIELD_UUID, "x" } } },
    };
    struct zone *zone = kyiv();
    struct parse_options parse_options = traits_of(zone);

    for (size_t i = 0; i < COUNTOF(cases); i++) {
        struct reject reject = { 0 };
        struct leg leg;

        cr_expect_eq(parse(&parse_options, cases[i].pair, &leg, &reject), LEG_REJECT,
                     "case %zu", i);
        cr_expect_eq(reject.code, cases[i].code, "case %zu: %s", i,
                     reject_name(reject.code));
    }
    zone_free(zone);
}

Test(leg, a_time_without_zone_needs_one)
{
    struct parse_options parse_options = traits_of(NULL);
    struct reject reject = { 0 };
    struct leg leg;

    cr_expect_eq(parse(&parse_options,
                       (struct pair[]){ { FIELD_STARTED_AT, "04.11.2020, 08:43:48" },
                                        { FIELD_CALLER, "1" },
                                        { 0 } },
                       &leg, &reject),
                 LEG_NO_ZONE);
}

/* An M4 row of 2025-06-10, 23:59:50: times without a day belong to the start's, or the
 * next. */
Test(leg, a_time_of_day_belongs_to_the_start_or_the_next_day)
{
    static const struct {
        const char *start, *end, *iso;
    } cases[] = {
        { "10/06/2025, 23:59:50", "23:59:58", "2025-06-10T20:59:58.000Z" },
        { "10/06/2025, 23:59:50", "00:01:13", "2025-06-10T21:01:13.000Z" },
        { "10/06/2025, 16:36:30", "16:36",
          "2025-06-10T13:36:30.000Z" }, /* minutes only */
        { "10/06/2025, 16:36:30", "16:39", "2025-06-10T13:39:00.000Z" },
        { "10/06/2025, 23:59:50", "0:01", "2025-06-10T21:01:00.000Z" },
        { "1749588590000", "00:01:13", "2025-06-10T21:01:13.000Z" }, /* an exact start */
        /* the clock goes back: 03:50 of the first pass, and an end behind it */
        { "27/10/2024, 03:50:00", "03:10:00", "2024-10-27T01:10:00.000Z" },
    };
    struct zone *zone = kyiv();
    struct parse_options parse_options = traits_of(zone);

    for (size_t i = 0; i < COUNTOF(cases); i++) {
        struct reject reject = { 0 };
        struct leg leg;
        const struct pair pairs[] = { { FIELD_STARTED_AT, cases[i].start },
                                      { FIELD_ENDED_AT, cases[i].end },
                                      { FIELD_CALLER, "1" },
                                      { 0 } };

        cr_assert_eq(parse(&parse_options, pairs, &leg, &reject), LEG_DONE, "case %zu",
                     i);
        cr_expect_str_eq(iso(leg.ended_at), cases[i].iso, "case %zu", i);
    }
    zone_free(zone);
}

Test(leg, the_repeated_hour_is_read_as_told_and_flagged)
{
    const struct pair pairs[] = { { FIELD_STARTED_AT, "27.10.2024, 03:30:00" },
                                  { FIELD_CALLER, "1" },
                                  { 0 } };
    struct zone *zone = kyiv();
    struct parse_options parse_options = traits_of(zone);
    struct reject reject = { 0 };
    struct leg leg;

    cr_assert_eq(parse(&parse_options, pairs, &leg, &reject), LEG_DONE);
    cr_expect_str_eq(iso(leg.started_at), "2024-10-27T00:30:00.000Z");
    cr_expect(leg.repeated_hour);
    parse_options.ambiguous_time = AMBIGUOUS_LATER;
    cr_assert_eq(parse(&parse_options, pairs, &leg, &reject), LEG_DONE);
    cr_expect_str_eq(iso(leg.started_at), "2024-10-27T01:30:00.000Z");
    parse_options.ambiguous_time = AMBIGUOUS_REJECT;
    cr_assert_eq(parse(&parse_options, pairs, &leg, &reject), LEG_REJECT);
    cr_expect_eq(reject.code, REJECT_AMBIGUOUS_TIME);
    zone_free(zone);
}

Test(leg, day_and_time_may_stand_apart)
{
    struct zone *zone = kyiv();
    struct parse_options parse_options = traits_of(zone);
    struct reject reject = { 0 };
    struct leg leg;

    cr_assert_eq(parse(&parse_options,
                       (struct pair[]){ { FIELD_STARTED_DATE, "12.08.2020" },
                                        { FIELD_STARTED_AT, "07:59:17" },
                                        { FIELD_CALLER, "1" },
                                        { 0 } },
                       &leg, &reject),
                 LEG_DONE);
    cr_expect_str_eq(iso(leg.started_at), "2020-08-12T04:59:17.000Z");
    zone_free(zone);
}

/* an object's cell is its name, and `from` is an object. */
Test(leg, an_employees_name_is_no_number)
{
    struct parse_options parse_options = traits_of(NULL);
    struct reject reject = { 0 };
    struct leg leg;

    cr_assert_eq(parse(&parse_options,
                       (struct pair[]){ { FIELD_STARTED_AT, "1717483428" },
                                        { FIELD_CALLER, "Андрій" },
                                        { FIELD_AGENT, "Андрій" },
                                        { FIELD_EXTENSION, "1001" },
                                        { FIELD_DESTINATION, "0960000886" },
                                        { 0 } },
                       &leg, &reject),
                 LEG_DONE);
    cr_expect(slice_is(leg.caller, "1001"));
}

/* talksec is computed in 32 bits and wraps. */
Test(leg, sets_a_wrapped_talksec_aside)
{
    struct parse_options parse_options = traits_of(NULL);
    struct reject reject = { 0 };
    struct leg leg;

    cr_assert_eq(parse(&parse_options,
                       (struct pair[]){ { FIELD_STARTED_AT, "1717483428" },
                                        { FIELD_CALLER, "1" },
                                        { FIELD_BRIDGE_SECONDS, "4294967290" },
                                        { 0 } },
                       &leg, &reject),
                 LEG_DONE);
    cr_expect_eq(leg.bridge_seconds, NO_SECONDS);
}

/* The history table: duration 0 by default, seconds rounded (11:10:16.83 to
 * 11:11:48.499). */
Test(leg, completes_durations_from_instants)
{
    struct parse_options parse_options = traits_of(NULL);
    struct reject reject = { 0 };
    struct leg leg;

    cr_assert_eq(
        parse(&parse_options,
              (struct pair[]){ { FIELD_STARTED_AT, "2024-06-04T11:10:10.356+03:00" },
                               { FIELD_ANSWERED_AT, "2024-06-04T11:10:16.83+03:00" },
                               { FIELD_ENDED_AT, "2024-06-04T11:11:48.499+03:00" },
                               { FIELD_DURATION, "0" },
                               { FIELD_CALLER, "1" },
                               { 0 } },
              &leg, &reject),
        LEG_DONE);
    cr_expect_eq(leg.duration, 98);
    cr_expect_eq(leg.bill_seconds, 92);
    cr_expect(leg_answered(&leg));
}

/* What a spreadsheet damaged is told once, whatever it was: jsonb keeps a key once. */
Test(leg, names_every_damaged_column_in_one_text)
{
    struct parse_options parse_options = traits_of(NULL);
    struct leg_parser *parser = leg_parser_new(&parse_options);
    struct rec rec = rec_of((struct pair[]){ { FIELD_STARTED_AT, "1717483428" },
                                             { FIELD_CALLER, "3,80322E+11" },
                                             { FIELD_DESTINATION, "3,80636E+11" },
                                             { FIELD_EXTENSION, "1000" },
                                             { 0 } });
    struct reject reject = { 0 };
    struct leg leg;

    rec.column[FIELD_CALLER] = "from";
    cr_assert_eq(leg_parse(parser, &rec, &leg, &reject), LEG_DONE);
    cr_expect(slice_is(leg.extra, "{\"damaged\":\"from, destination\"}"), SLICE_FMT,
              SLICE_ARG(leg.extra));
    cr_expect(slice_is(leg.caller, "3,80322E+11"));
    rec.field[FIELD_CALLER] = slice_of("1000");
    cr_assert_eq(leg_parse(parser, &rec, &leg, &reject), LEG_DONE);
    cr_expect(slice_is(leg.extra, "{\"damaged\":\"destination\"}"), SLICE_FMT,
              SLICE_ARG(leg.extra));
    leg_parser_free(parser);
}
