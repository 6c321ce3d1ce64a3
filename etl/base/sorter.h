/*
 * sorter.h - records of one size, sorted on disk when they outgrow memory.
 *
 * Pieces are sorted in memory, written to one unlinked temporary file, and merged through
 * a heap, where they share the memory in which they were sorted: it does not grow with
 * what is sorted, but for some fifty bytes a piece.
 *
 * A record begins with a key whose first eight bytes, as bytes, decide before anything
 * else.  Keys that are not as good as random make it slower, not wrong.
 */
#ifndef ETL_BASE_SORTER_H
#define ETL_BASE_SORTER_H

#include <stddef.h>

#include "base/err.h"

struct sorter;

/* As qsort() has it. */
typedef int (*sorter_order)(const void *a, const void *b);

/* Where the records go, in order; the record is borrowed for the call. */
typedef bool (*sorter_take)(void *to, const void *record, struct err *err);

/* Records of SIZE bytes, of which MEMORY bytes are held. */
struct sorter *sorter_new(size_t size, size_t memory, sorter_order order);
void sorter_free(struct sorter *sorter); /* NULL is allowed */

bool sorter_add(struct sorter *sorter, const void *record, struct err *err) MUST_USE;

/* Hand every record to TAKE, until it returns false; the sorter is empty then. */
bool sorter_finish(struct sorter *sorter, sorter_take take, void *to,
                   struct err *err) MUST_USE;

#endif
