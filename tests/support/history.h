/*
 * history.h - histories of a database: loads, unloads and recomputations in some order,
 * and whether they end where one load of all that is left by the last rules ends.
 *
 * What is compared, column by column, is every leg, what was told differently
 * about it, every call and all statistics.  Not compared are the marks of who
 * came when (run_id, file_id, line_no, ruleset_id), and of versions that were
 * kept what rules once made of them: a leg is decided anew from the evidence.
 */
#ifndef TESTS_SUPPORT_HISTORY_H
#define TESTS_SUPPORT_HISTORY_H

#include "base/buf.h"
#include "loader/loader.h"

enum { HISTORY_EXPORTS = 4, HISTORY_RECORDS = 16, HISTORY_STEPS = 32 };

/* An export: records as text, or rows that no reader ever saw. */
struct history_export {
    const char *kind; /* "csv", "json", "rows", for whoever reads a failure */
    char *head;       /* the caption line; NULL */
    char *text[HISTORY_RECORDS];
    struct row row[HISTORY_RECORDS]; /* where there is no text; decided when loaded */
    bool is_out[HISTORY_RECORDS];    /* left out, to make the history smaller */
    size_t count;
};

/* How the same export comes. */
enum history_dress { DRESS_PLAIN, DRESS_GZIP, DRESS_RESAVED, DRESS_REVERSED };

struct history_step {
    bool is_recompute;
    bool is_unload; /* of the export as it came in this dress */
    bool is_again;  /* a load; a known file is taken back first */
    size_t rules;   /* which of the two */
    size_t export;
    size_t jobs;   /* of a load of two exports in one command of the program; 0: of one */
    size_t beside; /* the other one */
    enum history_dress dress;
    int64_t from, to; /* of a recomputation, and what it is confined to: NULL: nothing */
    const char *provider, *category;
    bool is_last; /* the recomputation of everything by the last rules */
    bool is_out;
};

struct history {
    struct history_export export[HISTORY_EXPORTS];
    size_t nexports;
    struct history_step step[HISTORY_STEPS];
    size_t nsteps;
};

/* Two rule sets; the second has the last word. */
struct history_rules {
    decide_fn decide;
    const void *rules;      /* struct rules where exports are text */
    const char *ruleset_id; /* 64 hex digits, or any text */
    const struct taxonomy *taxonomy;
    const char *mappings; /* their folder, for the program itself; NULL: it is not run */
    const struct number_plan *numbers; /* of that folder; NULL: none */
};

/*
 * Steps for the exports of HISTORY out of STATE: each is loaded at least once, by
 * either rules; some come again in another dress, some two in one command with --jobs 1
 * or 2, some are taken back, or taken back and loaded in one; recomputations lie between,
 * of everything or of a part of FIRST..LAST (ms).  Behind the last recomputation of
 * everything, by the second rules, there are loads by the second rules only.
 */
void history_steps(struct history *history, uint64_t *state, int64_t first, int64_t last);

/* Play HISTORY in DB and say in WHY (emptied first) what is wrong; true: nothing. */
bool history_play(struct db *db, const struct history *history,
                  const struct history_rules rules[2], struct buf *why);

/* Leave out of HISTORY what it can do without and still fail; WHY: of the smallest. */
void history_shrink(struct db *db, struct history *history,
                    const struct history_rules rules[2], struct buf *why);

/* The steps, and the records of the exports, as text for a failure. */
void history_tell(const struct history *history, struct buf *out);

/* EXPORT as a file (history_program.c), removed when the program ends. */
const char *history_write(const struct history_export *export, enum history_dress dress);

/* The program is there, and takes these rules. */
bool history_can_run(const struct history_rules *rules);

/* Load the two files by RULES with as many --jobs as STEP has. */
bool history_program_load(const struct history_rules *rules,
                          const struct history_step *step, const char *const path[2],
                          struct buf *why);

void history_free(struct history *history); /* the texts, and HISTORY; NULL is allowed */

/* xorshift: the same histories every time, from the seed printed on failure. */
size_t history_dice(uint64_t *state, uint64_t sides);

/* Exports and steps out of STATE; HISTORY is empty. */
typedef void (*history_make_fn)(struct history *history, uint64_t *state);

/*
 * Play the histories that MAKE makes, CDRETL_HISTORIES of them (else a few), from that of
 * CDRETL_FIRST on (else 1), or the one of CDRETL_SEED.  The first that fails is made
 * smaller and told.
 */
void histories_run(history_make_fn make, const struct history_rules rules[2]);

/*
 * What a history left in the database, looked at in SQL (history_state.c).  All return
 * false with a line in WHY.
 */

/* Empty the schema, and what the checks keep. */
bool state_prepare(struct db *db, struct buf *why);

/* Empty the schema. */
bool state_wipe(struct db *db, struct buf *why);

/*
 * Before a load: remember the legs.  Behind it: as many are new and are told
 * otherwise as REPORT says (none unless KEPT), and of no other anything is said
 * that was not said before.
 */
bool state_look(struct db *db, struct buf *why);
bool state_counts(struct db *db, const struct report *report, bool kept, struct buf *why);

/* No leg is there twice, and the statistics are what counting gives. */
bool state_is_sound(struct db *db, struct buf *why);

/* *ALIKE: all files name gateways, or none does. */
bool state_gateways(struct db *db, bool *alike, struct buf *why);

/* Remember everything as that of SIDE, 1 or 2; are both the same? */
bool state_remember(struct db *db, int side, struct buf *why);
bool state_is_same(struct db *db, struct buf *why);

#endif
