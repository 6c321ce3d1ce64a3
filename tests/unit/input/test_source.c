/* readers/source: packing, encodings, and the digest. */
#include <criterion/criterion.h>

#include <openssl/sha.h>

#include "base/base.h"
#include "input/source.h"
#include "input/source_impl.h"
#include "support/export.h"

#define ROWS "id;created_at;cause\n1;2;3\n4;5;6\n"
#define TOLD                                                                             \
    "rec 2 20 uuid=1 started_at=2 hangup_cause=3\n"                                      \
    "rec 3 26 uuid=4 started_at=5 hangup_cause=6\n"                                      \
    "end history UTF-8 lines=3 headers=1 blank=0\n"

static const struct reader_options nothing = { .parse_options = { .day = NO_DAY } };

static const char *told(struct buf *bytes)
{
    const char *path = export_file(bytes->s, bytes->len);

    buf_free(bytes);
    return export_read(path, &nothing);
}

static void expect(const char *got, const char *wanted)
{
    cr_expect_str_eq(got, wanted, "got:\n%s", got);
}

static void expect_says(const char *got, const char *word)
{
    cr_expect_not_null(strstr(got, word), "no \"%s\" in:\n%s", word, got);
}

Test(gzip, one_member_and_several)
{
    struct buf one = { 0 }, several = { 0 };

    pack_gzip(&one, slice_of(ROWS));
    expect(told(&one), TOLD);
    pack_gzip(&several, (struct slice){ ROWS, 7 });
    pack_gzip(&several, slice_of(""));
    pack_gzip(&several, slice_of(ROWS + 7));
    expect(told(&several), TOLD);
}

Test(gzip, cut_off_anywhere_is_refused)
{
    struct buf whole = { 0 };

    pack_gzip(&whole, slice_of(ROWS));
    for (size_t len = 2; len < whole.len; len++) {
        const char *got = export_read(export_file(whole.s, len), &nothing);

        cr_expect_not_null(strstr(got, "failed 3 the gzip stream is truncated"),
                           "%zu: %s", len, got);
    }
    buf_free(&whole);
}

Test(gzip, a_wrong_checksum_is_refused)
{
    struct buf bytes = { 0 };

    pack_gzip(&bytes, slice_of(ROWS));
    bytes.s[bytes.len - 5] ^= 1;
    expect_says(told(&bytes),
                "failed 3 the gzip stream is damaged: its checksum is wrong");
}

Test(gzip, junk_behind_is_a_warning_and_padding_nothing)
{
    struct buf junk = { 0 }, padding = { 0 };

    pack_gzip(&junk, slice_of(ROWS));
    buf_add_text(&junk, "something");
    expect(told(&junk), TOLD "warn something follows the end of the packed data and was "
                             "passed over: the file may be damaged\n");
    pack_gzip(&padding, slice_of(ROWS));
    buf_add(&padding, "\0\0\0\0", 4);
    expect(told(&padding), TOLD);
}

Test(zstd, frames)
{
    struct buf one = { 0 }, two = { 0 };

    pack_zstd(&one, slice_of(ROWS));
    expect(told(&one), TOLD);
    pack_zstd(&two, slice_of("id;created_at;cause\n"));
    pack_zstd(&two, slice_of("1;2;3\n4;5;6\n"));
    expect(told(&two), TOLD);
}

Test(zstd, damage)
{
    struct buf cut = { 0 }, junk = { 0 };

    pack_zstd(&cut, slice_of(ROWS));
    cut.len -= 3;
    expect_says(told(&cut), "failed 3 the zstd stream is truncated");
    pack_zstd(&junk, slice_of(ROWS));
    buf_add_text(&junk, "something");
    expect_says(told(&junk), TOLD "warn something follows");
}

