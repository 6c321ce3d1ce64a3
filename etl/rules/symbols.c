/*
 * symbols.c - every text a mapping knows, numbered.
 */
#include "rules/symbols.h"

#include "base/base.h"
#include "base/unicode.h"

enum { TABLE_AT_FIRST = 512 };

static uint64_t symbols_mix(uint64_t hash, uint64_t bytes)
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
        return (size_t)symbols_mix(h, few(text));
    for (size_t at = 0; at + sizeof eight < text.len; at += sizeof eight) {
        memcpy(&eight, text.s + at, sizeof eight);
        h = symbols_mix(h, eight);
    }
    memcpy(&eight, text.s + text.len - sizeof eight, sizeof eight);
    return (size_t)symbols_mix(h, eight);
}

/* Exports mostly write a value as the mappings do. */
static bool is_same(struct slice a, struct slice b)
{
    return a.len == b.len && (bytes_equal(a.s, b.s, a.len) || slice_equal_nocase(a, b));
}

/* TEXT must be folded, or ASCII. */
static uint16_t *seat(const struct symbols *symbols, struct slice text)
{
    size_t at = hash(text) & symbols->mask;

    while (symbols->table[at] != 0 &&
           !is_same(symbols->symbol[symbols->table[at]].folded, text))
        at = (at + 1) & symbols->mask;
    return &symbols->table[at];
}

void symbols_init(struct symbols *symbols)
{
    *symbols = (struct symbols){ .count = SYMBOL_FIRST, .mask = TABLE_AT_FIRST - 1 };
    symbols->symbol = xcalloc(TABLE_AT_FIRST, sizeof *symbols->symbol);
    symbols->table = xcalloc(TABLE_AT_FIRST, sizeof *symbols->table);
}

void symbols_free(struct symbols *symbols)
{
    for (size_t i = SYMBOL_FIRST; i < symbols->count; i++) {
        struct symbol *symbol = &symbols->symbol[i];

        if (symbol->folded.s != symbol->text.s)
            free((char *)(uintptr_t)symbol->folded.s);
        free((char *)(uintptr_t)symbol->text.s);
    }
    free(symbols->symbol);
    free(symbols->table);
    *symbols = (struct symbols){ 0 };
}

/* Twice the table, so that half of it stays free. */
static void symbols_grow(struct symbols *symbols)
{
    size_t size = 2 * (symbols->mask + 1);

    free(symbols->table);
    symbols->table = xcalloc(size, sizeof *symbols->table);
    symbols->symbol = xrealloc(symbols->symbol, size, sizeof *symbols->symbol);
    symbols->mask = size - 1;
    for (size_t i = SYMBOL_FIRST; i < symbols->count; i++)
        *seat(symbols, symbols->symbol[i].folded) = (uint16_t)i;
}

static struct slice copy_of(struct slice text)
{
    return (struct slice){ xstrndup(text.s, text.len), text.len };
}

/* FOLDED is TEXT itself, or owned by somebody else. */
static uint16_t add_folded(struct symbols *symbols, struct slice text,
                           struct slice folded)
{
    uint16_t *number = seat(symbols, folded);
    struct symbol *symbol = &symbols->symbol[symbols->count];

    if (*number != 0)
        return *number;
    if (symbols->count >= SYMBOL_NONE_YET)
        return SYMBOL_ABSENT;
    *number = (uint16_t)symbols->count++;
    *symbol = (struct symbol){ .text = copy_of(text) };
    symbol->folded = folded.s == text.s ? symbol->text : copy_of(folded);
    symbols->has_wide = symbols->has_wide || folded.s != text.s;
    if (text.len > symbols->longest)
        symbols->longest = text.len;
    return *number;
}

uint16_t symbols_add(struct symbols *symbols, struct slice text)
{
    struct buf folded = { 0 };
    uint16_t number;

    if (text.s == NULL)
        return SYMBOL_ABSENT;
    if (2 * symbols->count > symbols->mask)
        symbols_grow(symbols);
    if (text_is_ascii(text))
        return add_folded(symbols, text, text);
    fold_text(&folded, text);
    number = add_folded(symbols, text, buf_slice(&folded));
    buf_free(&folded);
    return number;
}

/* Letters beyond ASCII, which few mappings and few legs have. */
static uint16_t find_wide(const struct symbols *symbols, struct slice text)
{
    struct buf folded = { 0 };
    uint16_t number;

    fold_text(&folded, text);
    number = *seat(symbols, buf_slice(&folded));
    buf_free(&folded);
    return number != 0 ? number : SYMBOL_OTHER;
}

uint16_t symbols_find_present(const struct symbols *symbols, struct slice text)
{
    enum { GROWTH = 3 }; /* of a text by folding, in bytes, at most */

    if (text.len > GROWTH * symbols->longest)
        return SYMBOL_OTHER;

    uint16_t number = text.len <= symbols->longest ? *seat(symbols, text) : 0;

    if (number != 0)
        return number;
    return symbols->has_wide && !text_is_ascii(text) ? find_wide(symbols, text)
                                                     : SYMBOL_OTHER;
}

struct nearest_hint symbols_nearest(const struct symbols *symbols, int field,
                                    struct slice text)
{
    struct nearest nearest = nearest_to(text);

    for (size_t i = SYMBOL_FIRST; i < symbols->count; i++)
        if ((symbols->symbol[i].fields >> field & 1) != 0)
            nearest_try(&nearest, symbols->symbol[i].text.s);
    return nearest_hint(&nearest);
}
