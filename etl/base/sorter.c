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
#include "base/buf.h"
#include "base/temp.h"

enum {
    AHEAD_LEAST = 256,     /* bytes that are read of a piece at a time, at least */
    AHEAD_MOST = 64 << 10, /* and at most */

    /*
     * Bytes that a sorter sorts at a time, at most: more leave the processor's cache, and
     * who waits for us, as a server for the rows to come, waits longer than it has work.
     */
    SORT_MOST = 512 << 10,
};

/* A sorted piece on disk, and what of it is in memory. */
struct piece {
    off_t begin, next, end; /* bytes of the file */
    struct buf ahead;
    size_t at; /* of the first record in `ahead` */
};

/* A piece that has records left, and the first bytes of the next: few compares go on. */
struct heap_entry {
    uint64_t prefix;
    size_t piece;
};

struct pieces {
    struct pieces_form form;
    FILE *file; /* unlinked; NULL while there is no piece */
    struct piece *piece;
    size_t npieces;
    struct heap_entry *heap; /* the least first */
    size_t nheap;
};

struct pieces *pieces_new(const struct pieces_form *form)
{
    struct pieces *pieces = xcalloc(1, sizeof *pieces);

    pieces->form = *form;
    return pieces;
}

void pieces_clear(struct pieces *pieces)
{
    for (size_t i = 0; i < pieces->npieces; i++)
        buf_free(&pieces->piece[i].ahead);
    pieces->npieces = pieces->nheap = 0;
    if (pieces->file != NULL)
        fclose(pieces->file);
    pieces->file = NULL;
}

void pieces_free(struct pieces *pieces)
{
    if (pieces == NULL)
        return;
    pieces_clear(pieces);
    free(pieces->piece);
    free(pieces->heap);
    free(pieces);
}

size_t pieces_count(const struct pieces *pieces)
{
    return pieces->npieces;
}

bool pieces_begin(struct pieces *pieces, struct err *err)
{
    size_t n = pieces->npieces;
    off_t from = n > 0 ? pieces->piece[n - 1].end : 0;

    if (pieces->file == NULL && (pieces->file = temp_open(err)) == NULL)
        return false;
    pieces->piece = xrealloc(pieces->piece, n + 1, sizeof *pieces->piece);
    pieces->piece[n] = (struct piece){ .begin = from, .end = from };
    pieces->npieces = n + 1;
    return true;
}

bool pieces_add(struct pieces *pieces, const void *record, size_t len, struct err *err)
{
    if (fwrite(record, 1, len, pieces->file) != len)
        return temp_failed(err);
    pieces->piece[pieces->npieces - 1].end += (off_t)len;
    return true;
}

/* How many bytes to read of a piece at a time. */
static size_t pieces_share(const struct pieces *pieces)
{
    size_t share = pieces->form.memory / pieces->npieces;

    if (share < AHEAD_LEAST)
        return AHEAD_LEAST;
    return share < AHEAD_MOST ? share : AHEAD_MOST;
}

static bool piece_has_record(const struct pieces *pieces, const struct piece *piece)
{
    const struct pieces_form *form = &pieces->form;
    size_t have = piece->ahead.len - piece->at;

    return have >= form->head &&
           (form->length == NULL || have >= form->length(piece->ahead.s + piece->at));
}

/* Read on, so that PIECE has a whole record ahead; none: it is at its end. */
static bool piece_fill(const struct pieces *pieces, struct piece *piece, struct err *err)
{
    while (!piece_has_record(pieces, piece) && piece->next < piece->end) {
        size_t have = piece->ahead.len - piece->at, share = pieces_share(pieces);
        size_t left = (size_t)(piece->end - piece->next);
        size_t want = left < share ? left : share;

        if (have > 0)
            memmove(piece->ahead.s, piece->ahead.s + piece->at, have);
        piece->ahead.len = have;
        piece->at = 0;
        if (pread(fileno(pieces->file), buf_room(&piece->ahead, want), want,
                  piece->next) != (ssize_t)want)
            return err_set(err, EXIT_USAGE, "a temporary file cannot be read: %s",
                           strerror(errno));
        piece->ahead.len += want;
        piece->next += (off_t)want;
    }
    return true;
}

static const char *piece_head(const struct piece *piece)
{
    return piece->ahead.s + piece->at;
}

/* The first eight bytes of RECORD as a number that orders as they do. */
static uint64_t prefix_of(const void *record)
{
    uint64_t prefix;

    memcpy(&prefix, record, sizeof prefix);
    return be64toh(prefix);
}

/* The next record of PIECE, ready for the heap. */
static struct heap_entry heap_entry_of(const struct pieces *pieces, size_t piece)
{
    bool has_key = pieces->form.begins_with_key;

    return (struct heap_entry){ has_key ? prefix_of(piece_head(&pieces->piece[piece]))
                                        : 0,
                                piece };
}

