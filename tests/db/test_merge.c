/* loader/: what several exports tell about one leg, case by case. */
#include <criterion/criterion.h>

#include "base/base.h"
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

TestSuite(merge, .init = setup, .fini = teardown);

#define EXPECT_COUNTS(name, rows, count, ...)                                            \
    legs_expect_counts(run, name, rows, count, (const uint64_t[4]){ __VA_ARGS__ })

/*
 * The second version ties with the first and wins fields, with the same values: the
 * leg is unchanged, so what was decided about it stays, whatever the rules say now.
 */
Test(merge, who_tells_nothing_new_decides_nothing)
{
    for (uint64_t number = 1; number <= 8; number++) {
        struct row plain = legs_row(number, 0), flagged = plain;
        char name[32];

        plain.outcome.category = legs_category("BUSY");
        flagged.leg.started_at -= INT64_C(3600000);
        flagged.leg.repeated_hour = true;
        /* Which of the two has the greater fingerprint is chance: try several. */
        snprintf(name, sizeof name, "plain %ju", (uintmax_t)number);
        EXPECT_COUNTS(name, &plain, 1, 1, 0, 0, 0);
        snprintf(name, sizeof name, "flagged %ju", (uintmax_t)number);
        EXPECT_COUNTS(name, &flagged, 1, 0, 0, 1, 0);
    }
    cr_expect_eq(legs_count(db, "select count(*) from cdr.leg where category = 'BUSY'"),
                 8);
    legs_expect_statistics(db);
}

/* The address tells the carrier; a later export knows when it ended, and other things. */
Test(merge, what_only_the_poorer_export_says_aside_stays)
{
    struct row poorer = legs_row(1, 0), better = legs_row(1, 0);

    poorer.leg.ended_at = NO_TIME;
    poorer.leg.extra =
        slice_of("{\"network_addr\":\"10.0.0.1\",\"tags\":\"vip, \\\"x\\\"\","
                 "\"rating\":5}");
    better.leg.extra = slice_of("{\"rating\":4,\"team\":\"\"}");
    EXPECT_COUNTS("poorer.csv", &poorer, 1, 1, 0, 0, 0);
    EXPECT_COUNTS("better.csv", &better, 1, 0, 1, 0, 0);
    cr_expect_str_eq(legs_ask(db, "select extra::text from cdr.leg"),
                     "{\"tags\": \"vip, \\\"x\\\"\", \"team\": \"\", \"rating\": 4, "
                     "\"network_addr\": \"10.0.0.1\"}");
    poorer.leg.line_no = better.leg.line_no = 7;
    EXPECT_COUNTS("poorer again.csv", &poorer, 1, 0, 0, 1, 0);
    EXPECT_COUNTS("better again.csv", &better, 1, 0, 0, 1, 0);
    poorer.leg.extra = slice_of("{\"team\":\"green\",\"tags\":\"\"}");
    EXPECT_COUNTS("poorer otherwise.csv", &poorer, 1, 0, 0, 1, 0);
    legs_expect_statistics(db);
}

/* Results come a thousand at a time. */
Test(merge, more_legs_than_a_batch)
{
    enum { MANY = 2500 };
    struct row *rows = xcalloc(MANY * 2, sizeof *rows);

    for (size_t i = 0; i < MANY; i++) {
        rows[i] = legs_row(i + 1, (int64_t)i * 3);
        rows[i].leg.sip_code = NO_CODE;
        legs_decide(NULL, &rows[i].leg, &rows[i].outcome);
    }
    EXPECT_COUNTS("without codes", rows, MANY, MANY, 0, 0, 0);
    for (size_t i = 0; i < MANY; i++) {
        rows[i].leg.sip_code = 200;
        rows[i].leg.ended_at = NO_TIME;
        rows[MANY + i] = rows[i];
        rows[MANY + i].leg.queue = slice_of(i % 2 == 0 ? "sales" : "");
    }
    EXPECT_COUNTS("twice, with codes", rows, MANY * 2, 0, MANY, 0, MANY);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.leg where sip_code = 200 and "
                                "ended_at is not null"),
                 MANY);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.leg where queue = 'sales'"),
                 MANY / 2);
    legs_expect_statistics(db);
    free(rows);
}
