/* loader/: files of two connections beside each other, in every order that matters. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "db/txn.h"
#include "loader/beside/day_locks.h"
#include "loader/beside/turns.h"
#include "support/legs.h"

enum { SIDES = 2, MANY = 3000 }; /* rows: more than wait in memory for a first message */

static struct side {
    struct db *db;
    struct run *run;
    struct turns turns;
    int asked; /* how often it was alone */
    struct load *load;
    struct report report;
} side[SIDES];

static bool ask(void *to, struct err *err)
{
    struct side *of = to;

    (void)err;
    of->asked++;
    return true;
}

static bool go_on(void *to, struct err *err)
{
    (void)to;
    (void)err;
    return true;
}

static void setup(void)
{
    for (int i = 0; i < SIDES; i++) {
        side[i].db = i == 0 ? legs_database(true) : legs_database_again();
        side[i].run = legs_run(side[i].db);
    }

    /* The month is there, and its neighbours. */
    struct row row = legs_row(900000, -9 * 86400);
    struct report report = legs_load(side[0].run, "first.csv", &row, 1);

    report_free(&report);
    for (int i = 0; i < SIDES; i++) {
        side[i].turns = (struct turns){ .alone = ask, .together = go_on, .to = &side[i] };
        side[i].run->settings.turns = &side[i].turns;
    }
}

static void teardown(void)
{
    struct err err = { 0 };

    for (int i = SIDES - 1; i >= 0; i--)
        cr_expect(run_finish(side[i].run, EXIT_DONE, &err), "%s", err.text);
    db_close(side[1].db);
    legs_database_drop(side[0].db);
}

TestSuite(turns, .init = setup, .fini = teardown);

static struct load *open_load(struct side *of, const char *name, struct err *err)
{
    unsigned char sum[DIGEST_BYTES] = { 0 };

    memcpy(sum, name, strlen(name));
    return load_open(of->run, name, sum, err);
}

static void begin(struct side *of, const char *name, size_t records)
{
    struct err err = { 0 };

    of->load = open_load(of, name, &err);
    cr_assert_not_null(of->load, "%s", err.text);
    report_init(&of->report, name);
    of->report.records = records;
    of->report.taxonomy = legs_taxonomy();
}

/* ROWS to the server, but for what waits in memory; the pass is not ended. */
static void put(struct side *of, const struct row *rows, size_t count)
{
    struct err err = { 0 };

    cr_assert(load_begin_pass(of->load, &err), "%s", err.text);
    for (size_t i = 0; i < count; i++) {
        struct row row = rows[i];

        load_ids(of->load, &row.ruleset_id, &row.run_id, &row.file_id);
        cr_assert(load_put(of->load, &row, &err), "%s", err.text);
    }
}

static void ends(struct side *of, enum load_got want)
{
    struct err err = { 0 };

    cr_assert_eq(load_end_pass(of->load, true, false, &err), want, "%s", err.text);
}

static void finish(struct side *of, size_t calls)
{
    struct err err = { 0 };

    of->report.calls = calls;
    cr_assert(load_finish(of->load, &of->report, &err), "%s", err.text);
    load_close(of->load);
}

static struct row *many(int64_t later_ms)
{
    struct row *rows = xcalloc(MANY, sizeof *rows);

    for (size_t i = 0; i < MANY; i++) {
        rows[i] = legs_row(i + 1, (int64_t)i);
        rows[i].leg.started_at += later_ms;
    }
    return rows;
}

