/*
 * duplicate_ordinal.c - two generations of a hash table; the older one is forgotten
 * whole.
 */
#include "leg/duplicate_ordinal.h"

#include "base/base.h"

enum { SLOTS = 2 * ORDINAL_WINDOW }; /* a power of two, at most half full */

/*
 * Most names are new, and stand in neither generation: the marks alone say so.
 * Looking at the names themselves would miss the cache every time.
 */
struct generation {
    uint8_t mark[SLOTS]; /* a part of the name; 0: empty */
    struct uuid name[SLOTS];
    uint32_t seen[SLOTS];
    size_t used;
};

struct duplicate_ordinals {
    struct generation *young, *old;
};

struct duplicate_ordinals *duplicate_ordinals_new(void)
{
    struct duplicate_ordinals *ordinals = xcalloc(1, sizeof *ordinals);

    ordinals->young = xcalloc(1, sizeof *ordinals->young);
    ordinals->old = xcalloc(1, sizeof *ordinals->old);
    return ordinals;
}

void duplicate_ordinals_free(struct duplicate_ordinals *ordinals)
{
    if (ordinals == NULL)
        return;
    free(ordinals->young);
    free(ordinals->old);
    free(ordinals);
}

struct ordinal_place {
    size_t slot;
    uint8_t mark;
};

/* Where NAME stands, or the empty slot where it belongs.  Names are digests. */
static struct ordinal_place duplicate_ordinal_find(const struct generation *in,
                                                   const struct uuid *name)
{
    uint64_t hash;

    memcpy(&hash, name->b + 8, sizeof hash);

    struct ordinal_place at = { (hash >> 8) % SLOTS, (uint8_t)((hash >> 56) | 1) };

    while (in->mark[at.slot] != 0 &&
           (in->mark[at.slot] != at.mark || !uuid_equal(&in->name[at.slot], name)))
        at.slot = (at.slot + 1) % SLOTS;
    return at;
}

static uint32_t seen_in(const struct generation *in, const struct uuid *name)
{
    size_t slot = duplicate_ordinal_find(in, name).slot;

    return in->mark[slot] != 0 ? in->seen[slot] : 0;
}

static void turn(struct duplicate_ordinals *ordinals)
{
    struct generation *forgotten = ordinals->old;

    ordinals->old = ordinals->young;
    ordinals->young = forgotten;
    memset(forgotten->mark, 0, sizeof forgotten->mark);
    forgotten->used = 0;
}

uint32_t duplicate_ordinals_next(struct duplicate_ordinals *ordinals,
                                 const struct uuid *name)
{
    struct generation *young = ordinals->young;
    struct ordinal_place at = duplicate_ordinal_find(young, name);

    if (young->mark[at.slot] != 0)
        return young->seen[at.slot]++;
    if (young->used == ORDINAL_WINDOW) {
        turn(ordinals);
        young = ordinals->young;
        at = duplicate_ordinal_find(young, name);
    }

    uint32_t before = seen_in(ordinals->old, name);

    young->mark[at.slot] = at.mark;
    young->name[at.slot] = *name;
    young->seen[at.slot] = before + 1;
    young->used++;
    return before;
}
