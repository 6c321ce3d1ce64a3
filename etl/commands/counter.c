/*
 * counter.c - how often each text came.
 */
#include "commands/counter.h"

#include "base/base.h"

enum { SEATS_AT_FIRST = 256 };

static size_t *seat_of(const struct tally *tally, struct slice text)
{
    size_t at = 5381;

    for (size_t i = 0; i < text.len; i++)
        at = at * 33 + (unsigned char)text.s[i];
    for (at &= tally->mask; tally->seat[at] != 0; at = (at + 1) & tally->mask)
        if (slice_is(text, tally->row[tally->seat[at] - 1].text))
            break;
    return &tally->seat[at];
}

static void grow(struct tally *tally)
{
    size_t size = tally->seat == NULL ? SEATS_AT_FIRST : 2 * (tally->mask + 1);

    free(tally->seat);
    tally->seat = xcalloc(size, sizeof *tally->seat);
    tally->mask = size - 1;
    tally->row = xrealloc(tally->row, size, sizeof *tally->row);
    for (size_t i = 0; i < tally->count; i++)
        *seat_of(tally, slice_of(tally->row[i].text)) = i + 1;
}

void tally_add(struct tally *tally, struct slice text, struct slice example)
{
    if (tally->seat == NULL || 2 * tally->count > tally->mask)
        grow(tally);

    size_t *seat = seat_of(tally, text);

    if (*seat == 0) {
        tally->row[tally->count++] = (struct tally_row){
            .text = xstrndup(text.s != NULL ? text.s : "", text.len),
            .example = example.s != NULL ? xstrndup(example.s, example.len) : NULL,
        };
        *seat = tally->count;
    }
    tally->row[*seat - 1].count++;
}

static int by_count(const void *a, const void *b)
{
    const struct tally_row *x = a, *y = b;

    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return strcmp(x->text, y->text);
}

void tally_sort(struct tally *tally)
{
    free(tally->seat);
    tally->seat = NULL;
    if (tally->count > 0)
        qsort(tally->row, tally->count, sizeof *tally->row, by_count);
}

void tally_free(struct tally *tally)
{
    for (size_t i = 0; i < tally->count; i++) {
        free(tally->row[i].text);
        free(tally->row[i].example);
    }
    free(tally->row);
    free(tally->seat);
    *tally = (struct tally){ 0 };
}
