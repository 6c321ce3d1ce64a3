/*
 * format.h - what a kind of export (CSV, JSON) is to the reader above it.
 */
#ifndef ETL_READERS_FORMAT_H
#define ETL_READERS_FORMAT_H

#include "base/buf.h"
#include "input/source.h"
#include "readers/profile/profile.h"
#include "readers/reader_types.h"

enum {
    RECORD_MAX =
        1 << 20, /* a longer record is a reject, a longer caption line a refusal */
    REJECT_TEXT = 4 << 10, /* what is kept of a record that was too long to hold */
};

/* What sniffing found out about an export. */
struct sniff {
    const struct profile *profile;
    char delimiter;            /* CSV */
    size_t blanks;             /* blank lines in front */
    size_t preamble;           /* CSV: bytes of the window before the caption line */
    bool names_delimiter;      /* CSV: one more of those lines says "sep=;" */
    size_t caption_lines;      /* CSV: over so many lines the captions go */
    const struct shape *shape; /* JSON */
    bool line_by_line;         /* JSON: a record a line */
    bool has_lines;            /* JSON: there is more than one line */
    bool has_ids;              /* JSON: its records have ids */
};

/* A reader starts with what all have; the kind is its two functions. */
struct reader {
    enum reader_got (*next)(struct reader *reader, struct rec *rec, struct reject *reject,
                            struct err *err);
    void (*close)(struct reader *reader); /* what the kind itself holds, and itself */
    struct source *source;
    const struct profile *profile;
    struct parse_options parse_options;
    struct zone *zone; /* the profile's, where it was asked for */
    bool has_ids, has_lines;
    uint64_t lines, headers, blank;
    uint64_t records; /* handed out, rejects too */
};

#endif
