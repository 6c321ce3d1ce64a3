/*
 * source_recode.c - which encoding the bytes are in, and how they become UTF-8.
 */
#include <errno.h>
#include <iconv.h>

#include "base/base.h"
#include "readers/source_impl.h"

enum unit { UNIT_TEXT, UNIT_BYTE, UNIT_PAIR }; /* what one character takes */

struct recode {
    iconv_t iconv;
    enum unit unit;
};

/* Length of the UTF-8 sequence at S, 0: none, -1: cut off by the end. */
static int sequence(const unsigned char *s, size_t len)
{
    size_t want = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;

    if (s[0] < 0xc2 || s[0] > 0xf4)
        return 0;
    for (size_t i = 1; i < want; i++)
        if (i == len)
            return -1;
        else if ((s[i] & 0xc0) != 0x80)
            return 0;
    return text_is_utf8((struct slice){ (const char *)s, want }) ? (int)want : 0;
}

/* Bytes above 127, and none of them UTF-8: what spreadsheets here save as "CSV". */
static bool is_8bit(struct slice head)
{
    bool any = false;

    for (size_t i = 0; i < head.len; i++) {
        if ((unsigned char)head.s[i] < 0x80)
            continue;

        int got = sequence((const unsigned char *)head.s + i, head.len - i);

        if (got > 0)
            return false;
        any = any || got == 0;
    }
    return any;
}

const char *recode_guess(struct slice head)
{
    if (slice_starts(head, "\xef\xbb\xbf"))
        return "UTF-8";
    if (slice_starts(head, "\xff\xfe"))
        return "UTF-16LE";
    if (slice_starts(head, "\xfe\xff"))
        return "UTF-16BE";
    return is_8bit(head) ? "windows-1251" : "UTF-8";
}

/* Does one byte make one character, whatever it is? */
static enum unit unit_of(iconv_t iconv_cd)
{
    char in[] = "a\nz", out[16];
    char *from = in, *to = out;
    size_t nin = 3, nout = sizeof out;
    bool ascii = iconv(iconv_cd, &from, &nin, &to, &nout) == 0 && to - out == 3;

    iconv(iconv_cd, NULL, NULL, NULL, NULL);
    return ascii ? UNIT_BYTE : UNIT_TEXT;
}

struct recode *recode_open(const char *encoding, struct err *err)
{
    iconv_t opened = iconv_open("UTF-8", encoding);

    if (opened == (iconv_t)-1) {
        err_set(err, EXIT_USAGE, "no such encoding: %s (iconv -l lists them)", encoding);
        return NULL;
    }

    struct recode *recode = xcalloc(1, sizeof *recode);

    recode->iconv = opened;
    if (slice_equal_nocase(slice_of(encoding), slice_of("UTF-16LE")) ||
        slice_equal_nocase(slice_of(encoding), slice_of("UTF-16BE")))
        recode->unit = UNIT_PAIR;
    else
        recode->unit = unit_of(opened);
    return recode;
}

void recode_close(struct recode *recode)
{
    if (recode == NULL)
        return;
    iconv_close(recode->iconv);
    free(recode);
}

size_t recode_bytes(struct recode *recode, struct slice *in, char *out, size_t cap,
                    bool last)
{
    char *from = (char *)in->s, *to = out;
    size_t nfrom = in->len, nto = cap;

    while (nfrom > 0 && nto >= 8) {
        if (iconv(recode->iconv, &from, &nfrom, &to, &nto) != (size_t)-1)
            break;
        if (errno == E2BIG || (errno == EINVAL && !last))
            break;

        size_t bad = recode->unit == UNIT_PAIR && nfrom > 1 ? 2 : 1;

        from += bad;
        nfrom -= bad;
        *to++ = '\xff';
        nto--;
    }
    *in = (struct slice){ from, nfrom };
    return (size_t)(to - out);
}

uint64_t recode_measure(const struct recode *recode, struct slice text)
{
    uint64_t units = 0;

    if (recode->unit == UNIT_TEXT)
        return text.len;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.s[i];

        units += (c & 0xc0) != 0x80;
        /* UTF-16 writes what UTF-8 needs four bytes for as two pairs. */
        units += recode->unit == UNIT_PAIR && c >= 0xf0 && c != 0xff;
    }
    return recode->unit == UNIT_PAIR ? 2 * units : units;
}
