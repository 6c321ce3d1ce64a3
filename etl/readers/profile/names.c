/*
 * names.c - hashes of names and paths.
 */
#include "readers/profile/names.h"

uint64_t name_under(uint64_t parent, struct slice key)
{
    const char *dot;

    while (key.len > 0 && (dot = memchr(key.s, '.', key.len)) != NULL) {
        size_t len = (size_t)(dot - key.s);

        parent = table_hash(parent, (struct slice){ key.s, len });
        key = (struct slice){ dot + 1, key.len - len - 1 };
    }
    return table_hash(parent, key);
}

uint64_t name_path(struct slice path)
{
    uint64_t hash = NAME_ROOT;

    while (path.len > 0) {
        size_t len = path.s[0] == '[' ? 1 : 0;

        while (len < path.len && path.s[len] != '.' && path.s[len] != '[')
            len++;
        hash = table_hash(hash, (struct slice){ path.s, len });
        if (len < path.len && path.s[len] == '.')
            len++;
        path = (struct slice){ path.s + len, path.len - len };
    }
    return hash;
}
