/*
 * counter.c - how often each text came.
 */
#include "commands/counter.h"

#include "base/base.h"

enum { SEATS_AT_FIRST = 256 };

static size_t *counter_seat_of(const struct counter *counter, struct slice text)
{
    size_t at = 5381;

    for (size_t i = 0; i < text.len; i++)
        at = at * 33 + (unsigned char)text.s[i];
    for (at &= counter->mask; counter->seat[at] != 0; at = (at + 1) & counter->mask)
        if (slice_is(text, counter->row[counter->seat[at] - 1].text))
            break;
    return &counter->seat[at];
}

static void counter_grow(struct counter *counter)
{
    size_t size = counter->seat == NULL ? SEATS_AT_FIRST : 2 * (counter->mask + 1);

    free(counter->seat);
    counter->seat = xcalloc(size, sizeof *counter->seat);
    counter->mask = size - 1;
    counter->row = xrealloc(counter->row, size, sizeof *counter->row);
    for (size_t i = 0; i < counter->count; i++)
        *counter_seat_of(counter, slice_of(counter->row[i].text)) = i + 1;
}

void counter_add(struct counter *counter, struct slice text, struct slice example)
{
    if (counter->seat == NULL || 2 * counter->count > counter->mask)
        counter_grow(counter);

    size_t *seat = counter_seat_of(counter, text);

    if (*seat == 0) {
        counter->row[counter->count++] = (struct counter_row){
            .text = xstrndup(text.s != NULL ? text.s : "", text.len),
            .example = example.s != NULL ? xstrndup(example.s, example.len) : NULL,
        };
        *seat = counter->count;
    }
    counter->row[*seat - 1].count++;
}

static int by_count(const void *a, const void *b)
{
    const struct counter_row *x = a, *y = b;

    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return strcmp(x->text, y->text);
}

void counter_sort(struct counter *counter)
{
    free(counter->seat);
    counter->seat = NULL;
    if (counter->count > 0)
        qsort(counter->row, counter->count, sizeof *counter->row, by_count);
}

void counter_free(struct counter *counter)
{
    for (size_t i = 0; i < counter->count; i++) {
        free(counter->row[i].text);
        free(counter->row[i].example);
    }
    free(counter->row);
    free(counter->seat);
    *counter = (struct counter){ 0 };
}
