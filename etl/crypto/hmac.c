/*
 * hmac.c - HMAC-SHA-256 (OpenSSL's EVP).
 */
#include "crypto/hmac.h"

#include <assert.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>

#include "base/base.h"

struct hmac {
    EVP_MAC *mac;
    EVP_MAC_CTX *ctx;
};

/* EVP fails here only without memory or without SHA-256: nothing to go on with. */
static void hmac_must(int ok)
{
    if (ok != 1) {
        fputs("cdretl: error: HMAC-SHA-256 is not available\n", stderr);
        abort();
    }
}

struct hmac *hmac_new(const void *key, size_t len)
{
    struct hmac *hmac = xcalloc(1, sizeof *hmac);
    char name[] = "SHA256";
    const OSSL_PARAM settings[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0),
        OSSL_PARAM_construct_end(),
    };

    assert(len > 0);
    hmac->mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    hmac_must(hmac->mac != NULL);
    hmac->ctx = EVP_MAC_CTX_new(hmac->mac);
    hmac_must(hmac->ctx != NULL);
    hmac_must(EVP_MAC_init(hmac->ctx, key, len, settings));
    return hmac;
}

void hmac_free(struct hmac *hmac)
{
    if (hmac == NULL)
        return;
    EVP_MAC_CTX_free(hmac->ctx);
    EVP_MAC_free(hmac->mac);
    free(hmac);
}

void hmac_sum(struct hmac *hmac, struct slice text,
              unsigned char sum[static DIGEST_BYTES])
{
    size_t len = 0;

    /* Without a key it begins anew with the one it has. */
    hmac_must(EVP_MAC_init(hmac->ctx, NULL, 0, NULL));
    hmac_must(EVP_MAC_update(hmac->ctx, (const unsigned char *)text.s, text.len));
    hmac_must(EVP_MAC_final(hmac->ctx, sum, &len, DIGEST_BYTES));
    assert(len == DIGEST_BYTES);
}
