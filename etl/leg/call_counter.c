/*
 * call_counter.c - legs and calls of one file, counted without a database.
 *
 * An external sort by call, then leg: pieces are sorted in memory, written to
 * one unlinked temporary file, and merged through a heap.  Equal legs and the
 * legs of a call then stand together.
 */
#include "leg/call_counter.h"

#include <endian.h>
#include <errno.h>
#include <unistd.h>

#include "base/base.h"
#include "base/temp.h"
#include "leg/call_rule.h"

struct entry {
    struct uuid call_key;
    bool exact; /* started_at has milliseconds and stands in no repeated hour */
    struct call_leg leg;
};

enum {
    PIECE = CALL_COUNTER_MEMORY / sizeof(struct entry),
    READ_AHEAD = 64 /* entries of a piece held while merging */
};

/* A sorted piece on disk, and what of it is in memory. */
struct piece {
    off_t next, end; /* bytes of the file */
    struct entry ahead[READ_AHEAD];
    size_t at, count;
};

struct call_counter {
    struct entry *entry;
    size_t count;
    FILE *file; /* unlinked; NULL while everything fits */
    struct piece *piece;
    size_t npieces;
    const struct taxonomy *taxonomy;
};

struct call_counter *call_counter_new(void)
{
    struct call_counter *call_counter = xcalloc(1, sizeof *call_counter);

    call_counter->entry = xcalloc(PIECE, sizeof *call_counter->entry);
    return call_counter;
}

void call_counter_free(struct call_counter *call_counter)
{
    if (call_counter == NULL)
        return;
    if (call_counter->file != NULL)
        fclose(call_counter->file);
    free(call_counter->entry);
    free(call_counter->piece);
    free(call_counter);
}

static uint64_t prefix_of(const struct uuid *uuid)
{
    uint64_t prefix;

    memcpy(&prefix, uuid->b, sizeof prefix);
    return be64toh(prefix);
}

/* By call, then leg.  Keys are as good as random: the first bytes nearly always decide.
 */
