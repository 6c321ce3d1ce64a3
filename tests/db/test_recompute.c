/* loader/recompute: other rules, the same evidence. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "loader/recompute.h"
#include "support/legs.h"

static struct db *db;
static struct run *run;

static void setup(void)
{
    struct row rows[40];

    db = legs_database(true);
    run = legs_run(db);
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

    struct report report = legs_load(run, "legs", rows, COUNTOF(rows));

    report_free(&report);
}

static void teardown(void)
{
    struct err err = { 0 };

    cr_expect(run_finish(run, EXIT_DONE, &err), "%s", err.text);
    legs_database_drop(db);
}

TestSuite(recompute, .init = setup, .fini = teardown);

/* Busy is a reject now; the evidence must be whole to say so. */
static void decide_otherwise(const void *rules, const struct leg *leg,
                             struct outcome *outcome)
{
    legs_decide(rules, leg, outcome);
    if (outcome->category == legs_category("BUSY") &&
        slice_is(leg->network_addr, "10.0.0.1"))
        outcome->category = legs_category("REJECTED");
}

static struct recompute_report recompute(const char *provider, bool dry_run,
                                         decide_fn decide)
{
    struct recompute_settings settings = { .from = legs_morning - 1000,
                                           .to = legs_morning + 86400000,
                                           .provider = provider,
                                           .dry_run = dry_run,
                                           .decide = decide };
    struct recompute_report report;
    struct err err = { 0 };

    cr_assert(recompute_run(run, &settings, &report, &err), "%s", err.text);
    return report;
}

Test(recompute, the_same_rules_change_nothing)
{
    struct recompute_report report = recompute(NULL, false, legs_decide);

    cr_expect_eq(report.legs, 40);
    cr_expect_eq(report.changed, 0);
    cr_expect_eq(report.nmoves, 3);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.outcome_change"), 0);
    recompute_report_free(&report);
}

Test(recompute, a_dry_run_counts_and_writes_nothing)
{
    struct recompute_report report = recompute(NULL, true, decide_otherwise);

    cr_expect_eq(report.changed, 5);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.leg where category = 'BUSY'"),
                 5);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.outcome_change"), 0);
    recompute_report_free(&report);
}

Test(recompute, only_what_changes_is_written_and_history_kept)
{
    struct err err = { 0 };

    cr_assert(
        db_exec(db, "create table before as select ctid as place, * from cdr.leg", &err));

    struct recompute_report report = recompute(NULL, false, decide_otherwise);

    cr_expect_eq(report.changed, 5);
    for (size_t i = 0; i < report.nmoves; i++)
        if (strcmp(report.move[i].from, "BUSY") == 0) {
            cr_expect_str_eq(report.move[i].to, "REJECTED");
            cr_expect_eq(report.move[i].legs, 5);
        }
    cr_expect_eq(legs_count(db,
                            "select count(*) from cdr.leg where category = 'REJECTED' "
                            "and naive_category = 'BUSY'"),
                 5);
    cr_expect_eq(legs_count(db,
                            "select count(*) from cdr.leg l join before b on b.leg_key "
                            "= l.leg_key and b.place = l.ctid"),
                 35);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.leg l join before b using "
                                "(leg_key) where l.evidence_hash <> b.evidence_hash or "
                                "l.file_id <> b.file_id or l.line_no <> b.line_no"),
                 0);
    cr_expect_eq(legs_count(db,
                            "select count(*) from cdr.outcome_change where old_category "
                            "= 'BUSY' and new_category = 'REJECTED'"),
                 5);
    legs_expect_statistics(db);
    recompute_report_free(&report);
}

Test(recompute, a_provider_alone)
{
    struct recompute_report report = recompute("vega", false, decide_otherwise);

    cr_expect_eq(report.legs, 39, "the leg over Reserve has no provider");
    cr_expect_eq(report.changed, 4);
    legs_expect_statistics(db);
    recompute_report_free(&report);
}
