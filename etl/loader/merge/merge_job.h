/*
 * merge_job.h - what a merge is given, whether it may be, and its legs with several rows.
 */
#ifndef ETL_LOADER_MERGE_MERGE_JOB_H
#define ETL_LOADER_MERGE_MERGE_JOB_H

#include "db/db.h"
#include "db/row/row_copy.h"
#include "loader/ledger/run.h"

/* What was staged, and by whom; all borrowed. */
struct merge_job {
    const struct run *run; /* it decides legs put together of several versions */
    struct db *db;         /* its */
    const struct row_copy *copy;
    int64_t first_at, last_at; /* starts of the staged legs, ms */
    bool has_gateway;          /* the file names gateways, if the ledger lacks it yet */
    uint64_t rows;             /* staged */
    bool may_repeat;           /* two of them may be of one leg */
    bool decides_all;          /* staged is what loaded files have: decide it all anew */
    const char *zone;          /* its times were read in; NULL: they say their own */
};

/*
 * The same legs hours apart: somebody read them in another time zone.  A later export may
 * know of a leg that it began otherwise, but not of all of them by the same whole hours.
 * Merged, one of the two would move the other's calls.
 *
 * Compare the staged legs with the stored ones.  False with ERR (EXIT_INPUT) when all
 * that both have begin the same whole quarters of an hour apart; two differences an hour
 * from each other are one, with a change to daylight saving between.
 */
bool zone_shift_check(const struct merge_job *job, struct err *err) MUST_USE;

/* Conflicts are legs of which more than one row is staged or stored: their fate. */
struct conflict_counts {
    uint64_t inserted, updated, unchanged;
    uint64_t merged;   /* they wait in pg_temp.merged */
    uint64_t replaced; /* of those, the ones that stand in cdr.leg as they were */
};

/*
 * Fold every leg of pg_temp.conflicts, and fill pg_temp.merged and the lists of versions
 * with what changes.
 */
bool merge_conflicts(const struct merge_job *job, struct conflict_counts *counts,
                     struct err *err) MUST_USE;

#endif
