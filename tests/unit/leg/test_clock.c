/* record/clock and record/zone: the times of etl/readers/README.md, both clock changes.
 */
#include <criterion/criterion.h>

#include "base/base.h"
#include "leg/time/clock.h"

static const char *read_as(const char *text, enum date_order order, enum clock_got *got)
{
    static char iso[25];
    int64_t ms = 0;

    iso[0] = '\0';
    *got = clock_read(slice_of(text), order, &ms);
    if (*got != CLOCK_BAD && *got != CLOCK_NEVER)
        instant_iso(ms, iso);
    return iso;
}

Test(clock, reads_every_form_that_webitel_wrote)
{
    static const struct {
        const char *text, *iso;
        enum clock_got got;
    } cases[] = {
        { "04.11.2020, 08:43:48", "2020-11-04T08:43:48.000Z", CLOCK_WALL },
        { "4.11.2020, 8:43:48", "2020-11-04T08:43:48.000Z", CLOCK_WALL },
        { "04.11.2020 8:43", "2020-11-04T08:43:00.000Z", CLOCK_WALL },
        { "04/11/2020, 08:43:48", "2020-11-04T08:43:48.000Z", CLOCK_WALL },
        { "4/11/2020, 8:43:48", "2020-11-04T08:43:48.000Z", CLOCK_WALL },
        { "11/4/2020, 8:43:48 AM", "2020-11-04T08:43:48.000Z", CLOCK_WALL },
        { "11/4/2020, 8:43:48\xe2\x80\xafPM", "2020-11-04T20:43:48.000Z", CLOCK_WALL },
        { "12/31/2025, 12:00:05 AM", "2025-12-31T00:00:05.000Z", CLOCK_WALL },
        { "12/31/2025, 12:00:05 PM", "2025-12-31T12:00:05.000Z", CLOCK_WALL },
        { "08:43:48 4/11/2020", "2020-11-04T08:43:48.000Z", CLOCK_WALL },
        { "04/11/2020 08:43:48", "2020-11-04T08:43:48.000Z", CLOCK_WALL },
        { "2020-11-04 08:43:48", "2020-11-04T08:43:48.000Z", CLOCK_WALL },
        { "2020-11-04T06:43:48.12Z", "2020-11-04T06:43:48.120Z", CLOCK_INSTANT },
        { "2024-06-04T11:10:16.83+03:00", "2024-06-04T08:10:16.830Z", CLOCK_INSTANT },
        { "2024-06-04 11:10:16+0530", "2024-06-04T05:40:16.000Z", CLOCK_INSTANT },
        { "Nov 4, 2020 @ 08:43:48.123", "2020-11-04T08:43:48.123Z", CLOCK_WALL },
        { "November 4th 2020, 08:43:48.123", "2020-11-04T08:43:48.123Z", CLOCK_WALL },
        { "May 1st 2020, 00:00:00.000", "2020-05-01T00:00:00.000Z", CLOCK_WALL },
        { "1604472228", "2020-11-04T06:43:48.000Z", CLOCK_INSTANT },
        { "1604472228120", "2020-11-04T06:43:48.120Z", CLOCK_INSTANT },
        { "1604472228120000", "2020-11-04T06:43:48.120Z", CLOCK_INSTANT },
        { "1.60447222812e+15", "2020-11-04T06:43:48.120Z", CLOCK_INSTANT },
        { "-1000", "1969-12-31T23:43:20.000Z", CLOCK_INSTANT },
        { "8:43", "1970-01-01T08:43:00.000Z", CLOCK_TIME_ONLY },
        { "8:43:48 PM", "1970-01-01T20:43:48.000Z", CLOCK_TIME_ONLY },
        { "2026-03-30", "2026-03-30T00:00:00.000Z", CLOCK_DAY_ONLY },
        { "12.08.2020", "2020-08-12T00:00:00.000Z", CLOCK_DAY_ONLY },
        { "1604472228.123", "2020-11-04T06:43:48.123Z", CLOCK_INSTANT },
        { "16044722281e2", "2020-11-04T06:43:48.100Z", CLOCK_INSTANT },
        { "1604472228E3", "2020-11-04T06:43:48.000Z", CLOCK_INSTANT },
        { "0", "", CLOCK_NEVER },
        { "0.0", "", CLOCK_NEVER },
        { "0e0", "", CLOCK_NEVER },
        { "-", "", CLOCK_NEVER },
    };
    enum clock_got got;

    for (size_t i = 0; i < COUNTOF(cases); i++) {
        cr_expect_str_eq(read_as(cases[i].text, DATE_GUESSED, &got), cases[i].iso, "%s",
                         cases[i].text);
        cr_expect_eq(got, cases[i].got, "%s", cases[i].text);
    }
}

