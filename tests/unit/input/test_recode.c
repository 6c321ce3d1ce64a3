/* readers/source_recode: names of encodings, and where records begin in the file itself.
 */
#include <criterion/criterion.h>

#include <iconv.h>

#include "base/base.h"
#include "input/source.h"
#include "input/source_impl.h"
#include "support/export.h"

/* TEXT in the encoding of TO, with no beginning or end of its own. */
static void add_encoded(struct buf *out, iconv_t to, const char *text)
{
    size_t left = strlen(text), room = 8 * left + 16, had = room;
    char *from = (char *)text, *at = buf_room(out, room);

    cr_assert_neq(iconv(to, &from, &left, &at, &room), (size_t)-1, "%s", text);
    out->len += had - room;
}

static const char *told(struct buf *bytes, const char *encoding)
{
    struct reader_options options = { .parse_options = { .day = NO_DAY },
                                      .encoding = encoding };
    const char *path = export_file(bytes->s, bytes->len);

    buf_free(bytes);
    *bytes = (struct buf){ 0 };
    return export_read(path, &options);
}

/* Rows written as WRITTEN, whose users are LETTERS, are where they are, read as NAMED. */
static void offsets_are_true(const char *written, const char *named, const char *mark,
                             size_t mark_len, const char *letters)
{
    enum { ROWS = 5 };
    struct buf bytes = { 0 }, row = { 0 }, wanted = { 0 };
    iconv_t to = iconv_open(written, "UTF-8");

    cr_assert_neq(to, (iconv_t)-1, "%s", written);
    buf_add(&bytes, mark, mark_len);
    add_encoded(&bytes, to, "id;created_at;user;cause\n");
    for (int i = 0; i < ROWS; i++) {
        buf_addf(&wanted, "rec %d %zu uuid=%d ", i + 2, bytes.len, i);
        buf_reset(&row);
        buf_addf(&row, "%d;1;%s;3\n", i, letters);
        add_encoded(&bytes, to, buf_cstr(&row));
        buf_addf(&wanted, "started_at=1 agent=%s hangup_cause=3\n", letters);
    }
    iconv_close(to);

    const char *got = told(&bytes, named);

    cr_expect_eq(strncmp(got, buf_cstr(&wanted), wanted.len), 0, "%s: wanted\n%sgot\n%s",
                 named, buf_cstr(&wanted), got);
    buf_free(&row);
    buf_free(&wanted);
}

Test(offsets, in_every_spelling_of_utf)
{
    static const char letters[] = "Оля €\xf0\x9f\x98\x80";
    static const char *const utf8[] = { "UTF-8", "utf8", "UTF8", "UTF-8//" };
    static const char *const little[] = { "UTF-16LE", "utf16le", "UTF16", "UTF-16" };
    static const char *const big[] = { "UTF-16BE", "UTF-16BE//", "UTF-16" };

    for (size_t i = 0; i < COUNTOF(utf8); i++) {
        offsets_are_true("UTF-8", utf8[i], "", 0, letters);
        offsets_are_true("UTF-8", utf8[i], "\xef\xbb\xbf", 3, letters);
    }
    for (size_t i = 0; i < COUNTOF(little); i++) {
        offsets_are_true("UTF-16LE", little[i], "", 0, letters);
        offsets_are_true("UTF-16LE", little[i], "\xff\xfe", 2, letters);
    }
    for (size_t i = 0; i < COUNTOF(big); i++) {
        offsets_are_true("UTF-16BE", big[i], "", 0, letters);
        offsets_are_true("UTF-16BE", big[i], "\xfe\xff", 2, letters);
    }
    offsets_are_true("UTF-32LE", "UTF-32", "", 0, letters);
    offsets_are_true("UTF-32LE", "utf32", "\xff\xfe\0\0", 4, letters);
    offsets_are_true("UTF-32LE", "UTF-32LE", "\xff\xfe\0\0", 4, letters);
    offsets_are_true("UTF-32BE", "UTF-32", "", 0, letters);
    offsets_are_true("UTF-32BE", "UTF-32", "\0\0\xfe\xff", 4, letters);
    offsets_are_true("UCS-2LE", "UCS-2LE", "", 0, "Оля");
    offsets_are_true("UTF-7", "UTF-7", "", 0, letters);
}

Test(offsets, in_sets_of_one_byte_and_of_more)
{
    static const char *const ours[] = { "windows-1251", "cp1251",     "koi8-u",
                                        "cp866",        "iso-8859-5", "MACCYRILLIC" };

    for (size_t i = 0; i < COUNTOF(ours); i++)
        offsets_are_true(ours[i], ours[i], "", 0, "Оля");
    offsets_are_true("iso-8859-1", "latin1", "", 0, "Zoë");
    offsets_are_true("IBM037", "IBM037", "", 0, "Zo");
    offsets_are_true("Shift_JIS", "Shift_JIS", "", 0, "山田ｱ");
    offsets_are_true("EUC-JP", "EUC-JP", "", 0, "山田ｱ");
    offsets_are_true("ISO-2022-JP", "ISO-2022-JP", "", 0, "山田");
    offsets_are_true("GB18030", "GB18030", "", 0, "Оля€\xf0\x9f\x98\x80");
    offsets_are_true("BIG5-HKSCS", "BIG5-HKSCS", "", 0, "Ê山");
    offsets_are_true("TCVN", "TCVN", "", 0, "việt");
    offsets_are_true("CP1255", "CP1255", "", 0, "שלום");
}

