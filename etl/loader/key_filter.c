/*
 * key_filter.c - a blocked Bloom filter: a key's bits stand in one cache line.
 */
#include "loader/key_filter.h"

#include "base/base.h"

enum { LINE_WORDS = 8, LINES = SEEN_BYTES / (LINE_WORDS * 8), PROBES = 5 };

struct seen {
    uint64_t (*line)[LINE_WORDS];
    size_t nsuspects;
    struct uuid suspect[SEEN_SUSPECTS_MAX];
};

struct seen *seen_new(void)
{
    struct seen *seen = xcalloc(1, sizeof *seen);

    seen->line = xcalloc(LINES, sizeof *seen->line);
    return seen;
}

void seen_free(struct seen *seen)
{
    if (seen == NULL)
        return;
    free(seen->line);
    free(seen);
}

void seen_clear(struct seen *seen)
{
    memset(seen->line, 0, SEEN_BYTES);
    seen->nsuspects = 0;
}

/* Keys need not be random: spread whatever is in them (the mixer of splitmix64). */
static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

void seen_add(struct seen *seen, const struct uuid *key)
{
    uint64_t half[2];
    bool is_new = false;

    memcpy(half, key->b, sizeof half);

    uint64_t hash = mix(half[0] + mix(half[1] + 1));
    uint64_t *line = seen->line[hash % LINES];
    uint64_t bits = mix(hash);

    for (int i = 0; i < PROBES; i++, bits >>= 9) {
        uint64_t bit = UINT64_C(1) << (bits & 63);
        uint64_t *word = &line[bits >> 6 & (LINE_WORDS - 1)];

        is_new |= (*word & bit) == 0;
        *word |= bit;
    }
    if (is_new)
        return;
    if (seen->nsuspects < SEEN_SUSPECTS_MAX)
        seen->suspect[seen->nsuspects] = *key;
    seen->nsuspects++;
}

size_t seen_suspects(const struct seen *seen)
{
    return seen->nsuspects;
}

bool seen_list(const struct seen *seen, struct buf *array)
{
    char text[37];

    if (seen->nsuspects > SEEN_SUSPECTS_MAX)
        return false;
    buf_add_char(array, '{');
    for (size_t i = 0; i < seen->nsuspects; i++) {
        uuid_text(&seen->suspect[i], text);
        if (i > 0)
            buf_add_char(array, ',');
        buf_add_text(array, text);
    }
    buf_add_char(array, '}');
    return true;
}
