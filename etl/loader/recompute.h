/*
 * recompute.h - stored legs, decided again from stored evidence.
 *
 * One transaction: only legs whose outcome changes are written, with the
 * statistics of their calls' hours, and what they were is kept in
 * cdr.outcome_change.
 */
#ifndef ETL_LOADER_RECOMPUTE_H
#define ETL_LOADER_RECOMPUTE_H

#include "loader/loader.h"

struct recompute_settings {
    int64_t from, to;     /* ms since 1970 UTC, half-open, of the legs' starts */
    const char *provider; /* of the legs as they are stored; NULL: all */
    bool dry_run;         /* count, write nothing */
    decide_fn decide;
    const void *rules;
};

/* So many legs went from one category to another, or stayed. */
struct recompute_move {
    char *from, *to;
    uint64_t legs;
};

struct recompute_report {
    uint64_t legs;    /* looked at */
    uint64_t changed; /* whose outcome changed, be it in rule or confidence only */
    uint64_t hours;   /* whose statistics were built anew */
    struct recompute_move *move;
    size_t nmoves;
};

/* False with ERR (EXIT_LOCKED, EXIT_DATABASE, a signal): nothing was written. */
bool recompute_run(struct run *run, const struct recompute_settings *settings,
                   struct recompute_report *report, struct err *err) MUST_USE;

void recompute_report_free(struct recompute_report *report);

#endif
