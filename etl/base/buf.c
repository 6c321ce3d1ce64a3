/*
 * buf.c - bytes that grow.
 */
#include "base/buf.h"

#include <assert.h>
#include <endian.h>

#include "base/base.h"

void buf_grow(struct buf *buf, size_t more)
{
    size_t cap = buf->cap != 0 ? buf->cap : 256;

    while (cap - buf->len < more)
        cap *= 2;
    buf->s = xrealloc(buf->s, cap, 1);
    buf->cap = cap;
}

void buf_addv(struct buf *buf, const char *format, va_list args)
{
    va_list again;

    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    assert(len >= 0);
    vsnprintf(buf_room(buf, (size_t)len + 1), (size_t)len + 1, format, again);
    va_end(again);
    buf->len += (size_t)len;
}

void buf_addf(struct buf *buf, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    buf_addv(buf, format, args);
    va_end(args);
}

void buf_add_be16(struct buf *buf, uint16_t value)
{
    uint16_t be = htobe16(value);

    buf_add(buf, &be, sizeof be);
}

void buf_add_be32(struct buf *buf, uint32_t value)
{
    uint32_t be = htobe32(value);

    buf_add(buf, &be, sizeof be);
}

void buf_add_be64(struct buf *buf, uint64_t value)
{
    uint64_t be = htobe64(value);

    buf_add(buf, &be, sizeof be);
}

static bool stands_as_it_is(char c)
{
    return (unsigned char)c >= 0x20 && c != '"' && c != '\\';
}

/* Bit 7 of each of eight bytes: it is less than 0x20, or equals SIGN. */
static uint64_t controls_of(uint64_t bytes)
{
    return (bytes - UINT64_C(0x2020202020202020)) & ~bytes;
}

static uint64_t equals(uint64_t bytes, unsigned char sign)
{
    bytes ^= UINT64_C(0x0101010101010101) * sign;
    return (bytes - UINT64_C(0x0101010101010101)) & ~bytes;
}

enum { EIGHT = sizeof(uint64_t) };

/* All eight bytes at S stand in JSON as they are. */
static bool eight_stand(const char *s)
{
    uint64_t bytes;

    memcpy(&bytes, s, EIGHT);
    return ((controls_of(bytes) | equals(bytes, '"') | equals(bytes, '\\')) &
            UINT64_C(0x8080808080808080)) == 0;
}

/* How many bytes at the front of TEXT stand in JSON as they are, at least. */
static size_t plain_front(struct slice text)
{
    size_t at = 0;

    while (text.len - at >= EIGHT && eight_stand(text.s + at))
        at += EIGHT;
    /* what is left is among the last eight */
    if (text.len >= EIGHT && text.len - at < EIGHT &&
        eight_stand(text.s + text.len - EIGHT))
        return text.len;
    while (at < text.len && stands_as_it_is(text.s[at]))
        at++;
    return at;
}

/* TEXT, some of whose bytes do not stand in JSON as they are: from AT on. */
static void buf_add_escaped(struct buf *buf, struct slice slice, size_t at)
{
    size_t plain = 0; /* where the run of bytes that stand as they are begins */

    for (size_t i = at; i < slice.len; i++) {
        unsigned char c = (unsigned char)slice.s[i];

        if (stands_as_it_is(slice.s[i]))
            continue;
        buf_add(buf, slice.s + plain, i - plain);
        plain = i + 1;
        if (c < 0x20)
            buf_addf(buf, "\\u%04x", c);
        else
            buf_add(buf, (char[]){ '\\', (char)c }, 2);
    }
    buf_add(buf, slice.s + plain, slice.len - plain);
}

void buf_add_json(struct buf *buf, struct slice slice)
{
    size_t plain = plain_front(slice);

    buf_room(buf, slice.len + 2); /* enough for nearly every text */
    buf_add_char(buf, '"');
    if (plain == slice.len)
        buf_add_slice(buf, slice);
    else
        buf_add_escaped(buf, slice, plain);
    buf_add_char(buf, '"');
}

void buf_add_json_or_null(struct buf *buf, struct slice slice)
{
    if (slice.s != NULL)
        buf_add_json(buf, slice);
    else
        buf_add_text(buf, "null");
}

void buf_add_json_lines(struct buf *buf, const struct buf *lines)
{
    struct slice rest = buf_slice(lines), line;

    for (const char *between = ""; slice_next(&rest, '\n', &line); between = ",") {
        buf_add_text(buf, between);
        buf_add_json(buf, line);
    }
}

struct slice buf_slice(const struct buf *buf)
{
    return (struct slice){ buf->len != 0 ? buf->s : "", buf->len };
}

const char *buf_cstr(struct buf *buf)
{
    *buf_room(buf, 1) = '\0';
    return buf->s;
}

void buf_reset(struct buf *buf)
{
    buf->len = 0;
}

void buf_free(struct buf *buf)
{
    free(buf->s);
    *buf = (struct buf){ 0 };
}
