/*
 * stat_groups.c - a hash table, and sorted runs of what did not fit.
 */
#include "loader/statistics/stat_groups.h"

#include <assert.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/sorter.h"
#include "base/table.h"

/* Groups stand one behind the other in `memory`: this, and the key's bytes. */
struct group {
    struct stat_sums sums;
    uint32_t hash, len;
};

enum {
    SLOTS = 1 << 16,        /* of the hash table, twice the groups that fit */
    GROUPS_MAX = SLOTS / 2, /* groups in memory */
    ALIGN = 8,
    AHEAD = 1 << 20, /* bytes that are read ahead of what did not fit */
};

struct stat_groups {
    char *memory;
    size_t len;
    uint32_t *slot;  /* 1 + place in memory / ALIGN; 0: empty */
    uint32_t *order; /* places of the groups, in the order of coming, or of keys */
    size_t count;
    struct pieces *pieces; /* groups that did not fit, sorted */
    size_t next;           /* of `order`, when there are no pieces */
    struct buf key;        /* of the group given last */
};

static struct slice groups_key(const struct group *group)
{
    return (struct slice){ (const char *)(group + 1), group->len };
}

/* Of a group in a piece, which stands anywhere. */
static struct group piece_group(const void *record)
{
    struct group group;

    memcpy(&group, record, sizeof group);
    return group;
}

static struct slice piece_key(const void *record)
{
    return (struct slice){ (const char *)record + sizeof(struct group),
                           piece_group(record).len };
}

static size_t piece_length(const void *record)
{
    return sizeof(struct group) + piece_group(record).len;
}

static int piece_order(const void *a, const void *b)
{
    return stat_groups_order(piece_key(a), piece_key(b));
}

struct stat_groups *stat_groups_new(void)
{
    struct stat_groups *groups = xcalloc(1, sizeof *groups);

    groups->memory = xcalloc(STAT_GROUPS_MEMORY, 1);
    groups->slot = xcalloc(SLOTS, sizeof *groups->slot);
    groups->order = xcalloc(GROUPS_MAX, sizeof *groups->order);
    groups->pieces = pieces_new(&(struct pieces_form){ .head = sizeof(struct group),
                                                       .length = piece_length,
                                                       .order = piece_order,
                                                       .memory = AHEAD });
    return groups;
}

static struct group *group_at(const struct stat_groups *groups, size_t place)
{
    return (struct group *)(void *)(groups->memory + place);
}

/* Every slot from where a group belongs to where it is was taken when it came. */
static void empty_slots(struct stat_groups *groups, const struct group *group)
{
    for (size_t at = group->hash % SLOTS; groups->slot[at] != 0; at = (at + 1) % SLOTS)
        groups->slot[at] = 0;
}

static void empty_memory(struct stat_groups *groups)
{
    enum { FEW = SLOTS / 16 };

    if (groups->count > FEW)
        memset(groups->slot, 0, SLOTS * sizeof *groups->slot);
    else
        for (size_t i = 0; i < groups->count; i++)
            empty_slots(groups, group_at(groups, (size_t)groups->order[i] * ALIGN));
    groups->len = groups->count = 0;
}

void stat_groups_clear(struct stat_groups *groups)
{
    empty_memory(groups);
    pieces_clear(groups->pieces);
}

void stat_groups_free(struct stat_groups *groups)
{
    if (groups == NULL)
        return;
    pieces_free(groups->pieces);
    buf_free(&groups->key);
    free(groups->memory);
    free(groups->slot);
    free(groups->order);
    free(groups);
}

static uint32_t hash_of(struct slice key)
{
    return (uint32_t)(table_hash(0, key) >> 32);
}

