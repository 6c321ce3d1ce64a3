/* base: errors, buffers; texts: slices, UTF-8, globs. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "base/unicode.h"

/* In an initializer; elsewhere (struct slice)S("..."). */
#define S(literal)                                                                       \
    {                                                                                    \
        literal, sizeof(literal) - 1                                                     \
    }

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

Test(text, trims_blanks_of_every_kind_at_both_ends)
{
    cr_expect(slice_is(slice_trim((struct slice)S(" \t\xc2\xa0 a b \r\n")), "a b"));
    cr_expect_eq(slice_trim((struct slice)S(" \t ")).len, 0);
}

Test(text, reads_integers_whole_or_not_at_all)
{
    int64_t value;

    cr_expect(slice_int((struct slice)S("-42"), &value) && value == -42);
    cr_expect(slice_int((struct slice)S("9223372036854775807"), &value) &&
              value == INT64_MAX);
    cr_expect_not(slice_int((struct slice)S("9223372036854775808"), &value), "overflow");
    cr_expect_not(slice_int((struct slice)S("12a"), &value));
    cr_expect_not(slice_int((struct slice)S(""), &value));
    cr_expect_not(slice_int((struct slice)S("-"), &value));
}

static void mends(const char *text, const char *into)
{
    char *mended = text_mended(text);

    cr_expect_str_eq(mended, into, "%s", text);
    free(mended);
}

Test(text, mends_what_is_no_utf8)
{
    mends("", "");
    mends("caf\xc3\xa9", "caf\xc3\xa9");
    mends("caf\xe9", "caf\xef\xbf\xbd");
    mends("\xe9\xe9t", "\xef\xbf\xbd\xef\xbf\xbdt");
    /* A text that was cut: the head of a character is none. */
    mends("\xd0\xba\xd0", "\xd0\xba\xef\xbf\xbd");
    mends("\xf0\x9f\x98", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
}

Test(text, knows_utf8_from_what_only_looks_like_it)
{
    static const struct {
        struct slice bytes;
        bool valid;
    } cases[] = {
        { S("abc"), true },
        { S("Ірина"), true },
        { S("\xf0\x9f\x98\x80"), true },
        { S("\xed\x9f\xbf"), true },              /* last before the surrogates */
        { S("\xed\xa0\x80"), false },             /* a surrogate */
        { S("\xc0\xaf"), false },                 /* overlong */
        { S("\xe0\x80\xaf"), false },             /* overlong */
        { S("\xf0\x80\x80\xaf"), false },         /* overlong */
        { S("\xf4\x90\x80\x80"), false },         /* above U+10FFFF */
        { S("\xc3"), false },                     /* ends early */
        { S("\xe2\x82"), false },                 /* ends early */
        { S("\x80"), false },                     /* no lead */
        { S("\xcf\xf0\xe8\xe2\xb3\xf2"), false }, /* windows-1251 */
        { S("a\0b"), false },                     /* PostgreSQL text has no NUL */
    };

    for (size_t i = 0; i < COUNTOF(cases); i++)
        cr_expect_eq(text_is_utf8(cases[i].bytes), cases[i].valid, "case %zu", i);
}

Test(text, finds_the_one_byte_that_differs)
{
    char one[40], other[40];

    memset(one, 'a', sizeof one);
    for (size_t len = 0; len <= sizeof one; len++) {
        memset(other, 'a', sizeof other);
        cr_assert(bytes_equal(one, other, len), "%zu", len);
        for (size_t i = 0; i < len; i++) {
            other[i] = 'b';
            cr_assert_not(bytes_equal(one, other, len), "%zu of %zu", i, len);
            other[i] = 'a';
        }
    }
}

Test(text, finds_a_bad_byte_wherever_it_stands)
{
    static const char bad[] = { '\0', '\x80', '\xff' };
    char bytes[100];

    for (size_t len = 1; len <= sizeof bytes; len++)
        for (size_t i = 0; i < len * COUNTOF(bad); i++) {
            memset(bytes, 'a' + (int)(i % 26), sizeof bytes);
            bytes[i / COUNTOF(bad)] = bad[i % COUNTOF(bad)];
            cr_assert_not(text_is_utf8((struct slice){ bytes, len }), "%zu of %zu", i,
                          len);
        }
}

Test(text, matches_globs)
{
    static const struct {
        struct slice text, pattern;
        bool matches;
    } cases[] = {
        { S("vega-1"), S("vega*"), true }, { S("vega"), S("vega*"), true },
        { S("xvega"), S("vega*"), false }, { S("abcabd"), S("*ab?"), true },
        { S("abcabd"), S("*abc"), false }, { S(""), S("*"), true },
        { S(""), S("?"), false },          { S("aaaaab"), S("*a*a*b"), true },
    };

    for (size_t i = 0; i < COUNTOF(cases); i++)
        cr_expect_eq(text_glob(cases[i].text, cases[i].pattern), cases[i].matches,
                     "case %zu", i);
}

/* Eight bytes are looked at together: every byte at every place, beside a loop. */
Test(text, digits_are_counted_wherever_they_stand)
{
    for (int byte = 1; byte < 128; byte++)
        for (size_t at = 0; at < 19; at++) {
            char text[] = "a0b1:2/3~9 4c5678de";
            size_t digits = 0, leading = 0;

            text[at] = (char)byte;
            for (size_t i = 0; i < 19; i++)
                digits += text[i] >= '0' && text[i] <= '9';
            cr_assert_eq(text_digits(slice_of(text)), digits, "%s", text);

            char number[] = "0123456789012345678";

            number[at] = (char)byte;
            leading = strspn(number, "0123456789");
            cr_assert_eq(text_leading_digits(slice_of(number)), leading, "%s", number);
        }
    cr_expect_eq(text_digits(slice_of("\u0661\u0662 3 \u0664")), 4, "of any script");
}
