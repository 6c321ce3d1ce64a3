/* loader/recompute: day by day, interrupted, and with others at work. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "support/legs.h"
#include "support/recompute_fixture.h"

TestSuite(recompute_days, .init = again_setup, .fini = again_teardown);

enum { MIDNIGHT = 14 * 3600 }; /* seconds from legs_morning to it */

/*
 * A call over midnight: the caller's side and its two B-legs, all busy; and between
 * midnight and the second a busy leg that stands alone.
 */
static void load_night(struct run *by, const char *name, uint64_t first)
{
    static const int64_t seconds[] = { MIDNIGHT - 60, MIDNIGHT - 20, MIDNIGHT + 20,
                                       MIDNIGHT + 10 };
    struct row rows[COUNTOF(seconds)];

    for (size_t i = 0; i < COUNTOF(rows); i++) {
        rows[i] = legs_row(first + i, seconds[i]);
        rows[i].leg.bill_seconds = 0;
        rows[i].leg.hangup_cause = slice_of("USER_BUSY");
        rows[i].leg.extra = slice_of("{\"network_addr\": \"10.0.0.1\"}");
        if (i == 1 || i == 2) {
            rows[i].leg.call_key = legs_key(first);
            rows[i].leg.side = 'b';
            rows[i].leg.linked_by = LINK_ID;
        }
        legs_decide(NULL, &rows[i].leg, &rows[i].outcome);
    }

    struct report report = legs_load(by, name, rows, COUNTOF(rows));

    cr_expect_eq(report.inserted, COUNTOF(rows));
    report_free(&report);
}

/* How much of the first night is rejected, not busy. */
static int64_t rejected_at_night(void)
{
    return legs_count(again_db,
                      "select count(*) from cdr.leg where category = 'REJECTED' and "
                      "started_at >= '2026-06-10 23:00:00Z'");
}

/* What to do between two days. */
struct between {
    size_t day; /* when it is done */
    void (*act)(struct db *other);
    struct db *other;
};

static void between_days(void *to, const struct recompute_report *report)
{
    struct between *between = to;

    if (!report->slice[report->at].is_done || report->at != between->day ||
        between->act == NULL)
        return;
    between->act(between->other);
    between->act = NULL;
}

static void kill_ours(struct db *other)
{
    legs_ask(other,
             "select pg_terminate_backend(pid) from pg_stat_activity where datname "
             "= current_database() and pid <> pg_backend_pid()");
    legs_ask(NULL, NULL);
}

/* A recomputation that loses its server when the first day is done. */
static struct recompute_report interrupted(const struct recompute_settings *wish)
{
    struct between between = { 0, kill_ours, legs_database_again() };
    struct recompute_settings settings = *wish;
    struct recompute_report report;
    struct err err = { 0 };

    settings.progress = between_days;
    settings.progress_to = &between;
    cr_expect_not(recompute_run(again_run, &settings, &report, &err));
    cr_expect_eq(err.code, EXIT_DATABASE, "%s", err.text);
    run_finish(again_run, err.code, &err);
    db_close(again_db);
    again_db = between.other;
    again_run = legs_run(again_db);
    return report;
}

Test(recompute_days, what_was_interrupted_goes_on_behind_the_days_that_are_done)
{
    struct recompute_settings settings = again_settings(again_decide);
    int64_t next = 0;

    load_night(again_run, "night", 100);

    struct recompute_report report = interrupted(&settings);

    cr_expect_eq(report.nslices, 2);
    cr_expect_eq(recompute_done(&report, &next), 1);
    cr_expect_eq(next, legs_morning + MIDNIGHT * INT64_C(1000));
    cr_expect_eq(report.slice[0].counts.legs, 43, "the call over midnight is whole");
    cr_expect_eq(report.slice[0].counts.changed, 8);
    recompute_report_free(&report);
    cr_expect_eq(rejected_at_night(), 3);
    legs_expect_statistics(again_db);

    report = again_as(&settings);
    cr_expect_eq(report.counts.legs, 1, "the leg that stands alone, and no other");
    cr_expect_eq(report.counts.changed, 1);
    cr_expect_eq(report.slice[0].counts.legs, 43);
    cr_expect_not(report.slice[0].is_ours);
    recompute_report_free(&report);
    cr_expect_eq(rejected_at_night(), 4);
    cr_expect_eq(legs_count(again_db, "select count(*) from cdr.outcome_change"), 9);
    legs_expect_statistics(again_db);

    report = again_as(&settings);
    cr_expect_eq(report.counts.legs, 44, "what is finished is not continued");
    cr_expect_eq(report.counts.changed, 0);
    recompute_report_free(&report);
}

