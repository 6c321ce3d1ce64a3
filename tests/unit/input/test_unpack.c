/* readers/source_unpack: members and frames, and what stands between and behind them. */
#include <criterion/criterion.h>

#include <zstd.h>

#include "base/base.h"
#include "input/source_impl.h"
#include "support/export.h"

/* What is read at once: wherever its edge falls, the same must come out. */
enum { EDGE = 64 << 10, AROUND = 9 };

#define PASSED "|something follows the end of the packed data and was passed over: "

static void add_many(struct buf *out, char c, size_t count)
{
    memset(buf_room(out, count), c, count);
    out->len += count;
}

/* A frame that means nothing (RFC 8878, 3.1.2): of 16 magic numbers the WHICH-th. */
static void add_skippable(struct buf *out, unsigned which, size_t len)
{
    const unsigned char head[] = { (unsigned char)(0x50 + which),
                                   0x2a,
                                   0x4d,
                                   0x18,
                                   (unsigned char)len,
                                   (unsigned char)(len >> 8),
                                   (unsigned char)(len >> 16),
                                   0 };

    buf_add(out, head, sizeof head);
    add_many(out, 's', len);
}

/* Unpacked text, "|" and the note behind it, or the message; BYTES are freed. */
static const char *unpacked(struct buf *bytes)
{
    static struct buf told;
    char piece[100];
    size_t got = 0;
    struct err err = { 0 };
    struct unpack *unpack = unpack_open(export_file(bytes->s, bytes->len), &err);
    bool ok;

    cr_assert_not_null(unpack, "%s", err.text);
    told.len = 0;
    while ((ok = unpack_pull(unpack, piece, sizeof piece, &got, &err)) && got > 0)
        buf_add(&told, piece, got);
    if (!ok)
        told.len = 0;
    buf_add_text(&told, ok ? "|" : err.text);
    if (ok && unpack_note(unpack) != NULL)
        buf_add_text(&told, unpack_note(unpack));
    unpack_close(unpack);
    buf_free(bytes);
    *bytes = (struct buf){ 0 };
    return buf_cstr(&told);
}

static void expect(struct buf *bytes, const char *wanted)
{
    const char *got = unpacked(bytes);

    cr_expect_str_eq(got, wanted, "got: %s", got);
}

static void expect_begins(struct buf *bytes, const char *wanted, size_t place)
{
    const char *got = unpacked(bytes);

    cr_expect_eq(strncmp(got, wanted, strlen(wanted)), 0, "%zu: %s", place, got);
}

Test(zstd, skippable_frames_wherever_they_stand)
{
    struct buf bytes = { 0 };

    for (unsigned which = 0; which < 16; which++) {
        add_skippable(&bytes, which, 5);
        pack_zstd(&bytes, slice_of("one "));
        add_skippable(&bytes, which, 300);
        add_skippable(&bytes, which, 0);
        pack_zstd(&bytes, slice_of("two "));
        pack_zstd(&bytes, slice_of(""));
        pack_zstd(&bytes, slice_of("three"));
        add_skippable(&bytes, which, 1);
        expect(&bytes, "one two three|");
    }
    add_skippable(&bytes, 0, 200000); /* longer than what is read at once */
    pack_zstd(&bytes, slice_of("one"));
    expect(&bytes, "one|");
    add_skippable(&bytes, 0, 4);
    expect(&bytes, "|");
}

Test(zstd, a_frame_cut_off_anywhere_is_refused)
{
    struct buf whole = { 0 }, cut = { 0 };
    size_t first, frames[4];

    pack_zstd(&whole, slice_of("one "));
    frames[0] = first = whole.len;
    add_skippable(&whole, 3, 20);
    frames[1] = whole.len;
    pack_zstd(&whole, slice_of("two"));
    frames[2] = whole.len;
    add_skippable(&whole, 15, 0);
    frames[3] = whole.len;
    for (size_t len = first; len <= whole.len; len++) {
        bool between = false;

        for (size_t i = 0; i < COUNTOF(frames); i++)
            between = between || len == frames[i];
        buf_add(&cut, whole.s, len);
        expect_begins(&cut, between ? "one " : "the zstd stream is truncated: it ends",
                      len);
    }
    buf_free(&whole);
}

