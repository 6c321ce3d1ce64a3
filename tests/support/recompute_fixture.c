/*
 * recompute_fixture.c - legs to decide again, and other rules.
 */
#include "support/recompute_fixture.h"

#include <criterion/criterion.h>

#include "base/base.h"
#include "support/legs.h"

struct db *again_db;
struct run *again_run;

void again_setup(void)
{
    struct row rows[40];
    struct err err = { 0 };

    again_db = legs_database(true);
    again_run = legs_run(again_db);
    cr_assert(run_add_provider(again_run, "vega", NULL, &err), "%s", err.text);
    for (uint64_t i = 0; i < COUNTOF(rows); i++) {
        rows[i] = legs_row(i + 1, (int64_t)i * 600);
        if (i % 4 == 0) {
            rows[i].leg.bill_seconds = 0;
            rows[i].leg.hangup_cause = slice_of(i % 8 == 0 ? "USER_BUSY" : "NO_ANSWER");
        }
        if (i == 0)
            rows[i].leg.gateway = slice_of("Reserve");
        rows[i].leg.extra = slice_of("{\"network_addr\": \"10.0.0.1\"}");
        legs_decide(NULL, &rows[i].leg, &rows[i].outcome);
    }

    struct report report = legs_load(again_run, "legs", rows, COUNTOF(rows));

    report_free(&report);
}

void again_teardown(void)
{
    struct err err = { 0 };

    cr_expect(run_finish(again_run, EXIT_DONE, &err), "%s", err.text);
    legs_database_drop(again_db);
}

/* Busy is a reject now; the evidence must be whole to say so. */
void again_decide(const void *rules, const struct leg *leg, struct outcome *outcome)
{
    legs_decide(rules, leg, outcome);
    if (outcome->category == legs_category("BUSY") &&
        slice_is(leg->network_addr, "10.0.0.1"))
        outcome->category = legs_category("REJECTED");
}

/* Two days, of which the second has no legs unless a test adds some. */
struct recompute_settings again_settings(decide_fn decide)
{
    return (struct recompute_settings){ .from = legs_morning - 1000,
                                        .to = legs_morning + 2 * MS_PER_DAY,
                                        .decide = decide };
}

struct recompute_report again_as(const struct recompute_settings *settings)
{
    struct recompute_report report;
    struct err err = { 0 };

    cr_assert(recompute_run(again_run, settings, &report, &err), "%s", err.text);
    return report;
}

struct recompute_report again(const char *provider, bool dry_run, decide_fn decide)
{
    struct recompute_settings settings = again_settings(decide);

    settings.provider = &provider;
    settings.nproviders = provider != NULL;
    settings.dry_run = dry_run;
    return again_as(&settings);
}

uint64_t again_moved(const struct recompute_report *report, const char *from,
                     const char *to)
{
    for (size_t i = 0; i < report->counts.nmoves; i++)
        if (strcmp(report->counts.move[i].from, from) == 0 &&
            strcmp(report->counts.move[i].to, to) == 0)
            return report->counts.move[i].legs;
    return 0;
}
