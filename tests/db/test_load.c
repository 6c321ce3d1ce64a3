/* loader/: files into the database, exactly once. */
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

TestSuite(load, .init = setup, .fini = teardown);

#define EXPECT_COUNTS(name, rows, count, ...)                                            \
    legs_expect_counts(run, name, rows, count, (const uint64_t[4]){ __VA_ARGS__ })

Test(load, a_fresh_file_goes_straight_in)
{
    struct row rows[] = { legs_row(1, 0), legs_row(2, 10), legs_row(3, 4000) };

    EXPECT_COUNTS("one.csv", rows, COUNTOF(rows), 3, 0, 0, 0);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.leg"), 3);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.call"), 3);
    cr_expect_eq(legs_count(db, "select sum(n) from cdr.stat_hour where unit = 'call'"),
                 3);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.file where verdict = 'loaded' "
                                "and records = 3 and inserted = 3 and has_gateway"),
                 1);
    legs_expect_statistics(db);
}

Test(load, an_empty_file_loads)
{
    EXPECT_COUNTS("empty.csv", NULL, 0, 0, 0, 0, 0);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.file where first_at is null"),
                 1);
}

Test(load, the_same_legs_again_change_nothing)
{
    struct row rows[] = { legs_row(1, 0), legs_row(2, 10), legs_row(3, 4000) };

    EXPECT_COUNTS("one.csv", rows, COUNTOF(rows), 3, 0, 0, 0);
    EXPECT_COUNTS("two.csv", rows, COUNTOF(rows), 0, 0, 3, 0);
    cr_expect_eq(legs_count(db, "select count(distinct file_id) from cdr.leg"), 1);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.leg_version"), 0);
    legs_expect_statistics(db);
}

Test(load, the_ledger_knows_a_file)
{
    struct row row = legs_row(1, 0);
    struct err err = { 0 };
    unsigned char sum[DIGEST_BYTES];
    struct digest *digest = digest_new();
    struct load *load;

    EXPECT_COUNTS("one.csv", &row, 1, 1, 0, 0, 0);
    digest_add(digest, "one.csv", strlen("one.csv"));
    digest_finish(digest, sum);
    digest_free(digest);
    load = load_open(run, "other name", sum, &err);
    cr_assert_not_null(load, "%s", err.text);
    cr_expect(load_is_known(load));
    load_close(load);
}

Test(load, months_are_made_as_they_come)
{
    enum { DAY = 86400 };
    struct row rows[] = { legs_row(1, 0), legs_row(2, 40 * DAY),
                          legs_row(3, -400 * DAY) };

    EXPECT_COUNTS("three months.csv", rows, COUNTOF(rows), 3, 0, 0, 0);
    /* Their own, the one before the first, and the one after the last. */
    cr_expect_eq(legs_count(db, "select count(*) from pg_inherits "
                                "where inhparent = 'cdr.leg'::regclass"),
                 5);
    legs_expect_statistics(db);
}

/* Enough rows that the second month comes when COPY has long begun. */
Test(load, a_month_that_comes_late)
{
    enum { MANY = 3000 };
    struct row *rows = xcalloc(MANY, sizeof *rows);

    for (size_t i = 0; i < MANY; i++)
        rows[i] = legs_row(i + 1, i < MANY - 1 ? (int64_t)i : 40 * 86400);
    EXPECT_COUNTS("late month.csv", rows, MANY, MANY, 0, 0, 0);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.leg"), MANY);
    legs_expect_statistics(db);
    free(rows);
}

/* Half of the rows are known, and the head of the file is not. */
Test(load, an_overlap_late_in_the_file)
{
    enum { MANY = 3000 };
    struct row *rows = xcalloc(MANY, sizeof *rows);

    for (size_t i = 0; i < MANY; i++)
        rows[i] = legs_row(i + 1, (int64_t)i);
    EXPECT_COUNTS("later half.csv", rows + MANY / 2, MANY / 2, MANY / 2, 0, 0, 0);
    EXPECT_COUNTS("all.csv", rows, MANY, MANY / 2, 0, MANY / 2, 0);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.leg"), MANY);
    legs_expect_statistics(db);
    free(rows);
}

Test(load, the_same_row_twice_in_a_file)
{
    struct row rows[] = { legs_row(1, 0), legs_row(2, 10), legs_row(1, 0) };

    EXPECT_COUNTS("twice.csv", rows, COUNTOF(rows), 2, 0, 0, 1);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.leg"), 2);
    legs_expect_statistics(db);
}

/* The primary key does not see this one: the start differs. */
Test(load, a_leg_twice_with_different_starts)
{
    struct row rows[] = { legs_row(1, 0), legs_row(2, 10), legs_row(1, 0) };

    rows[2].leg.started_at += 250;
    EXPECT_COUNTS("moved.csv", rows, COUNTOF(rows), 2, 0, 0, 1);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.leg"), 2);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.leg "
                                "where started_at = '2026-06-10 10:00:00.25Z'"),
                 1);
    legs_expect_statistics(db);
}

