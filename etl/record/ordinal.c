/*
 * ordinal.c - two generations of a hash table; the older one is forgotten whole.
 */
#include "record/ordinal.h"

#include "base/base.h"

enum { SLOTS = 2 * ORDINAL_WINDOW }; /* a power of two, at most half full */

struct slot {
    struct uuid name;
    uint32_t seen; /* 0: empty */
};

struct generation {
    struct slot slot[SLOTS];
    size_t used;
};

struct ordinals {
    struct generation *young, *old;
};

struct ordinals *ordinals_new(void)
{
    struct ordinals *ordinals = xcalloc(1, sizeof *ordinals);

    ordinals->young = xcalloc(1, sizeof *ordinals->young);
    ordinals->old = xcalloc(1, sizeof *ordinals->old);
    return ordinals;
}

void ordinals_free(struct ordinals *ordinals)
{
    if (ordinals == NULL)
        return;
    free(ordinals->young);
    free(ordinals->old);
    free(ordinals);
}

/* The slot of NAME, or the empty one where it belongs.  Names are SHA-256 bytes. */
static struct slot *find(struct generation *generation, const struct uuid *name)
{
    uint64_t hash;

    memcpy(&hash, name->b + 8, sizeof hash);
    size_t at = (hash >> 8) % SLOTS;

    while (generation->slot[at].seen != 0 &&
           !uuid_equal(&generation->slot[at].name, name))
        at = (at + 1) % SLOTS;
    return &generation->slot[at];
}

uint32_t ordinals_next(struct ordinals *ordinals, const struct uuid *name)
{
    struct slot *slot = find(ordinals->young, name);

    if (slot->seen == 0) {
        if (ordinals->young->used == ORDINAL_WINDOW) {
            struct generation *forgotten = ordinals->old;

            ordinals->old = ordinals->young;
            ordinals->young = forgotten;
            memset(forgotten, 0, sizeof *forgotten);
            slot = find(ordinals->young, name);
        }
        slot->name = *name;
        slot->seen = find(ordinals->old, name)->seen;
        ordinals->young->used++;
    }
    return slot->seen++;
}