/* "D.M.Y, H:M:S" is read by the places of its signs; without the comma it is not. */
Test(clock, reads_the_usual_form_as_any_other)
{
    static const char *const cases[] = {
        "04.11.2020, 8:43:48",  "04.11.2020, 08:43:48", "04/11/2020, 23:59:59",
        "31/12/2025, 0:00:00",  "29.02.2024, 12:00:00", "29.02.2023, 12:00:00",
        "04.11.0020, 08:43:48", "04.11.20ab, 08:43:48", "04.11.2020, 24:00:00",
        "13/01/2020, 08:43:48", "01/13/2020, 08:43:48", "00.11.2020, 08:43:48",
        "04.11.2020, 8:60:48",  "04.11.2020, 8:43:60",  "04.11/2020, 8:43:48",
        "04-11-2020, 8:43:48",  "04.11.2020, x8:43:48", "04.11.0000, 08:43:48",
        "04.11.2020, 8:43:4x",  "+4.11.2020, 08:43:48",
    };
    static const enum date_order orders[] = { DATE_GUESSED, DATE_DMY, DATE_MDY,
                                              DATE_YMD };

    for (size_t i = 0; i < COUNTOF(cases) * COUNTOF(orders); i++) {
        const char *text = cases[i / COUNTOF(orders)];
        enum date_order order = orders[i % COUNTOF(orders)];
        char other[32], iso[25];
        enum clock_got got, as_other;

        (void)snprintf(other, sizeof other, "%.10s%s", text, text + 11);
        (void)snprintf(iso, sizeof iso, "%s", read_as(other, order, &as_other));
        cr_expect_str_eq(read_as(text, order, &got), iso, "%s in order %d", text, order);
        cr_expect_eq(got, as_other, "%s in order %d", text, order);
    }
}

Test(clock, refuses_what_is_no_time)
{
    static const char *const cases[] = {
        "",
        "--",
        "soon",
        "31.02.2024, 1:00:00",
        "29.02.2023, 1:00:00",
        "04.13.2020, 1:00:00",
        "04.11.2020, 25:00:00",
        "04.11.2020, 10:60:00",
        "04.11.2020, 0 8:34:27",
        "13/04/2020, 8:00:00 PM x",
        "04.11.2020, 13:00:00 PM",
        "2020-11-04T08:43:48.Z",
        "1e400",
        "1e+",
        "16e11e1",
        "1604472228.",
        "1604472228120.5.",
        "NaN",
        "99999999999999999999999999",
        "2020-11",
        "8:4:4",
        "04.11.2020,",
        "Novem 4, x",
        "Nove 4xx 2020",
        "Nov 4th, 20",
        "Novgorod 4, 2020",
    };
    enum clock_got got;

    for (size_t i = 0; i < COUNTOF(cases); i++) {
        read_as(cases[i], DATE_GUESSED, &got);
        if (strcmp(cases[i], "04.11.2020,") == 0)
            cr_expect_eq(got, CLOCK_DAY_ONLY, "%s", cases[i]);
        else
            cr_expect_eq(got, CLOCK_BAD, "%s", cases[i]);
    }
}

