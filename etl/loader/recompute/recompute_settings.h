/*
 * recompute_settings.h - what a recomputation is asked for.
 */
#ifndef ETL_LOADER_RECOMPUTE_RECOMPUTE_SETTINGS_H
#define ETL_LOADER_RECOMPUTE_RECOMPUTE_SETTINGS_H

#include "loader/recompute/recompute_report.h"
#include "record/row.h"

struct recompute_settings {
    int64_t from, to; /* ms since 1970 UTC, half-open, of the legs' starts */
    const char **provider, **category; /* of the legs as they are stored */
    size_t nproviders, ncategories;    /* 0: all */
    bool dry_run;                      /* count, write nothing; no lock */
    decide_fn decide;
    const void *rules;
    /* Called every 4096 legs and after each day; NULL: not. */
    void (*progress)(void *to, const struct recompute_report *report);
    void *progress_to;
};

#endif
