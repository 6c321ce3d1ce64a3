/* record/when: the times of a leg, where a text alone does not tell them. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "leg/leg_parser.h"
#include "leg/time/clock.h"

/* A record of Kyiv's people; 2026-06-10T00:00:00Z is its "now". */
struct told {
    const char *start, *date, *answered, *ended, *duration, *billed;
};

static void tell(struct rec *rec, enum field field, const char *text)
{
    if (text == NULL)
        return;
    rec->field[field] = slice_of(text);
    rec->column[field] = field_name(field);
}

static enum leg_got understand(struct parse_options *parse_options,
                               const struct told *told, struct leg *leg,
                               struct reject *reject)
{
    struct leg_parser *parser = leg_parser_new(parse_options);
    struct rec rec = { .line = 2 };

    parse_options->day = NO_DAY;
    parse_options->now = 1781049600000;
    tell(&rec, FIELD_STARTED_AT, told->start);
    tell(&rec, FIELD_STARTED_DATE, told->date);
    tell(&rec, FIELD_ANSWERED_AT, told->answered);
    tell(&rec, FIELD_ENDED_AT, told->ended);
    tell(&rec, FIELD_DURATION, told->duration);
    tell(&rec, FIELD_BILL_SECONDS, told->billed);
    tell(&rec, FIELD_CALLER, "1000");

    enum leg_got got = leg_parse(parser, &rec, leg, reject);

    leg->extra = SLICE_NONE; /* the parser's; gone with it */
    leg_parser_free(parser);
    return got;
}

static struct zone *kyiv(void)
{
    struct err err = { 0 };
    struct zone *zone = zone_open("Europe/Kyiv", &err);

    cr_assert_not_null(zone, "%s", err.text);
    return zone;
}

static const char *iso(int64_t ms)
{
    static char text[25];

    if (ms == NO_TIME)
        return "never";
    instant_iso(ms, text);
    return text;
}

/* An end that shows less than the start does not lie before it, so not in the next pass
 * either. */
Test(when, what_a_time_does_not_show_makes_no_second_pass)
{
    static const struct {
        struct told told;
        const char *answered, *ended;
        int32_t duration;
    } cases[] = {
        { { .start = "1603585805500", .ended = "03:30:05", .duration = "00:00:00" },
          "never",
          "2020-10-25T00:30:05.500Z",
          0 },
        { { .start = "26.10.2025, 3:50:05", .answered = "3:50", .ended = "3:50" },
          "2025-10-26T00:50:05.000Z",
          "2025-10-26T00:50:05.000Z",
          0 },
        /* the start is of the second pass */
        { { .start = "1603589405500", .ended = "03:30:05" },
          "never",
          "2020-10-25T01:30:05.500Z",
          0 },
        /* a second less, or a minute, is an hour more */
        { { .start = "1603585805500", .ended = "03:30:04" },
          "never",
          "2020-10-25T01:30:04.000Z",
          3599 },
        { { .start = "26.10.2025, 3:50:05", .ended = "3:49" },
          "never",
          "2025-10-26T01:49:00.000Z",
          3535 },
        { { .start = "26.10.2025, 3:50:05", .ended = "26.10.2025, 3:49:05" },
          "never",
          "2025-10-26T01:49:05.000Z",
          3540 },
    };
    struct zone *zone = kyiv();
    struct parse_options parse_options = { .zone = zone };

    for (size_t i = 0; i < COUNTOF(cases); i++) {
        struct reject reject = { 0 };
        struct leg leg;

        cr_assert_eq(understand(&parse_options, &cases[i].told, &leg, &reject), LEG_DONE,
                     "case %zu", i);
        cr_expect_str_eq(iso(leg.answered_at), cases[i].answered, "case %zu", i);
        cr_expect_str_eq(iso(leg.ended_at), cases[i].ended, "case %zu: %s", i,
                         iso(leg.ended_at));
        cr_expect_eq(leg.duration, cases[i].duration, "case %zu: %d", i, leg.duration);
    }
    zone_free(zone);
}

