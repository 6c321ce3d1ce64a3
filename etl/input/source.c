/*
 * source.c - a window onto the unpacked, recoded text of an input.
 *
 * The window is one stretch of memory: what is given back leaves room in front,
 * and what is still wanted moves there before more is read behind it.
 */
#include "input/source.h"

#include <assert.h>

#include "base/base.h"
#include "input/source_impl.h"

enum { ROOM = 256 << 10, PULL = ENCODING_PROBE };

struct source {
    struct unpack *unpack;
    struct digest *digest; /* NULL: no digest is wanted */
    struct recode *recode; /* NULL: the input is UTF-8 */
    char *room;            /* the window is the bytes from at to len */
    uint32_t *widths;      /* of the bytes in the room; NULL: they can be computed */
    size_t at, len, cap;
    char *raw; /* unpacked, not yet recoded */
    size_t raw_at, raw_len;
    bool raw_ended, ended;
    uint64_t offset;
    const char *encoding, *note;
    char front[16]; /* zeros behind a shorter input */
    unsigned char sum[DIGEST_BYTES];
};

/* Unpacked bytes into OUT, and into the digest. */
static bool pull(struct source *source, char *out, size_t cap, size_t *got,
                 struct err *err)
{
    if (!unpack_pull(source->unpack, out, cap, got, err))
        return false;
    source->raw_ended = *got == 0;
    if (source->digest == NULL)
        return true;
    if (*got == 0)
        digest_finish(source->digest, source->sum);
    else
        digest_add(source->digest, out, *got);
    return true;
}

/* More text behind the window, at most what CAP leaves room for. */
static bool more_recoded(struct source *source, struct err *err)
{
    size_t left = source->raw_len - source->raw_at, got = 0;

    if (left < PULL / 2 && !source->raw_ended) {
        memmove(source->raw, source->raw + source->raw_at, left);
        source->raw_at = 0;
        if (!pull(source, source->raw + left, PULL - left, &got, err))
            return false;
        left = source->raw_len = left + got;
    }

    struct slice in = { source->raw + source->raw_at, left };

    source->len +=
        recode_bytes(source->recode, &in, source->room + source->len,
                     source->widths != NULL ? source->widths + source->len : NULL,
                     source->cap - source->len, source->raw_ended);
    source->raw_at = source->raw_len - in.len;
    source->ended = source->raw_ended && in.len == 0;
    return true;
}

static bool more_plain(struct source *source, struct err *err)
{
    size_t got;

    if (!pull(source, source->room + source->len, source->cap - source->len, &got, err))
        return false;
    source->len += got;
    source->ended = source->raw_ended;
    return true;
}

/* Move the window to the front of a room that holds WANT bytes and more. */
static void source_make_room(struct source *source, size_t want)
{
    size_t size = sizeof *source->widths;

    source->len -= source->at;
    if (source->at > 0)
        memmove(source->room, source->room + source->at, source->len);
    if (source->at > 0 && source->widths != NULL)
        memmove(source->widths, source->widths + source->at, source->len * size);
    source->at = 0;
    if (want + ROOM <= source->cap)
        return;
    source->cap = want + ROOM;
    source->room = xrealloc(source->room, source->cap, 1);
    if (source->widths != NULL)
        source->widths = xrealloc(source->widths, source->cap, size);
}

bool source_want(struct source *source, size_t want, struct err *err)
{
    if (source->len - source->at >= want)
        return true;
    source_make_room(source, want);
    while (source->len < want && !source->ended)
        if (!(source->recode != NULL ? more_recoded : more_plain)(source, err))
            return false;
    return true;
}

struct slice source_window(const struct source *source)
{
    return (struct slice){ source->room + source->at, source->len - source->at };
}

struct slice source_front(const struct source *source)
{
    return (struct slice){ source->front, sizeof source->front };
}

bool source_ended(const struct source *source)
{
    return source->ended;
}

uint64_t source_offset_at(const struct source *source, size_t ahead)
{
    struct slice text = { source->room + source->at, ahead };

    assert(ahead <= source->len - source->at);
    if (source->recode == NULL)
        return source->offset + ahead;

    const uint32_t *widths = source->widths != NULL ? source->widths + source->at : NULL;

    return source->offset + recode_measure(source->recode, text, widths);
}

void source_skip(struct source *source, size_t count)
{
    source->offset = source_offset_at(source, count);
    source->at += count;
}

#define MARK "\xef\xbb\xbf"

