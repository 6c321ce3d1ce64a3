/*
 * reject.h - why a record was set aside: the contract's closed list of codes.
 *
 * A reject is no failure of the program: it is counted, kept with its place and
 * text, and the load goes on.
 */
#ifndef ETL_RECORD_REJECT_H
#define ETL_RECORD_REJECT_H

#include "base/text.h"

enum reject_code {
    REJECT_BAD_ENCODING,   /* not UTF-8, or a NUL */
    REJECT_BAD_SHAPE,      /* cells missing or too many; not an object; broken line */
    REJECT_TOO_LONG,       /* over 1 MiB */
    REJECT_BAD_TIME,       /* no time we know, or before 1990 */
    REJECT_NO_TIME,        /* no start */
    REJECT_SKIPPED_TIME,   /* a wall-clock time that the clock change left out */
    REJECT_AMBIGUOUS_TIME, /* in the repeated hour, with --ambiguous-time reject */
    REJECT_FUTURE_TIME,    /* more than a day ahead */
    REJECT_BAD_NUMBER,     /* a duration that is none */
    REJECT_BAD_UUID,       /* an id that is no UUID */
    REJECT_NO_IDENTITY,    /* neither an id nor anything to name the leg by */
    REJECT_BAD_NESTING,    /* JSON deeper than the limit */
    REJECT_PURGED, /* of a month whose legs were dropped: its statistics are closed */
    REJECT_COUNT,
};

struct reject {
    enum reject_code code;
    uint64_t line;      /* first physical line, from 1; 0: the input has no lines */
    uint64_t offset;    /* byte where the record begins, decompressed, from 0 */
    const char *column; /* what the export calls the field at fault; NULL: no one field */
    struct slice text;  /* the record as it stood, perhaps cut; borrowed as the rec is */
};

const char *reject_name(enum reject_code code);

#endif
