/*
 * table.h - a table from texts to numbers, with open addressing.
 *
 * The hash comes from outside, so that a path's can grow key by key.  Texts are borrowed.
 */
#ifndef ETL_BASE_TABLE_H
#define ETL_BASE_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct table_row {
    const char *text; /* NULL: free */
    size_t len;
    uint64_t hash;
    int value;
};

/* Starts as { 0 }. */
struct table {
    struct table_row *row;
    size_t size, count;
};

enum { TABLE_NONE = -1 };

/* One mixer for all tables in memory; nothing that is stored may use it. */
static inline uint64_t table_mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ (hash >> 29);
}

/* The hash of TEXT, going on from HASH. */
uint64_t table_hash(uint64_t hash, struct slice text);

/* TABLE_NONE when TEXT is not there. */
int table_find(const struct table *table, uint64_t hash, struct slice text);

/* TEXT must not be there yet; VALUE is not TABLE_NONE. */
void table_add(struct table *table, uint64_t hash, struct slice text, int value);

void table_free(struct table *table);

#endif