/*
 * A mark of UTF-8 where another encoding is named: one of them is wrong, and what
 * follows the mark tells which.  Its bytes are never part of the first caption.
 */
static void heed_mark(struct source *source, struct slice head)
{
    size_t mark = strlen(MARK);
    struct slice text = { head.s + mark, head.len - mark };

    if (strcmp(recode_guess(text), "UTF-8") == 0) {
        recode_close(source->recode);
        source->recode = NULL;
        source->encoding = "UTF-8";
        source->note = "it begins with the mark of UTF-8, whatever --encoding says: read "
                       "as";
        return;
    }
    source->note = "it begins with the mark of UTF-8, but is none: as --encoding says, "
                   "read as";
    source->raw_at = mark;
    source->offset = mark;
}

/* Decide about the encoding by the first bytes, unless ENCODING names it. */
static bool choose(struct source *source, const char *encoding, struct slice head,
                   struct err *err)
{
    source->encoding =
        encoding != NULL ? recode_name(encoding, head) : recode_guess(head);
    if (strcmp(source->encoding, "UTF-8") == 0)
        return true;
    source->recode = recode_open(source->encoding, err);
    if (source->recode == NULL)
        return false;
    if (encoding == NULL)
        source->note = "not UTF-8: read as";
    else if (slice_starts(head, MARK))
        heed_mark(source, head);
    return true;
}

/* Read the first bytes, decide about the encoding, and hand them to the window. */
static bool source_start(struct source *source, const char *encoding, struct err *err)
{
    size_t got;

    source->raw = xcalloc(1, PULL);
    do {
        if (!pull(source, source->raw + source->raw_len, PULL - source->raw_len, &got,
                  err))
            return false;
        source->raw_len += got;
    } while (got > 0 && source->raw_len < PULL);
    memcpy(source->front, source->raw,
           source->raw_len < sizeof source->front ? source->raw_len
                                                  : sizeof source->front);

    if (!choose(source, encoding, (struct slice){ source->raw, source->raw_len }, err))
        return false;
    if (source->recode == NULL) {
        memcpy(source->room, source->raw, source->raw_len);
        source->len = source->raw_len;
        source->ended = source->raw_ended;
        return true;
    }
    if (recode_needs_widths(source->recode))
        source->widths = xcalloc(source->cap, sizeof *source->widths);
    return source_want(source, 1, err);
}

/* What stands in front of the text and is not of it. */
static bool cut_front(struct source *source, struct err *err)
{
    static const char url[] = "data:text/csv";

    if (!source_want(source, 256, err))
        return false;
    if (slice_starts(source_window(source), MARK))
        source_skip(source, 3);

    struct slice front = source_window(source);
    const char *comma = NULL;

    if (slice_starts(front, url))
        comma = memchr(front.s, ',', front.len < 64 ? front.len : 64);
    if (comma != NULL)
        source_skip(source, (size_t)(comma + 1 - front.s));
    return true;
}

struct source *source_open(const char *path, const char *encoding, bool digested,
                           struct err *err)
{
    struct unpack *unpack = unpack_open(path, err);

    if (unpack == NULL)
        return NULL;

    struct source *source = xcalloc(1, sizeof *source);

    source->unpack = unpack;
    if (digested)
        source->digest = digest_new();
    source->cap = ROOM;
    source->room = xcalloc(1, ROOM);
    if (!source_start(source, encoding, err) || !cut_front(source, err)) {
        source_close(source);
        return NULL;
    }
    return source;
}

void source_close(struct source *source)
{
    if (source == NULL)
        return;
    unpack_close(source->unpack);
    digest_free(source->digest);
    recode_close(source->recode);
    free(source->room);
    free(source->widths);
    free(source->raw);
    free(source);
}

uint64_t source_offset(const struct source *source)
{
    return source->offset;
}

const char *source_packing(const struct source *source)
{
    return unpack_packing(source->unpack);
}

const char *source_encoding(const struct source *source)
{
    return source->encoding;
}

const char *source_encoding_note(const struct source *source)
{
    return source->note;
}

const char *source_junk_note(const struct source *source)
{
    return unpack_note(source->unpack);
}

void source_progress(const struct source *source, uint64_t *done, uint64_t *total)
{
    unpack_progress(source->unpack, done, total);
}

const unsigned char *source_sum(const struct source *source)
{
    assert(source->ended);
    return source->digest != NULL ? source->sum : NULL;
}
