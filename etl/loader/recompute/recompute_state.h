/*
 * recompute_state.h - what the files of recomputing share while it runs.
 */
#ifndef ETL_LOADER_RECOMPUTE_RECOMPUTE_STATE_H
#define ETL_LOADER_RECOMPUTE_RECOMPUTE_STATE_H

#include "db/copy_buffer.h"
#include "db/row/row_copy.h"
#include "db/row/row_read.h"
#include "loader/hours.h"
#include "loader/ledger/run.h"
#include "loader/recompute/recompute_settings.h"

/* The settings as statements take them. */
struct recompute_texts {
    struct period_text period;
    char ruleset[16], run[16];
    const char *program;
    struct buf providers, categories; /* text[], empty: null */
};

/* Columns of cdr.outcome_change: of the leg, and those with which its outcome goes on. */
enum { HISTORY_OF_LEG = 3, HISTORY_COLUMNS = 9 };

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
    size_t category, started_at, history_column[HISTORY_COLUMNS];
    struct buf row;            /* the leg as decided now */
    struct copy_spool changed; /* rows for pg_temp.changed ... */
    struct copy_spool history; /* ... and for cdr.outcome_change, that wait */
    struct outcome_reader *outcome_reader;
    bool is_counted; /* what the changes come to, but for calls apart */
    int64_t first_changed, last_changed; /* starts, ms */
    struct hours *hours;                 /* of this run, whose statistics changed */
    bool has_begun;                      /* the lock was taken once */
};

#endif
