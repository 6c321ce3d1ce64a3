/*
 * row_order.h - the rows of a COPY message in the order of their starts.
 *
 * Exports stand newest first, and an index that grows at its low end is left half empty:
 * each message turned round, the primary key of cdr.leg takes 60 bytes a leg in place of
 * 104.
 */
#ifndef ETL_LOADER_ROW_ORDER_H
#define ETL_LOADER_ROW_ORDER_H

#include "base/buf.h"
#include "base/text.h"

struct row_place;

struct row_order {
    struct row_place *row; /* owned */
    size_t count, room;
    struct buf sorted;
};

/* A row that starts at STARTED_AT (ms) begins at byte AT of the message. */
void row_order_add(struct row_order *order, int64_t started_at, size_t at);

/*
 * MESSAGE with its rows in order; what stands before the first is no row.  Good until the
 * next call; the rows are forgotten.
 */
struct slice row_order_sort(struct row_order *order, struct slice message);

void row_order_clear(struct row_order *order);
void row_order_free(struct row_order *order);

#endif
