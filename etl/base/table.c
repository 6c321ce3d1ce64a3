/*
 * table.c - rows found by hash, half of them free.
 */
#include "base/table.h"

#include <assert.h>

#include "base/base.h"

enum { TABLE_AT_FIRST = 64 };

static uint64_t table_word(const char *s, size_t len)
{
    uint64_t word = 0;

    memcpy(&word, s, len < sizeof word ? len : sizeof word);
    return word;
}

uint64_t table_hash(uint64_t hash, struct slice text)
{
    hash = table_mix(hash, text.len + 1);
    for (; text.len > sizeof(uint64_t); text.s += sizeof(uint64_t)) {
        hash = table_mix(hash, table_word(text.s, sizeof(uint64_t)));
        text.len -= sizeof(uint64_t);
    }
    return table_mix(hash, text.len > 0 ? table_word(text.s, text.len) : 0);
}

static struct table_row *table_seat(const struct table *table, uint64_t hash,
                                    struct slice text)
{
    size_t i = (size_t)hash & (table->size - 1);

    for (;; i = (i + 1) & (table->size - 1)) {
        struct table_row *row = &table->row[i];

        if (row->text == NULL)
            return row;
        if (row->hash == hash && row->len == text.len &&
            memcmp(row->text, text.s, text.len) == 0)
            return row;
    }
}

int table_find(const struct table *table, uint64_t hash, struct slice text)
{
    if (table->count == 0)
        return TABLE_NONE;

    const struct table_row *row = table_seat(table, hash, text);

    return row->text != NULL ? row->value : TABLE_NONE;
}

static void table_grow(struct table *table)
{
    struct table bigger = { .size = table->size == 0 ? TABLE_AT_FIRST : 2 * table->size,
                            .count = table->count };

    bigger.row = xcalloc(bigger.size, sizeof *bigger.row);
    for (size_t i = 0; i < table->size; i++) {
        const struct table_row *old = &table->row[i];

        if (old->text != NULL)
            *table_seat(&bigger, old->hash, (struct slice){ old->text, old->len }) = *old;
    }
    free(table->row);
    *table = bigger;
}

void table_add(struct table *table, uint64_t hash, struct slice text, int value)
{
    if (2 * (table->count + 1) > table->size)
        table_grow(table);

    struct table_row *row = table_seat(table, hash, text);

    assert(row->text == NULL && text.s != NULL);
    *row = (struct table_row){ text.s, text.len, hash, value };
    table->count++;
}

void table_free(struct table *table)
{
    free(table->row);
    *table = (struct table){ 0 };
}
