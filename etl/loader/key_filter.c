/*
 * key_filter.c - a blocked Bloom filter: a key's bits stand in one cache line.
 */
#include "loader/key_filter.h"

#include "base/base.h"

enum { LINE_WORDS = 8, LINES = KEY_FILTER_BYTES / (LINE_WORDS * 8), PROBES = 5 };

struct key_filter {
    uint64_t (*line)[LINE_WORDS];
    size_t nsuspects;
    struct uuid suspect[KEY_FILTER_SUSPECTS_MAX];
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
    free(filter->line);
    free(filter);
}

void key_filter_clear(struct key_filter *filter)
{
    memset(filter->line, 0, KEY_FILTER_BYTES);
    filter->nsuspects = 0;
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

void key_filter_add(struct key_filter *filter, const struct uuid *key)
{
    uint64_t half[2];
    bool is_new = false;

    memcpy(half, key->b, sizeof half);

    uint64_t hash = key_filter_mix(half[0] + key_filter_mix(half[1] + 1));
    uint64_t *line = filter->line[hash % LINES];
    uint64_t bits = key_filter_mix(hash);

    for (int i = 0; i < PROBES; i++, bits >>= 9) {
        uint64_t bit = UINT64_C(1) << (bits & 63);
        uint64_t *word = &line[bits >> 6 & (LINE_WORDS - 1)];

        is_new |= (*word & bit) == 0;
        *word |= bit;
    }
    if (is_new)
        return;
    if (filter->nsuspects < KEY_FILTER_SUSPECTS_MAX)
        filter->suspect[filter->nsuspects] = *key;
    filter->nsuspects++;
}

size_t key_filter_suspects(const struct key_filter *filter)
{
    return filter->nsuspects;
}

bool key_filter_list(const struct key_filter *filter, struct buf *array)
{
    char text[37];

    if (filter->nsuspects > KEY_FILTER_SUSPECTS_MAX)
        return false;
    buf_add_char(array, '{');
    for (size_t i = 0; i < filter->nsuspects; i++) {
        uuid_text(&filter->suspect[i], text);
        if (i > 0)
            buf_add_char(array, ',');
        buf_add_text(array, text);
    }
    buf_add_char(array, '}');
    return true;
}
