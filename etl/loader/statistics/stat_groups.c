/*
 * stat_groups.c - a hash table, and sorted runs of what did not fit.
 */
#include "loader/statistics/stat_groups.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/temp.h"

/* Groups stand one behind the other in `memory`: this, and the key's bytes. */
struct group {
    struct stat_sums sums;
    uint32_t hash, len;
};

enum {
    SLOTS = 1 << 16,        /* of the hash table, twice the groups that fit */
    GROUPS_MAX = SLOTS / 2, /* groups in memory */
    ALIGN = 8,
    AHEAD = 1 << 20,       /* bytes that are read ahead of all runs together, ... */
    AHEAD_LEAST = 1 << 10, /* ... of each one at least this, */
    AHEAD_MOST = 16 << 10, /* and at most that */
};

/* Groups sorted by key, in the temporary file. */
struct run_piece {
    off_t next, end;
    struct buf ahead;
    size_t at; /* of the first group in `ahead` */
};

struct stat_groups {
    char *memory;
    size_t len;
    uint32_t *slot;  /* 1 + place in memory / ALIGN; 0: empty */
    uint32_t *order; /* places of the groups, in the order of coming, or of keys */
    size_t count;
    FILE *file;
    struct run_piece *piece;
    size_t npieces;
    size_t *heap;       /* pieces that are left, the least group first */
    size_t nheap, next; /* next: of `order`, when there are no pieces */
    struct buf key;     /* of the group given last */
};

struct stat_groups *stat_groups_new(void)
{
    struct stat_groups *groups = xcalloc(1, sizeof *groups);

    groups->memory = xcalloc(STAT_GROUPS_MEMORY, 1);
    groups->slot = xcalloc(SLOTS, sizeof *groups->slot);
    groups->order = xcalloc(GROUPS_MAX, sizeof *groups->order);
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
    for (size_t i = 0; i < groups->npieces; i++)
        buf_free(&groups->piece[i].ahead);
    groups->npieces = groups->nheap = 0;
    if (groups->file != NULL)
        fclose(groups->file);
    groups->file = NULL;
}

void stat_groups_free(struct stat_groups *groups)
{
    if (groups == NULL)
        return;
    stat_groups_clear(groups);
    buf_free(&groups->key);
    free(groups->memory);
    free(groups->slot);
    free(groups->order);
    free(groups->piece);
    free(groups->heap);
    free(groups);
}

static uint32_t hash_of(struct slice key)
{
    uint64_t hash = key.len, word;

    for (; key.len >= sizeof word; key.s += sizeof word, key.len -= sizeof word) {
        memcpy(&word, key.s, sizeof word);
        hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 29;
    }
    word = 0;
    memcpy(&word, key.s, key.len);
    hash = (hash ^ word) * UINT64_C(0xbf58476d1ce4e5b9);
    return (uint32_t)(hash >> 32);
}

