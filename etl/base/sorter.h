/*
 * sorter.h - records, sorted on disk when they outgrow memory.
 *
 * Pieces are sorted in memory, written to one unlinked temporary file, and merged through
 * a heap of their first records.  What is read ahead is a share of the same memory for
 * each piece: it does not grow with what is sorted, but for some hundred bytes a piece.
 */
#ifndef ETL_BASE_SORTER_H
#define ETL_BASE_SORTER_H

#include <stddef.h>

#include "base/err.h"

/* As qsort() has it. */
typedef int (*sorter_order)(const void *a, const void *b);

/*
 * Records of one size.  A record begins with a key whose first eight bytes, as bytes,
 * decide before anything else.  Keys that are not as good as random make it slower, not
 * wrong.
 */
struct sorter;

/* Where the records go, in order; the record is borrowed for the call. */
typedef bool (*sorter_take)(void *to, const void *record, struct err *err);

/* Records of SIZE bytes, of which MEMORY bytes are held at most. */
struct sorter *sorter_new(size_t size, size_t memory, sorter_order order);
void sorter_free(struct sorter *sorter); /* NULL is allowed */

bool sorter_add(struct sorter *sorter, const void *record, struct err *err) MUST_USE;

/* Hand every record to TAKE, until it returns false; the sorter is empty then. */
bool sorter_finish(struct sorter *sorter, sorter_take take, void *to,
                   struct err *err) MUST_USE;

/*
 * Pieces alone, for those who sort records of their own kind.
 */
struct pieces;

struct pieces_form {
    size_t head;                          /* bytes that tell how long a record is */
    size_t (*length)(const void *record); /* with its head; NULL: it has no more */
    sorter_order order;
    bool begins_with_key; /* as records of a sorter do: eight bytes decide first */
    size_t memory;        /* to read ahead, of all pieces together, bytes */
};

struct pieces *pieces_new(const struct pieces_form *form);
void pieces_free(struct pieces *pieces); /* NULL is allowed */

/* Forget every piece, and the file. */
void pieces_clear(struct pieces *pieces);

size_t pieces_count(const struct pieces *pieces);

/* A new piece, and the next record of it, which comes behind the others by the order. */
bool pieces_begin(struct pieces *pieces, struct err *err) MUST_USE;
bool pieces_add(struct pieces *pieces, const void *record, size_t len,
                struct err *err) MUST_USE;

/* All records from the first on: a second walk begins anew. */
bool pieces_walk(struct pieces *pieces, struct err *err) MUST_USE;

/* The next record, good until pieces_next(); NULL: there is none. */
const void *pieces_least(const struct pieces *pieces);
bool pieces_next(struct pieces *pieces, struct err *err) MUST_USE;

#endif
