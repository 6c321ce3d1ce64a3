/*
 * suppression.h - numbers that must not come in again.
 *
 * Who asked to be forgotten is known by the HMAC of his number's digits alone.  On the
 * way into the database every text that could hold such a number is looked through, and
 * SUPPRESSION_MASK put where one stands: seven digits, because a number of more than six
 * is an outside line to the rules of calls, and must stay one.
 */
#ifndef ETL_LOADER_RETENTION_SUPPRESSION_H
#define ETL_LOADER_RETENTION_SUPPRESSION_H

#include "base/buf.h"
#include "base/digest.h"
#include "db/db.h"
#include "loader/retention/number.h"
#include "record/leg.h"

#define SUPPRESSION_MASK      "0000000"
#define SUPPRESSION_MASK_JSON "0" /* a number there need not stand between quotes */

struct suppression; /* the key and the HMACs */

struct suppression *suppression_new(const void *key, size_t len); /* nobody yet */
void suppression_free(struct suppression *suppression);           /* NULL is allowed */

void suppression_sum(struct suppression *suppression, const struct number *digits,
                     unsigned char sum[static DIGEST_BYTES]);
void suppression_add(struct suppression *suppression,
                     const unsigned char sum[static DIGEST_BYTES]);
size_t suppression_count(const struct suppression *suppression);

/* Who is forgotten in this database into *FORGOTTEN; NULL: nobody. */
bool suppression_load(struct suppression **suppression, struct db *db,
                      struct err *err) MUST_USE;

/*
 * Append TEXT with MASK in the place of every forgotten number.  False when it holds
 * none, and nothing was appended.
 */
bool suppression_blank(struct suppression *suppression, struct slice text,
                       const char *mask, struct buf *out);

bool suppression_is_in(struct suppression *suppression, struct slice text);

/*
 * Take forgotten numbers out of the texts of LEG; what stands there instead is good until
 * the next call.  False when it holds none.
 */
bool suppression_leg(struct suppression *suppression, struct leg *leg);

#endif