/* No key hinders them, for the starts differ: what the second finds, the ledger tells. */
Test(turns, who_comes_second_looks_again)
{
    if (legs_on_citus())
        cr_skip_test("loads wait for each other there: Citus locks shards of a DELETE");

    struct row *exact = many(250), *whole = many(0);

    begin(&side[0], "exact", MANY);
    begin(&side[1], "whole", MANY);
    put(&side[0], exact, MANY);
    put(&side[1], whole, MANY);
    ends(&side[0], LOAD_DONE);
    finish(&side[0], MANY);
    ends(&side[1], LOAD_AGAIN);
    put(&side[1], whole, MANY);
    ends(&side[1], LOAD_DONE);
    finish(&side[1], MANY);
    cr_expect_eq(side[0].report.inserted, MANY);
    cr_expect_eq(side[1].report.inserted, 0);
    cr_expect_eq(legs_count(side[0].db, "select count(*) from cdr.leg"), MANY + 1);
    cr_expect_eq(legs_count(side[0].db, "select count(distinct leg_key) from cdr.leg"),
                 MANY + 1);
    legs_expect_statistics(side[0].db);
    report_free(&side[0].report);
    report_free(&side[1].report);
    free(exact);
    free(whole);
}

/* An A-leg and its B-legs in two files: the calls are counted whole. */
Test(turns, calls_in_two_files)
{
    if (legs_on_citus())
        cr_skip_test("loads wait for each other there: Citus locks shards of a DELETE");

    struct row *a_legs = many(0), *b_legs = many(1000);

    for (size_t i = 0; i < MANY; i++) {
        b_legs[i].leg.key = legs_key(i + 1 + MANY);
        b_legs[i].leg.side = 'b';
    }
    begin(&side[0], "a-legs", MANY);
    begin(&side[1], "b-legs", MANY);
    put(&side[1], b_legs, MANY);
    put(&side[0], a_legs, MANY);
    side[1].report.has_orphans = true;
    ends(&side[0], LOAD_DONE);
    finish(&side[0], MANY);
    ends(&side[1], LOAD_DONE);
    finish(&side[1], MANY);
    cr_expect_eq(legs_count(side[0].db, "select count(*) from cdr.call"), MANY + 1);
    legs_expect_statistics(side[0].db);
    report_free(&side[0].report);
    report_free(&side[1].report);
    free(a_legs);
    free(b_legs);
}

/* Could the other side lock the day that is so many DAYS from the legs' morning? */
static bool day_is_free(int days)
{
    struct buf sql = { 0 };
    int64_t day = legs_morning / MS_PER_DAY + days;

    buf_addf(&sql, "select pg_try_advisory_xact_lock(x'64617973'::integer, %d)::integer",
             (int)(day % DAY_LOCKS));

    bool is_free = legs_count(side[1].db, buf_cstr(&sql)) == 1;

    buf_free(&sql);
    return is_free;
}

/* Legs are looked for 50 hours away; and none who waits for a day holds a later one. */
Test(turns, days_in_reach_are_locked)
{
    struct row row = legs_row(1, 0);

    begin(&side[0], "one", 1);
    put(&side[0], &row, 1);
    cr_expect(day_is_free(0), "nobody waits while rows are sent");
    ends(&side[0], LOAD_DONE);
    for (int day = -2; day <= 2; day++)
        cr_expect_not(day_is_free(day), "day %d", day);
    cr_expect(day_is_free(-3));
    cr_expect(day_is_free(3));
    finish(&side[0], 1);
    cr_expect(day_is_free(0), "the end of the transaction gives them back");
    report_free(&side[0].report);
}

/* A file of centuries takes all days, and no more. */
Test(turns, a_long_file_takes_each_lock_once)
{
    struct err err = { 0 };

    cr_assert(txn_begin_shared(side[0].db, 0, &err), "%s", err.text);
    cr_assert(day_locks_take(side[0].db, -INT64_C(4000) * 365 * MS_PER_DAY,
                             INT64_C(4000) * 365 * MS_PER_DAY, &err),
              "%s", err.text);
    /* The view shows the locks of all databases. */
    cr_expect_eq(legs_count(side[1].db,
                            "select count(*) from pg_locks l join pg_database d on d.oid "
                            "= l.database where l.locktype = 'advisory' and l.classid = "
                            "1684109683 and d.datname = current_database()"),
                 DAY_LOCKS);
    txn_rollback(side[0].db);
}

