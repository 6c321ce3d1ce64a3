/*
 * json_scan.h - where a JSON object ends, without understanding it.
 *
 * The reader must know a record's end before it parses the record: a record
 * that is too long or too deep is passed over, and one with a bad character is
 * rejected, while the document around it goes on.
 */
#ifndef ETL_READERS_JSON_JSON_SCAN_H
#define ETL_READERS_JSON_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/* Starts as { 0 } in front of the opening brace. */
struct json_scan {
    size_t depth, deepest;
    bool in_string, escaped;
    bool stop_at_line; /* a line end breaks the object */
    size_t lines;      /* line ends passed */
    unsigned seen;     /* of enum json_seen: what came, or may have come */
};

/* What an object must hold to need a closer look. */
enum json_seen {
    SEEN_ESCAPE = 1,  /* a backslash */
    SEEN_CONTROL = 2, /* a byte below the blank, other than a line end */
    SEEN_BEYOND_ASCII = 4,
};

enum json_scanned {
    SCAN_MORE, /* the object goes on behind TEXT */
    SCAN_DONE, /* it ends */
    SCAN_LINE, /* a line end came before its end */
};

/* Go on over TEXT; *USED bytes of it belong to the object (the line end does not). */
enum json_scanned json_scan(struct json_scan *scan, struct slice text, size_t *used);

/*
 * True when TEXT holds a vertical tab or a form feed, and where.  They are no blanks
 * in JSON (RFC 8259), though YAJL lets them pass, and may not stand in strings.
 */
bool json_non_record_blank(struct slice text, size_t *at);

/* True when a string in the valid JSON of TEXT holds half a character or a NUL. */
bool json_has_bad_escape(struct slice text);

#endif
