/*
 * loader.h - legs into PostgreSQL: one file, one transaction, exactly once.
 *
 * A file is loaded in passes, each one reading of it (attempt.h).  A pass whose rows
 * cannot stay as they were sent, because a leg is stored already or a month has no
 * partition yet, ends with LOAD_AGAIN: the caller reads the file once more.  Nothing
 * is seen by anybody until load_finish() commits, and killing the program at any point
 * leaves the database as it was.
 */
#ifndef ETL_LOADER_LOADER_H
#define ETL_LOADER_LOADER_H

#include "base/digest.h"
#include "loader/ledger/ledger.h"
#include "loader/ledger/run.h"
#include "record/file_report.h"
#include "record/instant.h"
#include "record/reject.h"
#include "record/row.h"

/* Bytes of a file from which on it is worth being taken for a new one; see load_open().
 */
enum { LOAD_LARGE = 4 << 20 };

struct load; /* a file on its way; runs and loads are used one at a time */

/*
 * Begin the transaction, take the lock, look into the ledger.  NAME is what the
 * ledger says later; SHA256 is of the decompressed bytes.  NULL with ERR
 * (EXIT_LOCKED: it says who holds the lock since when; EXIT_DATABASE).
 *
 * SHA256 NULL takes the file for a new one, which need not be read for its digest before:
 * its own reading tells it (reader_digest() of a large file takes long).  Where a loaded
 * file may have its first legs, a pass fails with EXIT_INPUT; where the ledger has it
 * after all, load_finish() with EXIT_DATABASE that is_data: nothing is kept, and it is to
 * be loaded by its digest.  Not while others load beside, nor where known files are taken
 * back.
 */
struct load *load_open(struct run *run, const char *name, const unsigned char *sha256,
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

/* Asked last of all before the commit: is the file still what was read? */
typedef bool (*is_same_fn)(const void *file);
void load_watch(struct load *load, is_same_fn is_same, const void *file);

/* suppress_fn, put_fn and put_reject_fn of flow.h; TO is a struct load. */
void load_suppress(void *to, struct leg *leg);
bool load_put(void *to, const struct row *row, struct err *err) MUST_USE;
bool load_put_reject(void *to, const struct reject *reject, struct err *err) MUST_USE;

enum load_got { LOAD_DONE, LOAD_AGAIN, LOAD_FAILED };

/*
 * WHOLE: every record came; false gives the pass up (and returns LOAD_FAILED).  REPEATS:
 * two of them are of one leg.
 */
enum load_got load_end_pass(struct load *load, bool whole, bool repeats,
                            struct err *err) MUST_USE;

/*
 * Merge what was staged, decide merged legs as the run decides, bring the statistics up
 * to date, write ledger and rejects, and commit once REPORT balances, if the file has not
 * changed meanwhile (EXIT_INPUT).  Fills inserted, updated, unchanged and duplicate of
 * REPORT.
 */
bool load_finish(struct load *load, struct report *report, struct err *err) MUST_USE;

/* Roll back what load_finish() did not commit, note the refusal in the ledger. */
bool load_refuse(struct load *load, const struct report *report, struct err *err);

void load_close(struct load *load); /* rolls back when open; NULL is allowed */

#endif
