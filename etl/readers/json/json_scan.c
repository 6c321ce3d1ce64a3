/*
 * json_scan.c - braces and strings.
 *
 * Every record passes here in front of the parser, so it goes by 64 bytes where the
 * machine can; a stretch with a backslash, and what is shorter, by bytes.
 */
#include "readers/json/json_scan.h"

#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { BLOCK = 64 };

/* What ends a run of bytes that mean nothing, outside of strings and inside. */
enum { OUTSIDE = 1, INSIDE = 2 };
static const unsigned char stops[256] = {
    ['"'] = OUTSIDE | INSIDE, ['\n'] = OUTSIDE | INSIDE, ['\\'] = INSIDE, ['{'] = OUTSIDE,
    ['['] = OUTSIDE,          ['}'] = OUTSIDE,           [']'] = OUTSIDE,
};

static bool closes(struct json_scan *scan, bool opens)
{
    if (!opens)
        return --scan->depth == 0;
    scan->depth++;
    if (scan->depth > scan->deepest)
        scan->deepest = scan->depth;
    return false;
}

/* Go on over TEXT byte by byte. */
static enum json_scanned scan_bytes(struct json_scan *scan, struct slice text,
                                    size_t *used)
{
    size_t i = 0;

    scan->seen |= SEEN_ESCAPE | SEEN_CONTROL | SEEN_BEYOND_ASCII; /* perhaps */
    for (;; i++) {
        if (scan->escaped && i < text.len) {
            scan->escaped = false;
            scan->lines += text.s[i] == '\n';
            i++;
        }

        unsigned char mask = scan->in_string ? INSIDE : OUTSIDE;

        while (i < text.len && (stops[(unsigned char)text.s[i]] & mask) == 0)
            i++;
        *used = i;
        if (i >= text.len)
            return SCAN_MORE;

        char c = text.s[i];

        if (c == '\n') {
            if (scan->stop_at_line)
                return SCAN_LINE;
            scan->lines++;
        } else if (c == '"') {
            scan->in_string = !scan->in_string;
        } else if (c == '\\') {
            scan->escaped = true;
        } else if (closes(scan, c == '{' || c == '[')) {
            *used = i + 1;
            return SCAN_DONE;
        }
    }
}

#ifdef __SSE2__

/* Where things stand among 64 bytes: bit i speaks of byte i. */
struct block {
    uint64_t quote, line, open, close;
    unsigned seen;
};

static uint64_t bits(__m128i answers)
{
    return (uint64_t)_mm_movemask_epi8(answers);
}

static struct block json_scan_look(const char *s)
{
    const __m128i quote = _mm_set1_epi8('"'), line = _mm_set1_epi8('\n'),
                  open = _mm_set1_epi8('{'), close = _mm_set1_epi8('}'),
                  escape = _mm_set1_epi8('\\'), fold = _mm_set1_epi8('{' - '['),
                  control = _mm_set1_epi8(0x1f);
    __m128i escapes = _mm_setzero_si128(), controls = escapes, high = escapes;
    struct block block = { 0 };

    for (int at = 0; at < BLOCK; at += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(s + at));
        __m128i folded = _mm_or_si128(bytes, fold); /* [ as {, ] as } */
        __m128i lines = _mm_cmpeq_epi8(bytes, line);
        __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(bytes, control), bytes);

        block.quote |= bits(_mm_cmpeq_epi8(bytes, quote)) << at;
        block.line |= bits(lines) << at;
        block.open |= bits(_mm_cmpeq_epi8(folded, open)) << at;
        block.close |= bits(_mm_cmpeq_epi8(folded, close)) << at;
        escapes = _mm_or_si128(escapes, _mm_cmpeq_epi8(bytes, escape));
        controls = _mm_or_si128(controls, _mm_andnot_si128(lines, low));
        high = _mm_or_si128(high, bytes);
    }
    block.seen = (bits(escapes) != 0 ? SEEN_ESCAPE : 0) |
                 (bits(controls) != 0 ? SEEN_CONTROL : 0) |
                 (bits(high) != 0 ? SEEN_BEYOND_ASCII : 0);
    return block;
}

