/*
 * recompute.h - stored legs, decided again from stored evidence.
 *
 * Only legs whose outcome changes are written, with what the statistics say of
 * their calls, and what they were is kept in cdr.outcome_change.  Where the rules that
 * differ tell which legs those can be (recompute_affected.c), the others are not read.
 *
 * The work goes by days of UTC, as the months of cdr.leg and the hours of the
 * statistics do, a transaction a day, and the statistics are those of the legs
 * after each.  The legs of a call are decided together: those behind a midnight
 * belong to the day of the one before it.  The lock is taken a day at a time,
 * so a load that waits need not wait for years of legs.
 *
 * A day that is finished is noted in cdr.recompute_slice.  The same
 * recomputation, begun again, does not read it again, unless others have
 * brought legs or outcomes into it since.  They may do so while we are under
 * way: such a day is decided once more before the end.
 */
#ifndef ETL_LOADER_RECOMPUTE_RECOMPUTE_H
#define ETL_LOADER_RECOMPUTE_RECOMPUTE_H

#include "loader/ledger/run.h"
#include "loader/recompute/recompute_report.h"
#include "record/row.h"

struct kept_file;
/* See rules_affected(): which legs RULES may decide otherwise than the set of FILE. */
typedef bool recompute_affected_fn(
    const void *rules, const struct kept_file *file, size_t count, const char *identity,
    void (*add)(void *to, const char *column, struct slice value), void *to);

/* What a recomputation is asked for. */
struct recompute_settings {
    int64_t from, to; /* ms since 1970 UTC, half-open, of the legs' starts */
    const char **provider, **category; /* of the legs as they are stored */
    size_t nproviders, ncategories;    /* 0: all */
    bool dry_run;                      /* count, write nothing; no lock */
    decide_fn decide;
    const void *rules;
    recompute_affected_fn *affected; /* NULL: every leg is decided */
    /* Called every 4096 legs and after each day; NULL: not. */
    void (*progress)(void *to, const struct recompute_report *report);
    void *progress_to;
};

/*
 * False with ERR (EXIT_USAGE: no such carrier or category; EXIT_LOCKED,
 * EXIT_DATABASE, a signal): days that are done stay so, and REPORT lists them.
 */
bool recompute_run(struct run *run, const struct recompute_settings *settings,
                   struct recompute_report *report, struct err *err) MUST_USE;

#endif
