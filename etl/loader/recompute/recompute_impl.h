/*
 * recompute_impl.h - what the files of recomputing share.
 */
#ifndef ETL_LOADER_RECOMPUTE_RECOMPUTE_IMPL_H
#define ETL_LOADER_RECOMPUTE_RECOMPUTE_IMPL_H

#include <stdio.h>

#include "db/row_read.h"
#include "loader/loader_impl.h"
#include "loader/recompute/recompute.h"

/* The settings as statements take them. */
struct recompute_texts {
    struct period_text period;
    char ruleset[16], run[16];
    const char *program;
    struct buf providers, categories; /* text[], empty: null */
};

struct recompute {
    struct run *run;
    const struct recompute_settings *settings;
    struct recompute_report *report;
    struct recompute_texts texts;
    struct row_copy *copy;
    struct row_reader *reader;
    struct slice *old, *new; /* values by column */
    bool *is_outcome;        /* columns that deciding fills */
    bool *is_sent;           /* columns of pg_temp.changed */
    size_t category, started_at;
    struct buf row;     /* the leg as decided now */
    struct buf changed; /* rows for pg_temp.changed that wait ... */
    FILE *file;         /* ... and those for which there was no room, or NULL */
    int64_t first_changed, last_changed; /* starts, ms */
    struct buf late;                     /* keys of legs decided with the day before */
    int64_t midnight;                    /* which they are behind, or NO_TIME */
    int64_t plain_from, plain_to; /* here every call has one leg; NO_TIME: who knows */
    int64_t file_id;              /* the newest file when we looked */
    struct hours *hours;          /* of this run, whose statistics changed */
    bool has_begun;               /* the lock was ours once */
};

void recompute_open_texts(struct recompute *recompute);

/* The text[], or NULL for null. */
const char *recompute_array(struct buf *array);

/* False with ERR (EXIT_USAGE): the database knows no such carrier or category. */
bool recompute_check_names(struct recompute *recompute, struct err *err) MUST_USE;

/* List the days, and mark what is done; what this run has counted stays. */
bool recompute_plan(struct recompute *recompute, struct err *err) MUST_USE;
bool recompute_is_whole(const struct recompute_report *report);

/* SLICE is done; all of them are. */
bool recompute_note(struct recompute *recompute, const struct recompute_slice *slice,
                    struct err *err) MUST_USE;
bool recompute_close(struct recompute *recompute, struct err *err) MUST_USE;

/* Decide the legs of SLICE again; what changes waits. */
bool recompute_decide(struct recompute *recompute, struct recompute_slice *slice,
                      struct err *err) MUST_USE;

/* Write what waits: legs, history, statistics. */
bool recompute_write(struct recompute *recompute, struct recompute_slice *slice,
                     struct err *err) MUST_USE;

void recompute_count_move(struct recompute_counts *counts, struct slice from,
                          struct slice to, uint64_t legs);
void recompute_add_counts(struct recompute_counts *to,
                          const struct recompute_counts *counts);
void recompute_slices_free(struct recompute_report *report);
void recompute_counts_free(struct recompute_counts *counts);

#endif