Test(encoding, what_it_is_taken_for)
{
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        { "plain", "UTF-8" },
        { "\xef\xbb\xbfplain", "UTF-8" },
        { "\xd0\x9e\xd0\xbb", "UTF-8" },
        { "\xce\xeb\xe5\xed\xe0", "windows-1251" },
        { "\xce\xeb\xe5\xed\xe0 \xd0\x9e", "UTF-8" }, /* one valid letter is enough */
        { "\xff\xfe", "UTF-16LE" },
        { "\xfe\xff", "UTF-16BE" },
        { "abc\xd0", "UTF-8" }, /* perhaps cut off here */
        { "\xc0\xaf", "windows-1251" },
    };

    for (size_t i = 0; i < COUNTOF(cases); i++)
        cr_expect_str_eq(recode_guess(slice_of(cases[i].text)), cases[i].wanted, "%zu",
                         i);
}

Test(encoding, windows_1251_with_its_own_offsets)
{
    /* Олена and Отмена in windows-1251 */
    expect(export_told("id;created_at;user;cause\n1;2;\xce\xeb\xe5\xed\xe0;3\n4;5;"
                       "\xce\xf2\xec\xe5\xed\xe0;6\n"),
           "rec 2 25 uuid=1 started_at=2 agent=Олена hangup_cause=3\n"
           "rec 3 37 uuid=4 started_at=5 agent=Отмена hangup_cause=6\n"
           "end history windows-1251 lines=3 headers=1 blank=0\n"
           "warn not UTF-8: read as windows-1251\n");
}

Test(encoding, a_byte_that_is_no_letter_rejects_its_record)
{
    expect_says(
        export_told("id;created_at;user;cause\n1;2;\xce\xeb;3\n4;5;\x98;6\n7;8;;9\n"),
        "reject bad_encoding 3 34\nrec 4 42 uuid=7");
}

Test(encoding, named)
{
    struct reader_options options = nothing;

    options.encoding = "koi8-u";
    expect_says(export_read(export_text("id;created_at;user;cause\n1;2;\xef\xcc\xc5;3\n"),
                            &options),
                "agent=Оле ");
    options.encoding = "utf-8";
    expect_says(
        export_read(export_text("id;created_at;cause\n1;2;\xff\n7;8;9\n"), &options),
        "reject bad_encoding 2");
    options.encoding = "klingon";
    expect_says(export_read(export_text(ROWS), &options),
                "failed 2 no such encoding: klingon");
}

static void add_utf16(struct buf *out, const char *ascii, bool big)
{
    buf_add(out, big ? "\xfe\xff" : "\xff\xfe", 2);
    for (; *ascii != '\0'; ascii++) {
        const char low_first[] = { *ascii, '\0', *ascii };

        buf_add(out, low_first + (big ? 1 : 0), 2);
    }
}

Test(encoding, utf_16)
{
    struct buf bytes = { 0 };

    add_utf16(&bytes, ROWS, false);
    expect(told(&bytes), "rec 2 42 uuid=1 started_at=2 hangup_cause=3\n"
                         "rec 3 54 uuid=4 started_at=5 hangup_cause=6\n"
                         "end history UTF-16LE lines=3 headers=1 blank=0\n"
                         "warn not UTF-8: read as UTF-16LE\n");
    bytes = (struct buf){ 0 };
    add_utf16(&bytes, ROWS, true);
    expect_says(told(&bytes), "end history UTF-16BE lines=3");
}

Test(front, what_is_cut)
{
    expect_says(export_told("\xef\xbb\xbf" ROWS), "rec 2 23 uuid=1 ");
    expect_says(export_told("data:text/csv;charset=utf-8," ROWS), "rec 2 48 uuid=1 ");
    expect_says(
        export_told("\xef\xbb\xbf{\"id\":\"a\",\"created_at\":1,\"sip_code\":486}"),
        "rec 0 3 uuid=a");
}

Test(front, what_cannot_be_opened)
{
    expect_says(export_read("/nowhere/at/all", &nothing),
                "failed 3 cannot be opened: No such file");
    expect_says(export_read("/tmp", &nothing), "failed 3 cannot be opened: a folder");
    expect_says(export_told(""), "failed 3 the file is empty");
    expect_says(export_told("\xef\xbb\xbf"), "failed 3 the file is empty");
    expect_says(export_told("\n \n"), "failed 3 the file is empty");
}

