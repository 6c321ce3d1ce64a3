/*
 * buf.h - bytes that grow.
 *
 * A struct buf stands on its owner's stack, starts as { 0 }, is used again
 * after buf_reset() and given back with buf_free().  It never holds a secret
 * terminator: use buf_cstr() where a C string is due.
 */
#ifndef ETL_BASE_BUF_H
#define ETL_BASE_BUF_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"

struct buf {
    char *s;
    size_t len; /* bytes in use */
    size_t cap;
};

/* Make room for MORE bytes behind the end; returns where they begin. */
char *buf_room(struct buf *buf, size_t more);

void buf_add(struct buf *buf, const void *bytes, size_t len);
void buf_add_char(struct buf *buf, char c);
void buf_add_text(struct buf *buf, const char *s);
void buf_add_slice(struct buf *buf, struct slice slice); /* nothing when absent */
void buf_addf(struct buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);

/* The value, big-endian, as PostgreSQL's binary formats want it. */
void buf_add_be16(struct buf *buf, uint16_t value);
void buf_add_be32(struct buf *buf, uint32_t value);
void buf_add_be64(struct buf *buf, uint64_t value);

/* The text as a JSON string, quotes included; invalid UTF-8 must not come here. */
void buf_add_json(struct buf *buf, struct slice slice);

/* What the buffer holds; good until it changes. */
struct slice buf_slice(const struct buf *buf);
const char *buf_cstr(struct buf *buf);

void buf_reset(struct buf *buf); /* empty, memory kept */
void buf_free(struct buf *buf);

#endif
