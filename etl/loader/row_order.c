/*
 * row_order.c - places of rows, sorted.
 */
#include "loader/row_order.h"

#include <stdlib.h>

#include "base/base.h"

struct row_place {
    int64_t started_at;
    size_t at, len;
};

void row_order_add(struct row_order *order, int64_t started_at, size_t at)
{
    if (order->count == order->room) {
        order->room = order->room * 2 + 256;
        order->row = xrealloc(order->row, order->room, sizeof *order->row);
    }
    order->row[order->count++] = (struct row_place){ .started_at = started_at, .at = at };
}

/* Rows that start together stay as they came. */
static int by_start(const void *left, const void *right)
{
    const struct row_place *a = left, *b = right;

    if (a->started_at != b->started_at)
        return a->started_at < b->started_at ? -1 : 1;
    return (a->at > b->at) - (a->at < b->at);
}

struct slice row_order_sort(struct row_order *order, struct slice message)
{
    struct row_place *row = order->row;
    struct buf *sorted = &order->sorted;
    size_t count = order->count;

    order->count = 0;
    if (count < 2)
        return message;
    buf_reset(sorted);
    buf_add_slice(sorted, (struct slice){ message.s, row[0].at });
    for (size_t i = 0; i < count; i++)
        row[i].len = (i + 1 < count ? row[i + 1].at : message.len) - row[i].at;
    qsort(row, count, sizeof *row, by_start);
    for (size_t i = 0; i < count; i++)
        buf_add_slice(sorted, (struct slice){ message.s + row[i].at, row[i].len });
    return buf_slice(sorted);
}

void row_order_clear(struct row_order *order)
{
    order->count = 0;
}

void row_order_free(struct row_order *order)
{
    free(order->row);
    buf_free(&order->sorted);
}