/* Kyiv, 2020-10-25: 03:00 to 04:00 is shown twice, from 00:00Z and from 01:00Z on. */
static const struct {
    struct told told;
    const char *answered, *ended;
} passes[] = {
    { { "25/10/2020, 02:59:55", NULL, "03:30:10", "03:31:10", "01:31:15", "01:01:00" },
      "2020-10-25T00:30:10.000Z",
      "2020-10-25T01:31:10.000Z" },
    { { "25/10/2020, 02:59:55", NULL, "03:30:10", "03:31:10", "01:31:15", "00:01:00" },
      "2020-10-25T01:30:10.000Z",
      "2020-10-25T01:31:10.000Z" },
    { { "25/10/2020, 02:59:55", NULL, "03:30:10", "03:31:10", "00:31:15", "00:01:00" },
      "2020-10-25T00:30:10.000Z",
      "2020-10-25T00:31:10.000Z" },
    /* billed seconds alone, between the two and up to an end that is shown once */
    { { "25/10/2020, 02:59:55", NULL, "03:30:10", "03:31:10", NULL, "3660" },
      "2020-10-25T00:30:10.000Z",
      "2020-10-25T01:31:10.000Z" },
    { { "25/10/2020, 02:59:55", NULL, "03:30:10", "04:00:10", NULL, "1800" },
      "2020-10-25T01:30:10.000Z",
      "2020-10-25T02:00:10.000Z" },
    { { "25/10/2020, 02:59:55", NULL, "03:30:10", NULL, "5475", "60" },
      "2020-10-25T01:30:10.000Z",
      "never" },
    /* whole minutes, and a day in front */
    { { "25.10.2020, 2:59:55", NULL, "3:30", "3:31", "5475", "0" },
      "2020-10-25T00:30:00.000Z",
      "2020-10-25T01:31:00.000Z" },
    { { "25.10.2020, 2:59:55", NULL, "", "25.10.2020, 3:31:10", "5475", "0" },
      "never",
      "2020-10-25T01:31:10.000Z" },
    /* nothing proved: none exported, a filler, and one that fits neither pass */
    { { "25/10/2020, 02:59:55", NULL, "03:30:10", "03:31:10", NULL, NULL },
      "2020-10-25T00:30:10.000Z",
      "2020-10-25T00:31:10.000Z" },
    { { "25/10/2020, 02:59:55", NULL, "03:30:10", "03:31:10", "0", "0" },
      "2020-10-25T00:30:10.000Z",
      "2020-10-25T00:31:10.000Z" },
    { { "25/10/2020, 02:59:55", NULL, "03:30:10", "03:31:10", "100000", "7000" },
      "2020-10-25T00:30:10.000Z",
      "2020-10-25T00:31:10.000Z" },
};

Test(when, durations_prove_the_pass_of_a_repeated_hour)
{
    /* --ambiguous-time is about starts: these lie before the hour */
    static const enum ambiguous_time whichever[] = { AMBIGUOUS_EARLIER, AMBIGUOUS_LATER,
                                                     AMBIGUOUS_REJECT };
    struct zone *zone = kyiv();

    for (size_t i = 0; i < COUNTOF(passes) * COUNTOF(whichever); i++) {
        size_t c = i / COUNTOF(whichever);
        struct parse_options parse_options = { .zone = zone,
                                               .ambiguous_time =
                                                   whichever[i % COUNTOF(whichever)] };
        struct reject reject = { 0 };
        struct leg leg;

        cr_assert_eq(understand(&parse_options, &passes[c].told, &leg, &reject), LEG_DONE,
                     "case %zu", c);
        cr_expect_str_eq(iso(leg.answered_at), passes[c].answered, "case %zu: %s", c,
                         iso(leg.answered_at));
        cr_expect_str_eq(iso(leg.ended_at), passes[c].ended, "case %zu: %s", c,
                         iso(leg.ended_at));
        cr_expect_not(leg.repeated_hour, "case %zu", c);
    }
    zone_free(zone);
}

