/*
 * spool.h - a folder that a nightly job empties: incoming, processed, failed.
 *
 * One job at a time works in a spool.  Only regular files of incoming/ are taken,
 * opened without following a link; a file that may still grow stays until it is whole.
 * What was taken leaves for processed/ or, with a note beside it, for failed/, on the
 * disk for good; nothing that is there is ever replaced.
 */
#ifndef ETL_COMMANDS_LOAD_SPOOL_H
#define ETL_COMMANDS_LOAD_SPOOL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "loader/retention/number.h"
#include "output/file.h"

enum { SPOOL_MIN_AGE = 60, SPOOL_WHOLE_AGE = 3600 }; /* seconds */

struct spool;

/*
 * Open DIR, making the three folders that are not there, and take its lock, for which it
 * waits WAIT seconds (EXIT_LOCKED).  Files that changed less than MIN_AGE seconds ago
 * are not taken.  NULL with ERR.
 */
struct spool *spool_open(const char *dir, uint32_t wait, uint32_t min_age,
                         struct err *err) MUST_USE;
void spool_close(struct spool *spool); /* NULL is allowed */

/*
 * The names of incoming/ that may be taken, in their order; free() them and *NAMES.
 * Names that begin with a dot or end in .part, .filepart, .tmp or .note are somebody
 * else's business; of other things that are no files a warning tells.
 */
bool spool_list(struct spool *spool, char ***names, size_t *count,
                struct err *err) MUST_USE;

/* A file of incoming/ that was taken. */
struct spooled {
    const char *name;
    int fd; /* open for reading; the caller's to close.  -1: it cannot be opened */
    struct file_stamp stamp;
};

/* Take NAME.  False: it stays, and WHY says why, as it does where FILE cannot be read. */
bool spool_take(const struct spool *spool, const char *name, struct spooled *file,
                struct buf *why) MUST_USE;

/*
 * Open for this process what another one took as FILE; the caller's to close.  False: it
 * is gone.
 */
bool spool_take_again(const struct spool *spool, struct spooled *file) MUST_USE;

/* FILE has changed so lately that what it lacks may still be written. */
bool spool_may_grow(const struct spooled *file);

/* Nobody has written to FILE, or put another in its place, since it was taken. */
bool spool_is_same(const struct spool *spool, const struct spooled *file);

/*
 * FILE has been loaded, or refused for the reason that NOTE tells (NULL: loaded).  False
 * with ERR (EXIT_USAGE) when it could not be moved: it stays where it is.
 */
bool spool_move(const struct spool *spool, const struct spooled *file, const char *note,
                struct err *err) MUST_USE;

/* Numbers in the exports that a spool keeps. */

struct spool_found {
    uint64_t removed; /* of processed/ and failed/; with DRY_RUN: would be */
    uint64_t waiting; /* of incoming/, which a load takes the number out of */
};

/*
 * Remove the exports of SPOOL/processed and SPOOL/failed that hold one of NUMBERS, packed
 * or not, in any spelling that forget finds; count those of SPOOL/incoming.  DRY_RUN:
 * remove none.  False with ERR (EXIT_USAGE, EXIT_INPUT): a folder or a file cannot be
 * read or removed; FOUND counts what went all the same.
 */
bool spool_search(const char *spool, const struct number *numbers, size_t count,
                  bool dry_run, struct spool_found *found, struct err *err) MUST_USE;

#endif