Test(clock, the_order_of_a_date_can_be_told)
{
    enum clock_got got;

    cr_expect_str_eq(read_as("12/09/2025, 10:00:00", DATE_GUESSED, &got),
                     "2025-09-12T10:00:00.000Z");
    cr_expect_str_eq(read_as("12/09/2025, 10:00:00", DATE_MDY, &got),
                     "2025-12-09T10:00:00.000Z");
    cr_expect_str_eq(read_as("12/09/2025, 10:00:00 AM", DATE_DMY, &got),
                     "2025-09-12T10:00:00.000Z");
    cr_expect_str_eq(read_as("04-11-2020 10:00:00", DATE_GUESSED, &got),
                     "2020-11-04T10:00:00.000Z");
    cr_expect_str_eq(read_as("04-11-2020 10:00:00", DATE_MDY, &got),
                     "2020-04-11T10:00:00.000Z");
    /* Dots, a year in front and a month that is named leave nothing open. */
    cr_expect_str_eq(read_as("04.11.2020, 08:43:48", DATE_MDY, &got),
                     "2020-11-04T08:43:48.000Z");
    cr_expect_str_eq(read_as("04.11.2020, 08:43:48", DATE_YMD, &got),
                     "2020-11-04T08:43:48.000Z");
    cr_expect_str_eq(read_as("04.11.20 8:43", DATE_MDY, &got),
                     "2020-11-04T08:43:00.000Z");
    cr_expect_str_eq(read_as("2020-11-04 08:43:48", DATE_MDY, &got),
                     "2020-11-04T08:43:48.000Z");
    cr_expect_str_eq(read_as("Nov 4, 2020 @ 08:43:48", DATE_MDY, &got),
                     "2020-11-04T08:43:48.000Z");
    cr_expect_str_eq(read_as("Nov 4, 2020 @ 08:43:48", DATE_YMD, &got),
                     "2020-11-04T08:43:48.000Z");
}

Test(zone, knows_both_clock_changes)
{
    static const struct {
        const char *zone, *wall;
        enum wall_kind kind;
        const char *earlier, *later;
    } cases[] = {
        { "Europe/Kyiv", "2020-11-04 08:43:48", WALL_ONCE, "2020-11-04T06:43:48.000Z",
          "2020-11-04T06:43:48.000Z" },
        { "Europe/Kyiv", "2024-10-27 02:59:59", WALL_ONCE, "2024-10-26T23:59:59.000Z",
          "2024-10-26T23:59:59.000Z" },
        { "Europe/Kyiv", "2024-10-27 03:00:00", WALL_REPEATED, "2024-10-27T00:00:00.000Z",
          "2024-10-27T01:00:00.000Z" },
        { "Europe/Kyiv", "2024-10-27 03:59:59", WALL_REPEATED, "2024-10-27T00:59:59.000Z",
          "2024-10-27T01:59:59.000Z" },
        { "Europe/Kyiv", "2024-10-27 04:00:00", WALL_ONCE, "2024-10-27T02:00:00.000Z",
          "2024-10-27T02:00:00.000Z" },
        { "Europe/Kyiv", "2024-03-31 02:59:59", WALL_ONCE, "2024-03-31T00:59:59.000Z",
          "2024-03-31T00:59:59.000Z" },
        { "Europe/Kyiv", "2024-03-31 03:00:00", WALL_SKIPPED, NULL, NULL },
        { "Europe/Kyiv", "2024-03-31 04:00:00", WALL_ONCE, "2024-03-31T01:00:00.000Z",
          "2024-03-31T01:00:00.000Z" },
        { "Asia/Kolkata", "2024-03-31 03:00:00", WALL_ONCE, "2024-03-30T21:30:00.000Z",
          "2024-03-30T21:30:00.000Z" },
        { "UTC", "2024-03-31 03:00:00", WALL_ONCE, "2024-03-31T03:00:00.000Z",
          "2024-03-31T03:00:00.000Z" },
    };

    for (size_t i = 0; i < COUNTOF(cases); i++) {
        struct err err = { 0 };
        struct zone *zone = zone_open(cases[i].zone, &err);
        int64_t wall = 0, earlier = 0, later = 0;
        char iso[25];

        cr_assert_not_null(zone, "%s", err.text);
        clock_read(slice_of(cases[i].wall), DATE_GUESSED, &wall);
        cr_expect_eq(zone_instants(zone, wall, &earlier, &later), cases[i].kind, "%s",
                     cases[i].wall);
        if (cases[i].earlier != NULL) {
            instant_iso(earlier, iso);
            cr_expect_str_eq(iso, cases[i].earlier, "%s", cases[i].wall);
            instant_iso(later, iso);
            cr_expect_str_eq(iso, cases[i].later, "%s", cases[i].wall);
        }
        zone_free(zone);
    }
}

Test(zone, an_unknown_name_is_a_usage_error)
{
    static const char *const names[] = { "Europe/Kiev2", "", "../../etc/passwd", "Europe",
                                         "/etc/localtime" };

    for (size_t i = 0; i < COUNTOF(names); i++) {
        struct err err = { 0 };

        cr_expect_null(zone_open(names[i], &err), "%s", names[i]);
        cr_expect_eq(err.code, EXIT_USAGE);
    }
}
