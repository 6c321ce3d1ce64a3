/*
 * reader_types.h - what a reader is opened with, and what it hands out.
 */
#ifndef ETL_READERS_READER_TYPES_H
#define ETL_READERS_READER_TYPES_H

#include "base/buf.h"
#include "base/digest.h"
#include "base/err.h"
#include "record/parse_options.h"
#include "record/rec.h"
#include "record/reject.h"

struct reader_options {
    const char *profile;  /* --profile NAME, or NULL: found out */
    const char *encoding; /* --encoding NAME, or NULL: found out */
    char delimiter;       /* --delimiter CHAR, or 0: found out */
    struct parse_options
        parse_options; /* as the command line says; the profile fills what is open */
    bool linked;       /* --no-adjacency clears it; only passed through */
    bool skip_digest;  /* the report needs no SHA-256: reading takes a tenth less */
};

enum reader_got {
    READER_REC,    /* *REC is filled, good until the next call */
    READER_REJECT, /* *REJECT is filled, likewise; it counts as a record */
    READER_END,    /* no more, and the file was whole */
    READER_FAILED, /* the file is refused: ERR says where it breaks */
};

#endif
