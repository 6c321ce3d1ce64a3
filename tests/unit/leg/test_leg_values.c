/* record/leg, duration: durations, SIP codes and damaged numbers of a record. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "leg/leg_parser.h"

#define UUID_1 "3f6f6f36-9c21-4a0e-8f77-000000000001"
#define UUID_2 "3f6f6f36-9c21-4a0e-8f77-000000000002"

/* What went to extra of the leg parsed last. */
static char extra[4096];

/* REC with a start, an id and the texts that a test has put into it. */
static enum leg_got parse(struct rec *rec, struct leg *leg, struct reject *reject)
{
    const struct parse_options parse_options = { .day = NO_DAY, .now = 1781049600000 };
    struct leg_parser *parser = leg_parser_new(&parse_options);
    enum leg_got got;

    rec->raw.len = 2048;
    if (rec->field[FIELD_DOCUMENT_ID].s == NULL)
        rec->field[FIELD_UUID] = slice_of(UUID_1);
    rec->field[FIELD_STARTED_AT] = slice_of("1717483428");
    got = leg_parse(parser, rec, leg, reject);
    snprintf(extra, sizeof extra, SLICE_FMT, SLICE_ARG(leg->extra));
    leg->extra = SLICE_NONE; /* the parser's; gone with it */
    leg_parser_free(parser);
    return got;
}

Test(leg, reads_durations_as_seconds_and_clocks)
{
    static const struct {
        const char *text;
        int32_t seconds;
    } cases[] = {
        { "13", 13 },  { "00:00:13", 13 }, { "26:03:04", 93784 }, { "13.0", 13 },
        { "0", 0 },    { "00:00:00", 0 },  { "432000", 432000 },  { "1.5e2", 150 },
        { "1e1", 10 }, { "1.0E+1", 10 },   { "15e-1", 1 },        { "0.9", 0 },
    };

    for (size_t i = 0; i < COUNTOF(cases); i++) {
        struct reject reject = { 0 };
        struct leg leg;
        struct rec rec = { .field[FIELD_DURATION] = slice_of(cases[i].text) };

        cr_assert_eq(parse(&rec, &leg, &reject), LEG_DONE, "%s", cases[i].text);
        cr_expect_eq(leg.duration, cases[i].seconds, "%s", cases[i].text);
    }
}

Test(leg, refuses_durations_that_are_none)
{
    static const char *const cases[] = { "00:00:60",  "00:60:00", "0a:00:00", "00:0/:00",
                                         "a0:00:00",  "00:00:0:", "00-00-13", "8:43",
                                         "-1:00:00",  "7.foo",    "1.2.3",    "1.2.",
                                         "1.e2",      "1e",       "1e+",      "e1",
                                         ".5",        "-0.5",     "1e9",      "1e400",
                                         "0x10",      "inf",      "NaN",      "1.5e2 s",
                                         "-00:00:01", "1:+5:07",  "1,+23" };

    for (size_t i = 0; i < COUNTOF(cases); i++) {
        struct reject reject = { 0 };
        struct leg leg;
        struct rec rec = { .field[FIELD_DURATION] = slice_of(cases[i]) };

        cr_expect_eq(parse(&rec, &leg, &reject), LEG_REJECT, "%s", cases[i]);
        cr_expect_eq(reject.code, REJECT_BAD_NUMBER, "%s", cases[i]);
    }
}

/* the fallbacks of a SIP code, and what is no code at all. */
Test(leg, a_sip_code_is_the_first_of_its_names_that_is_one)
{
    static const struct {
        const char *code, *failure, *term, *other_leg, *parent;
        int16_t wanted;
        const char *extra;
    } cases[] = {
        { "sip:603", "486", "480", "sip:404", NULL, 603, "" },
        { "0", "486", "480", "sip:404", NULL, 486, "" },
        { "sip:", "0", "480", "sip:404", NULL, 480, "{\"sip_code\":\"sip:\"}" },
        { NULL, NULL, NULL, "sip:404", NULL, 404, "" },
        { NULL, "x", "", "0", NULL, NO_CODE, "{\"sip_code\":\"x\"}" },
        { "1", "2", NULL, NULL, NULL, NO_CODE, "{\"sip_code\":\"1\"}" },
        { NULL, NULL, NULL, "sip:404", UUID_2, NO_CODE, "" },
    };

    for (size_t i = 0; i < COUNTOF(cases); i++) {
        struct rec rec = { 0 };
        struct reject reject = { 0 };
        struct leg leg;

        rec.field[FIELD_SIP_CODE] = slice_of(cases[i].code);
        rec.field[FIELD_SIP_FAILURE] = slice_of(cases[i].failure);
        rec.field[FIELD_SIP_TERM] = slice_of(cases[i].term);
        rec.field[FIELD_SIP_OTHER_LEG] = slice_of(cases[i].other_leg);
        rec.field[FIELD_PARENT_UUID] = slice_of(cases[i].parent);
        cr_assert_eq(parse(&rec, &leg, &reject), LEG_DONE, "case %zu", i);
        cr_expect_eq(leg.sip_code, cases[i].wanted, "case %zu: %d", i, leg.sip_code);
        cr_expect_str_eq(extra, cases[i].extra, "case %zu", i);
    }
}

