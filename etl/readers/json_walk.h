/*
 * json_walk.h - a JSON document as YAJL reports it, and the records in it.
 *
 * The walk knows two countries: outside of records it follows the place in the
 * document and says when a record begins; inside it gathers the record's values
 * into fields.  Whoever feeds it must stop behind every opening brace until a
 * record has begun, and then feed the whole record at once: values point into
 * what was fed.
 */
#ifndef ETL_READERS_JSON_WALK_H
#define ETL_READERS_JSON_WALK_H

#include <yajl/yajl_parse.h>

#include "base/buf.h"
#include "readers/json_keys.h"
#include "readers/profile.h"
#include "record/rec.h"

enum { JSON_DEPTH_MAX = 64 };

/* What a key was when it was last seen: one file has few, over and over. */
enum { HINTS = 256, HINT_KEY = 40 };
struct json_hint {
    uint64_t parent, hash;
    struct json_hint *next; /* what came behind it last time */
    int name;
    uint8_t len;
    char key[HINT_KEY];
};

/* A map or list that is open, inside of a record. */
struct json_level {
    bool is_list;
    size_t next; /* list: the number of the next item */
    int name;    /* what json_keys_find() said of its path */
    uint64_t hash;
    size_t path; /* length of its path */
};

/*
 * A map or list that is open, outside of records.  A unit is one whose place leads to
 * records, so that some are due in it: a page, a hit, a pair of legs.
 */
struct json_outer {
    bool is_list, is_unit;
    size_t place;        /* length of the place to go back to at its end */
    size_t found, words; /* of the walk, when it began */
    uint64_t begin;      /* where, as WHERE of the walk */
};

struct json_walk {
    yajl_handle yajl;
    struct json_keys *keys;
    const struct profile *profile;
    const struct shape *shape;
    /* outside */
    size_t depth; /* maps and lists open around us */
    struct json_outer outer[JSON_DEPTH_MAX];
    struct buf place;
    uint64_t where; /* whoever feeds counts so: where what is fed begins */
    size_t heard;   /* things heard of outside of records */
    size_t words;   /* strings and numbers among them */
    size_t opened;  /* what was heard when the last list began */
    size_t lists;   /* lists of records open around us */
    size_t found;   /* records, lists of them, and what is odd instead */
    size_t odd; /* values at a record's place that are no objects, units without any */
    uint64_t lost_begin, lost_end; /* where the last odd one stands, if it is LOST */
    bool lost;
    bool by_line;  /* a line without a record is seen by who reads lines */
    bool began;    /* the last piece began a record */
    bool too_deep; /* the document is nested too deep */
    bool stray;    /* a value that is neither object nor list stands alone */
    bool saw_list; /* a list of records began, or an empty one of what holds records */
    bool filled;   /* some other list is not empty */
    const struct alias *around; /* a name in the object that holds a record, or NULL */
    struct buf around_text;     /* its value */
    size_t around_depth;        /* where that stands; 0: nowhere yet */
    /* inside */
    size_t inside; /* levels open; 0: outside */
    struct json_level level[JSON_DEPTH_MAX];
    size_t skipped; /* levels open in something that is ignored */
    struct json_hint hint[HINTS];
    struct json_hint first, *last;  /* FIRST stands for the record's beginning */
    struct buf path;                /* where we are, but for the key of UNTOLD */
    const struct json_hint *untold; /* few paths are ever asked for; NULL: it is whole */
    uint64_t hash;                  /* of the key at hand */
    int name;                       /* and what it is */
    struct slice fed;               /* the record, or what is left of it */
    struct buf text;                /* values that do not stand in it as they are */
    bool decode;                    /* this record is URL-encoded */
    bool ended;                     /* its end came */
    struct rec *rec;                /* takes the fields */
    const struct alias *by[FIELD_COUNT]; /* which name gave the value */
    struct buf extra;
    /* for the sniff: names known, in this record and in the best of COUNTED records */
    bool counting, has_id;
    size_t known, most_known, counted;
};

/* The outermost unit that is open and in which nothing was found yet; NULL: none. */
const struct json_outer *json_walk_open_unit(const struct json_walk *walk);

void json_walk_init(struct json_walk *walk, struct json_keys *keys,
                    const struct shape *shape);
void json_walk_free(struct json_walk *walk);

/* Forget the document at hand and wait for a new one. */
void json_walk_restart(struct json_walk *walk);

/* False when TEXT is no JSON, or too deep; *USED bytes of it were. */
bool json_walk_feed(struct json_walk *walk, struct slice text, size_t *used);

/*
 * Feed the rest of a record that has begun; its fields and their columns go into REC.
 * False likewise, or it does not end there.
 */
bool json_walk_record(struct json_walk *walk, struct slice rest, struct rec *rec,
                      size_t *used);

/* What YAJL says about the fault, as one line. */
void json_walk_fault(struct json_walk *walk, struct buf *out);

#endif