/* Bit i: an odd number of BITS up to and with bit i is set. */
static uint64_t parity(uint64_t bits_set)
{
    for (int shift = 1; shift < BLOCK; shift *= 2)
        bits_set ^= bits_set << shift;
    return bits_set;
}

/* Go on over the 64 bytes at S, among which is no backslash. */
static enum json_scanned scan_block(struct json_scan *scan, const struct block *block,
                                    size_t *used)
{
    uint64_t inside = parity(block->quote) ^ (scan->in_string ? ~(uint64_t)0 : 0);
    uint64_t brackets = (block->open | block->close) & ~inside;
    uint64_t stop = brackets | (scan->stop_at_line ? block->line : 0);

    scan->seen |= block->seen;
    scan->in_string = inside >> (BLOCK - 1) != 0;
    for (; stop != 0; stop &= stop - 1) {
        uint64_t bit = stop & -stop;
        bool is_line = (brackets & bit) == 0;

        if (!is_line && !closes(scan, (block->open & bit) != 0))
            continue;
        *used = (size_t)__builtin_ctzll(bit) + !is_line;
        scan->lines += (size_t)__builtin_popcountll(block->line & (bit - 1));
        return is_line ? SCAN_LINE : SCAN_DONE;
    }
    if (block->line != 0)
        scan->lines += (size_t)__builtin_popcountll(block->line);
    *used = BLOCK;
    return SCAN_MORE;
}

#endif

/* Go on over what stands at the front of TEXT, some 64 bytes of it. */
static enum json_scanned scan_some(struct json_scan *scan, struct slice text,
                                   size_t *used)
{
#ifdef __SSE2__
    if (text.len >= BLOCK && !scan->escaped) {
        struct block block = json_scan_look(text.s);

        if ((block.seen & SEEN_ESCAPE) == 0)
            return scan_block(scan, &block, used);
    }
#endif
    if (text.len > BLOCK)
        text.len = BLOCK;
    return scan_bytes(scan, text, used);
}

enum json_scanned json_scan(struct json_scan *scan, struct slice text, size_t *used)
{
    enum json_scanned got = SCAN_MORE;
    size_t more;

    for (*used = 0; got == SCAN_MORE && *used < text.len; *used += more)
        got = scan_some(scan, slice_from(text, *used), &more);
    return got;
}

/* The four hex digits at S as a number, -1 when they are none. */
static int32_t hex4(const char *s, const char *end)
{
    int32_t value = 0;

    if (end - s < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(s[i]);

        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

bool json_non_record_blank(struct slice text, size_t *at)
{
    static const char odd[] = { '\v', '\f' };

    for (size_t i = 0; text.len > 0 && i < sizeof odd; i++) {
        const char *found = memchr(text.s, odd[i], text.len);

        if (found == NULL)
            continue;
        *at = (size_t)(found - text.s);
        return true;
    }
    return false;
}

bool json_has_bad_escape(struct slice text)
{
    const char *s = text.s, *end = text.s + text.len;

    while (s < end && (s = memchr(s, '\\', (size_t)(end - s))) != NULL) {
        s += 2;
        if (s > end || s[-1] != 'u')
            continue;

        int32_t unit = hex4(s, end);

        if (unit == 0 || (unit >= 0xdc00 && unit <= 0xdfff))
            return true;
        if (unit < 0xd800 || unit > 0xdbff)
            continue;
        if (end - s < 6 || s[4] != '\\' || s[5] != 'u')
            return true;
        unit = hex4(s + 6, end);
        if (unit < 0xdc00 || unit > 0xdfff)
            return true;
        s += 6;
    }
    return false;
}
