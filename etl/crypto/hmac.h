/*
 * hmac.h - HMAC-SHA-256 (OpenSSL's EVP): a fingerprint that only who has the key can
 * make.
 */
#ifndef ETL_CRYPTO_HMAC_H
#define ETL_CRYPTO_HMAC_H

#include "crypto/digest.h"

struct hmac; /* a key, ready for one text after the other */

struct hmac *hmac_new(const void *key, size_t len); /* LEN is not 0; KEY is copied */
void hmac_free(struct hmac *hmac);                  /* NULL is allowed */

void hmac_sum(struct hmac *hmac, struct slice text,
              unsigned char sum[static DIGEST_BYTES]);

#endif
