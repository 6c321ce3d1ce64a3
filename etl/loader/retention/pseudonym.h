/*
 * pseudonym.h - numbers of people as keyed digests.
 *
 * In the place of a number come PSEUDONYM_DIGITS digits of the HMAC-SHA-256 of its digits
 * (+ and 00 in front do not count), behind as much of its beginning as is to be kept. Who
 * has no key cannot go back, and equal numbers have equal pseudonyms: joins and repeat
 * callers stay.  Of a number whose international form is known it is that of this form,
 * however it was written.  A pseudonym is longer than any number, so none is taken for
 * one, or made a pseudonym again.  The same is done wherever seven to twenty digits stand
 * in a text that could hold a number; what is a date, an address of the network or a UUID
 * stays.
 */
#ifndef ETL_LOADER_RETENTION_PSEUDONYM_H
#define ETL_LOADER_RETENTION_PSEUDONYM_H

#include "db/db.h"
#include "loader/retention/number.h"
#include "record/leg.h"

enum { PSEUDONYM_DIGITS = 24, PSEUDONYM_PREFIX_MAX = 8 };

struct pseudonym; /* a key, and what it has made */

/* Is the number of these digits one of ours, which stays as it is? */
typedef bool (*spare_fn)(const void *ours, const char *digits);

/*
 * The key out of the file at PATH, which nobody but its owner may read; NULL: the
 * credential pseudonym-key of a systemd unit.  KEEP leading digits stay of a number with
 * its country in front (of a national one, 0 in front, three at most).  NULL with ERR
 * (EXIT_USAGE).
 */
struct pseudonym *pseudonym_open(const char *path, uint32_t keep,
                                 struct err *err) MUST_USE;
void pseudonym_spare(struct pseudonym *pseudonym, spare_fn spare, const void *ours);
void pseudonym_free(struct pseudonym *pseudonym); /* NULL is allowed */

/*
 * Is the database one of pseudonyms by this key?  PSEUDONYM may be NULL: then it must not
 * be.  The first load, RUN_ID, makes it one; with 0 nobody does.  False with ERR
 * (EXIT_USAGE, EXIT_DATABASE).
 */
bool pseudonym_agree(const struct pseudonym *pseudonym, struct db *db, int64_t run_id,
                     struct err *err) MUST_USE;

/* The pseudonym of NUMBER, a C string; good until the next call. */
const char *pseudonym_of(struct pseudonym *pseudonym, const struct number *number);

/* Append TEXT with pseudonyms.  False when it holds no number: nothing is appended. */
bool pseudonym_text(struct pseudonym *pseudonym, struct slice text, struct buf *out);

/* The texts of LEG that may name people; good until the next call. */
void pseudonym_leg(struct pseudonym *pseudonym, struct leg *leg);

#endif
