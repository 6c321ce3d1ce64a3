/*
 * recompute_report.h - what a recomputation did, counted.
 */
#ifndef ETL_LOADER_RECOMPUTE_RECOMPUTE_REPORT_H
#define ETL_LOADER_RECOMPUTE_RECOMPUTE_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* So many legs went from one category to another, or stayed. */
struct recompute_move {
    char *from, *to;
    uint64_t legs;
};

struct recompute_counts {
    uint64_t legs;    /* looked at */
    uint64_t changed; /* whose outcome changed, be it in rule or confidence only */
    uint64_t hours;   /* whose statistics changed */
    struct recompute_move *move; /* by FROM and TO */
    size_t nmoves;
};

/* A day, or what of it lies in the period. */
struct recompute_slice {
    int64_t first, next; /* ms since 1970 UTC, half-open */
    bool is_done;
    bool is_ours; /* by this run; else one that was interrupted: no moves, no hours */
    struct recompute_counts counts;
};

struct recompute_report {
    struct recompute_counts counts; /* of this run */
    struct recompute_slice *slice;  /* in order; days without legs are left out */
    size_t nslices;
    size_t at; /* the slice being worked on, for progress */
};

/* Count LEGS that went from category FROM to TO. */
void recompute_count_move(struct recompute_counts *counts, struct slice from,
                          struct slice to, uint64_t legs);

/* Add all counts but hours, which two days may share. */
void recompute_add_counts(struct recompute_counts *to,
                          const struct recompute_counts *counts);

/* The days of REPORT that are done, and the start of the first that is not (or the end).
 */
size_t recompute_done(const struct recompute_report *report, int64_t *next);

/* [{"from":...,"to":...,"legs":...},...] */
void recompute_add_moves(struct buf *out, const struct recompute_counts *counts);

void recompute_report_free(struct recompute_report *report);

void recompute_counts_free(struct recompute_counts *counts);
void recompute_slices_free(struct recompute_report *report);

#endif
