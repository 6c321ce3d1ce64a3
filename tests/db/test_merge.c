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

/* Load ROWS and compare what the report says. */
static void expect_counts(const char *name, const struct row *rows, size_t count,
                          const uint64_t want[4])
{
    struct report report = legs_load(run, name, rows, count);

    cr_expect_eq(report.inserted, want[0], "%s: inserted %ju", name, report.inserted);
    cr_expect_eq(report.updated, want[1], "%s: updated %ju", name, report.updated);
    cr_expect_eq(report.unchanged, want[2], "%s: unchanged %ju", name, report.unchanged);
    cr_expect_eq(report.duplicate, want[3], "%s: duplicate %ju", name, report.duplicate);
    report_free(&report);
}

#define EXPECT_COUNTS(name, rows, count, ...)                                            \
    expect_counts(name, rows, count, (const uint64_t[4]){ __VA_ARGS__ })

/*
 * The second telling ties with the first and wins fields, with the same values: the
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
