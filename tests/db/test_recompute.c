/* loader/recompute: other rules, the same evidence. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "support/legs.h"
#include "support/recompute_fixture.h"

TestSuite(recompute, .init = again_setup, .fini = again_teardown);

Test(recompute, the_same_rules_change_nothing)
{
    struct recompute_report report = again(NULL, false, legs_decide);

    cr_expect_eq(report.counts.legs, 40);
    cr_expect_eq(report.counts.changed, 0);
    cr_expect_eq(report.counts.nmoves, 3);
    cr_expect_eq(legs_count(again_db, "select count(*) from cdr.outcome_change"), 0);
    recompute_report_free(&report);
}

Test(recompute, a_dry_run_counts_and_writes_nothing)
{
    struct recompute_report report = again(NULL, true, again_decide);

    cr_expect_eq(report.counts.changed, 5);
    cr_expect_eq(
        legs_count(again_db, "select count(*) from cdr.leg where category = 'BUSY'"), 5);
    cr_expect_eq(legs_count(again_db, "select count(*) from cdr.outcome_change"), 0);
    recompute_report_free(&report);
}

Test(recompute, only_what_changes_is_written_and_history_kept)
{
    struct err err = { 0 };

    cr_assert(db_exec(again_db,
                      "create temp table before as select ctid as place, * from cdr.leg",
                      &err));

    struct recompute_report report = again(NULL, false, again_decide);

    cr_expect_eq(report.counts.changed, 5);
    cr_expect_eq(again_moved(&report, "BUSY", "REJECTED"), 5);
    cr_expect_eq(again_moved(&report, "NO_ANSWER", "NO_ANSWER"), 5);
    cr_expect_eq(report.counts.hours, 5, "one changed leg in each of five hours");
    cr_expect_eq(legs_count(again_db,
                            "select count(*) from cdr.leg where category = 'REJECTED' "
                            "and naive_category = 'BUSY'"),
                 5);
    cr_expect_eq(legs_count(again_db,
                            "select count(*) from cdr.leg l join before b on b.leg_key "
                            "= l.leg_key and b.place = l.ctid"),
                 35);
    cr_expect_eq(legs_count(again_db,
                            "select count(*) from cdr.leg l join before b using "
                            "(leg_key) where l.evidence_hash <> b.evidence_hash or "
                            "l.file_id <> b.file_id or l.line_no <> b.line_no"),
                 0);
    cr_expect_eq(legs_count(again_db,
                            "select count(*) from cdr.outcome_change where old_category "
                            "= 'BUSY' and new_category = 'REJECTED'"),
                 5);
    legs_expect_statistics(again_db);
    recompute_report_free(&report);
}

Test(recompute, a_provider_alone)
{
    struct recompute_report report = again("vega", false, again_decide);

    cr_expect_eq(report.counts.legs, 39, "the leg over Reserve has no provider");
    cr_expect_eq(report.counts.changed, 4);
    legs_expect_statistics(again_db);
    recompute_report_free(&report);
}

/* Rows that were written to a table, by what the server counts. */
static int64_t written(const char *kind, const char *tables)
{
    struct buf sql = { 0 };

    buf_addf(
        &sql,
        "select coalesce(sum(n_tup_%s), 0) from pg_stat_user_tables where schemaname "
        "= 'cdr' and relname ~ '%s'",
        kind, tables);

    int64_t count = legs_count(again_db, buf_cstr(&sql));

    buf_free(&sql);
    return count;
}

static void flush(void)
{
    if (legs_count(again_db,
                   "select (to_regprocedure('pg_stat_force_next_flush()') is null)"
                   "::int") == 1)
        cr_skip_test("this server cannot be asked to count at once");
    legs_ask(again_db, "select pg_stat_force_next_flush()");
}

Test(recompute, the_server_counts_the_changed_legs_alone)
{
    if (legs_on_citus())
        cr_skip_test("each node keeps server statistics of its own");
    flush();

    int64_t inserted = written("ins", "^leg_2"), updated = written("upd", "^leg_2");
    int64_t deleted = written("del", "^leg_2");
    int64_t groups = written("ins", "^stat_hour$") + written("upd", "^stat_hour$");
    struct recompute_report report = again(NULL, false, again_decide);

    flush();
    cr_expect_eq(written("ins", "^leg_2") - inserted, 0);
    cr_expect_eq(written("upd", "^leg_2") - updated, 5);
    cr_expect_eq(written("del", "^leg_2") - deleted, 0);
    /* Five legs, each a call and an attempt, into groups of their own. */
    cr_expect_leq(written("ins", "^stat_hour$") + written("upd", "^stat_hour$") - groups,
                  10);
    legs_expect_statistics(again_db);
    recompute_report_free(&report);
}

Test(recompute, a_category_alone_and_names_nobody_knows)
{
    const char *categories[] = { "NO_ANSWER", "BUSY", "NOBODY" };
    struct recompute_settings settings = again_settings(again_decide);
    struct recompute_report report;
    struct err err = { 0 };

    settings.category = categories;
    settings.ncategories = 1;
    report = again_as(&settings);
    cr_expect_eq(report.counts.legs, 5);
    cr_expect_eq(report.counts.changed, 0);
    recompute_report_free(&report);

    settings.ncategories = 3;
    cr_expect_not(recompute_run(again_run, &settings, &report, &err));
    cr_expect_eq(err.code, EXIT_USAGE);
    cr_expect_not_null(strstr(err.text, "category NOBODY"), "%s", err.text);
    recompute_report_free(&report);

    settings.ncategories = 2;
    report = again_as(&settings);
    cr_expect_eq(report.counts.legs, 10);
    cr_expect_eq(report.counts.changed, 5);
    legs_expect_statistics(again_db);
    recompute_report_free(&report);
}

Test(recompute, hours_of_other_settings_are_built_anew)
{
    struct err err = { 0 };

    cr_assert(db_exec(again_db,
                      "update cdr.setting set value = '55' where setting = "
                      "'short_call_seconds'",
                      &err));

    struct recompute_report report = again(NULL, false, again_decide);

    cr_expect_eq(legs_count(again_db,
                            "select count(*) from cdr.stat_hour s join cdr.leg l on "
                            "s.hour = date_trunc('hour', l.started_at, 'UTC') and "
                            "l.category = 'REJECTED' where s.answered > 0 and "
                            "s.short = 0"),
                 0);
    recompute_report_free(&report);
}
