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
#include "loader/recompute/recompute_report.h"
#include "loader/statistics/stat_change.h"

struct recompute_settings;

/* The settings as statements take them. */
struct recompute_texts {
    struct period_text period;
    struct int_text ruleset, run;
    const char *program;
    struct buf providers, categories; /* text[], empty: null */
};

/* Which legs can change, as values of columns (recompute_affected.c). */
enum { AFFECTED_COLUMNS = 7 };
struct recompute_affected {
    bool is_known;
    struct buf sets;                    /* rule sets of which that is known: an int[] */
    struct buf value[AFFECTED_COLUMNS]; /* arrays, empty: null */
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
    uint64_t crossing; /* legs that are decided with the day before theirs */
    bool is_counted;   /* what the changes come to, but for calls apart */
    bool is_picked;    /* only pg_temp.picked is read */
    struct recompute_affected affected;
    int64_t first_changed, last_changed; /* starts, ms */
    struct hours *hours;                 /* of this run, whose statistics changed */
    bool has_begun;                      /* the lock was taken once */
};

/* --- which days there are, and which are done: recompute_plan.c --- */

/* Fill in the texts of RECOMPUTE from its settings; buffers inside are its own. */
void recompute_open_texts(struct recompute *recompute);

/* The text[], or NULL for null. */
const char *recompute_array(struct buf *array);

/* False with ERR (EXIT_USAGE): the database knows no such carrier or category. */
bool recompute_check_names(struct recompute *recompute, struct err *err) MUST_USE;

/* List the days and mark what is done; what this run has counted stays. */
bool recompute_plan(struct recompute *recompute, struct err *err) MUST_USE;

/* Note in the database that SLICE is done, or that the whole period is. */
bool recompute_note(struct recompute *recompute, const struct recompute_slice *slice,
                    struct err *err) MUST_USE;
bool recompute_close(struct recompute *recompute, struct err *err) MUST_USE;

/* --- which legs can change: recompute_affected.c --- */

/* Compare our rules with those that decided the stored legs.  False with ERR. */
bool recompute_affected_open(struct recompute *recompute, struct err *err) MUST_USE;
void recompute_affected_close(struct recompute *recompute);

/*
 * Put the legs of SLICE that can change into pg_temp.picked, and count the others in it.
 * False in is_picked: which they are is not known, or they are too many to be read one by
 * one; then nothing is counted.
 */
bool recompute_pick(struct recompute *recompute, struct recompute_slice *slice,
                    struct err *err) MUST_USE;

/* --- the legs of a day, decided again: recompute_decide.c --- */

/* Where the columns stand that cdr.outcome_change keeps, into RECOMPUTE. */
void recompute_history_open(struct recompute *recompute);

/* What it calls them: "run_id, ..., old_category, new_category, ...". */
void recompute_history_columns(struct buf *out);

enum { RECOMPUTE_BEHIND = 4 }; /* values of a leg behind the columns of a row */

/*
 * Decide the legs of SLICE again and count them in it; those that change wait in
 * RECOMPUTE until recompute_write().  What that comes to in the statistics gathers in
 * CHANGE, but for calls apart; unless it cannot be told from legs that stream by, then
 * is_counted is false.
 */
bool recompute_decide(struct recompute *recompute, struct recompute_slice *slice,
                      struct stat_change *change, struct err *err) MUST_USE;

/* --- the legs that change, into the database: recompute_write.c --- */

/*
 * Write the legs that wait, their history, and their statistics by CHANGE; counts SLICE's
 * hours.
 */
bool recompute_write(struct recompute *recompute, struct recompute_slice *slice,
                     struct stat_change *change, struct err *err) MUST_USE;

#endif