Test(recompute_days, other_choices_do_not_continue_it)
{
    struct recompute_settings settings = again_settings(again_decide);
    const char *provider = "vega";

    load_night(again_run, "night", 100);

    struct recompute_report report = interrupted(&settings);

    recompute_report_free(&report);
    settings.provider = &provider;
    settings.nproviders = 1;
    report = again_as(&settings);
    cr_expect_eq(report.counts.legs, 43, "one of 44 has no provider");
    recompute_report_free(&report);
    settings.nproviders = 0;
    settings.to += 1000;
    report = again_as(&settings);
    cr_expect_eq(report.counts.legs, 44);
    recompute_report_free(&report);
}

/* A run of a rule set that knows nothing of rejects. */
static struct run *run_of_others(struct db *other)
{
    struct run_settings settings = { .kind = "load",
                                     .ruleset_id = "fedcba9876543210",
                                     .decide = legs_decide,
                                     .taxonomy = legs_taxonomy() };
    struct err err = { 0 };
    struct run *others = run_start(other, &settings, &err);

    cr_assert_not_null(others, "%s", err.text);
    return others;
}

static void load_as_others(struct db *other)
{
    struct run *others = run_of_others(other);
    struct err err = { 0 };

    load_night(others, "others", 200);
    cr_expect(run_finish(others, EXIT_DONE, &err), "%s", err.text);
}

Test(recompute_days, legs_that_came_into_a_finished_day_are_decided_too)
{
    struct recompute_settings settings = again_settings(again_decide);

    load_night(again_run, "night", 100);

    struct recompute_report report = interrupted(&settings);

    recompute_report_free(&report);
    load_as_others(again_db);
    cr_expect_eq(rejected_at_night(), 3);
    report = again_as(&settings);
    cr_expect_eq(report.counts.legs, 48, "both days again");
    cr_expect_eq(report.counts.changed, 5);
    recompute_report_free(&report);
    cr_expect_eq(rejected_at_night(), 8);
    legs_expect_statistics(again_db);
}

Test(recompute_days, the_same_rules_spoil_no_finished_day)
{
    struct recompute_settings settings = again_settings(again_decide);

    load_night(again_run, "night", 100);

    struct recompute_report report = interrupted(&settings);

    recompute_report_free(&report);
    load_night(again_run, "more", 300);
    report = again_as(&settings);
    cr_expect_eq(report.counts.legs, 2, "those of the second day that stand alone");
    recompute_report_free(&report);
    legs_expect_statistics(again_db);
}

Test(recompute_days, others_take_the_lock_between_two_days_and_what_they_bring_is_decided)
{
    struct between between = { 0, load_as_others, legs_database_again() };
    struct recompute_settings settings = again_settings(again_decide);

    load_night(again_run, "night", 100);
    settings.from -= MS_PER_DAY; /* far from where the period begins */
    settings.progress = between_days;
    settings.progress_to = &between;

    struct recompute_report report = again_as(&settings);

    cr_expect_null(between.act, "it was not called");
    cr_expect_eq(rejected_at_night(), 8);
    cr_expect_eq(legs_count(again_db, "select count(*) from cdr.recompute_slice where "
                                      "closed_by_run is null"),
                 0);
    legs_expect_statistics(again_db);
    recompute_report_free(&report);
    legs_ask(NULL, NULL);
    db_close(between.other);
}

Test(recompute_days, one_day_of_several_has_its_neighbours_statistics_right)
{
    struct recompute_settings settings = again_settings(again_decide);

    load_night(again_run, "night", 100);
    settings.from = legs_morning + MIDNIGHT * INT64_C(1000);

    struct recompute_report report = again_as(&settings);

    cr_expect_eq(report.counts.legs, 2, "a period is one of legs, not of calls");
    legs_expect_statistics(again_db);
    recompute_report_free(&report);

    settings.from -= 30 * INT64_C(1000);
    settings.to = settings.from + 40 * INT64_C(1000);
    report = again_as(&settings);
    cr_expect_eq(report.counts.legs, 1, "the first B-leg");
    cr_expect_eq(report.nslices, 1);
    legs_expect_statistics(again_db);
    recompute_report_free(&report);
    cr_expect_eq(rejected_at_night(), 3);
}