static int call_counter_compare(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    uint64_t one = prefix_of(&a->call_key), other = prefix_of(&b->call_key);

    if (one != other)
        return one < other ? -1 : 1;

    int order = memcmp(a->call_key.b, b->call_key.b, sizeof a->call_key.b);

    return order != 0 ? order : memcmp(a->leg.key.b, b->leg.key.b, sizeof a->leg.key.b);
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

/* Handles in order of their first three bytes; ours are few enough for that to nearly do.
 */
static struct handle *sort_handles(const struct entry *entry, size_t count)
{
    struct handle *one = xcalloc(count, sizeof *one), *two = xcalloc(count, sizeof *two);

    for (size_t i = 0; i < count; i++)
        one[i] = (struct handle){ prefix_of(&entry[i].call_key), i };
    sort_pass(one, two, count, 40);
    sort_pass(two, one, count, 48);
    sort_pass(one, two, count, 56);
    free(one);
    return two;
}

/* Sort what is in memory.  Keys that are not random make the last step slower, not wrong.
 */
static void sort(struct call_counter *call_counter)
{
    size_t count = call_counter->count;
    struct handle *handle = sort_handles(call_counter->entry, count);
    struct entry *sorted = xcalloc(PIECE, sizeof *sorted);
    size_t begin = 0;

    for (size_t i = 0; i < count; i++) {
        sorted[i] = call_counter->entry[handle[i].at];
        bool ends =
            i + 1 == count || handle[i + 1].prefix >> 40 != handle[i].prefix >> 40;

        if (ends && i > begin)
            qsort(sorted + begin, i - begin + 1, sizeof *sorted, call_counter_compare);
        if (ends)
            begin = i + 1;
    }
    free(handle);
    free(call_counter->entry);
    call_counter->entry = sorted;
}

static bool call_counter_spill(struct call_counter *call_counter, struct err *err)
{
    size_t bytes = call_counter->count * sizeof *call_counter->entry;

    sort(call_counter);
    if (call_counter->file == NULL && (call_counter->file = temp_open(err)) == NULL)
        return false;

    off_t from = call_counter->npieces > 0
                     ? call_counter->piece[call_counter->npieces - 1].end
                     : 0;

    if (fwrite(call_counter->entry, 1, bytes, call_counter->file) != bytes)
        return temp_failed(err);
    call_counter->piece = xrealloc(call_counter->piece, call_counter->npieces + 1,
                                   sizeof *call_counter->piece);
    call_counter->piece[call_counter->npieces] =
        (struct piece){ .next = from, .end = from + (off_t)bytes };
    call_counter->npieces++;
    call_counter->count = 0;
    return true;
}

bool call_counter_add(struct call_counter *call_counter, const struct row *row,
                      struct err *err)
{
    const struct leg *leg = &row->leg;

    if (call_counter->count == PIECE && !call_counter_spill(call_counter, err))
        return false;
    call_counter->taxonomy = row->outcome.taxonomy;

    call_counter->entry[call_counter->count++] = (struct entry){
        .call_key = leg->call_key,
        .exact = leg->started_at % MS_PER_S != 0 && !leg->repeated_hour,
        .leg = callrule_leg(leg, &row->outcome),
    };
    return true;
}

/* Of two entries of one leg, the one that is stored (etl/README.md, Identity and
 * repetition). */
static const struct entry *better(const struct entry *a, const struct entry *b)
{
    if (a->exact != b->exact)
        return a->exact ? a : b;
    if (a->leg.ended_at != b->leg.ended_at)
        return a->leg.ended_at > b->leg.ended_at ? a : b;
    return b->leg.duration > a->leg.duration ? b : a;
}

/* The legs of the call that the merge is in. */
struct counting {
    struct call_counter *call_counter;
    struct report *report;
    struct call_leg *leg;
    size_t nlegs, room;
    struct entry current; /* the current leg, the better of its duplicates so far */
    bool has_current;
};

static void close_leg(struct counting *counting)
{
    if (!counting->has_current)
        return;
    if (counting->nlegs == counting->room) {
        counting->room = counting->room != 0 ? 2 * counting->room : 16;
        counting->leg = xrealloc(counting->leg, counting->room, sizeof *counting->leg);
    }
    counting->leg[counting->nlegs++] = counting->current.leg;
    counting->report->by_category[counting->current.leg.category]++;
    counting->report->inserted++;
    counting->has_current = false;
}

/* Does a leg of the call start so long after another that they are not looked for? */
static bool is_far_call(const struct counting *counting)
{
    int64_t first = counting->leg[0].started_at, last = first;

    for (size_t i = 1; i < counting->nlegs; i++) {
        int64_t start = counting->leg[i].started_at;

        first = start < first ? start : first;
        last = start > last ? start : last;
    }
    return last - first > CALL_REACH;
}

static void close_call(struct counting *counting)
{
    if (counting->nlegs == 0)
        return;

    struct call call =
        callrule_decide(counting->call_counter->taxonomy, counting->leg, counting->nlegs);

    counting->report->calls += call.is_counted;
    counting->report->has_orphans |= call.a_leg == NO_LEG;
    counting->report->has_far_calls |= is_far_call(counting);
    counting->report->calls_by_category[call.category] += call.is_counted;
    counting->nlegs = 0;
}

static void call_counter_count(struct counting *counting, const struct entry *entry)
{
    struct entry *current = &counting->current;
    bool same_call =
        counting->has_current && uuid_equal(&current->call_key, &entry->call_key);

    if (same_call && uuid_equal(&current->leg.key, &entry->leg.key)) {
        counting->report->duplicate++;
        *current = *better(current, entry);
        return;
    }
    close_leg(counting);
    if (!same_call)
        close_call(counting);
    *current = *entry;
    counting->has_current = true;
}

static bool call_counter_fill(struct call_counter *call_counter, struct piece *piece,
                              struct err *err)
{
    size_t left = (size_t)(piece->end - piece->next);
    size_t want = left < sizeof piece->ahead ? left : sizeof piece->ahead;

    piece->at = 0;
    piece->count = want / sizeof piece->ahead[0];
    if (want != 0 && pread(fileno(call_counter->file), piece->ahead, want, piece->next) !=
                         (ssize_t)want)
        return err_set(err, EXIT_USAGE, "a temporary file cannot be read: %s",
                       strerror(errno));
    piece->next += (off_t)want;
    return true;
}

static const struct entry *head(const struct piece *piece)
{
    return &piece->ahead[piece->at];
}

/* HEAP: numbers of the N pieces that are left, the least head first.  Let AT sink. */
static void heap_sink(const struct piece *piece, size_t *heap, size_t n, size_t at)
{
    for (;;) {
        size_t least = at;

        for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < n; child++)
            if (call_counter_compare(head(&piece[heap[child]]),
                                     head(&piece[heap[least]])) < 0)
                least = child;
        if (least == at)
            return;
        size_t sinking = heap[at];
        heap[at] = heap[least];
        heap[least] = sinking;
        at = least;
    }
}

static bool merge_pieces(struct counting *counting, struct err *err)
{
    struct call_counter *call_counter = counting->call_counter;
    struct piece *piece = call_counter->piece;
    size_t n = call_counter->npieces;
    size_t *heap = xcalloc(n, sizeof *heap);
    bool ok = fflush(call_counter->file) == 0 ||
              err_set(err, EXIT_USAGE, "a temporary file cannot be written: %s",
                      strerror(errno));

    for (size_t i = 0; ok && i < n; i++) {
        heap[i] = i;
        ok = call_counter_fill(call_counter, &piece[i], err);
    }
    for (size_t i = n / 2; ok && i > 0; i--)
        heap_sink(piece, heap, n, i - 1);
    while (ok && n > 0) {
        struct piece *least = &piece[heap[0]];

        call_counter_count(counting, head(least));
        if (++least->at == least->count) {
            ok = call_counter_fill(call_counter, least, err);
            if (least->count == 0)
                heap[0] = heap[--n];
        }
        heap_sink(piece, heap, n, 0);
    }
    free(heap);
    return ok;
}

bool call_counter_finish(struct call_counter *call_counter, struct report *report,
                         struct err *err)
{
    struct counting counting = { .call_counter = call_counter, .report = report };
    bool ok = true;

    if (call_counter->npieces == 0) {
        sort(call_counter);
        for (size_t i = 0; i < call_counter->count; i++)
            call_counter_count(&counting, &call_counter->entry[i]);
    } else {
        ok = (call_counter->count == 0 || call_counter_spill(call_counter, err)) &&
             merge_pieces(&counting, err);
    }
    close_leg(&counting);
    close_call(&counting);
    free(counting.leg);
    return ok;
}
