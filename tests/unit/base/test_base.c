/* base: errors, buffers, texts. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "base/buf.h"
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
