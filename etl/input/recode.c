/*
 * recode.c - which encoding the bytes are in, and how they become UTF-8.
 */
#include <errno.h>
#include <iconv.h>

#include "base/base.h"
#include "input/source_impl.h"

/* What one character takes: a byte, two (or twice two), four, or it differs. */
enum unit { UNIT_MIXED = 0, UNIT_BYTE = 1, UNIT_PAIR = 2, UNIT_QUAD = 4 };

enum { LONGEST = 32 /* bytes that may make one character */ };

struct recode {
    iconv_t iconv;
    enum unit unit;
    uint32_t owed; /* bytes that were taken and have made no character yet */
};

/* A conversion under way. */
struct recode_run {
    char *from, *to;
    size_t nfrom, nto;
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

/* In iconv's names case means nothing, and what follows two slashes is not the name. */
static bool is_named(const char *encoding, const char *name)
{
    struct slice given = slice_of(encoding);
    size_t i = 0;

    for (; given.len > 0 && !slice_starts(given, "//"); given.s++, given.len--) {
        if (*given.s == '-' || *given.s == '_')
            continue;
        if (name[i] == '\0' || !slice_equal_nocase((struct slice){ given.s, 1 },
                                                   (struct slice){ &name[i], 1 }))
            return false;
        i++;
    }
    return name[i] == '\0';
}

const char *recode_name(const char *encoding, struct slice head)
{
    static const struct {
        const char *given, *little, *big;
    } names[] = {
        { "utf8", "UTF-8", "UTF-8" },          { "utf16", "UTF-16LE", "UTF-16BE" },
        { "utf16le", "UTF-16LE", "UTF-16LE" }, { "utf16be", "UTF-16BE", "UTF-16BE" },
        { "utf32", "UTF-32LE", "UTF-32BE" },   { "utf32le", "UTF-32LE", "UTF-32LE" },
        { "utf32be", "UTF-32BE", "UTF-32BE" },
    };
    /* By the mark, or by a first letter that is ASCII. */
    bool is_big = head.len > 0 && (head.s[0] == '\0' || slice_starts(head, "\xfe\xff"));

    for (size_t i = 0; i < COUNTOF(names); i++)
        if (is_named(encoding, names[i].given))
            return is_big ? names[i].big : names[i].little;
    return encoding;
}

/* Does each byte make one character, or none, whatever stands before it? */
static bool is_byte_each(iconv_t iconv_cd)
{
    for (int c = 0; c < 256; c++) {
        char in = (char)c, out[16];
        char *from = &in, *to = out;
        size_t nin = 1, nout = sizeof out, letters = 0;
        bool taken = iconv(iconv_cd, &from, &nin, &to, &nout) != (size_t)-1;
        bool is_none = !taken && errno == EILSEQ;

        iconv(iconv_cd, NULL, NULL, NULL, NULL);
        for (const char *at = out; at < to; at++)
            letters += (*at & 0xc0) != 0x80;
        if (!is_none && letters != 1)
            return false;
    }
    return true;
}

static enum unit unit_of(iconv_t iconv_cd, struct slice encoding)
{
    if (slice_starts(encoding, "UTF-16"))
        return UNIT_PAIR;
    if (slice_starts(encoding, "UTF-32"))
        return UNIT_QUAD;
    return is_byte_each(iconv_cd) ? UNIT_BYTE : UNIT_MIXED;
}

struct recode *recode_open(const char *encoding, struct err *err)
{
    /* To iconv no name is that of the terminal's encoding. */
    bool is_nameless = encoding[0] == '\0' || encoding[0] == '/';
    iconv_t opened = is_nameless ? (iconv_t)-1 : iconv_open("UTF-8", encoding);

    if (opened == (iconv_t)-1) {
        err_set(err, EXIT_USAGE, "no such encoding: %s (iconv -l lists them)",
                encoding[0] != '\0' ? encoding : "''");
        return NULL;
    }

    struct recode *recode = xcalloc(1, sizeof *recode);

    recode->iconv = opened;
    recode->unit = unit_of(opened, slice_of(encoding));
    return recode;
}

void recode_close(struct recode *recode)
{
    if (recode == NULL)
        return;
    iconv_close(recode->iconv);
    free(recode);
}

bool recode_needs_widths(const struct recode *recode)
{
    return recode->unit == UNIT_MIXED;
}

/* Convert with the next LEN bytes in sight.  False: not all of them were taken, errno. */
static bool convert(struct recode *recode, struct recode_run *run, size_t len)
{
    size_t left = len;
    bool ok = iconv(recode->iconv, &run->from, &left, &run->to, &run->nto) != (size_t)-1;

    run->nfrom -= len - left;
    return ok;
}

/* Likewise one character, or one shift that makes none. */
static bool convert_one(struct recode *recode, struct recode_run *run)
{
    const char *from = run->from;

    for (size_t len = 1; len <= run->nfrom && len <= LONGEST; len++)
        if (convert(recode, run, len) || errno != EINVAL || run->from > from)
            return run->from > from;
    if (run->nfrom >= LONGEST)
        errno = EILSEQ;
    return false;
}

/* What was made since BEFORE is one character, and took what was taken. */
static void recode_measure_run(struct recode *recode, const struct recode_run *before,
                               const struct recode_run *run, uint32_t *widths)
{
    size_t made = (size_t)(run->to - before->to);

    recode->owed += (uint32_t)(run->from - before->from);
    if (made == 0)
        return;
    memset(widths, 0, made * sizeof *widths);
    widths[0] = recode->owed;
    recode->owed = 0;
}

/* A byte or unit that is no character, or half of one at the end. */
static void pass_bad(const struct recode *recode, struct recode_run *run)
{
    size_t unit = recode->unit == UNIT_MIXED ? 1 : recode->unit;
    size_t bad = run->nfrom < unit ? run->nfrom : unit;

    run->from += bad;
    run->nfrom -= bad;
    *run->to++ = '\xff';
    run->nto--;
}

size_t recode_bytes(struct recode *recode, struct slice *in, char *out, uint32_t *widths,
                    size_t cap, bool last)
{
    struct recode_run run = { (char *)in->s, out, in->len, cap };
    struct recode_run before = run;

    while (run.nfrom > 0 && run.nto >= 8) {
        bool ok =
            widths != NULL ? convert_one(recode, &run) : convert(recode, &run, run.nfrom);

        if (!ok && (errno == E2BIG || (errno == EINVAL && !last)))
            break;
        if (!ok)
            pass_bad(recode, &run);
        if (widths != NULL)
            recode_measure_run(recode, &before, &run, widths + (before.to - out));
        before = run;
    }
    /* A letter may be held back until it is known what combines with it. */
    if (last && run.nfrom == 0 && run.nto >= 8) {
        iconv(recode->iconv, NULL, NULL, &run.to, &run.nto);
        if (widths != NULL)
            recode_measure_run(recode, &before, &run, widths + (before.to - out));
    }
    *in = (struct slice){ run.from, run.nfrom };
    return (size_t)(run.to - out);
}

uint64_t recode_measure(const struct recode *recode, struct slice text,
                        const uint32_t *widths)
{
    uint64_t units = 0;

    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.s[i];

        if (recode->unit == UNIT_MIXED)
            units += widths[i];
        else
            units += (c & 0xc0) != 0x80;
        /* UTF-16 writes what UTF-8 needs four bytes for as two pairs. */
        units += recode->unit == UNIT_PAIR && c >= 0xf0 && c != 0xff;
    }
    return recode->unit == UNIT_MIXED ? units : recode->unit * units;
}
