/*
 * keyed_digest.h - SipHash-2-4 of 128 bits (OpenSSL's EVP_MAC): the name of a few bytes
 * that only whoever has the key can make, or try out.
 *
 * For names, not for files: it is fast on the hundred bytes of a record.  The same key
 * and bytes give the same sum on every machine.
 */
#ifndef ETL_CRYPTO_KEYED_DIGEST_H
#define ETL_CRYPTO_KEYED_DIGEST_H

#include <stddef.h>

enum { KEYED_DIGEST_KEY = 16, KEYED_DIGEST_BYTES = 16 };

struct keyed_digest;

struct keyed_digest *keyed_digest_new(const unsigned char key[static KEYED_DIGEST_KEY]);
void keyed_digest_free(struct keyed_digest *keyed); /* NULL is allowed */

void keyed_digest_sum(struct keyed_digest *keyed, const void *bytes, size_t len,
                      unsigned char sum[static KEYED_DIGEST_BYTES]);

#endif
