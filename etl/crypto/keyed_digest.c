/*
 * keyed_digest.c - SipHash-2-4 of 128 bits (OpenSSL's EVP_MAC).
 */
#include "crypto/keyed_digest.h"

#include <assert.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>

#include "base/base.h"

struct keyed_digest {
    EVP_MAC *mac;
    EVP_MAC_CTX *ctx;
    unsigned char key[KEYED_DIGEST_KEY];
};

/* EVP fails here only without memory or without SipHash: nothing to go on with. */
static void keyed_digest_must(int ok)
{
    if (ok != 1) {
        fputs("cdretl: error: SipHash is not available in this OpenSSL\n", stderr);
        abort();
    }
}

struct keyed_digest *keyed_digest_new(const unsigned char key[static KEYED_DIGEST_KEY])
{
    struct keyed_digest *keyed = xcalloc(1, sizeof *keyed);
    size_t size = KEYED_DIGEST_BYTES;
    const OSSL_PARAM settings[] = {
        OSSL_PARAM_construct_size_t(OSSL_MAC_PARAM_SIZE, &size),
        OSSL_PARAM_construct_end(),
    };

    memcpy(keyed->key, key, sizeof keyed->key);
    keyed->mac = EVP_MAC_fetch(NULL, "SIPHASH", NULL);
    keyed_digest_must(keyed->mac != NULL);
    keyed->ctx = EVP_MAC_CTX_new(keyed->mac);
    keyed_digest_must(keyed->ctx != NULL);
    keyed_digest_must(EVP_MAC_CTX_set_params(keyed->ctx, settings));
    return keyed;
}

void keyed_digest_free(struct keyed_digest *keyed)
{
    if (keyed == NULL)
        return;
    EVP_MAC_CTX_free(keyed->ctx);
    EVP_MAC_free(keyed->mac);
    OPENSSL_cleanse(keyed->key, sizeof keyed->key);
    free(keyed);
}

void keyed_digest_sum(struct keyed_digest *keyed, const void *bytes, size_t len,
                      unsigned char sum[static KEYED_DIGEST_BYTES])
{
    size_t got = 0;

    /* The key again: without it OpenSSL 3.0 goes on where the last sum ended. */
    keyed_digest_must(EVP_MAC_init(keyed->ctx, keyed->key, sizeof keyed->key, NULL));
    keyed_digest_must(EVP_MAC_update(keyed->ctx, bytes, len));
    keyed_digest_must(EVP_MAC_final(keyed->ctx, sum, &got, KEYED_DIGEST_BYTES));
    assert(got == KEYED_DIGEST_BYTES);
}
