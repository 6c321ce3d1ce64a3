/* base: errors, buffers, digests. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/err.h"

Test(err, the_first_failure_wins_and_places_go_in_front)
{
    struct err err = { 0 };

    cr_expect_not(err_set(&err, EXIT_INPUT, "line %d is broken", 7));
    cr_expect_not(err_set(&err, EXIT_DATABASE, "and then the database went away"));
    cr_expect_not(err_at(&err, "%s: ", "a.csv"));
    cr_expect_eq(err.code, EXIT_INPUT);
    cr_expect_str_eq(err.text, "a.csv: line 7 is broken");
}

Test(err, a_long_message_is_cut_not_overrun)
{
    struct err err = { 0 };
    char *text = xcalloc(5000, 1);

    memset(text, 'x', 4999);
    err_set(&err, EXIT_INPUT, "%s", text);
    err_at(&err, "%s: ", text);
    cr_expect_eq(strlen(err.text), sizeof err.text - 1);
    free(text);
}

Test(buf, grows_and_keeps_what_it_holds)
{
    struct buf buf = { 0 };

    for (int i = 0; i < 1000; i++)
        buf_addf(&buf, "%03d,", i);
    cr_expect_eq(buf.len, 4000);
    cr_expect(slice_starts(buf_slice(&buf), "000,001,"));
    cr_expect(slice_ends(buf_slice(&buf), "998,999,"));
    buf_reset(&buf);
    cr_expect_str_eq(buf_cstr(&buf), "");
    buf_free(&buf);
}

Test(buf, writes_json_strings)
{
    struct buf buf = { 0 };

    buf_add_json(&buf, slice_of("a\"b\\c\n\x01 Ї"));
    cr_expect_str_eq(buf_cstr(&buf), "\"a\\\"b\\\\c\\u000a\\u0001 Ї\"");
    buf_free(&buf);
}

Test(buf, writes_big_endian)
{
    struct buf buf = { 0 };

    buf_add_be16(&buf, 0x0102);
    buf_add_be32(&buf, 0x03040506);
    buf_add_be64(&buf, 0x0708090a0b0c0d0eULL);
    cr_expect_eq(memcmp(buf.s, "\1\2\3\4\5\6\7\10\11\12\13\14\15\16", 14), 0);
    buf_free(&buf);
}

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
