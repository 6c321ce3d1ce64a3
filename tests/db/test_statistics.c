/* loader/statistics/: what is counted while legs stream is what counting them anew gives.
 */
#include <criterion/criterion.h>

#include "base/base.h"
#include "loader/unload.h"
#include "support/legs.h"

static struct db *db;
static struct run *run;

static void setup(void)
{
    db = legs_database(true);
    run = legs_run(db);
}

static void teardown(void)
{
    struct err err = { 0 };

    cr_expect(run_finish(run, EXIT_DONE, &err), "%s", err.text);
    legs_database_drop(db);
}

TestSuite(statistics, .init = setup, .fini = teardown);

/* Hours that are counted anew from now on fail the load. */
static void forbid_counting(bool forbid)
{
    struct err err = { 0 };

    cr_assert(db_exec(db,
                      forbid ? "alter function cdr.hours_between(timestamptz, "
                               "timestamptz) rename to hours_between_aside"
                             : "alter function cdr.hours_between_aside(timestamptz, "
                               "timestamptz) rename to hours_between",
                      &err),
              "%s", err.text);
}

static void load(const char *name, const struct row *rows, size_t count)
{
    struct report report = legs_load(run, name, rows, count);

    report_free(&report);
}

/* Likewise, and the statistics come from the stream. */
static void load_streaming(const char *name, const struct row *rows, size_t count)
{
    forbid_counting(true);
    load(name, rows, count);
    forbid_counting(false);
    legs_expect_statistics(db);
}

static uint32_t dice(uint32_t sides)
{
    static uint32_t state = 2463534242;

    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state % sides;
}

static struct slice one_of(const char *const *texts, uint32_t count)
{
    return slice_of(texts[dice(count)]);
}

static int32_t some_seconds(void)
{
    return dice(4) == 0 ? NO_SECONDS : (int32_t)dice(100);
}

/* A leg of anything; CALL is its own number, or that of its A-leg. */
static struct row some_leg(uint64_t number, uint64_t call, int64_t seconds)
{
    static const char *const directions[] = { "inbound", "outbound", "internal", "" };
    static const char *const causes[] = { "NORMAL_CLEARING", "USER_BUSY", "NO_ANSWER",
                                          "ORIGINATOR_CANCEL", "" };
    static const char *const gateways[] = { "Vega", "Dnipro", "", "" };
    static const char *const queues[] = { "sales", "", "" };
    struct row row = legs_row(number, seconds);
    struct leg *leg = &row.leg;

    leg->call_key = legs_key(call);
    leg->side = call == number ? 'a' : 'b';
    leg->linked_by = call == number ? LINK_NONE : dice(3) == 0 ? LINK_ADJACENCY : LINK_ID;
    leg->direction = one_of(directions, COUNTOF(directions));
    leg->hangup_cause = one_of(causes, COUNTOF(causes));
    leg->gateway = one_of(gateways, COUNTOF(gateways));
    leg->queue = one_of(queues, COUNTOF(queues));
    leg->destination = slice_of(dice(3) == 0 ? "102" : "380671112233");
    leg->sip_code = (int16_t)(dice(2) == 0 ? NO_CODE : 480 + dice(8));
    leg->duration = some_seconds();
    leg->bill_seconds = some_seconds();
    leg->talk_seconds = some_seconds();
    leg->ring_seconds = some_seconds();
    leg->pdd_seconds = some_seconds();
    leg->wait_seconds = some_seconds();
    leg->hold_seconds = some_seconds();
    leg->bridged_at = dice(2) == 0 ? NO_TIME : leg->started_at + dice(90) * 1000;
    leg->ended_at = dice(4) == 0 ? NO_TIME : leg->started_at + dice(200) * 1000;
    legs_decide(NULL, leg, &row.outcome);
    row.outcome.early_media_seconds = some_seconds();
    row.outcome.provider = dice(2) == 0 ? NULL : "vega";
    row.outcome.is_outbound = slice_is(leg->direction, "outbound") || dice(5) == 0;
    return row;
}

/* COUNT legs of calls that have one to four, from number FIRST on. */
static void some_calls(struct row *rows, size_t count, uint64_t first, int64_t seconds)
{
    uint64_t call = first;

    for (size_t i = 0; i < count; i++) {
        if (dice(2) == 0)
            call = first + i;
        rows[i] = some_leg(first + i, call, seconds + (int64_t)i * 40 + dice(60));
    }
}

