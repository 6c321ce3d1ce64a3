/*
 * stat_sums.h - what is counted and added up of calls and attempts.
 */
#ifndef ETL_LOADER_STATISTICS_STAT_SUMS_H
#define ETL_LOADER_STATISTICS_STAT_SUMS_H

#include <stdint.h>

/* The counts of cdr.stat_hour, by name, in the order of enum stat_sum. */
#define STAT_SUMS(X)                                                                     \
    X(n)                                                                                 \
    X(answered)                                                                          \
    X(delivered_low)                                                                     \
    X(delivered_high)                                                                    \
    X(short)                                                                             \
    X(rang)                                                                              \
    X(duration)                                                                          \
    X(bill_seconds)                                                                      \
    X(bill_n)                                                                            \
    X(talk_seconds)                                                                      \
    X(early_media_seconds)                                                               \
    X(pdd_seconds)                                                                       \
    X(pdd_n)                                                                             \
    X(ring_seconds)                                                                      \
    X(ring_n)                                                                            \
    X(setup_seconds)                                                                     \
    X(setup_n)                                                                           \
    X(wait_seconds)                                                                      \
    X(wait_n)                                                                            \
    X(hold_seconds)                                                                      \
    X(handling_seconds)                                                                  \
    X(handling_n)                                                                        \
    X(by_agent)                                                                          \
    X(served_in_time)                                                                    \
    X(left_soon)                                                                         \
    X(legs)

enum stat_sum {
#define X(name) STAT_##name,
    STAT_SUMS(X)
#undef X
        STAT_SUM_COUNT
};

struct stat_sums {
    int64_t sum[STAT_SUM_COUNT];
};

#endif
