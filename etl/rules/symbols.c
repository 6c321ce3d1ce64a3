/*
 * symbols.c - every text a mapping knows, numbered.
 */
#include "rules/symbols.h"

#include "base/base.h"

enum { TABLE_AT_FIRST = 512 };

static uint64_t mix(uint64_t hash, uint64_t bytes)
{
    /* folds ASCII letters; that it folds a few signs too only costs a compare */
    hash = (hash ^ (bytes | 0x2020202020202020u)) * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 32;
}

/* Of a text of fewer than eight bytes all of them, some twice. */
static uint64_t few(struct slice text)
{
    uint32_t first, last;

    if (text.len < sizeof first)
        return text.len == 0 ? 0
                             : (uint64_t)(unsigned char)text.s[0] << 16 |
                                   (uint64_t)(unsigned char)text.s[text.len / 2] << 8 |
                                   (unsigned char)text.s[text.len - 1];
    memcpy(&first, text.s, sizeof first);
    memcpy(&last, text.s + text.len - sizeof last, sizeof last);
    return (uint64_t)first << 32 | last;
}

static size_t hash(struct slice text)
{
    uint64_t h = text.len, eight;

    if (text.len < sizeof eight)
        return (size_t)mix(h, few(text));
    for (size_t at = 0; at + sizeof eight < text.len; at += sizeof eight) {
        memcpy(&eight, text.s + at, sizeof eight);
        h = mix(h, eight);
    }
    memcpy(&eight, text.s + text.len - sizeof eight, sizeof eight);
    return (size_t)mix(h, eight);
}

/* Exports mostly write a value as the mappings do. */
static bool is_same(struct slice a, struct slice b)
{
    return a.len == b.len && (bytes_equal(a.s, b.s, a.len) || slice_equal_nocase(a, b));
}

static uint16_t *seat(const struct words *words, struct slice text)
{
    size_t at = hash(text) & words->mask;

    while (words->table[at] != 0 && !is_same(words->word[words->table[at]].text, text))
        at = (at + 1) & words->mask;
    return &words->table[at];
}

void words_init(struct words *words)
{
    *words = (struct words){ .count = WORD_FIRST, .mask = TABLE_AT_FIRST - 1 };
    words->word = xcalloc(TABLE_AT_FIRST, sizeof *words->word);
    words->table = xcalloc(TABLE_AT_FIRST, sizeof *words->table);
}

void words_free(struct words *words)
{
    for (size_t i = WORD_FIRST; i < words->count; i++)
        free((char *)(uintptr_t)words->word[i].text.s);
    free(words->word);
    free(words->table);
    *words = (struct words){ 0 };
}

/* Twice the table, so that half of it stays free. */
static void grow(struct words *words)
{
    size_t size = 2 * (words->mask + 1);

    free(words->table);
    words->table = xcalloc(size, sizeof *words->table);
    words->word = xrealloc(words->word, size, sizeof *words->word);
    words->mask = size - 1;
    for (size_t i = WORD_FIRST; i < words->count; i++)
        *seat(words, words->word[i].text) = (uint16_t)i;
}

uint16_t words_add(struct words *words, struct slice text)
{
    if (text.s == NULL)
        return WORD_ABSENT;
    if (2 * words->count > words->mask)
        grow(words);

    uint16_t *number = seat(words, text);

    if (*number != 0)
        return *number;
    if (words->count >= WORD_NONE_YET)
        return WORD_ABSENT;
    *number = (uint16_t)words->count++;
    words->word[*number] =
        (struct word){ .text = { xstrndup(text.s, text.len), text.len } };
    if (text.len > words->longest)
        words->longest = text.len;
    return *number;
}

uint16_t words_find(const struct words *words, struct slice text)
{
    if (text.s == NULL)
        return WORD_ABSENT;
    if (text.len > words->longest)
        return WORD_OTHER;

    uint16_t number = *seat(words, text);

    return number != 0 ? number : WORD_OTHER;
}
