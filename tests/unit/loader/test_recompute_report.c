/*
 * The counts of a recomputation: how many legs went from one category to another.
 */
#include "loader/recompute/recompute_report.h"

#include <criterion/criterion.h>

#include "base/text.h"

static void count(struct recompute_counts *counts, const char *from, const char *to,
                  uint64_t legs)
{
    recompute_count_move(counts, slice_of(from), slice_of(to), legs);
}

/* What is stored of a day does not depend on the order in which its legs were read. */
Test(recompute_report, moves_stand_in_order)
{
    struct recompute_counts day = { 0 };
    struct buf out = { 0 };

    count(&day, "NO_ANSWER", "USER_BUSY", 1);
    count(&day, "ANSWERED", "USER_BUSY", 2);
    count(&day, "NO_ANSWER", "REJECTED", 3);
    count(&day, "ANSWERED", "USER_BUSY", 4);
    recompute_add_moves(&out, &day);
    cr_assert_str_eq(buf_cstr(&out),
                     "[{\"from\":\"ANSWERED\",\"to\":\"USER_BUSY\",\"legs\":6},"
                     "{\"from\":\"NO_ANSWER\",\"to\":\"REJECTED\",\"legs\":3},"
                     "{\"from\":\"NO_ANSWER\",\"to\":\"USER_BUSY\",\"legs\":1}]");
    buf_free(&out);
    recompute_counts_free(&day);
}
