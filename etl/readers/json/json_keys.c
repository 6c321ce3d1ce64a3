/*
 * json_keys.c - the table of paths.
 */
#include "readers/json/json_keys.h"

#include "base/base.h"

enum { KEPT_MAX = 4096, KEPT_LENGTH = 128 };

static void add_inner(struct json_keys *keys, struct slice path)
{
    if (table_find(&keys->names, name_path(path), path) == TABLE_NONE)
        table_add(&keys->names, name_path(path), path, KEY_INNER);
}

void json_keys_load(struct json_keys *keys, const struct profile *profile)
{
    *keys = (struct json_keys){ .profile = profile };
    keys->kept = xcalloc(KEPT_MAX, sizeof *keys->kept);
    for (size_t i = 0; i < profile->naliases; i++) {
        struct slice path = slice_of(profile->alias[i].text);

        table_add(&keys->names, name_path(path), path, (int)i);
    }
    for (size_t i = 0; i < profile->naliases; i++) {
        struct slice path = slice_of(profile->alias[i].text);

        for (size_t len = 1; len < path.len; len++)
            if (path.s[len] == '.' || path.s[len] == '[')
                add_inner(keys, (struct slice){ path.s, len });
    }
}

void json_keys_free(struct json_keys *keys)
{
    table_free(&keys->names);
    for (size_t i = 0; i < keys->nkept; i++)
        free(keys->kept[i]);
    free(keys->kept);
}

int json_keys_find(struct json_keys *keys, uint64_t hash, struct slice path)
{
    int value = table_find(&keys->names, hash, path);

    if (value != TABLE_NONE)
        return value;
    value = profile_ignores(keys->profile, path) ? KEY_SKIP : KEY_EXTRA;
    if (keys->nkept < KEPT_MAX && path.len > 0 && path.len <= KEPT_LENGTH) {
        char *kept = xstrndup(path.s, path.len);

        keys->kept[keys->nkept++] = kept;
        table_add(&keys->names, hash, (struct slice){ kept, path.len }, value);
    }
    return value;
}
