/*
 * json_record.h - inside a record: its values as they come, into the walk.
 *
 * All return what a YAJL callback returns: 1, or 0 to stop.
 */
#ifndef ETL_READERS_JSON_JSON_RECORD_H
#define ETL_READERS_JSON_JSON_RECORD_H

#include "readers/json/json_scan.h"
#include "readers/json/json_state.h"

int json_record_begin(struct json_walk *walk);
int json_record_open(struct json_walk *walk, bool is_list);
int json_record_close(struct json_walk *walk);
int json_record_key(struct json_walk *walk, struct slice key);
int json_record_text(struct json_walk *walk, struct slice text, bool is_string);
int json_record_null(struct json_walk *walk);

/*
 * A record without escapes, taken apart by hand.
 *
 * YAJL looks at every byte; most records hold nothing that needs it.  What is not quite
 * plain, or is no JSON, is left to YAJL: it decides, and its words tell what is wrong.
 */

/* Can the record that SCAN went over be plain? */
bool json_is_plain(const struct json_scan *scan);

/*
 * Report the members of a record that has begun and is plain: REST is what follows its
 * opening brace, its closing brace the last byte, which is not reported.  False: YAJL is
 * due, from the record's beginning on.  HAS_LINES: line ends stand in it.
 */
bool json_plain_members(struct json_walk *walk, struct slice rest, bool has_lines);

#endif
