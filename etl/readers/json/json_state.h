/*
 * json_state.h - where the parser stands in a JSON document: outside of records
 * (json_walk.h), and inside of one (json_record.h).
 */
#ifndef ETL_READERS_JSON_JSON_STATE_H
#define ETL_READERS_JSON_JSON_STATE_H

#include <yajl/yajl_parse.h>

#include "base/buf.h"
#include "readers/json/json_keys.h"
#include "readers/profile/profile.h"
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
    size_t place;          /* length of the place to go back to at its end */
    size_t found, scalars; /* of the walk, when it began */
    uint64_t begin;        /* where, as WHERE of the walk */
};

/* What the walk finds wrong, beside what YAJL does. */
enum walk_fault {
    WALK_SOUND,
    WALK_TOO_DEEP, /* the document is nested too deep */
    WALK_STRAY,    /* a value that is neither object nor list stands alone */
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
    uint64_t where;        /* offset of what is fed, as its feeder counts */
    size_t events;         /* tokens reported outside of records */
    size_t scalars;        /* strings and numbers among them */
    size_t events_at_list; /* events when the last list began */
    size_t lists;          /* lists of records open around us */
    size_t found;          /* records, lists of them, and what is odd instead */
    size_t odd; /* values at a record's place that are no objects, units without any */
    uint64_t lost_begin, lost_end; /* where the last odd one stands, if it is LOST */
    bool lost;
    bool by_line; /* a line without a record is seen by who reads lines */
    bool began;   /* the last piece began a record */
    enum walk_fault fault;
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
    struct json_hint first, *last; /* FIRST stands for the record's beginning */
    struct buf path;               /* where we are, but for the key of PATH_HINT */
    const struct json_hint
        *path_hint;   /* few paths are ever asked for; NULL: it is whole */
    uint64_t hash;    /* of the key being read */
    int name;         /* and what it is */
    struct slice fed; /* the record, or what is left of it */
    struct buf text;  /* values that do not stand in it as they are */
    bool decode;      /* this record is URL-encoded */
    bool ended;       /* its end came */
    struct rec *rec;  /* takes the fields */
    const struct alias *by[FIELD_COUNT]; /* which name gave the value */
    struct buf extra;
    /* for the sniff: names known, in this record and in the best of COUNTED records */
    bool counting, has_id;
    size_t known, most_known, counted;
};

#endif
