/*
 * recompute_fixture.h - legs to decide again, and other rules, for the tests of
 * recomputing.
 */
#ifndef TESTS_SUPPORT_AGAIN_H
#define TESTS_SUPPORT_AGAIN_H

#include "loader/recompute/recompute.h"

/* The database of a test, and the run at work: 40 legs of a morning, loaded. */
extern struct db *again_db;
extern struct run *again_run;

void again_setup(void);
void again_teardown(void);

/* Busy is a reject now; the evidence must be whole to say so. */
void again_decide(const void *rules, const struct leg *leg, struct outcome *outcome);

/* Two days, of which the second has no legs unless a test adds some. */
struct recompute_settings again_settings(decide_fn decide);

/* Recompute, which must go well; of PROVIDER (NULL: all), for show only. */
struct recompute_report again_as(const struct recompute_settings *settings);
struct recompute_report again(const char *provider, bool dry_run, decide_fn decide);

/* How many legs of REPORT went from one category to another. */
uint64_t again_moved(const struct recompute_report *report, const char *from,
                     const char *to);

#endif
