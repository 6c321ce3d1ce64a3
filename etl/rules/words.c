/*
 * words.c - every text a mapping knows, numbered.
 */
#include "rules/words.h"

#include "base/base.h"

enum { TABLE_AT_FIRST = 512 };

/* Eight bytes of TEXT from AT on, as far as they go. */
static uint64_t eight_at(struct slice text, size_t at)
{
    uint64_t bytes = 0;
    size_t left = text.len - at;

    memcpy(&bytes, text.s + at, left < sizeof bytes ? left : sizeof bytes);
    /* folds ASCII letters; that it folds a few signs too only costs a compare */
    return bytes | 0x2020202020202020u;
}

static size_t hash(struct slice text)
{
    uint64_t h = text.len;

    for (size_t at = 0; at < text.len; at += sizeof h) {
        h = (h ^ eight_at(text, at)) * 0x9e3779b97f4a7c15u;
        h ^= h >> 32;
    }
    return (size_t)h;
}

/* Exports mostly write a value as the mappings do. */
static bool is_same(struct slice a, struct slice b)
{
    return a.len == b.len && (memcmp(a.s, b.s, a.len) == 0 || slice_equal_nocase(a, b));
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