/* What changes everything waits for loads, and loads for it. */
Test(turns, who_must_be_alone_is)
{
    struct err err = { 0 };
    struct row row = legs_row(1, 0);

    begin(&side[0], "one", 1);
    cr_expect_not(txn_begin_locked(side[1].db, 0, &err));
    cr_expect_eq(err.code, EXIT_LOCKED);
    put(&side[0], &row, 1);
    ends(&side[0], LOAD_DONE);
    finish(&side[0], 1);
    report_free(&side[0].report);
    err = (struct err){ 0 };
    cr_assert(txn_begin_locked(side[1].db, 0, &err), "%s", err.text);
    cr_expect_null(open_load(&side[0], "two", &err));
    cr_expect_eq(err.code, EXIT_LOCKED);
    cr_expect_not(err.is_disturbed, "alone it would fare no better");
    txn_rollback(side[1].db);
}

/* A month is made while nobody else is at it, once, and rows go on beside others. */
Test(turns, a_month_is_made_alone)
{
    struct row row = legs_row(1, -400 * INT64_C(86400));

    begin(&side[0], "old", 1);
    put(&side[0], &row, 1);
    ends(&side[0], LOAD_DONE);
    cr_expect_eq(side[0].asked, 1);
    cr_expect_not(side[0].turns.is_alone);
    finish(&side[0], 1);
    report_free(&side[0].report);
}

/* Is the load at an end for the sake of others?  Alone it is not. */
static void only_alone(const char *name, const struct row *rows, size_t count,
                       bool is_far)
{
    struct err err = { 0 };

    begin(&side[0], name, count);
    put(&side[0], rows, count);
    ends(&side[0], LOAD_DONE);
    side[0].report.has_far_calls = is_far;
    side[0].report.has_orphans = !is_far;
    side[0].report.calls = 1;
    cr_assert_not(load_finish(side[0].load, &side[0].report, &err));
    cr_expect(err.is_disturbed, "%s", err.text);
    load_close(side[0].load);
    report_free(&side[0].report);
    err = (struct err){ 0 };
    cr_assert(turns_alone(&side[0].turns, &err));
    begin(&side[0], name, count);
    put(&side[0], rows, count);
    ends(&side[0], LOAD_DONE);
    side[0].report.has_far_calls = is_far;
    side[0].report.has_orphans = !is_far;
    finish(&side[0], 1);
    report_free(&side[0].report);
    cr_assert(turns_together(&side[0].turns, &err));
}

/* A call of two legs that start eight days apart, and a leg that comes to it. */
Test(turns, calls_over_days_are_counted_alone)
{
    struct row rows[] = { legs_row(1, 0), legs_row(2, -8 * INT64_C(86400)),
                          legs_row(3, 5) };

    for (size_t i = 1; i < COUNTOF(rows); i++) {
        rows[i].leg.call_key = rows[0].leg.key;
        rows[i].leg.side = 'b';
    }
    only_alone("far", rows, 2, true);
    legs_expect_statistics(side[0].db);
    only_alone("more", rows + 2, 1, false);
    legs_expect_statistics(side[0].db);
}

Test(turns, a_file_is_taken_back_alone)
{
    struct err err = { 0 };
    struct row row = legs_row(1, 0);

    begin(&side[0], "one", 1);
    put(&side[0], &row, 1);
    ends(&side[0], LOAD_DONE);
    finish(&side[0], 1);
    report_free(&side[0].report);
    side[0].run->settings.again = true;
    cr_expect_null(open_load(&side[0], "one", &err));
    cr_expect(err.is_disturbed, "%s", err.text);
    err = (struct err){ 0 };
    cr_assert(turns_alone(&side[0].turns, &err));
    begin(&side[0], "one", 1);
    cr_expect_not(load_is_known(side[0].load));
    load_close(side[0].load);
    report_free(&side[0].report);
}
