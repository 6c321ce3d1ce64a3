/*
 * suppression.h - numbers that must not come in again.
 *
 * Who asked to be forgotten is known by the HMAC of his number's digits alone.  On the
 * way into the database every text that could hold such a number is looked through, and
 * FORGOTTEN_MASK put where one stands: seven digits, because a number of more than six
 * is an outside line to the rules of calls, and must stay one.
 */
#ifndef ETL_LOADER_RETENTION_SUPPRESSION_H
#define ETL_LOADER_RETENTION_SUPPRESSION_H

#include "base/buf.h"
#include "base/digest.h"
#include "db/db.h"
#include "loader/retention/number.h"
#include "record/leg.h"

#define FORGOTTEN_MASK      "0000000"
#define FORGOTTEN_MASK_JSON "0" /* a number there need not stand between quotes */

struct forgotten; /* the key and the HMACs */

struct forgotten *forgotten_new(const void *key, size_t len); /* nobody yet */
void forgotten_free(struct forgotten *forgotten);             /* NULL is allowed */

void forgotten_sum(struct forgotten *forgotten, const struct number *digits,
                   unsigned char sum[static DIGEST_BYTES]);
void forgotten_add(struct forgotten *forgotten,
                   const unsigned char sum[static DIGEST_BYTES]);
size_t forgotten_count(const struct forgotten *forgotten);

/* Who is forgotten in this database into *FORGOTTEN; NULL: nobody. */
bool forgotten_load(struct forgotten **forgotten, struct db *db,
                    struct err *err) MUST_USE;

/*
 * Append TEXT with MASK in the place of every forgotten number.  False when it holds
 * none, and nothing was appended.
 */
bool forgotten_blank(struct forgotten *forgotten, struct slice text, const char *mask,
                     struct buf *out);

bool forgotten_is_in(struct forgotten *forgotten, struct slice text);

/*
 * LEG without forgotten numbers into *BLANKED, its keys included as they are; good until
 * the next call.  False when it holds none.
 */
bool forgotten_leg(struct forgotten *forgotten, const struct leg *leg,
                   struct leg *blanked);

#endif