Test(statistics, calls_of_any_kind_are_counted_while_they_stream)
{
    enum { LEGS = 3000 };
    struct row *rows = xcalloc(LEGS, sizeof *rows);

    some_calls(rows, LEGS, 1, 0);
    load_streaming("some.csv", rows, LEGS);
    some_calls(rows, LEGS, 10000, 20);
    load_streaming("more of the same hours.csv", rows, LEGS);
    free(rows);
}

Test(statistics, a_file_without_gateways_counts_far_destinations)
{
    struct row rows[100];

    some_calls(rows, COUNTOF(rows), 1, 0);
    for (size_t i = 0; i < COUNTOF(rows); i++)
        rows[i].leg.gateway = SLICE_NONE;
    load_streaming("without gateways.csv", rows, COUNTOF(rows));
    cr_expect_gt(legs_count(db, "select sum(n) from cdr.stat_hour where unit = 'attempt' "
                                "and provider is null"),
                 0);
}

/* The A-legs in one file, some B-legs in another, and more in a third. */
Test(statistics, calls_that_files_share_are_counted_once)
{
    enum { CALLS = 200 };
    struct row a[CALLS], b[CALLS], c[CALLS];

    for (uint64_t i = 0; i < CALLS; i++) {
        int64_t seconds = (int64_t)i * 300;

        a[i] = some_leg(1 + i, 1 + i, seconds);
        b[i] = some_leg(1001 + i, 1 + i, seconds + 5);
        c[i] = some_leg(2001 + i, i % 2 == 0 ? 1 + i : 2001 + i, seconds + 3600);
    }
    load_streaming("b.csv", b, CALLS);
    load_streaming("a.csv", a, CALLS);
    load_streaming("c.csv", c, CALLS);
    cr_expect_eq(legs_count(db, "select sum(n) from cdr.stat_hour where unit = 'call'"),
                 CALLS + CALLS / 2);
}

/* More groups than memory holds: they go to the temporary file, in several runs. */
Test(statistics, groups_beyond_memory_are_merged)
{
    enum { LEGS = 60000, TEXT = 24 };
    struct row *rows = xcalloc(LEGS, sizeof *rows);
    char(*text)[TEXT] = xcalloc(LEGS, sizeof *text);

    for (size_t i = 0; i < LEGS; i++) {
        snprintf(text[i], TEXT, "queue %zu", i * 7919 % (LEGS / 2));
        rows[i] = legs_row(i + 1, (int64_t)(i * 7919 % LEGS) / 10);
        rows[i].leg.queue = slice_of(text[i]);
    }
    load_streaming("many groups.csv", rows, LEGS);
    free(text);
    free(rows);
}

/* Calls whose legs stand too far apart to be held are counted as they are stored. */
Test(statistics, legs_of_a_call_far_apart_are_noticed)
{
    enum { LEGS = 9000 };
    struct row *rows = xcalloc(LEGS, sizeof *rows);

    for (size_t i = 0; i < LEGS; i++)
        rows[i] = some_leg(i + 1, i + 1, (int64_t)i);
    rows[LEGS - 1] = some_leg(LEGS, 1, 10);
    load_streaming("far apart.csv", rows, LEGS);
    cr_expect_eq(legs_count(db, "select sum(n) from cdr.stat_hour where unit = 'call'"),
                 LEGS - 1);
    free(rows);
}

static void take_back(const char *name)
{
    struct unload_files files = { 0 };
    struct err err = { 0 };

    cr_assert(unload_find(db, NULL, NULL, name, &files, &err), "%s", err.text);
    cr_assert_eq(files.count, 1);
    cr_expect(unload_run(run, &files.file[0], &err), "%s", err.text);
    unload_files_free(&files);
}

/* What an export brings of which a part is known otherwise, and taking either back. */
Test(statistics, merges_and_files_taken_back_change_them_by_difference)
{
    enum { LEGS = 1200, SHIFT = 400 };
    struct row *rows = xcalloc(LEGS, sizeof *rows);

    some_calls(rows, LEGS, 1, 0);
    load_streaming("first.csv", rows, LEGS - SHIFT);
    for (size_t i = SHIFT; i < LEGS; i += 2) {
        rows[i].leg.duration = 1000;
        rows[i].leg.started_at += 3600 * 1000;
        legs_decide(NULL, &rows[i].leg, &rows[i].outcome);
    }
    load_streaming("second.csv", rows + SHIFT, LEGS - SHIFT);
    forbid_counting(true);
    take_back("first.csv");
    forbid_counting(false);
    legs_expect_statistics(db);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.leg"), LEGS - SHIFT);
    forbid_counting(true);
    take_back("second.csv");
    forbid_counting(false);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.stat_hour"), 0);
    free(rows);
}
