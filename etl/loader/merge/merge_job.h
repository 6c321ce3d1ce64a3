/*
 * merge_job.h - what a merge is given.
 */
#ifndef ETL_LOADER_MERGE_MERGE_JOB_H
#define ETL_LOADER_MERGE_MERGE_JOB_H

#include "db/db.h"
#include "db/row/row_copy.h"

/* What was staged, and by whom; all borrowed. */
struct merge_job {
    struct db *db;
    const struct row_copy *copy;
    int32_t run_id, ruleset_id;
    int64_t first_at, last_at; /* starts of the staged legs, ms */
    bool has_gateway;          /* a staged leg names a gateway */
    uint64_t rows;             /* staged */
    bool may_repeat;           /* two of them may be of one leg */
    bool decides_all;          /* staged is what other files have: decide it all anew */
    const char *zone;          /* its times were read in; NULL: they say their own */
    decide_fn decide;          /* for legs put together of several versions */
    const void *rules;
};

#endif