Test(leg, tells_numbers_that_were_taken_for_quantities)
{
    static const struct {
        const char *number;
        bool damaged;
    } cases[] = {
        { "3,80636E+11", true },
        { "3.80636159079e+11", true },
        { "3.80636159079E11", true },
        { "4E+11", true },
        { "380636159079", false },
        { "E+11", false },
        { "12e4", false },
        { "3,8", false },
        { "3.8E+", false },
        { "3.8E+1x", false },
    };

    for (size_t i = 0; i < COUNTOF(cases); i++) {
        struct rec rec = { .field[FIELD_DESTINATION] = slice_of(cases[i].number) };
        struct reject reject = { 0 };
        struct leg leg;

        cr_assert_eq(parse(&rec, &leg, &reject), LEG_DONE);
        cr_expect(slice_is(leg.destination, cases[i].number));
        cr_expect_str_eq(extra, cases[i].damaged ? "{\"damaged\":\"destination\"}" : "",
                         "%s", cases[i].number);
    }
}

/* a document's _id is the call's uuid. */
Test(leg, is_known_by_the_id_of_its_document)
{
    static const struct {
        const char *uuid, *document, *key;
    } cases[] = {
        { NULL, UUID_2, UUID_2 },
        { UUID_1, UUID_2, UUID_1 },
        { UUID_1, "AXW0nJ8BqQxv7Gk1TtYz", UUID_1 },
        { NULL, "AXW0nJ8BqQxv7Gk1TtYz", NULL },
    };

    for (size_t i = 0; i < COUNTOF(cases); i++) {
        struct rec rec = { .field[FIELD_UUID] = slice_of(cases[i].uuid),
                           .field[FIELD_DOCUMENT_ID] = slice_of(cases[i].document),
                           .field[FIELD_CALLER] = slice_of("1000") };
        struct reject reject = { 0 };
        struct leg leg;
        char key[37];

        cr_assert_eq(parse(&rec, &leg, &reject), LEG_DONE, "case %zu", i);
        uuid_text(&leg.key, key);
        cr_expect_eq(leg.has_id, cases[i].key != NULL, "case %zu", i);
        if (cases[i].key != NULL)
            cr_expect_str_eq(key, cases[i].key, "case %zu", i);
    }
}

Test(leg, a_long_text_is_cut_between_characters_and_kept_whole)
{
    char text[LEG_TEXT_MAX + 3];
    struct reject reject = { 0 };
    struct leg leg;

    memset(text, 'x', sizeof text);
    for (size_t len = LEG_TEXT_MAX - 1; len <= LEG_TEXT_MAX + 1; len++) {
        struct rec rec = { .field[FIELD_GATEWAY] = { text, len } };
        bool cut = len > LEG_TEXT_MAX;

        cr_assert_eq(parse(&rec, &leg, &reject), LEG_DONE);
        cr_expect_eq(leg.gateway.len, cut ? LEG_TEXT_MAX : len);
        cr_expect_eq(strstr(extra, "\"truncated\":\"gateway\"}") != NULL, cut, "%s",
                     extra);
    }
    memcpy(text + LEG_TEXT_MAX - 1, "\xd0\x87", 2); /* one character, across the limit */

    struct rec rec = { .field[FIELD_QUEUE] = { text, LEG_TEXT_MAX + 1 } };

    cr_assert_eq(parse(&rec, &leg, &reject), LEG_DONE);
    cr_expect_eq(leg.queue.len, LEG_TEXT_MAX - 1);
    cr_expect_not_null(strstr(extra, "xx\xd0\x87\",\"truncated\":\"queue\"}"), "%s",
                       extra);
}
