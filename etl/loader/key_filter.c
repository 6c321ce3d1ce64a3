/*
 * key_filter.c - a blocked Bloom filter: a key's bits stand in one cache line.
 */
#include "loader/key_filter.h"

#include <endian.h>

#include "base/base.h"

enum {
    PROBES = 7, /* bits of a key */
    BITS = 8 * KEY_FILTER_LINE,
    KEYS_A_LINE = 8, /* one key in ten million is mistaken */
    KEYS_A_LINE_MAX = 32,
};

size_t key_filter_size(uint64_t count)
{
    size_t size = KEY_FILTER_LINE;

    while (size < KEY_FILTER_MAX && size / KEY_FILTER_LINE * KEYS_A_LINE < count)
        size *= 2;
    return size / KEY_FILTER_LINE * KEYS_A_LINE_MAX < count ? 0 : size;
}

/*
 * Keys need not be random, and a Bloom filter wants every bit to depend on all of them:
 * the mixer of splitmix64.  The lighter one of base/table.h cries wolf here.
 */
static uint64_t key_filter_mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

static uint64_t filter_hash(const struct uuid *key)
{
    uint64_t half[2];

    memcpy(half, key->b, sizeof half);
    return key_filter_mix(le64toh(half[0]) + key_filter_mix(le64toh(half[1]) + 1));
}

/* Where the line of HASH begins, in a filter of SIZE bytes. */
static size_t line_at(uint64_t hash, size_t size)
{
    return (size_t)(hash % (size / KEY_FILTER_LINE)) * KEY_FILTER_LINE;
}

void key_filter_add(char *filter, size_t size, const struct uuid *key)
{
    uint64_t hash = filter_hash(key), bits = key_filter_mix(hash);
    unsigned char *line = (unsigned char *)filter + line_at(hash, size);

    for (int i = 0; i < PROBES; i++, bits /= BITS)
        line[bits % BITS / 8] |= (unsigned char)(1u << bits % 8);
}

static bool line_has(const char *line, uint64_t hash)
{
    uint64_t bits = key_filter_mix(hash);

    for (int i = 0; i < PROBES; i++, bits /= BITS)
        if ((line[bits % BITS / 8] >> bits % 8 & 1) == 0)
            return false;
    return true;
}

bool key_filter_part_has(const struct key_filter_part *part, const struct uuid *key)
{
    uint64_t hash = filter_hash(key);

    if (part->of < KEY_FILTER_LINE)
        return true;

    size_t at = line_at(hash, part->of);

    return at >= part->at && at - part->at < part->bytes.len &&
           line_has(part->bytes.s + (at - part->at), hash);
}