int stat_groups_order(struct slice a, struct slice b)
{
    int order = memcmp(a.s, b.s, a.len < b.len ? a.len : b.len);

    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

static int compare_places(const void *left, const void *right, void *memory)
{
    const struct stat_groups *groups = memory;
    const uint32_t *a = left, *b = right;

    return stat_groups_order(groups_key(group_at(groups, (size_t)*a * ALIGN)),
                             groups_key(group_at(groups, (size_t)*b * ALIGN)));
}

static void sort_groups(struct stat_groups *groups)
{
    qsort_r(groups->order, groups->count, sizeof *groups->order, compare_places, groups);
}

/* All groups in memory become a piece. */
static bool spill(struct stat_groups *groups, struct err *err)
{
    if (!pieces_begin(groups->pieces, err))
        return false;
    sort_groups(groups);
    for (size_t i = 0; i < groups->count; i++) {
        const struct group *group = group_at(groups, (size_t)groups->order[i] * ALIGN);

        if (!pieces_add(groups->pieces, group, sizeof *group + group->len, err))
            return false;
    }
    empty_memory(groups);
    return true;
}

static void sums_add(struct stat_sums *to, const struct stat_sums *sums)
{
    for (int i = 0; i < STAT_SUM_COUNT; i++)
        to->sum[i] += sums->sum[i];
}

static struct group *new_group(struct stat_groups *groups, struct slice key,
                               uint32_t hash, uint32_t *slot)
{
    size_t place = (groups->len + ALIGN - 1) / ALIGN * ALIGN;
    struct group *group = group_at(groups, place);

    *group = (struct group){ .hash = hash, .len = (uint32_t)key.len };
    memcpy(group + 1, key.s, key.len);
    groups->len = place + sizeof *group + key.len;
    groups->order[groups->count++] = (uint32_t)(place / ALIGN);
    *slot = (uint32_t)(place / ALIGN) + 1;
    return group;
}

bool stat_groups_add(struct stat_groups *groups, struct slice key,
                     const struct stat_sums *sums, struct err *err)
{
    uint32_t hash = hash_of(key);
    size_t at;
    struct group *group;

    assert(sizeof *group + key.len + ALIGN < STAT_GROUPS_MEMORY);
    for (at = hash % SLOTS; groups->slot[at] != 0; at = (at + 1) % SLOTS) {
        group = group_at(groups, (size_t)(groups->slot[at] - 1) * ALIGN);
        if (group->hash == hash && slice_equal(groups_key(group), key)) {
            sums_add(&group->sums, sums);
            return true;
        }
    }
    if (groups->count == GROUPS_MAX ||
        groups->len + ALIGN + sizeof *group + key.len > STAT_GROUPS_MEMORY) {
        if (!spill(groups, err))
            return false;
        at = hash % SLOTS;
    }
    group = new_group(groups, key, hash, &groups->slot[at]);
    group->sums = *sums;
    return true;
}

bool stat_groups_begin(struct stat_groups *groups, struct err *err)
{
    groups->next = 0;
    if (pieces_count(groups->pieces) > 0)
        return (groups->count == 0 || spill(groups, err)) &&
               pieces_walk(groups->pieces, err);
    sort_groups(groups);
    return true;
}

static bool next_of_pieces(struct stat_groups *groups, struct slice *key,
                           struct stat_sums *sums, struct err *err)
{
    const void *least = pieces_least(groups->pieces);

    *key = SLICE_NONE;
    if (least == NULL)
        return true;
    buf_reset(&groups->key);
    buf_add_slice(&groups->key, piece_key(least));
    *key = buf_slice(&groups->key);
    *sums = (struct stat_sums){ { 0 } };
    do {
        struct group group = piece_group(least);

        sums_add(sums, &group.sums);
        if (!pieces_next(groups->pieces, err))
            return false;
        least = pieces_least(groups->pieces);
    } while (least != NULL && slice_equal(piece_key(least), *key));
    return true;
}

bool stat_groups_next(struct stat_groups *groups, struct slice *key,
                      struct stat_sums *sums, struct err *err)
{
    if (pieces_count(groups->pieces) > 0)
        return next_of_pieces(groups, key, sums, err);
    *key = SLICE_NONE;
    if (groups->next == groups->count)
        return true;

    const struct group *group =
        group_at(groups, (size_t)groups->order[groups->next++] * ALIGN);

    *key = groups_key(group);
    *sums = group->sums;
    return true;
}
