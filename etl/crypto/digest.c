/*
 * digest.c - SHA-256 (OpenSSL's EVP).
 */
#include "crypto/digest.h"

#include <endian.h>
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

/* EVP fails here only without memory or without SHA-256: nothing to go on with. */
static void digest_must(int ok)
{
    if (ok != 1) {
        fputs("cdretl: error: SHA-256 is not available\n", stderr);
        abort();
    }
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
