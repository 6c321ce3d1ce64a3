/* loader/: files into the database, exactly once. */
#include <criterion/criterion.h>

#include "support/legs.h"
#include "base/base.h"

Test(load, a_fresh_file_goes_straight_in)
{
    struct db *db = legs_database(true);
    struct run *run = legs_run(db);
    struct row rows[] = { legs_row(1, 0), legs_row(2, 10), legs_row(3, 4000) };
    struct report report = legs_load(run, "one.csv", rows, COUNTOF(rows));
    struct err err = { 0 };

    cr_expect_eq(report.inserted, 3);
    cr_expect_eq(report.updated + report.unchanged + report.duplicate, 0);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.leg"), 3);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.call"), 3);
    cr_expect_eq(legs_count(db, "select sum(n) from cdr.stat_hour where unit = 'call'"), 3);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.file where verdict = 'loaded'"), 1);
    report_free(&report);
    cr_expect(run_finish(run, EXIT_DONE, &err), "%s", err.text);
    legs_database_drop(db);
}