Test(gzip, a_member_cut_off_anywhere_is_refused)
{
    struct buf whole = { 0 }, cut = { 0 };
    size_t first;

    pack_gzip(&whole, slice_of("one "));
    first = whole.len;
    pack_gzip(&whole, slice_of("two"));
    for (size_t len = first + 1; len < whole.len; len++) {
        buf_add(&cut, whole.s, len);
        expect_begins(&cut, "the gzip stream is truncated: it ends", len);
    }
    buf_free(&whole);
}

/* PAD bytes of C so that what follows them begins at PLACE. */
static void pad_to(struct buf *bytes, char c, size_t place)
{
    cr_assert_leq(bytes->len, place);
    add_many(bytes, c, place - bytes->len);
}

Test(padding, a_stream_behind_zeros_is_read_wherever_it_begins)
{
    struct buf bytes = { 0 };

    for (size_t place = EDGE - AROUND; place <= EDGE + AROUND; place++) {
        pack_gzip(&bytes, slice_of("one "));
        pad_to(&bytes, '\0', place);
        pack_gzip(&bytes, slice_of("two"));
        expect(&bytes, "one two|");

        pack_zstd(&bytes, slice_of("one "));
        pad_to(&bytes, '\0', place);
        pack_zstd(&bytes, slice_of("two"));
        expect(&bytes, "one two|");

        pack_zstd(&bytes, slice_of("one "));
        add_skippable(&bytes, 1, place - bytes.len - 16);
        add_skippable(&bytes, 2, 0);
        pack_zstd(&bytes, slice_of("two"));
        expect(&bytes, "one two|");

        pack_gzip(&bytes, slice_of("one"));
        pad_to(&bytes, '\0', place);
        expect(&bytes, "one|");
    }
    pack_gzip(&bytes, slice_of("one "));
    add_many(&bytes, '\0', 100);
    pack_gzip(&bytes, slice_of("two"));
    expect(&bytes, "one two|");
}

Test(padding, nothing_behind_junk_is_read_wherever_it_begins)
{
    struct buf bytes = { 0 };

    for (size_t place = EDGE - AROUND; place <= EDGE + AROUND; place++) {
        pack_gzip(&bytes, slice_of("one"));
        pad_to(&bytes, 'j', place);
        pack_gzip(&bytes, slice_of("two"));
        expect_begins(&bytes, "one" PASSED, place);

        pack_zstd(&bytes, slice_of("one"));
        pad_to(&bytes, 'j', place);
        pack_zstd(&bytes, slice_of("two"));
        expect_begins(&bytes, "one" PASSED, place);

        pack_gzip(&bytes, slice_of("one"));
        pad_to(&bytes, '\0', place);
        buf_add_text(&bytes, "j");
        expect_begins(&bytes, "one" PASSED, place);
    }
}

Test(zstd, a_window_too_large_is_said_so)
{
    struct buf bytes = { 0 };
    ZSTD_CCtx *cctx = ZSTD_createCCtx();
    ZSTD_inBuffer in = { "one", 3, 0 };
    ZSTD_outBuffer out = { buf_room(&bytes, 100), 100, 0 };

    ZSTD_CCtx_setParameter(cctx, ZSTD_c_windowLog, 27);
    ZSTD_compressStream2(cctx, &out, &in, ZSTD_e_flush);
    cr_assert_eq(ZSTD_compressStream2(cctx, &out, &in, ZSTD_e_end), 0);
    bytes.len = out.pos;
    ZSTD_freeCCtx(cctx);
    expect(&bytes,
           "the zstd stream was packed with a window of more than 8 MiB (--long or "
           "--ultra): unpack it with zstd -d, or pack it again without them");
}
