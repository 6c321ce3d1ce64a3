/*
 * loader.h - legs into PostgreSQL: one file, one transaction, exactly once.
 *
 * A file is loaded in passes.  The first goes straight into the partitions by
 * binary COPY inside a savepoint.  When that cannot stand (a leg is already
 * there, a month has no partition yet) the pass ends with LOAD_AGAIN: the
 * caller reads the file once more and the rows take the other way, through the
 * staging table.  Nothing is seen by anybody until load_finish() commits, and
 * killing the program at any point leaves the database as it was.
 */
#ifndef ETL_LOADER_LOADER_H
#define ETL_LOADER_LOADER_H

#include "base/digest.h"
#include "base/err.h"
#include "db/db.h"
#include "db/schema.h"
#include "loader/retention/quarantine.h"
#include "record/file_report.h"
#include "record/reject.h"
#include "record/row.h"

/* What a run is made of; every pointer is borrowed until run_finish(). */
struct run_settings {
    const char *kind;       /* load, replay, recompute, purge, forget */
    const char *ruleset_id; /* 64 hex digits; NULL: nothing is decided */
    const struct taxonomy *taxonomy;
    bool untested_rules;  /* --untested-rules, recorded in the run */
    const char *program;  /* name and version, for the record; NULL: the name */
    bool dry_run;         /* a dry run: it writes nothing, not even that it was */
    uint32_t wait;        /* seconds, for the lock, each time it is taken */
    struct replay replay; /* whose rejects the files take the place of */
};

struct run; /* a row of cdr.run, and the connection it works on */

/* Writes run and rule set in a transaction of their own. */
struct run *run_start(struct db *db, const struct run_settings *settings,
                      struct err *err) MUST_USE;
int64_t run_id(const struct run *run);

/* How many rejects the files of this run took the place of. */
uint64_t run_closed(const struct run *run);

/* A provider or category for the dimension tables; before the first load. */
bool run_add_provider(struct run *run, const char *id, const char *name,
                      struct err *err) MUST_USE;

/*
 * Closes the row of cdr.run with EXIT, forgets old rejects' texts, and frees RUN;
 * NULL is allowed.
 */
bool run_finish(struct run *run, enum exit_code exit, struct err *err);

struct load; /* a file on its way; runs and loads are used one at a time */

/*
 * Begin the transaction, take the lock, look into the ledger.  NAME is what the
 * ledger says later; SHA256 is of the decompressed bytes.  NULL with ERR
 * (EXIT_LOCKED: it says who holds the lock since when; EXIT_DATABASE).
 */
struct load *load_open(struct run *run, const char *name,
                       const unsigned char sha256[static DIGEST_BYTES],
                       struct err *err) MUST_USE;

/* The ledger has this file: there is nothing to do but load_keep(), load_close(). */
bool load_is_known(const struct load *load);

/* Close the rejects that a known file takes the place of, and commit. */
bool load_keep(struct load *load, struct err *err) MUST_USE;

/* The file's CAPTION line, copied; the ledger keeps it when there are rejects. */
void load_caption(struct load *load, struct slice caption);

/* Ids for the rows to come. */
void load_ids(const struct load *load, int32_t *ruleset_id, int32_t *run_id,
              int32_t *file_id);

/* Where records must be refused; good until the load is closed. */
struct spans load_purged(const struct load *load);

bool load_begin_pass(struct load *load, struct err *err) MUST_USE;

/* The key that names legs without id; good until the load is closed. */
const unsigned char *load_name_key(const struct load *load);

/* suppress_fn, put_fn and put_reject_fn of flow.h; LOAD is a struct load. */
void load_suppress(void *load, struct leg *leg);
bool load_put(void *load, const struct row *row, struct err *err) MUST_USE;
bool load_put_reject(void *load, const struct reject *reject, struct err *err) MUST_USE;

enum load_got { LOAD_DONE, LOAD_AGAIN, LOAD_FAILED };

/* WHOLE: every record came; false gives the pass up (and returns LOAD_FAILED). */
enum load_got load_end_pass(struct load *load, bool whole, struct err *err) MUST_USE;

/* Decide a leg anew, after it was put together of what two exports know. */
typedef void (*decide_fn)(const void *rules, const struct leg *leg,
                          struct outcome *outcome);

/*
 * Merge what was staged, decide merged legs with DECIDE(RULES), rebuild the
 * statistics of the hours touched, write ledger and rejects, and commit once
 * REPORT balances.  Fills inserted, updated, unchanged and duplicate of REPORT.
 */
bool load_finish(struct load *load, struct report *report, decide_fn decide,
                 const void *rules, struct err *err) MUST_USE;

/* Roll back what load_finish() did not commit, note the refusal in the ledger. */
bool load_refuse(struct load *load, const struct report *report, struct err *err);

void load_close(struct load *load); /* rolls back when open; NULL is allowed */

#endif
