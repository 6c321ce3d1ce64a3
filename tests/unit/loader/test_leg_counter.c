/* loader/merge/leg_counter: several records of one leg, more than fit into memory. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "loader/merge/leg_counter.h"
#include "support/legs.h"

enum { LEGS = 40000, MANY = LEGS * 2 };

/* Record AT of the file: every leg twice, the halves of it in opposite order. */
static struct row record(uint64_t at)
{
    uint64_t leg = at < LEGS ? at : MANY - 1 - at;
    struct row row = legs_row(leg, (int64_t)(leg % 7200));

    row.leg.side = 'b';
    row.leg.linked_by = LINK_ID;
    if (at < LEGS) { /* less is known, and it names a call of its own */
        row.leg.call_key = legs_key(MANY + leg);
        row.leg.hangup_cause = SLICE_NONE;
        row.leg.ended_at -= 1000;
    } else {
        row.leg.call_key = legs_key(2 * MANY + leg / 2);
    }
    legs_decide(NULL, &row.leg, &row.outcome);
    return row;
}

static void read_all(struct leg_counter *counter)
{
    struct err err = { 0 };

    leg_counter_begin(counter);
    for (uint64_t at = 0; at < MANY; at++) {
        struct row row = record(at);

        cr_assert(leg_counter_add(counter, &row, &err), "%s", err.text);
    }
    cr_assert(leg_counter_end(counter, &err), "%s", err.text);
}

Test(leg_counter, puts_records_together_beyond_its_memory)
{
    struct leg_counter *counter = leg_counter_new(legs_decide, NULL);
    struct report report;
    struct err err = { 0 };

    report_init(&report, "twice");
    read_all(counter);
    cr_assert(leg_counter_wants_again(counter));
    read_all(counter);
    cr_assert_not(leg_counter_wants_again(counter));
    cr_assert(leg_counter_finish(counter, &report, &err), "%s", err.text);
    cr_expect_eq(report.inserted, LEGS);
    cr_expect_eq(report.duplicate, LEGS);
    cr_expect_eq(report.calls, LEGS / 2, "%ju calls", (uintmax_t)report.calls);
    cr_expect_eq(report.by_category[legs_category("ANSWERED")], LEGS);
    leg_counter_free(counter);
    report_free(&report);
}

Test(leg_counter, reads_once_where_nothing_comes_twice)
{
    struct leg_counter *counter = leg_counter_new(legs_decide, NULL);
    struct report report;
    struct err err = { 0 };

    report_init(&report, "once");
    leg_counter_begin(counter);
    for (uint64_t at = 0; at < 3; at++) {
        struct row row = legs_row(at, 0);

        cr_assert(leg_counter_add(counter, &row, &err), "%s", err.text);
    }
    cr_assert(leg_counter_end(counter, &err), "%s", err.text);
    cr_assert_not(leg_counter_wants_again(counter));
    cr_assert(leg_counter_finish(counter, &report, &err), "%s", err.text);
    cr_expect_eq(report.inserted, 3);
    cr_expect_eq(report.duplicate, 0);
    cr_expect_eq(report.calls, 3);
    leg_counter_free(counter);
    report_free(&report);
}
