/*
 * run.h - a run of the program that writes: its row of cdr.run, its connection.
 *
 * Everybody in loader/ reads a struct run; only run.c and the commit of a file
 * (which adds to CLOSED) write it.
 */
#ifndef ETL_LOADER_LEDGER_RUN_H
#define ETL_LOADER_LEDGER_RUN_H

#include "db/db.h"
#include "loader/retention/quarantine.h"
#include "record/file_report.h"
#include "record/outcome.h"
#include "record/row.h"

struct pseudonym;
struct rules;
struct stat_change;
struct turns;

/* rules_add_files(): every file of RULES as a JSON array behind OUT. */
typedef bool (*rule_files_fn)(const struct rules *rules, struct buf *out,
                              struct err *err);

/* What a run is made of; every pointer is borrowed until run_finish(). */
struct run_settings {
    const char *kind;       /* load, replay, recompute, purge, forget */
    const char *ruleset_id; /* 64 hex digits; NULL: nothing is decided */
    const char
        *rule_texts; /* of rules_add_texts(), until run_start() returns; NULL: no */
    const struct taxonomy *taxonomy;
    const char *note;           /* why there is this rule set; NULL */
    rule_files_fn rule_files;   /* of RULES, asked where they are not stored yet; NULL */
    bool untested_rules;        /* --untested-rules, recorded in the run */
    const char *program;        /* name and version, for the record; NULL: the name */
    bool dry_run;               /* a dry run: it writes nothing, not even that it was */
    uint32_t wait;              /* seconds, for the lock, each time it is taken */
    const char *zone, *profile; /* as given; NULL: not */
    const char *options;        /* as given, a JSON object; NULL: none */
    bool again;                 /* a known file is taken back first, and loaded anew */
    decide_fn decide;           /* decides what others have of its legs, by RULES */
    const struct rules *rules;
    struct replay replay;        /* whose rejects the files take the place of */
    struct pseudonym *pseudonym; /* numbers are stored as pseudonyms; NULL: as they are */
    struct turns *turns;         /* files are loaded beside this one; NULL: none is */
};

struct run {
    struct db *db; /* borrowed */
    struct run_settings settings;
    int32_t run_id, ruleset_id; /* 0 in a dry run */
    uint64_t closed;            /* rejects that committed files took the place of */
    struct stat_change *change; /* of its loads, one after the other; NULL: none yet */
    void (*change_free)(struct stat_change *change);
    double seconds[PHASE_COUNT]; /* of all its files; all 0 when it loads none */
};

/*
 * Write run and rule set in a transaction of their own, in which runs that were killed
 * are closed.  NULL with ERR (EXIT_DATABASE); run_finish() frees it.
 */
struct run *run_start(struct db *db, const struct run_settings *settings,
                      struct err *err) MUST_USE;

/*
 * One more connection of the run RUN_ID with RULESET_ID, whose first one began it and
 * will end it.  NULL with ERR (EXIT_DATABASE); run_leave() frees it.
 */
struct run *run_join(struct db *db, const struct run_settings *settings, int32_t run_id,
                     int32_t ruleset_id, struct err *err) MUST_USE;
void run_leave(struct run *run); /* NULL is allowed */

/* The categories as the mapping files have them, into cdr.category. */
bool run_store_taxonomy(struct db *db, const struct taxonomy *taxonomy,
                        struct err *err) MUST_USE;

/* A provider for the dimension table; before the first load. */
bool run_add_provider(struct run *run, const char *id, const char *name,
                      struct err *err) MUST_USE;

/* The seconds of a file that is done with, for the row of cdr.run. */
void run_add_seconds(struct run *run, const struct report *report);

/*
 * Close the row of cdr.run with EXIT, delete the texts of old rejects, and free RUN;
 * NULL is allowed.
 */
bool run_finish(struct run *run, enum exit_code exit, struct err *err);

#endif
