/*
 * json_plain.h - a record without escapes, taken apart by hand.
 *
 * YAJL looks at every byte; most records hold nothing that needs it.  What is not quite
 * plain, or is no JSON, is left to YAJL: it decides, and its words tell what is wrong.
 */
#ifndef ETL_READERS_JSON_JSON_PLAIN_H
#define ETL_READERS_JSON_JSON_PLAIN_H

#include "readers/json/json_scan.h"
#include "readers/json/json_state.h"

/* Can the record that SCAN went over be plain? */
bool json_is_plain(const struct json_scan *scan);

/*
 * Report the members of a record that has begun and is plain: REST is what follows its
 * opening brace, its closing brace the last byte, which is not reported.  False: YAJL is
 * due, from the record's beginning on.  HAS_LINES: line ends stand in it.
 */
bool json_plain_members(struct json_walk *walk, struct slice rest, bool has_lines);

#endif
