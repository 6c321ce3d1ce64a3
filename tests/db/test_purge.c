/* loader/purge: a month that went is closed, for whoever counts and whoever loads. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "db/sql.h"
#include "leg/time/clock.h"
#include "loader/loader.h"
#include "loader/partitions.h"
#include "loader/retention/purge.h"
#include "loader/statistics/statistics.h"
#include "support/legs.h"

enum { LEGS = 3 };
#define HOUR_MS (INT64_C(3600) * MS_PER_S)

static struct db *db;

static void setup(void)
{
    db = legs_database(true);
}

static void teardown(void)
{
    legs_database_drop(db);
}

TestSuite(purge, .init = setup, .fini = teardown);

/* The first instant of a month of 2026. */
static int64_t month_of_2026(int month)
{
    int32_t days = 0;

    clock_day(2026, month, 1, &days);
    return days * MS_PER_DAY;
}

/* A run that has loaded some legs of June and dropped them. */
static struct run *purged_june(void)
{
    struct run *run = legs_run(db);
    struct row rows[LEGS];
    struct purge_report report;
    struct err err = { 0 };

    for (uint64_t i = 0; i < LEGS; i++)
        rows[i] = legs_row(i + 1, (int64_t)i * 1800);

    struct report loaded = legs_load(run, "june.csv", rows, LEGS);

    report_free(&loaded);
    cr_assert(purge_run(run, month_of_2026(7), false, &report, &err), "%s", err.text);
    cr_assert(report.nmonths > 0 && report.month != NULL);

    const struct purge_month *last = &report.month[report.nmonths - 1];

    cr_expect_str_eq(last->month, "2026-06");
    cr_expect_eq(last->legs, LEGS);
    purge_report_free(&report);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.leg"), 0);
    return run;
}

Test(purge, hours_of_a_purged_month_are_never_built_anew)
{
    struct run *run = purged_june();
    struct hours *hours = hours_new();
    struct err err = { 0 };
    int64_t calls = legs_count(db, "select sum(n) from cdr.stat_hour");

    cr_expect_eq(calls, 2 * LEGS, "calls and attempts");
    hours_add_ms(hours, legs_morning);
    hours_add_ms(hours, legs_morning + HOUR_MS);
    cr_expect(statistics_rebuild(db, hours, &err), "%s", err.text);
    cr_expect_eq(legs_count(db, "select sum(n) from cdr.stat_hour"), calls);
    hours_free(hours);
    cr_expect(run_finish(run, EXIT_DONE, &err));
}

Test(purge, purged_months_in_a_row_are_one_span)
{
    struct run *run = purged_june();
    struct partitions *partitions = xcalloc(1, sizeof *partitions);
    struct spans spans = { 0 };
    struct err err = { 0 };

    cr_assert(db_exec(db,
                      "insert into cdr.purged_month select '2026-05-01', 1, now(), 0, 0, "
                      "0, 0, 0, 0 where not exists (select 1 from cdr.purged_month where "
                      "month = '2026-05-01'); insert into cdr.purged_month values "
                      "('2026-03-01', 1, now(), 0, 0, 0, 0, 0, 0)",
                      &err),
              "%s", err.text);

    struct db_rows *months = db_query(db, sql_load_months, NULL, &err);

    cr_assert(months != NULL, "%s", err.text);
    partitions_read(partitions, months);
    db_rows_free(months);
    partitions_purged(partitions, &spans);
    cr_assert_eq(spans.count, 2);
    cr_expect_eq(spans.span[0].from, month_of_2026(3));
    cr_expect_eq(spans.span[0].to, month_of_2026(4));
    cr_expect_eq(spans.span[1].from, month_of_2026(5));
    cr_expect_eq(spans.span[1].to, month_of_2026(7));
    cr_expect(spans_have(&spans, month_of_2026(5)));
    cr_expect(spans_have(&spans, month_of_2026(7) - 1));
    cr_expect_not(spans_have(&spans, month_of_2026(7)));
    cr_expect_not(spans_have(&spans, month_of_2026(4)));

    /* A purged month is not there, and not wanted either. */
    cr_expect_not(partitions_note(partitions, month_of_2026(6)));
    cr_expect_eq(partitions->nwanted, 0);
    free(spans.span);
    free(partitions);
    cr_expect(run_finish(run, EXIT_DONE, &err));
}

Test(purge, the_loader_tells_where_records_are_refused)
{
    struct run *run = purged_june();
    unsigned char sum[DIGEST_BYTES] = { 7 };
    struct err err = { 0 };
    struct load *load = load_open(run, "late.csv", sum, &err);

    cr_assert_not_null(load, "%s", err.text);

    struct spans purged = load_purged(load);

    cr_expect(spans_have(&purged, legs_morning));
    load_close(load);
    cr_expect(run_finish(run, EXIT_DONE, &err));
}
