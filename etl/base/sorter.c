/*
 * sorter.c - a radix pass over the first bytes, pieces on disk, a heap of their heads.
 */
#include "base/sorter.h"

#include <endian.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/temp.h"

/* A sorted piece on disk, and what of it is in memory. */
struct piece {
    off_t next, end;  /* bytes of the file */
    size_t at, count; /* of its share of the sorter's memory, records */
};

struct sorter {
    size_t size, room; /* bytes of a record, records that are held */
    sorter_order order;
    char *record; /* what is held; while pieces are merged, a share of it is each one's */
    size_t count;
    size_t share; /* records */
    FILE *file;   /* unlinked; NULL while everything fits */
    struct piece *piece;
    size_t npieces;
};

struct sorter *sorter_new(size_t size, size_t memory, sorter_order order)
{
    struct sorter *sorter = xcalloc(1, sizeof *sorter);

    sorter->size = size;
    sorter->room = memory / size;
    sorter->order = order;
    sorter->record = xcalloc(sorter->room, size);
    return sorter;
}

static void sorter_free_pieces(struct sorter *sorter)
{
    free(sorter->piece);
    sorter->piece = NULL;
    sorter->npieces = 0;
    if (sorter->file != NULL)
        fclose(sorter->file);
    sorter->file = NULL;
}

void sorter_free(struct sorter *sorter)
{
    if (sorter == NULL)
        return;
    sorter_free_pieces(sorter);
    free(sorter->record);
    free(sorter);
}

/* A key's first bytes, and whose they are: what is sorted before anything moves. */
struct handle {
    uint64_t prefix;
    size_t at;
};

/* One pass of a radix sort: by the byte that SHIFT brings down, stable. */
static void sort_pass(const struct handle *from, struct handle *to, size_t count,
                      int shift)
{
    size_t place[256] = { 0 }, sum = 0;

    for (size_t i = 0; i < count; i++)
        place[from[i].prefix >> shift & 255]++;
    for (size_t byte = 0; byte < COUNTOF(place); byte++) {
        size_t here = place[byte];

        place[byte] = sum;
        sum += here;
    }
    for (size_t i = 0; i < count; i++)
        to[place[from[i].prefix >> shift & 255]++] = from[i];
}

/*
 * Handles in order of their first three bytes; what is held is little enough for that to
 * nearly do.
 */
static struct handle *sort_handles(const struct sorter *sorter)
{
    size_t count = sorter->count;
    struct handle *one = xcalloc(count, sizeof *one), *two = xcalloc(count, sizeof *two);

    for (size_t i = 0; i < count; i++) {
        memcpy(&one[i].prefix, sorter->record + i * sorter->size, sizeof one[i].prefix);
        one[i].prefix = be64toh(one[i].prefix);
        one[i].at = i;
    }
    sort_pass(one, two, count, 40);
    sort_pass(two, one, count, 48);
    sort_pass(one, two, count, 56);
    free(one);
    return two;
}

/* Sort what is in memory. */
static void sort(struct sorter *sorter)
{
    size_t count = sorter->count, size = sorter->size, begin = 0;
    struct handle *handle = sort_handles(sorter);
    char *sorted = xcalloc(sorter->room, size);

    for (size_t i = 0; i < count; i++) {
        memcpy(sorted + i * size, sorter->record + handle[i].at * size, size);
        bool ends =
            i + 1 == count || handle[i + 1].prefix >> 40 != handle[i].prefix >> 40;

        if (ends && i > begin)
            qsort(sorted + begin * size, i - begin + 1, size, sorter->order);
        if (ends)
            begin = i + 1;
    }
    free(handle);
    free(sorter->record);
    sorter->record = sorted;
}

