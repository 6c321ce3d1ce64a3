/*
 * suppression.h - numbers that must not come in again.
 *
 * A subscriber who asked to be forgotten is known by the HMAC of the number's digits
 * alone.  Every text of a leg that could hold such a number is searched before it is
 * stored, and SUPPRESSION_MASK put in its place: seven digits, because the rules of
 * calls take a number of more than six for an outside line, and it must stay one.
 */
#ifndef ETL_LOADER_RETENTION_SUPPRESSION_H
#define ETL_LOADER_RETENTION_SUPPRESSION_H

#include "base/buf.h"
#include "base/digest.h"
#include "db/db.h"
#include "loader/retention/number.h"
#include "record/leg.h"

#define SUPPRESSION_MASK      "0000000"
#define SUPPRESSION_MASK_JSON "0" /* in JSON, where a number may stand without quotes */

struct suppression; /* the key and the HMACs */

struct suppression *suppression_new(const void *key, size_t len); /* of nobody yet */
void suppression_free(struct suppression *suppression);           /* NULL is allowed */

void suppression_sum(struct suppression *suppression, const struct number *digits,
                     unsigned char sum[static DIGEST_BYTES]);
void suppression_add(struct suppression *suppression,
                     const unsigned char sum[static DIGEST_BYTES]);

/* The same by its digits, which may be a pseudonym's: more than NUMBER_MAX. */
void suppression_add_number(struct suppression *suppression, const struct number *digits);

size_t suppression_count(const struct suppression *suppression);

/* The suppressed numbers of this database into *SUPPRESSION; NULL: there are none. */
bool suppression_load(struct suppression **suppression, struct db *db,
                      struct err *err) MUST_USE;

/*
 * Append TEXT with MASK in the place of every suppressed number.  False when it holds
 * none, and nothing was appended.
 */
bool suppression_blank(struct suppression *suppression, struct slice text,
                       const char *mask, struct buf *out);

bool suppression_is_in(struct suppression *suppression, struct slice text);

/*
 * Mask the suppressed numbers in the texts of LEG; the masked texts are good until
 * the next call.  False when it holds none.
 */
bool suppression_leg(struct suppression *suppression, struct leg *leg);

#endif