/* A letter that might yet combine with the next one is not lost at the end. */
Test(offsets, what_is_held_back_comes_at_the_end)
{
    struct buf bytes = { 0 };

    buf_add_text(&bytes, "id;created_at;cause;user\n1;1;3;e");
    cr_expect_not_null(strstr(told(&bytes, "TCVN"), "agent=e"));
}

/* Longer than the window: widths move with the text that they belong to. */
Test(offsets, far_into_a_file)
{
    struct buf bytes = { 0 }, wanted = { 0 };
    iconv_t to = iconv_open("Shift_JIS", "UTF-8");

    add_encoded(&bytes, to, "id;created_at;user;cause\n");
    for (int i = 0; i < 60000; i++)
        add_encoded(&bytes, to, "1;1;山田;3\n");
    buf_addf(&wanted, "rec 60002 %zu uuid=2 ", bytes.len);
    add_encoded(&bytes, to, "2;1;山;3\n");
    iconv_close(to);
    cr_assert_gt(bytes.len, 512 << 10);
    cr_expect_not_null(strstr(told(&bytes, "Shift_JIS"), buf_cstr(&wanted)));
    buf_free(&wanted);
}

Test(offsets, behind_what_is_no_character)
{
    struct buf bytes = { 0 };

    /* In Shift_JIS 0xfd is nothing; the second row begins at 33. */
    buf_add_text(&bytes, "id;created_at;cause\n1;1;\xfd;3456789\n2;1;3\n");
    cr_expect_not_null(strstr(told(&bytes, "Shift_JIS"), " 20"));
    buf_add_text(&bytes, "id;created_at;cause\n1;1;\xfd;45678\n2;1;3\n");
    cr_expect_not_null(strstr(told(&bytes, "Shift_JIS"), "rec 3 32 uuid=2"));
}

Test(names, that_are_none)
{
    static const char *const none[] = { "",        "/",      "//",   "//TRANSLIT",
                                        "klingon", "utf-8x", "utf-1" };

    for (size_t i = 0; i < COUNTOF(none); i++) {
        struct buf bytes = { 0 };

        buf_add_text(&bytes, "id;created_at;cause\n1;2;3\n");

        const char *got = told(&bytes, none[i]);

        cr_expect_eq(strncmp(got, "failed 2 no such encoding: ", 27), 0, "%s: %s",
                     none[i], got);
    }
}

/* Олена: in UTF-8, and in windows-1251. */
#define UTF8 "\xd0\x9e\xd0\xbb\xd0\xb5\xd0\xbd\xd0\xb0"
#define OURS "\xce\xeb\xe5\xed\xe0"

Test(mark, of_utf_8_against_the_name)
{
    struct buf bytes = { 0 };
    const char *got;

    buf_add_text(&bytes,
                 "\xef\xbb\xbfid;created_at;user;cause\n1;2;" UTF8 ";3\n4;2;;3\n");
    got = told(&bytes, "windows-1251");
    cr_expect_str_eq(got,
                     "rec 2 28 uuid=1 started_at=2 agent=" UTF8 " hangup_cause=3\n"
                     "rec 3 45 uuid=4 started_at=2 hangup_cause=3\n"
                     "end history UTF-8 lines=3 headers=1 blank=0\n"
                     "warn it begins with the mark of UTF-8, whatever --encoding says: "
                     "read as UTF-8\n",
                     "%s", got);
    buf_add_text(&bytes,
                 "\xef\xbb\xbfid;created_at;user;cause\n1;2;" OURS ";3\n4;2;;3\n");
    got = told(&bytes, "windows-1251");
    cr_expect_str_eq(got,
                     "rec 2 28 uuid=1 started_at=2 agent=" UTF8 " hangup_cause=3\n"
                     "rec 3 40 uuid=4 started_at=2 hangup_cause=3\n"
                     "end history windows-1251 lines=3 headers=1 blank=0\n"
                     "warn it begins with the mark of UTF-8, but is none: as --encoding "
                     "says, read as windows-1251\n",
                     "%s", got);
}

Test(mark, of_json_that_has_none)
{
    static const char *const encodings[] = { "UTF-16LE", "UTF-16BE", "UTF-32LE",
                                             "UTF-32BE" };
    static const char *const texts[] = {
        "{\"id\":\"Оля\",\"created_at\":1,\"sip_code\":486}",
        "[{\"id\":\"Оля\",\"created_at\":1,\"sip_code\":486}]",
        "[\n{\"id\":\"Оля\",\"created_at\":1,\"sip_code\":486}\n]\n",
    };
    struct buf bytes = { 0 };

    for (size_t i = 0; i < COUNTOF(encodings); i++)
        for (size_t j = 0; j < COUNTOF(texts); j++) {
            iconv_t to = iconv_open(encodings[i], "UTF-8");
            char wanted[100];

            add_encoded(&bytes, to, texts[j]);
            iconv_close(to);
            snprintf(wanted, sizeof wanted,
                     "mark that says so: name it with --encoding %s\n", encodings[i]);

            struct buf again = { 0 };

            buf_add(&again, bytes.s, bytes.len);

            const char *got = told(&bytes, NULL);

            cr_expect_not_null(strstr(got, wanted), "%s: %s", encodings[i], got);
            cr_expect_not_null(strstr(told(&again, encodings[i]), "uuid=Оля"));
        }
    buf_add_text(&bytes, "{");
    cr_expect_null(strstr(told(&bytes, NULL), "UTF"));
}
