/*
 * recompute_state.h - what the files of recomputing share while it runs.
 */
#ifndef ETL_LOADER_RECOMPUTE_RECOMPUTE_STATE_H
#define ETL_LOADER_RECOMPUTE_RECOMPUTE_STATE_H

#include <stdio.h>

#include "db/row/row_copy.h"
#include "db/row/row_read.h"
#include "loader/hours.h"
#include "loader/recompute/recompute_settings.h"
#include "loader/run.h"

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
    int64_t plain_from, plain_to; /* here every call has one leg; NO_TIME: unknown */
    int64_t file_id;              /* the newest file of the ledger when last asked */
    struct hours *hours;          /* of this run, whose statistics changed */
    bool has_begun;               /* the lock was taken once */
};

#endif