Test(load, who_knows_more_updates_and_who_knows_less_does_not)
{
    struct row less = legs_row(1, 0), more = legs_row(1, 0);

    less.leg.sip_code = NO_CODE;
    less.leg.gateway = SLICE_NONE;
    less.leg.ended_at = NO_TIME;
    EXPECT_COUNTS("less.csv", &less, 1, 1, 0, 0, 0);
    EXPECT_COUNTS("more.csv", &more, 1, 0, 1, 0, 0);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.leg where sip_code = 200 "
                                "and gateway = 'Vega' and ended_at is not null"),
                 1);
    less.leg.line_no = 77;
    EXPECT_COUNTS("less again.csv", &less, 1, 0, 0, 1, 0);
    less.leg.domain = slice_of("other.webitel");
    EXPECT_COUNTS("less and other.csv", &less, 1, 0, 0, 1, 0);
    cr_expect_str_eq(legs_ask(db, "select domain from cdr.leg"), "site.webitel");
    legs_expect_statistics(db);
}

/* The fold is nobody's own telling, so it must be decided anew. */
Test(load, a_leg_put_together_is_decided_anew)
{
    struct row one = legs_row(1, 0), two = legs_row(1, 0);

    one.leg.bill_seconds = NO_SECONDS;
    one.leg.hangup_cause = slice_of("USER_BUSY");
    one.leg.agent = slice_of("1003");
    legs_decide(NULL, &one.leg, &one.outcome);
    two.leg.hangup_cause = SLICE_NONE;
    two.leg.ended_at -= 1000;
    legs_decide(NULL, &two.leg, &two.outcome);
    EXPECT_COUNTS("one.csv", &one, 1, 1, 0, 0, 0);
    cr_expect_str_eq(legs_ask(db, "select category from cdr.leg"), "BUSY");
    EXPECT_COUNTS("two.csv", &two, 1, 0, 1, 0, 0);
    cr_expect_str_eq(legs_ask(db, "select category from cdr.leg"), "ANSWERED");
    cr_expect_eq(legs_count(db, "select count(*) from cdr.leg where agent = '1003' "
                                "and bill_seconds = 50 and hangup_cause = 'USER_BUSY' "
                                "and evidence_hash = 0"),
                 1);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.leg_version"), 2);
    legs_expect_statistics(db);
}

Test(load, an_exact_instant_moves_the_leg)
{
    struct row coarse = legs_row(1, 3599), exact = legs_row(1, 3600);

    exact.leg.started_at += 7;
    EXPECT_COUNTS("coarse.csv", &coarse, 1, 1, 0, 0, 0);
    EXPECT_COUNTS("exact.json", &exact, 1, 0, 1, 0, 0);
    EXPECT_COUNTS("coarse again.csv", &coarse, 1, 0, 0, 1, 0);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.leg "
                                "where started_at = '2026-06-10 11:00:00.007Z'"),
                 1);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.stat_hour"), 2);
    legs_expect_statistics(db);
}

Test(load, a_parent_named_links_the_leg)
{
    struct row b = legs_row(2, 1), alone = legs_row(2, 1), a = legs_row(1, 0);

    b.leg.call_key = a.leg.key;
    b.leg.side = 'b';
    b.leg.linked_by = LINK_ID;
    EXPECT_COUNTS("alone.csv", &alone, 1, 1, 0, 0, 0);
    EXPECT_COUNTS("a.csv", &a, 1, 1, 0, 0, 0);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.call"), 2);
    EXPECT_COUNTS("b.csv", &b, 1, 0, 1, 0, 0);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.call"), 1);
    cr_expect_eq(legs_count(db, "select sum(n) from cdr.stat_hour where unit = 'call'"),
                 1);
    legs_expect_statistics(db);
}

/* The A-leg comes in a later file, and the call moves to the hour before. */
Test(load, an_orphan_finds_its_parent)
{
    struct row a = legs_row(1, -1), b = legs_row(2, 0);

    b.leg.call_key = a.leg.key;
    b.leg.side = 'b';
    b.leg.linked_by = LINK_ID;
    EXPECT_COUNTS("b.json", &b, 1, 1, 0, 0, 0);
    cr_expect_str_eq(legs_ask(db, "select is_orphan::text from cdr.call"), "true");
    EXPECT_COUNTS("a.json", &a, 1, 1, 0, 0, 0);
    cr_expect_eq(legs_count(db, "select legs from cdr.call"), 2);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.stat_hour where unit = 'call' "
                                "and hour = '2026-06-10 09:00Z'"),
                 1);
    legs_expect_statistics(db);
}

