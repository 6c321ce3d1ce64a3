/*
 * json_keys.h - what becomes of a JSON key, by its path.
 *
 * Starts with the paths a profile knows and learns the ones it meets, so that
 * patterns are matched once and not once a record.  What it learns is bounded.
 */
#ifndef ETL_READERS_JSON_JSON_KEYS_H
#define ETL_READERS_JSON_JSON_KEYS_H

#include "readers/profile/names.h"
#include "readers/profile/profile.h"

/* What stands beside the places in profile->alias. */
enum {
    KEY_INNER = -2, /* a path to names of the profile: go in */
    KEY_SKIP = -3,  /* ignored, with all that is below */
    KEY_EXTRA = -4, /* nobody knows it */
};

struct json_keys {
    const struct profile *profile;
    struct table names;
    char **kept; /* texts of what was learnt */
    size_t nkept;
};

void json_keys_load(struct json_keys *keys, const struct profile *profile);
void json_keys_free(struct json_keys *keys);

/* A place in profile->alias, or one of the three above. */
int json_keys_find(struct json_keys *keys, uint64_t hash, struct slice path);

#endif