static bool is_less(const struct pieces *pieces, const struct heap_entry *a,
                    const struct heap_entry *b)
{
    if (a->prefix != b->prefix)
        return a->prefix < b->prefix;
    return pieces->form.order(piece_head(&pieces->piece[a->piece]),
                              piece_head(&pieces->piece[b->piece])) < 0;
}

/* Let the head at AT of the heap sink to its place. */
static void heap_sink(const struct pieces *pieces, size_t at)
{
    struct heap_entry *heap = pieces->heap, sinking = heap[at];
    size_t child;

    while ((child = 2 * at + 1) < pieces->nheap) {
        if (child + 1 < pieces->nheap && is_less(pieces, &heap[child + 1], &heap[child]))
            child++;
        if (!is_less(pieces, &heap[child], &sinking))
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = sinking;
}

bool pieces_walk(struct pieces *pieces, struct err *err)
{
    if (pieces->file != NULL && fflush(pieces->file) != 0)
        return temp_failed(err);
    pieces->heap = xrealloc(pieces->heap, pieces->npieces, sizeof *pieces->heap);
    pieces->nheap = 0;
    for (size_t i = 0; i < pieces->npieces; i++) {
        struct piece *piece = &pieces->piece[i];

        piece->next = piece->begin;
        buf_reset(&piece->ahead);
        piece->at = 0;
        if (!piece_fill(pieces, piece, err))
            return false;
        if (piece->ahead.len > 0)
            pieces->heap[pieces->nheap++] = heap_entry_of(pieces, i);
    }
    for (size_t i = pieces->nheap / 2; i > 0; i--)
        heap_sink(pieces, i - 1);
    return true;
}

const void *pieces_least(const struct pieces *pieces)
{
    return pieces->nheap > 0 ? piece_head(&pieces->piece[pieces->heap[0].piece]) : NULL;
}

bool pieces_next(struct pieces *pieces, struct err *err)
{
    const struct pieces_form *form = &pieces->form;
    size_t least = pieces->heap[0].piece;
    struct piece *piece = &pieces->piece[least];

    piece->at += form->length != NULL ? form->length(piece_head(piece)) : form->head;
    if (!piece_fill(pieces, piece, err))
        return false;
    if (piece->at < piece->ahead.len)
        pieces->heap[0] = heap_entry_of(pieces, least);
    else
        pieces->heap[0] = pieces->heap[--pieces->nheap];
    heap_sink(pieces, 0);
    return true;
}

struct sorter {
    size_t size, room; /* bytes of a record, records that are held */
    sorter_order order;
    char *record; /* what is held; NULL: nothing yet */
    size_t count;
    struct pieces *pieces;
};

struct sorter *sorter_new(size_t size, size_t memory, sorter_order order)
{
    struct sorter *sorter = xcalloc(1, sizeof *sorter);

    sorter->size = size;
    sorter->room = (memory < SORT_MOST ? memory : SORT_MOST) / size;
    sorter->order = order;
    sorter->pieces = pieces_new(&(struct pieces_form){
        .head = size, .order = order, .begins_with_key = true, .memory = memory });
    return sorter;
}

void sorter_free(struct sorter *sorter)
{
    if (sorter == NULL)
        return;
    pieces_free(sorter->pieces);
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
        one[i].prefix = prefix_of(sorter->record + i * sorter->size);
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
    sort(sorter);
    if (!pieces_begin(sorter->pieces, err) ||
        !pieces_add(sorter->pieces, sorter->record, sorter->count * sorter->size, err))
        return false;
    sorter->count = 0;
    return true;
}

bool sorter_add(struct sorter *sorter, const void *record, struct err *err)
{
    if (sorter->record == NULL)
        sorter->record = xcalloc(sorter->room, sorter->size);
    if (sorter->count == sorter->room && !sorter_spill(sorter, err))
        return false;
    memcpy(sorter->record + sorter->count++ * sorter->size, record, sorter->size);
    return true;
}

static bool take_pieces(struct sorter *sorter, sorter_take take, void *to,
                        struct err *err)
{
    const void *record;
    bool ok;

    if (sorter->count > 0 && !sorter_spill(sorter, err))
        return false;
    free(sorter->record); /* the pieces have its share of memory now */
    sorter->record = NULL;
    ok = pieces_walk(sorter->pieces, err);
    while (ok && (record = pieces_least(sorter->pieces)) != NULL)
        ok = take(to, record, err) && pieces_next(sorter->pieces, err);
    return ok;
}

bool sorter_finish(struct sorter *sorter, sorter_take take, void *to, struct err *err)
{
    bool ok = true;

    if (pieces_count(sorter->pieces) > 0) {
        ok = take_pieces(sorter, take, to, err);
    } else if (sorter->count > 0) {
        sort(sorter);
        for (size_t i = 0; ok && i < sorter->count; i++)
            ok = take(to, sorter->record + i * sorter->size, err);
    }
    sorter->count = 0;
    pieces_clear(sorter->pieces);
    return ok;
}
