/*
 * key_filter.c - a blocked Bloom filter: a key's bits stand in one cache line.
 */
#include "loader/key_filter.h"

#include <endian.h>

#include "base/base.h"

enum {
    LINE_WORDS = KEY_FILTER_LINE / 8,
    LINE_BYTES = KEY_FILTER_LINE,
    LINES = KEY_FILTER_BYTES / LINE_BYTES,
    PROBES = 7,      /* of nine bits each */
    KEYS_A_LINE = 8, /* of a folded filter: one key in ten million is mistaken */
    KEYS_A_LINE_MAX = 32,
    FEW = 2048, /* keys, for which their own lines are cheaper than all of them */
};

struct key_filter {
    uint64_t (*line)[LINE_WORDS];
    size_t count;
    uint64_t hash[FEW]; /* of the first keys */
    struct buf folded;  /* of few */
};

struct key_filter *key_filter_new(void)
{
    struct key_filter *filter = xcalloc(1, sizeof *filter);

    filter->line = xcalloc(LINES, sizeof *filter->line);
    return filter;
}

void key_filter_free(struct key_filter *filter)
{
    if (filter == NULL)
        return;
    buf_free(&filter->folded);
    free(filter->line);
    free(filter);
}

void key_filter_clear(struct key_filter *filter)
{
    if (filter->count > FEW)
        memset(filter->line, 0, KEY_FILTER_BYTES);
    for (size_t i = 0; filter->count <= FEW && i < filter->count; i++)
        memset(filter->line[filter->hash[i] % LINES], 0, LINE_BYTES);
    filter->count = 0;
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

/* Set the bits of HASH. */
static void line_set(uint64_t line[static LINE_WORDS], uint64_t hash)
{
    uint64_t bits = key_filter_mix(hash);

    for (int i = 0; i < PROBES; i++, bits >>= 9)
        line[bits >> 6 & (LINE_WORDS - 1)] |= UINT64_C(1) << (bits & 63);
}

void key_filter_add(struct key_filter *filter, const struct uuid *key)
{
    uint64_t hash = filter_hash(key);

    if (filter->count < FEW)
        filter->hash[filter->count] = hash;
    filter->count++;
    line_set(filter->line[hash % LINES], hash);
}

bool key_filter_has(const struct key_filter *filter, const struct uuid *key)
{
    uint64_t hash = filter_hash(key), bits = key_filter_mix(hash);
    const uint64_t *line = filter->line[hash % LINES];
    bool has = true;

    for (int i = 0; i < PROBES; i++, bits >>= 9)
        has &= (line[bits >> 6 & (LINE_WORDS - 1)] >> (bits & 63) & 1) != 0;
    return has;
}

/* Are all bits of HASH set in LINE, words as they are kept? */
static bool line_has(const char *line, uint64_t hash)
{
    uint64_t bits = key_filter_mix(hash);

    for (int i = 0; i < PROBES; i++, bits >>= 9) {
        uint64_t word;

        memcpy(&word, line + (bits >> 6 & (LINE_WORDS - 1)) * sizeof word, sizeof word);
        if ((le64toh(word) >> (bits & 63) & 1) == 0)
            return false;
    }
    return true;
}

bool key_filter_part_has(const struct key_filter_part *part, const struct uuid *key)
{
    uint64_t hash = filter_hash(key);
    size_t lines = part->of / LINE_BYTES;

    if (lines == 0)
        return true;

    size_t at = (size_t)(hash % lines) * LINE_BYTES;

    return at >= part->at && at - part->at < part->bytes.len &&
           line_has(part->bytes.s + (at - part->at), hash);
}

/* The words are kept little-endian. */
static void store_words(uint64_t (*line)[LINE_WORDS], size_t lines)
{
    for (size_t i = 0; i < lines; i++)
        for (size_t word = 0; word < LINE_WORDS; word++)
            line[i][word] = htole64(line[i][word]);
}

/* From the keys, into a table of that size: the same bits. */
static void fold_few(struct key_filter *filter, size_t lines)
{
    struct buf *folded = &filter->folded;

    buf_reset(folded);
    buf_room(folded, lines * LINE_BYTES);
    memset(folded->s, 0, lines * LINE_BYTES);

    uint64_t(*line)[LINE_WORDS] = (void *)folded->s;

    for (size_t i = 0; i < filter->count; i++)
        line_set(line[filter->hash[i] % lines], filter->hash[i]);
    store_words(line, lines);
}

static void fold_many(struct key_filter *filter, size_t lines)
{
    for (size_t i = lines; i < LINES; i++)
        for (size_t word = 0; word < LINE_WORDS; word++)
            filter->line[i % lines][word] |= filter->line[i][word];
    store_words(filter->line, lines);
}

struct slice key_filter_fold(struct key_filter *filter)
{
    size_t lines = 1;

    while (lines < LINES && lines * KEYS_A_LINE < filter->count)
        lines *= 2;
    if (lines * KEYS_A_LINE_MAX < filter->count)
        return SLICE_NONE;
    if (filter->count <= FEW) {
        fold_few(filter, lines);
        return (struct slice){ filter->folded.s, lines * LINE_BYTES };
    }
    fold_many(filter, lines);
    return (struct slice){ (const char *)filter->line, lines * LINE_BYTES };
}
