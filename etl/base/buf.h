/*
 * buf.h - bytes that grow.
 *
 * A struct buf stands on its owner's stack, starts as { 0 }, is used again
 * after buf_reset() and given back with buf_free().  It never holds a secret
 * terminator: use buf_cstr() where a C string is due.
 */
#ifndef ETL_BASE_BUF_H
#define ETL_BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"

struct buf {
    char *s;
    size_t len; /* bytes in use */
    size_t cap;
};

void buf_grow(struct buf *buf, size_t more); /* where there is no such room */

/* Make room for MORE bytes behind the end; returns where they begin. */
static inline char *buf_room(struct buf *buf, size_t more)
{
    if (more > buf->cap - buf->len)
        buf_grow(buf, more);
    return buf->s + buf->len;
}

static inline void buf_add(struct buf *buf, const void *bytes, size_t len)
{
    if (len == 0)
        return;
    memcpy(buf_room(buf, len), bytes, len);
    buf->len += len;
}

static inline void buf_add_char(struct buf *buf, char c)
{
    *buf_room(buf, 1) = c;
    buf->len++;
}

static inline void buf_add_text(struct buf *buf, const char *s)
{
    buf_add(buf, s, strlen(s));
}

/* Nothing when absent. */
static inline void buf_add_slice(struct buf *buf, struct slice slice)
{
    buf_add(buf, slice.s, slice.len);
}

void buf_addf(struct buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);
void buf_addv(struct buf *buf, const char *format, va_list args) PRINTF_LIKE(2, 0);

/* The value, big-endian, as PostgreSQL's binary formats want it. */
void buf_add_be16(struct buf *buf, uint16_t value);
void buf_add_be32(struct buf *buf, uint32_t value);
void buf_add_be64(struct buf *buf, uint64_t value);

/* The text as a JSON string, quotes included; invalid UTF-8 must not come here. */
void buf_add_json(struct buf *buf, struct slice slice);

/* The same; null when it is absent. */
void buf_add_json_or_null(struct buf *buf, struct slice slice);

/* Every line of LINES as a JSON string, with commas between. */
void buf_add_json_lines(struct buf *buf, const struct buf *lines);

/* What the buffer holds; good until it changes. */
struct slice buf_slice(const struct buf *buf);
const char *buf_cstr(struct buf *buf);

void buf_reset(struct buf *buf); /* empty, memory kept */
void buf_free(struct buf *buf);

#endif