static bool sorter_spill(struct sorter *sorter, struct err *err)
{
    size_t bytes = sorter->count * sorter->size;
    off_t from = sorter->npieces > 0 ? sorter->piece[sorter->npieces - 1].end : 0;

    sort(sorter);
    if (sorter->file == NULL && (sorter->file = temp_open(err)) == NULL)
        return false;
    if (fwrite(sorter->record, 1, bytes, sorter->file) != bytes)
        return temp_failed(err);
    sorter->piece = xrealloc(sorter->piece, sorter->npieces + 1, sizeof *sorter->piece);
    sorter->piece[sorter->npieces++] =
        (struct piece){ .next = from, .end = from + (off_t)bytes };
    sorter->count = 0;
    return true;
}

bool sorter_add(struct sorter *sorter, const void *record, struct err *err)
{
    if (sorter->count == sorter->room && !sorter_spill(sorter, err))
        return false;
    memcpy(sorter->record + sorter->count++ * sorter->size, record, sorter->size);
    return true;
}

/* The first of PIECE's records that are in memory. */
static char *piece_ahead(const struct sorter *sorter, size_t piece)
{
    return sorter->record + piece * sorter->share * sorter->size;
}

static bool piece_fill(const struct sorter *sorter, size_t number, struct err *err)
{
    struct piece *piece = &sorter->piece[number];
    size_t left = (size_t)(piece->end - piece->next), room = sorter->share * sorter->size;
    size_t want = left < room ? left : room;

    piece->at = 0;
    piece->count = want / sorter->size;
    if (want != 0 && pread(fileno(sorter->file), piece_ahead(sorter, number), want,
                           piece->next) != (ssize_t)want)
        return err_set(err, EXIT_USAGE, "a temporary file cannot be read: %s",
                       strerror(errno));
    piece->next += (off_t)want;
    return true;
}

/* Nothing is held any more: its memory serves the N pieces. */
static void share_memory(struct sorter *sorter, size_t n)
{
    sorter->share = sorter->room / n;
    if (sorter->share > 0)
        return;
    sorter->share = 1;
    sorter->room = n;
    sorter->record = xrealloc(sorter->record, n, sorter->size);
}

static const void *head(const struct sorter *sorter, size_t piece)
{
    return piece_ahead(sorter, piece) + sorter->piece[piece].at * sorter->size;
}

/* HEAP: numbers of the N pieces that are left, the least head first.  Let AT sink. */
static void heap_sink(const struct sorter *sorter, size_t *heap, size_t n, size_t at)
{
    for (;;) {
        size_t least = at;

        for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < n; child++)
            if (sorter->order(head(sorter, heap[child]), head(sorter, heap[least])) < 0)
                least = child;
        if (least == at)
            return;
        size_t sinking = heap[at];
        heap[at] = heap[least];
        heap[least] = sinking;
        at = least;
    }
}

static bool merge_pieces(struct sorter *sorter, sorter_take take, void *to,
                         struct err *err)
{
    size_t n = sorter->npieces;
    size_t *heap = xcalloc(n, sizeof *heap);
    bool ok = fflush(sorter->file) == 0 || temp_failed(err);

    share_memory(sorter, n);
    for (size_t i = 0; ok && i < n; i++) {
        heap[i] = i;
        ok = piece_fill(sorter, i, err);
    }
    for (size_t i = n / 2; ok && i > 0; i--)
        heap_sink(sorter, heap, n, i - 1);
    while (ok && n > 0) {
        struct piece *least = &sorter->piece[heap[0]];

        ok = take(to, head(sorter, heap[0]), err);
        if (ok && ++least->at == least->count) {
            ok = piece_fill(sorter, heap[0], err);
            if (least->count == 0)
                heap[0] = heap[--n];
        }
        heap_sink(sorter, heap, n, 0);
    }
    free(heap);
    return ok;
}

bool sorter_finish(struct sorter *sorter, sorter_take take, void *to, struct err *err)
{
    bool ok = true;

    if (sorter->npieces == 0) {
        sort(sorter);
        for (size_t i = 0; ok && i < sorter->count; i++)
            ok = take(to, sorter->record + i * sorter->size, err);
    } else {
        ok = (sorter->count == 0 || sorter_spill(sorter, err)) &&
             merge_pieces(sorter, take, to, err);
    }
    sorter->count = 0;
    sorter_free_pieces(sorter);
    return ok;
}
