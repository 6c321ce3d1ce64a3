/*
 * readers_impl.h - what the two kinds of readers share.
 */
#ifndef ETL_READERS_READERS_IMPL_H
#define ETL_READERS_READERS_IMPL_H

#include "base/buf.h"
#include "readers/profile.h"
#include "readers/reader.h"
#include "readers/sniff.h"
#include "readers/source.h"

enum {
    RECORD_MAX =
        1 << 20, /* a longer record is a reject, a longer caption line a refusal */
    REJECT_TEXT = 4 << 10, /* what is kept of a record that was too long to hold */
};

/* A reader starts with what all have; the kind is its two functions. */
struct reader {
    enum reader_got (*next)(struct reader *reader, struct rec *rec, struct reject *reject,
                            struct err *err);
    void (*close)(struct reader *reader); /* what the kind itself holds, and itself */
    struct source *source;
    const struct profile *profile;
    struct traits traits;
    struct zone *zone; /* the profile's, where it was asked for */
    bool has_ids, has_lines;
    uint64_t lines, headers, blank;
    uint64_t records; /* handed out, rejects too */
};

/* They take over nothing but memory of their own; NULL with ERR: refused. */
struct reader *csv_reader_new(struct source *source, const struct sniff *sniff,
                              struct err *err) MUST_USE;
struct reader *json_reader_new(struct source *source, const struct sniff *sniff,
                               struct err *err) MUST_USE;

/* Their part of reader_describe(). */
void csv_reader_describe(const struct reader *reader, struct buf *out);
void json_reader_describe(const struct reader *reader, struct buf *out);

/* Append one member to the inside of a JSON object; COMMA when it is not the first. */
void extra_add(struct buf *extra, struct slice name, struct slice text);

/* Likewise for a number, true or false: it stays what it is where jsonb can hold it. */
void extra_add_plain(struct buf *extra, struct slice name, struct slice text);

/* The members as an object; absent when there is none. */
struct slice extra_close(struct buf *extra);

#endif