/* M0: `date` and `time` in the browser's locale. */
static const struct {
    const char *time, *date;
    enum date_order order;
    const char *start; /* NULL: bad_time in the column of the date */
} apart[] = {
    { "8:43:48 AM", "8/11/2020", DATE_GUESSED, "2020-08-11T05:43:48.000Z" },
    { "8:43:48\xe2\x80\xafPM", "7/31/2020", DATE_GUESSED, "2020-07-31T17:43:48.000Z" },
    { "08:43:48", "11/08/2020", DATE_GUESSED, "2020-08-11T05:43:48.000Z" },
    { "08:43:48", "11.08.2020", DATE_GUESSED, "2020-08-11T05:43:48.000Z" },
    { "08:43:48", "2020-08-11", DATE_GUESSED, "2020-08-11T05:43:48.000Z" },
    { "8:43:48 AM", "11/8/2020", DATE_DMY, "2020-08-11T05:43:48.000Z" },
    { "08:43:48", "8/11/2020", DATE_MDY, "2020-08-11T05:43:48.000Z" },
    { "8:43:48 AM", "31/7/2020", DATE_GUESSED, NULL },
    { "8:43:48 AM", "today", DATE_GUESSED, NULL },
    { "8:43:48 AM", "", DATE_GUESSED, NULL },
    { "8:43:48 AM", "8/11/2020, 8:43:48", DATE_GUESSED, NULL },
    { "8:43:48 AM", "8/11/2020 and so many words that no date can ever have them all",
      DATE_GUESSED, NULL },
};

Test(when, day_and_time_in_columns_of_their_own_are_read_as_one)
{
    struct zone *zone = kyiv();

    for (size_t i = 0; i < COUNTOF(apart); i++) {
        struct parse_options parse_options = { .zone = zone,
                                               .date_order = apart[i].order };
        const struct told told = { .start = apart[i].time, .date = apart[i].date };
        struct reject reject = { 0 };
        struct leg leg;
        enum leg_got got = understand(&parse_options, &told, &leg, &reject);

        if (got == LEG_DONE)
            cr_expect_str_eq(iso(leg.started_at),
                             apart[i].start != NULL ? apart[i].start : "a reject",
                             "case %zu: %s", i, iso(leg.started_at));
        else
            cr_expect(apart[i].start == NULL && reject.code == REJECT_BAD_TIME &&
                          strcmp(reject.column, "started_date") == 0,
                      "case %zu", i);
    }
    zone_free(zone);
}

/* A spreadsheet shows six digits of a large number; a number of JSON is exact (§1.4). */
Test(when, an_epoch_that_lost_its_seconds_is_no_time)
{
    static const struct {
        const char *start;
        bool cut; /* in a CSV */
    } cases[] = {
        { "1.71748E+12", true },           { "1.71748e+12", true },
        { "1.71748E+09", true },           { "1.6e+15", true },
        { "1.717483428E+12", false },      { "1.60447222812e+15", false },
        { "1717483428123", false },        { "December 4, 2020 08:43:48Z", false },
        { "2020-11-04T08:43:48Z", false },
    };

    for (size_t i = 0; i < 2 * COUNTOF(cases); i++) {
        struct parse_options parse_options = { .resaved = i % 2 == 1 };
        const struct told told = { .start = cases[i / 2].start };
        struct reject reject = { 0 };
        struct leg leg;
        bool cut = parse_options.resaved && cases[i / 2].cut;

        cr_assert_eq(understand(&parse_options, &told, &leg, &reject),
                     cut ? LEG_REJECT : LEG_DONE, "%s", told.start);
        if (cut)
            cr_expect_eq(reject.code, REJECT_BAD_TIME, "%s", told.start);
    }
}

Test(when, the_time_that_needs_a_zone_is_the_one_named)
{
    static const struct {
        struct told told;
        const char *text;
    } cases[] = {
        { { .start = "04.11.2020, 08:43:48", .ended = "08:43:50" },
          "04.11.2020, 08:43:48" },
        { { .start = "1604472228120", .answered = "08:43:50" }, "08:43:50" },
        { { .start = "1604472228120", .ended = "04.11.2020, 08:43:50" },
          "04.11.2020, 08:43:50" },
    };

    for (size_t i = 0; i < COUNTOF(cases); i++) {
        struct parse_options parse_options = { .zone = NULL };
        struct reject reject = { 0 };
        struct leg leg;

        cr_assert_eq(understand(&parse_options, &cases[i].told, &leg, &reject),
                     LEG_NO_ZONE);
        cr_expect(slice_is(reject.text, cases[i].text), "case %zu", i);
    }
}
