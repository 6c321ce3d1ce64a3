/*
 * digest.h - digests by OpenSSL: SHA-256 of streams and pieces, and two with a key,
 * which only whoever has the key can make, or try out.
 */
#ifndef ETL_BASE_DIGEST_H
#define ETL_BASE_DIGEST_H

#include <stddef.h>

#include "base/text.h"

enum { DIGEST_BYTES = 32 };

struct digest; /* a running SHA-256 */

struct digest *digest_new(void);
void digest_add(struct digest *digest, const void *bytes, size_t len);

/* A piece with its length in front, so that ("ab","c") is not ("a","bc"). */
void digest_add_piece(struct digest *digest, struct slice piece);

/* The sum; DIGEST starts anew and can be used again. */
void digest_finish(struct digest *digest, unsigned char sum[static DIGEST_BYTES]);

void digest_free(struct digest *digest); /* NULL is allowed */

/* SUM as 64 lower-case hex digits and a NUL. */
void digest_hex(const unsigned char sum[static DIGEST_BYTES],
                char hex[static 2 * DIGEST_BYTES + 1]);

/* HMAC-SHA-256: a key, ready for one text after the other. */
struct hmac;

struct hmac *hmac_new(const void *key, size_t len); /* LEN is not 0; KEY is copied */
void hmac_free(struct hmac *hmac);                  /* NULL is allowed */

void hmac_sum(struct hmac *hmac, struct slice text,
              unsigned char sum[static DIGEST_BYTES]);

/*
 * SipHash-2-4 of 128 bits, for names and not for files: it is fast on the hundred bytes
 * of a record.  The same key and bytes give the same sum on every machine.
 */
enum { KEYED_DIGEST_KEY = 16, KEYED_DIGEST_BYTES = 16 };

struct keyed_digest;

struct keyed_digest *keyed_digest_new(const unsigned char key[static KEYED_DIGEST_KEY]);
void keyed_digest_free(struct keyed_digest *keyed); /* NULL is allowed */

void keyed_digest_sum(struct keyed_digest *keyed, const void *bytes, size_t len,
                      unsigned char sum[static KEYED_DIGEST_BYTES]);

#endif
