/*
 * digest.h - SHA-256 of streams and pieces (OpenSSL's EVP).
 */
#ifndef ETL_CRYPTO_DIGEST_H
#define ETL_CRYPTO_DIGEST_H

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

#endif
