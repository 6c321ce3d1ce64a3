/*
 * uuid.h - 16 bytes that name a leg or a call.
 */
#ifndef ETL_RECORD_UUID_H
#define ETL_RECORD_UUID_H

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

struct uuid {
    unsigned char b[16];
};

/* Read 8-4-4-4-12 hex digits in any case, with or without the hyphens or braces. */
bool uuid_read(struct slice text, struct uuid *uuid);

/* 36 lower-case characters and a NUL. */
void uuid_text(const struct uuid *uuid, char text[static 37]);

/* Append COUNT of them as a PostgreSQL array. */
void uuid_array(struct buf *out, const struct uuid *uuid, size_t count);

/* A name-based UUID, RFC 9562 version 8, from a digest of 16 bytes. */
struct uuid uuid_named(const unsigned char sum[static 16]);

static inline bool uuid_equal(const struct uuid *a, const struct uuid *b)
{
    return memcmp(a->b, b->b, sizeof a->b) == 0;
}

#endif
