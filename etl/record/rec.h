/*
 * rec.h - what one record of an export said, before anybody understood it.
 */
#ifndef ETL_RECORD_REC_H
#define ETL_RECORD_REC_H

#include "base/text.h"
#include "record/field.h"

/*
 * Everything is borrowed from the reader and good until its next record.
 *
 * A field the export lacks, or fills with what its profile calls null, has a
 * NULL slice; the others are trimmed, valid UTF-8, and free of NUL bytes.
 */
struct rec {
    uint64_t line;    /* first physical line, from 1; 0: the input has no lines */
    uint64_t offset;  /* byte where the record begins, decompressed, from 0 */
    struct slice raw; /* the record as it stands in the export */
    struct slice field[FIELD_COUNT];
    const char *column[FIELD_COUNT]; /* what the export calls the field; NULL: absent */
    uint64_t damaged;   /* by field, a bit: a spreadsheet's protection was cut off it */
    struct slice extra; /* a JSON object of what no field takes; absent when empty */
};

_Static_assert(FIELD_COUNT <= 64, "rec.damaged has a bit a field");

#endif