/* Whether there are gateways is a fact of the export, and of the leg for ever. */
Test(load, an_export_without_gateways_counts_long_destinations)
{
    struct row far = legs_row(1, 0), near = legs_row(2, 5);
    struct row both[3];

    far.leg.gateway = near.leg.gateway = SLICE_NONE;
    far.outcome.provider = near.outcome.provider = NULL;
    near.leg.destination = slice_of("1003");
    both[0] = far;
    both[1] = near;
    both[2] = legs_row(3, 10);
    EXPECT_COUNTS("no gateways.csv", both, 2, 2, 0, 0, 0);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.attempt"), 1);
    EXPECT_COUNTS("gateways.csv", both, 3, 1, 2, 0, 0);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.attempt"), 1);
    cr_expect_eq(
        legs_count(db, "select sum(n) from cdr.stat_hour where unit = 'attempt'"), 1);
    legs_expect_statistics(db);
}

Test(load, rejects_are_kept_with_their_place_and_bytes)
{
    enum { MANY = 25000 }; /* more than memory keeps */
    static const unsigned char sum[DIGEST_BYTES] = { 1 };
    struct reject reject = { .code = REJECT_BAD_ENCODING,
                             .line = 7,
                             .offset = 123,
                             .column = "caller",
                             .text = { "a\0b\xff", 4 } };
    struct err err = { 0 };
    struct report report;
    struct load *load = load_open(run, "bad\xff.csv", sum, &err);

    report_init(&report, "bad.csv");
    report.records = MANY;
    report.rejected[REJECT_BAD_ENCODING] = MANY;
    cr_assert_not_null(load, "%s", err.text);
    cr_assert(load_begin_pass(load, &err), "%s", err.text);
    for (int i = 0; i < MANY; i++)
        cr_assert(load_put_reject(load, &reject, &err), "%s", err.text);
    cr_assert_eq(load_end_pass(load, true, false, &err), LOAD_DONE, "%s", err.text);
    cr_assert(load_finish(load, &report, &err), "%s", err.text);
    load_close(load);
    cr_expect_eq(legs_count(db,
                            "select count(*) from cdr.reject where code = "
                            "'bad_encoding' and line_no = 7 and byte_offset = 123 and "
                            "column_name = 'caller' and raw = '\\x610062ff' and not "
                            "raw_is_cut and closed_at is null"),
                 MANY);
    cr_expect_eq(legs_count(db,
                            "select rejected from cdr.file where name = 'bad?.csv' and "
                            "rejected_by_code = '{\"bad_encoding\": 25000}'"),
                 MANY);
    report_free(&report);
}

Test(load, numbers_that_do_not_add_up_roll_back)
{
    static const unsigned char sum[DIGEST_BYTES] = { 2 };
    struct row row = legs_row(1, 0);
    struct err err = { 0 };
    struct report report;
    struct load *load = load_open(run, "odd.csv", sum, &err);

    report_init(&report, "odd.csv");
    report.records = 2; /* one came */
    cr_assert_not_null(load, "%s", err.text);
    cr_assert(load_begin_pass(load, &err) && load_put(load, &row, &err), "%s", err.text);
    cr_assert_eq(load_end_pass(load, true, false, &err), LOAD_DONE, "%s", err.text);
    cr_expect_not(load_finish(load, &report, &err));
    cr_expect_eq(err.code, EXIT_INTERNAL, "%s", err.text);
    load_close(load);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.leg"), 0);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.file"), 0);
    report_free(&report);
}

Test(load, a_refusal_is_noted_and_nothing_else)
{
    static const unsigned char sum[DIGEST_BYTES] = { 3 };
    struct row row = legs_row(1, 0);
    struct err err = { 0 };
    struct report report;
    struct load *load = load_open(run, "cut.csv", sum, &err);

    report_init(&report, "cut.csv");
    report.verdict = VERDICT_REFUSED;
    report.reason = xstrdup("the file ends inside a quote");
    cr_assert_not_null(load, "%s", err.text);
    cr_assert(load_begin_pass(load, &err) && load_put(load, &row, &err), "%s", err.text);
    cr_expect_eq(load_end_pass(load, false, false, &err), LOAD_FAILED);
    cr_expect(load_refuse(load, &report, &err), "%s", err.text);
    load_close(load);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.leg"), 0);
    cr_expect_str_eq(
        legs_ask(db, "select reason from cdr.file where verdict = 'refused'"),
        "the file ends inside a quote");
    report_free(&report);
}

Test(load, who_holds_the_lock_is_said)
{
    static const unsigned char sum[DIGEST_BYTES] = { 4 };
    struct err err = { 0 };
    struct db *second = legs_database_again();
    struct run *other = legs_run(second);
    struct load *load = load_open(run, "first.csv", sum, &err);

    cr_assert_not_null(load, "%s", err.text);
    cr_expect_null(load_open(other, "second.csv", sum, &err));
    cr_expect_eq(err.code, EXIT_LOCKED, "%s", err.text);
    cr_expect_not_null(strstr(err.text, "run 1 (load)"), "%s", err.text);
    load_close(load);
    err = (struct err){ 0 };
    load = load_open(other, "second.csv", sum, &err);
    cr_expect_not_null(load, "%s", err.text);
    load_close(load);
    cr_expect(run_finish(other, EXIT_DONE, &err));
    db_close(second);
}
