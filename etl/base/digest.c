/*
 * digest.c - SHA-256, HMAC-SHA-256 and SipHash (OpenSSL's EVP).
 */
#include "base/digest.h"

#include <assert.h>
#include <endian.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>

#include "base/base.h"
#include "base/text.h"

/*
 * A sum may be made of many short pieces: they wait here, because every call of EVP
 * costs as much as the hashing of a hundred bytes.
 */
enum { WAITING = 512 };

struct digest {
    EVP_MD_CTX *ctx;
    size_t nwaiting;
    unsigned char waiting[WAITING];
};

/* EVP fails here only without memory or without the algorithm: nothing to go on with. */
static void evp_must(int ok, const char *algorithm)
{
    if (ok != 1) {
        fprintf(stderr, "cdretl: error: %s is not available in this OpenSSL\n",
                algorithm);
        abort();
    }
}

static void digest_must(int ok)
{
    evp_must(ok, "SHA-256");
}

struct digest *digest_new(void)
{
    struct digest *digest = xcalloc(1, sizeof *digest);

    digest->ctx = EVP_MD_CTX_new();
    digest_must(digest->ctx != NULL);
    digest_must(EVP_DigestInit_ex(digest->ctx, EVP_sha256(), NULL));
    return digest;
}

static void take_waiting(struct digest *digest)
{
    digest_must(EVP_DigestUpdate(digest->ctx, digest->waiting, digest->nwaiting));
    digest->nwaiting = 0;
}

void digest_add(struct digest *digest, const void *bytes, size_t len)
{
    if (digest->nwaiting + len > WAITING)
        take_waiting(digest);
    if (len > WAITING) {
        digest_must(EVP_DigestUpdate(digest->ctx, bytes, len));
        return;
    }
    memcpy(digest->waiting + digest->nwaiting, bytes, len);
    digest->nwaiting += len;
}

void digest_add_piece(struct digest *digest, struct slice piece)
{
    uint64_t len = htole64(piece.s == NULL ? UINT64_MAX : piece.len);

    digest_add(digest, &len, sizeof len);
    if (piece.s != NULL)
        digest_add(digest, piece.s, piece.len);
}

void digest_finish(struct digest *digest, unsigned char sum[static DIGEST_BYTES])
{
    take_waiting(digest);
    digest_must(EVP_DigestFinal_ex(digest->ctx, sum, NULL));
    digest_must(EVP_DigestInit_ex(digest->ctx, NULL, NULL)); /* SHA-256 again */
}

void digest_free(struct digest *digest)
{
    if (digest == NULL)
        return;
    EVP_MD_CTX_free(digest->ctx);
    free(digest);
}

void digest_hex(const unsigned char sum[static DIGEST_BYTES],
                char hex[static 2 * DIGEST_BYTES + 1])
{
    text_hex(sum, DIGEST_BYTES, hex);
}

struct hmac {
    EVP_MAC *mac;
    EVP_MAC_CTX *ctx;
};

static void hmac_must(int ok)
{
    evp_must(ok, "HMAC-SHA-256");
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

struct keyed_digest {
    EVP_MAC *mac;
    EVP_MAC_CTX *ctx;
    unsigned char key[KEYED_DIGEST_KEY];
};

static void keyed_digest_must(int ok)
{
    evp_must(ok, "SipHash");
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