static void digest_is(const char *path, const char *text)
{
    unsigned char sum[DIGEST_BYTES], wanted[DIGEST_BYTES];
    struct err err = { 0 };

    SHA256((const unsigned char *)text, strlen(text), wanted);
    cr_assert(reader_digest(path, sum, &err), "%s", err.text);
    cr_expect_arr_eq(sum, wanted, sizeof sum);

    struct reader *reader = reader_open(path, export_profiles(), &nothing, &err);
    struct report report;
    struct rec rec;
    struct reject reject;

    cr_assert_not_null(reader, "%s", err.text);
    report_init(&report, path);
    reader_report(reader, &report);
    while (reader_next(reader, &rec, &reject, &err) < READER_END)
        ;
    report_free(&report);
    report_init(&report, path);
    reader_report(reader, &report);
    cr_assert(report.has_sha256);
    cr_expect_arr_eq(report.sha256, wanted, sizeof wanted);
    report_free(&report);
    reader_close(reader);
}

Test(digest, of_the_bytes_before_anything_is_done_to_them)
{
    static const char bom[] = "\xef\xbb\xbf" ROWS;
    static const char cyrillic[] = "id;created_at;cause\n1;2;\xce\xeb\xe5\xed\n";
    static const char json[] = "{\"id\":\"a\",\"created_at\":1,\"sip_code\":486}\n\n";
    struct buf packed = { 0 };

    digest_is(export_text(ROWS), ROWS);
    digest_is(export_text(bom), bom);
    digest_is(export_text(cyrillic), cyrillic);
    digest_is(export_text(json), json);
    pack_gzip(&packed, slice_of(ROWS));
    digest_is(export_file(packed.s, packed.len), ROWS);
    buf_free(&packed);
}

Test(digest, damage_is_seen_without_understanding)
{
    struct buf packed = { 0 };
    unsigned char sum[DIGEST_BYTES];
    struct err err = { 0 };

    pack_gzip(&packed, slice_of(ROWS));
    cr_expect_not(reader_digest(export_file(packed.s, packed.len - 1), sum, &err));
    cr_expect_eq(err.code, EXIT_INPUT);
    buf_free(&packed);
}

static struct source *opened(const char *path, bool digested)
{
    struct err err = { 0 };
    struct source *source = source_open(path, NULL, digested, &err);

    cr_assert_not_null(source, "%s", err.text);
    return source;
}

Test(window, stands_still_until_more_is_wanted)
{
    struct err err = { 0 };
    struct source *source = opened(export_text(ROWS), true);

    cr_assert(source_want(source, 1 << 20, &err));
    cr_expect(source_ended(source));
    cr_expect(slice_is(source_window(source), ROWS));
    source_skip(source, 20);
    cr_expect_eq(source_offset(source), 20);
    cr_expect_eq(source_offset_at(source, 6), 26);
    cr_expect(slice_is(source_window(source), "1;2;3\n4;5;6\n"));
    source_close(source);
}

Test(window, is_the_same_without_a_digest)
{
    struct err err = { 0 };
    struct source *source = opened(export_text(ROWS), false);

    cr_assert(source_want(source, 1 << 20, &err));
    cr_expect(source_ended(source));
    cr_expect(slice_is(source_window(source), ROWS));
    cr_expect_null(source_sum(source));
    source_close(source);
}

Test(progress, counts_packed_bytes)
{
    struct buf packed = { 0 };
    uint64_t done, total;

    pack_gzip(&packed, slice_of(ROWS));

    struct source *source = opened(export_file(packed.s, packed.len), true);

    source_progress(source, &done, &total);
    cr_expect_eq(total, packed.len);
    cr_expect_eq(done, packed.len);
    source_close(source);
    buf_free(&packed);
}
