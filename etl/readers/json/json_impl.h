/*
 * json_impl.h - a JSON export being read: what the files that read it share.
 */
#ifndef ETL_READERS_JSON_JSON_IMPL_H
#define ETL_READERS_JSON_JSON_IMPL_H

#include "readers/format.h"
#include "readers/json/json_walk.h"

/* Outside of strings, in one, or in one behind a backslash. */
enum json_quote { QUOTE_NONE, QUOTE_OPEN, QUOTE_ESCAPE };

/* Of the line being read: nothing of it, blanks, or more than blanks. */
enum json_line { LINE_UNREAD, LINE_BLANK, LINE_TEXT };

struct json {
    struct reader reader;
    struct json_keys keys;
    struct json_walk walk;
    bool by_line;           /* a broken line is a reject, and the next line goes on */
    bool numbered;          /* there are lines to name */
    bool finished;          /* the line end that closes the input was fed */
    enum json_quote quote;  /* where in a string what was fed ends */
    size_t at;              /* bytes of the window that were fed */
    bool in_item;           /* the walk has yet to hear of what it was fed */
    size_t item;            /* where in the window that began */
    size_t odd, odd_end;    /* what is set aside stands there */
    bool odd_is_cut;        /* its beginning was given back: it is over RECORD_MAX */
    uint64_t given;         /* bytes given back so far */
    size_t unreported;      /* bytes fed since the last event of the walk */
    size_t events;          /* of the walk, then */
    uint64_t line;          /* physical line at that place */
    size_t on_line;         /* records since the last line end */
    size_t scalars;         /* of the walk, then */
    enum json_line line_is; /* what came since */
    struct buf text;        /* of a record: its beginning, or without escapes */
};

/* What one move came to; MOVE_ON: nothing to hand out yet. */
enum move { MOVE_ON, MOVE_RECORD, MOVE_REJECT, MOVE_END, MOVE_FAILED };

/* What is in the window behind what was fed; let there be more of it, fewer only at
 * the end; forget what was fed. */
struct slice json_ahead(const struct json *json);
bool json_want(struct json *json, size_t more, struct err *err) MUST_USE;
void json_give_back(struct json *json);

/* The physical line being read, 0 where there are none to name. */
uint64_t json_line(const struct json *json);
uint64_t json_line_at(const struct json *json, size_t place); /* in the window */

/* What is odd is set aside: a value that is no object, where a record is due, or a unit
 * in which there is none. */
enum move json_non_record_value(struct json *json, struct reject *reject,
                                struct err *err);

/* The record that begins BEGIN bytes into the window is set aside. */
enum move json_reject(struct json *json, enum reject_code code, size_t begin,
                      struct slice text, struct reject *reject);

/*
 * No JSON, OFFSET bytes into what comes next: the line is set aside, or the
 * document refused.
 */
enum move json_broken(struct json *json, size_t offset, struct reject *reject,
                      struct err *err);
enum move json_broken_line(struct json *json, struct reject *reject, struct err *err);
enum move json_refuse_end(struct json *json, struct err *err);

/* Give back all up to the next line end, without holding it. */
bool json_skip_line(struct json *json, struct err *err) MUST_USE;

/* LINE is over: count it; it is set aside when it held no record. */
enum move json_end_line(struct json *json, struct slice line, struct reject *reject);

/* A record begins at the brace in front: measure it, then take it. */
enum move json_take_record(struct json *json, struct rec *rec, struct reject *reject,
                           struct err *err);

#endif
