/* base/hmac: the cases of RFC 4231. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "base/digest.h"

static void expect(const void *key, size_t len, const char *text, const char *hex)
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
    expect(key, 20, "Hi There",
           "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    expect("Jefe", 4, "what do ya want for nothing?",
           "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    memset(key, 0xaa, sizeof key);
    expect(key, sizeof key, "Test Using Larger Than Block-Size Key - Hash Key First",
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
