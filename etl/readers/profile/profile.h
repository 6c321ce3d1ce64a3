/*
 * profile.h - what a kind of export looks like, as mappings/fields/ describes it.
 *
 * A profile names the columns or keys of one kind of export and the fields they
 * fill.  No name of a column stands in C.  Everything here is checked when the
 * profiles are loaded, and immutable afterwards.
 */
#ifndef ETL_READERS_PROFILE_PROFILE_H
#define ETL_READERS_PROFILE_PROFILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "record/field.h"
#include "record/parse_options.h"

enum container { CONTAINER_CSV, CONTAINER_JSON };

/* A column or key that the profile knows. */
struct alias {
    const char *text; /* a caption, or the path of a JSON key; ^key: around the record */
    char *folded;     /* CSV: TEXT as caption_fold() leaves it, owned by the profile */
    enum field field; /* FIELD_NONE: it goes to extra */
    size_t rank;      /* among the names of its field; 0 is preferred */
};

/* Where the records lie: "[]", "hits.hits[]._source"; two places in leg_a, legs_b. */
enum { SHAPE_PLACES = 2 };
struct shape {
    const char *place[SHAPE_PLACES];
    size_t nplaces;
};

/* Strings under UNDER are URL-encoded in records whose KEY holds MARK. */
struct url_encoded {
    const char *key, *mark, *under; /* KEY is NULL: never */
};

/* What a localised value of a field stands for. */
struct meaning {
    enum field field;
    char *folded;     /* the value as caption_fold() leaves it */
    const char *code; /* what it means */
};

struct profile {
    const char *name, *title;
    const char *refuse; /* not calls: what to say; NULL: calls */
    enum container container;
    const char *delimiters; /* CSV: which may part the cells */
    bool quoting;           /* CSV: cells may be quoted */
    const char *zone;       /* of text without zone; NULL: not known */
    enum date_order date_order;
    const char **null; /* what means that there is no value */
    size_t nnulls;
    size_t longest_plain_null; /* of those with letters and digits at both ends */
    bool empty_is_null;
    struct alias *alias;
    size_t naliases;
    const char **ignore; /* what goes nowhere: captions, paths with all below, globs */
    size_t nignores;
    struct shape *shape;
    size_t nshapes;
    bool cut_domain[FIELD_COUNT]; /* "sales@example.com" is "sales" */
    bool has_meanings[FIELD_COUNT];
    bool is_rewritten[FIELD_COUNT]; /* either of the two */
    struct meaning *meaning;
    size_t nmeanings;
    const char *
        *member; /* CSV: of an object in a cell, the first of these is its value */
    size_t nmembers;
    struct url_encoded url_encoded;
};

struct profiles; /* all profiles of a mapping folder */

/*
 * Every file of fields/ in the folders of PATH (colons between them), checked: a profile
 * takes the place of an earlier folder's of its name.  NULL with ERR (EXIT_MAPPING):
 * file, key, why.
 */
struct profiles *profiles_load(const char *path, struct err *err) MUST_USE;
/* Every fault of them to FAULTS.  False with ERR: there is nothing to read. */
struct doc_faults;
bool profiles_check(const char *path, struct doc_faults *faults,
                    struct err *err) MUST_USE;
void profiles_free(struct profiles *profiles); /* NULL is allowed */

size_t profiles_count(const struct profiles *profiles);
const struct profile *profiles_at(const struct profiles *profiles, size_t i);

/* NULL when there is none of that name. */
const struct profile *profiles_named(const struct profiles *profiles, const char *name);

/*
 * TEXT as the value of FIELD: trimmed, its domain cut, absent when it means null; a
 * label of the profile's values is the code that it stands for.
 */
struct slice profile_value(const struct profile *profile, enum field field,
                           struct slice text);

/*
 * Is TEXT, at the least, what profile_value() would make of it, and unprotected
 * (protection.h)?  A look at its ends tells, and of most values it is true.
 */
static inline bool profile_takes_as_is(const struct profile *profile, enum field field,
                                       struct slice text)
{
    return text_ends_plain(text) && text.len > profile->longest_plain_null &&
           (field == FIELD_NONE || !profile->is_rewritten[field]);
}

/* True when a column or key of that name (a caption, or a path) goes nowhere. */
bool profile_ignores(const struct profile *profile, struct slice name);

#endif
