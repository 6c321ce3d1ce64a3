/*
 * leg_name.h - names for legs whose export gives them no id.
 *
 * Such a leg is named by what it says: the same record in another export gets the same
 * name, and is the same leg.  Everything it says stands beside the name, so a name that
 * anybody could make would give back a number that is masked or erased, by trying them
 * all.  Hence a keyed digest: the key is the database's own (cdr.secret), and `check`,
 * which has no database, uses LEG_NAME_CHECK_KEY.
 *
 * A name is made of what cdr.leg stores, so that it can be made again from there.  It is
 * a UUID of RFC 9562, version 8, from
 *
 *     SipHash-2-4-128(key, packed)
 *
 * where packed is start (ms since 1970), duration, billed and talk seconds, SIP code,
 * each as 64 bits little-endian, and then caller, destination, direction, extension,
 * hangup cause and disposition, each with its length in front as 32 bits little-endian.
 * Two legs of one file that say the same are two legs: the second and later ones are
 * named by SipHash-2-4-128(key, name of the first, ordinal as 64 bits little-endian).
 */
#ifndef ETL_LEG_LEG_NAME_H
#define ETL_LEG_LEG_NAME_H

#include "base/digest.h"
#include "record/leg.h"

enum { LEG_NAME_KEY = KEYED_DIGEST_KEY };

extern const unsigned char LEG_NAME_CHECK_KEY[LEG_NAME_KEY];

struct leg_names; /* the key, and the ordinals of one file */

/* KEY is copied; NULL: that of `check`. */
struct leg_names *leg_names_new(const unsigned char *key);
void leg_names_free(struct leg_names *names); /* NULL is allowed */

/* The key of a LEG without id, and of its call unless it names its parent. */
void leg_name(struct leg_names *names, struct leg *leg);

/* The name that LEG has as the ORDINALth, from 0, of its equals. */
struct uuid leg_name_of(struct leg_names *names, const struct leg *leg, uint64_t ordinal);

#endif
