/*
 * json_record.h - inside a record: its values as they come, into the walk.
 *
 * All return what a YAJL callback returns: 1, or 0 to stop.
 */
#ifndef ETL_READERS_JSON_JSON_RECORD_H
#define ETL_READERS_JSON_JSON_RECORD_H

#include "readers/json/json_state.h"

int json_record_begin(struct json_walk *walk);
int json_record_open(struct json_walk *walk, bool is_list);
int json_record_close(struct json_walk *walk);
int json_record_key(struct json_walk *walk, struct slice key);
int json_record_text(struct json_walk *walk, struct slice text, bool is_string);
int json_record_null(struct json_walk *walk);

#endif