static struct slice groups_key(const struct group *group)
{
    return (struct slice){ (const char *)(group + 1), group->len };
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

/* All groups in memory become a sorted piece of the file. */
static bool spill(struct stat_groups *groups, struct err *err)
{
    if (groups->file == NULL && (groups->file = temp_open(err)) == NULL)
        return false;
    if (fseeko(groups->file, 0, SEEK_END) != 0)
        return temp_failed(err);

    off_t from = ftello(groups->file);

    sort_groups(groups);
    for (size_t i = 0; i < groups->count; i++) {
        const struct group *group = group_at(groups, (size_t)groups->order[i] * ALIGN);

        if (fwrite(group, sizeof *group + group->len, 1, groups->file) != 1)
            return temp_failed(err);
    }
    groups->piece = xrealloc(groups->piece, groups->npieces + 1, sizeof *groups->piece);
    groups->piece[groups->npieces++] =
        (struct run_piece){ .next = from, .end = ftello(groups->file) };
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

/* How many bytes to read of a run at a time, however many there are. */
static size_t ahead_of_each(const struct stat_groups *groups)
{
    size_t share = AHEAD / groups->npieces;

    if (share < AHEAD_LEAST)
        return AHEAD_LEAST;
    return share < AHEAD_MOST ? share : AHEAD_MOST;
}

/* Read on, so that PIECE has a whole group ahead; none: it is at its end. */
static bool fill(struct stat_groups *groups, struct run_piece *piece, struct err *err)
{
    size_t have = piece->ahead.len - piece->at;
    struct group group;

    if (have >= sizeof group) {
        memcpy(&group, piece->ahead.s + piece->at, sizeof group);
        if (have >= sizeof group + group.len)
            return true;
    }
    if (piece->next == piece->end)
        return true;

    size_t left = (size_t)(piece->end - piece->next);
    size_t most = ahead_of_each(groups), want = left < most ? left : most;

    if (have > 0)
        memmove(piece->ahead.s, piece->ahead.s + piece->at, have);
    piece->ahead.len = have;
    piece->at = 0;
    buf_room(&piece->ahead, want);
    if (pread(fileno(groups->file), piece->ahead.s + have, want, piece->next) !=
        (ssize_t)want)
        return err_set(err, EXIT_INTERNAL, "a temporary file cannot be read: %s",
                       strerror(errno));
    piece->ahead.len += want;
    piece->next += (off_t)want;
    return fill(groups, piece, err);
}

static bool is_over(const struct run_piece *piece)
{
    return piece->at == piece->ahead.len;
}

static struct slice head_key(const struct run_piece *piece)
{
    struct group group;

    memcpy(&group, piece->ahead.s + piece->at, sizeof group);
    return (struct slice){ piece->ahead.s + piece->at + sizeof group, group.len };
}

/* Let the piece at AT of the heap sink to its place. */
static void sink(struct stat_groups *groups, size_t at)
{
    size_t *heap = groups->heap;

    for (;;) {
        size_t least = at;

        for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < groups->nheap;
             child++)
            if (stat_groups_order(head_key(&groups->piece[heap[child]]),
                                  head_key(&groups->piece[heap[least]])) < 0)
                least = child;
        if (least == at)
            return;

        size_t sinking = heap[at];

        heap[at] = heap[least];
        heap[least] = sinking;
        at = least;
    }
}

static bool begin_pieces(struct stat_groups *groups, struct err *err)
{
    off_t from = 0;

    if (groups->count > 0 && !spill(groups, err))
        return false;
    if (fflush(groups->file) != 0)
        return temp_failed(err);
    groups->heap = xrealloc(groups->heap, groups->npieces, sizeof *groups->heap);
    groups->nheap = groups->npieces;
    for (size_t i = 0; i < groups->npieces; i++) {
        struct run_piece *piece = &groups->piece[i];

        piece->next = from; /* pieces stand one behind the other */
        from = piece->end;
        buf_reset(&piece->ahead);
        piece->at = 0;
        groups->heap[i] = i;
        if (!fill(groups, piece, err))
            return false;
    }
    for (size_t i = groups->nheap / 2; i > 0; i--)
        sink(groups, i - 1);
    return true;
}

bool stat_groups_begin(struct stat_groups *groups, struct err *err)
{
    groups->next = 0;
    if (groups->npieces > 0)
        return begin_pieces(groups, err);
    sort_groups(groups);
    return true;
}

/* Take the least group off the pieces, and add its sums to SUMS. */
static bool take_least(struct stat_groups *groups, struct stat_sums *sums,
                       struct err *err)
{
    struct run_piece *piece = &groups->piece[groups->heap[0]];
    struct group group;

    memcpy(&group, piece->ahead.s + piece->at, sizeof group);
    sums_add(sums, &group.sums);
    piece->at += sizeof group + group.len;
    if (!fill(groups, piece, err))
        return false;
    if (is_over(piece))
        groups->heap[0] = groups->heap[--groups->nheap];
    sink(groups, 0);
    return true;
}

static bool next_of_pieces(struct stat_groups *groups, struct slice *key,
                           struct stat_sums *sums, struct err *err)
{
    *key = SLICE_NONE;
    if (groups->nheap == 0)
        return true;
    buf_reset(&groups->key);
    buf_add_slice(&groups->key, head_key(&groups->piece[groups->heap[0]]));
    *sums = (struct stat_sums){ { 0 } };
    do {
        if (!take_least(groups, sums, err))
            return false;
    } while (groups->nheap > 0 && slice_equal(head_key(&groups->piece[groups->heap[0]]),
                                              buf_slice(&groups->key)));
    *key = buf_slice(&groups->key);
    return true;
}

bool stat_groups_next(struct stat_groups *groups, struct slice *key,
                      struct stat_sums *sums, struct err *err)
{
    if (groups->npieces > 0)
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
