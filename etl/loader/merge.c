/*
 * merge.c - staged rows into cdr.leg.
 */
#include "loader/loader_impl.h"

bool merge_staged(struct load *load, decide_fn decide, const void *rules,
                  struct merge_counts *counts, struct err *err)
{
    (void)decide;
    (void)rules;
    (void)counts;
    return err_set(err, EXIT_INTERNAL, "no merge yet") && load;
}
