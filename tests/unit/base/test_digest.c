/* base/digest: what the standards and the authors of the algorithms say. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "base/digest.h"

/* FIPS 180-2, appendix B.1: SHA-256 of "abc". */
Test(digest, is_sha256_and_starts_anew)
{
    struct digest *digest = digest_new();
    unsigned char sum[DIGEST_BYTES];
    char hex[2 * DIGEST_BYTES + 1];

    for (int round = 0; round < 2; round++) {
        digest_add(digest, "a", 1);
        digest_add(digest, "bc", 2);
        digest_finish(digest, sum);
        digest_hex(sum, hex);
        cr_expect_str_eq(
            hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
    digest_free(digest);
}

/* Lengths are 64 bits, little-endian, whatever the machine's order; none is all ones. */
Test(digest, pieces_are_packed_bytewise)
{
    struct digest *digest = digest_new();
    unsigned char sum[DIGEST_BYTES];
    char hex[2 * DIGEST_BYTES + 1];

    digest_add_piece(digest, slice_of("ab"));
    digest_add_piece(digest, SLICE_NONE);
    digest_add_piece(digest, slice_of(""));
    digest_finish(digest, sum);
    digest_hex(sum, hex);
    cr_expect_str_eq(hex,
                     "e88ec04873ca6ce1a41650e365cd84e620947ee56378ccf1f514de4df51b343f");
    digest_free(digest);
}

Test(digest, pieces_do_not_run_together)
{
    struct digest *digest = digest_new();
    unsigned char one[DIGEST_BYTES], two[DIGEST_BYTES];

    digest_add_piece(digest, slice_of("ab"));
    digest_add_piece(digest, slice_of("c"));
    digest_finish(digest, one);
    digest_add_piece(digest, slice_of("a"));
    digest_add_piece(digest, slice_of("bc"));
    digest_finish(digest, two);
    cr_expect_neq(memcmp(one, two, DIGEST_BYTES), 0);
    digest_free(digest);
}

/* The cases of RFC 4231. */
static void hmac_is(const void *key, size_t len, const char *text, const char *hex)
{
    struct hmac *hmac = hmac_new(key, len);
    unsigned char sum[DIGEST_BYTES];
    char got[2 * DIGEST_BYTES + 1];

    /* Twice: the first text must leave nothing behind. */
    for (int i = 0; i < 2; i++) {
        hmac_sum(hmac, slice_of(text), sum);
        digest_hex(sum, got);
        cr_expect_str_eq(got, hex, "%s", text);
    }
    hmac_free(hmac);
}

Test(hmac, says_what_the_standard_says)
{
    char key[131];

    memset(key, 0x0b, 20);
    hmac_is(key, 20, "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    hmac_is("Jefe", 4, "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    memset(key, 0xaa, sizeof key);
    hmac_is(key, sizeof key, "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

Test(hmac, another_key_says_something_else)
{
    struct hmac *one = hmac_new("1", 1), *two = hmac_new("2", 1);
    unsigned char a[DIGEST_BYTES], b[DIGEST_BYTES];

    hmac_sum(one, slice_of("380671234567"), a);
    hmac_sum(two, slice_of("380671234567"), b);
    cr_expect_neq(memcmp(a, b, sizeof a), 0);
    hmac_free(one);
    hmac_free(two);
}

static void sum_is(struct keyed_digest *keyed, const unsigned char *bytes, size_t len,
                   const char *expected)
{
    unsigned char sum[KEYED_DIGEST_BYTES];
    char hex[2 * KEYED_DIGEST_BYTES + 1];

    keyed_digest_sum(keyed, bytes, len, sum);
    for (size_t i = 0; i < sizeof sum; i++)
        snprintf(hex + 2 * i, 3, "%02x", sum[i]);
    cr_expect_str_eq(hex, expected, "%zu bytes", len);
}

/* vectors_sip128 of github.com/veorq/SipHash: key and message count up from 0. */
Test(keyed_digest, gives_the_authors_vectors)
{
    unsigned char count[64];

    for (size_t i = 0; i < sizeof count; i++)
        count[i] = (unsigned char)i;

    struct keyed_digest *keyed = keyed_digest_new(count);

    sum_is(keyed, count, 0, "a3817f04ba25a8e66df67214c7550293");
    sum_is(keyed, count, 1, "da87c1d86b99af44347659119b22fc45");
    sum_is(keyed, count, 2, "8177228da4a45dc7fca38bdef60affe4");
    sum_is(keyed, count, 15, "5493e99933b0a8117e08ec0f97cfc3d9");
    sum_is(keyed, count, 16, "6ee2a4ca67b054bbfd3315bf85230577");
    sum_is(keyed, count, 63, "5150d1772f50834a503e069a973fbd7c");
    sum_is(keyed, count, 0, "a3817f04ba25a8e66df67214c7550293");
    keyed_digest_free(keyed);
    keyed_digest_free(NULL);
}
