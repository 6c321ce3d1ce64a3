/* base/keyed_digest: the vectors of SipHash's authors, one sum after the other. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "base/digest.h"

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
