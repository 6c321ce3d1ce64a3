/*
 * text.c - borrowed text.
 */
#include "base/text.h"

#include <endian.h>
#include <inttypes.h>

#include "base/base.h"

bool text_is_ascii(struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.s[i] > 0x7f)
            return false;
    return true;
}

bool slice_equal_nocase(struct slice a, struct slice b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (a.s[i] != b.s[i] && ascii_lower(a.s[i]) != ascii_lower(b.s[i]))
            return false;
    return true;
}

bool slice_starts(struct slice slice, const char *prefix)
{
    size_t len = strlen(prefix);

    return slice.len >= len && (len == 0 || memcmp(slice.s, prefix, len) == 0);
}

bool slice_ends(struct slice slice, const char *suffix)
{
    size_t len = strlen(suffix);

    return slice.len >= len &&
           (len == 0 || memcmp(slice.s + slice.len - len, suffix, len) == 0);
}

/* Bytes of the blank at S, 0 when there is none: ASCII, or U+00A0. */
static size_t text_blank_at(const char *s, size_t len)
{
    if (*s == ' ' || *s == '\t' || *s == '\r' || *s == '\n')
        return 1;
    return len >= 2 && memcmp(s, "\xc2\xa0", 2) == 0 ? 2 : 0;
}

struct slice slice_trim_ends(struct slice slice)
{
    size_t n;

    while (slice.len > 0 && (n = text_blank_at(slice.s, slice.len)) != 0) {
        slice.s += n;
        slice.len -= n;
    }
    while (slice.len > 0) {
        if (text_blank_at(slice.s + slice.len - 1, 1) != 0)
            slice.len--;
        else if (slice.len >= 2 && text_blank_at(slice.s + slice.len - 2, 2) == 2)
            slice.len -= 2;
        else
            break;
    }
    return slice;
}

struct slice slice_before(struct slice slice, char c)
{
    const char *at = slice.len != 0 ? memchr(slice.s, c, slice.len) : NULL;

    if (at != NULL)
        slice.len = (size_t)(at - slice.s);
    return slice;
}

bool slice_next(struct slice *rest, char c, struct slice *part)
{
    if (rest->len == 0)
        return false;
    *part = slice_before(*rest, c);

    size_t used = part->len + (part->len < rest->len);

    *rest = (struct slice){ rest->s + used, rest->len - used };
    return true;
}

size_t slice_count(struct slice slice, char c)
{
    const char *s = slice.s, *end = slice.s + slice.len;
    size_t count = 0;

    while (s < end && (s = memchr(s, c, (size_t)(end - s))) != NULL) {
        count++;
        s++;
    }
    return count;
}

bool slice_int(struct slice slice, int64_t *value)
{
    enum { ALWAYS_FIT = 18 }; /* digits that cannot overflow */
    size_t i = 0, fit = slice.len < ALWAYS_FIT ? slice.len : ALWAYS_FIT;
    bool negative = slice.len > 0 && slice.s[0] == '-';
    int64_t sum = 0;
    unsigned digit = 0;

    if (slice.len > 0 && (slice.s[0] == '-' || slice.s[0] == '+'))
        i = 1;
    if (i == slice.len)
        return false;
    for (; i < fit && (digit = (unsigned char)slice.s[i] - '0') <= 9; i++)
        sum = sum * 10 + digit;
    for (; i < slice.len; i++) {
        digit = (unsigned char)slice.s[i] - '0';
        if (digit > 9 || sum > (INT64_MAX - digit) / 10)
            return false;
        sum = sum * 10 + digit;
    }
    *value = negative ? -sum : sum;
    return true;
}

/* Length of the valid sequence at S, 0 when there is none. */
static size_t utf8_at(const unsigned char *s, size_t len)
{
    static const struct {
        unsigned char mask, lead, min2, max2; /* bounds of the second byte */
        size_t len;
    } forms[] = {
        { 0xff, 0xe0, 0xa0, 0xbf, 3 }, { 0xff, 0xed, 0x80, 0x9f, 3 },
        { 0xf0, 0xe0, 0x80, 0xbf, 3 }, { 0xff, 0xf0, 0x90, 0xbf, 4 },
        { 0xff, 0xf4, 0x80, 0x8f, 4 }, { 0xfc, 0xf0, 0x80, 0xbf, 4 },
    };

    if (s[0] >= 0xc2 && s[0] <= 0xdf)
        return len >= 2 && (s[1] & 0xc0) == 0x80 ? 2 : 0;
    for (size_t f = 0; f < COUNTOF(forms); f++) {
        if ((s[0] & forms[f].mask) != forms[f].lead)
            continue;
        if (len < forms[f].len || s[1] < forms[f].min2 || s[1] > forms[f].max2)
            return 0;
        for (size_t i = 2; i < forms[f].len; i++)
            if ((s[i] & 0xc0) != 0x80)
                return 0;
        return forms[f].len;
    }
    return 0;
}

size_t text_char(const char *s, size_t len)
{
    if (len == 0)
        return 0;
    return (unsigned char)*s < 0x80 ? 1 : utf8_at((const unsigned char *)s, len);
}

/* How many of the LEN bytes at S are ASCII and not NUL, in steps of 32, then of eight. */
static size_t ascii_at(const unsigned char *s, size_t len)
{
    const uint64_t high = 0x8080808080808080u, low = 0x0101010101010101u;
    uint64_t word[4];
    size_t i = 0;

    for (; i + sizeof word <= len; i += sizeof word) {
        uint64_t odd = 0;

        memcpy(word, s + i, sizeof word);
        /* A byte that is 0 borrows into its high bit; one over 127 has it. */
        for (size_t w = 0; w < COUNTOF(word); w++)
            odd |= word[w] | (word[w] - low);
        if ((odd & high) != 0)
            break;
    }
    for (; i + sizeof *word <= len; i += sizeof *word) {
        memcpy(word, s + i, sizeof *word);

        uint64_t odd = le64toh((*word | (*word - low)) & high);

        if (odd != 0)
            return i + (size_t)__builtin_ctzll(odd) / 8;
    }
    return i;
}

bool text_is_utf8(struct slice slice)
{
    const unsigned char *s = (const unsigned char *)slice.s;
    size_t i = 0;

    while (i < slice.len) {
        i += ascii_at(s + i, slice.len - i);
        if (i == slice.len)
            break;
        if (s[i] != 0 && s[i] < 0x80) {
            i++;
            continue;
        }

        size_t n = s[i] == 0 ? 0 : utf8_at(s + i, slice.len - i);

        if (n == 0)
            return false;
        i += n;
    }
    return true;
}

struct slice text_cut(struct slice text, size_t max)
{
    size_t back = 0; /* bytes of a character that is torn; more than three are none */

    if (text.len <= max)
        return text;
    while (back < 4 && back < max && ((unsigned char)text.s[max - back] & 0xc0) == 0x80)
        back++;
    return (struct slice){ text.s, back < 4 ? max - back : max };
}

char *text_mended(const char *s)
{
    static const char stranger[] = "\xef\xbf\xbd";
    size_t len = strlen(s), stranger_len = sizeof stranger - 1;
    char *copy = xcalloc(stranger_len * len + 1, 1), *to = copy;

    for (size_t i = 0; i < len;) {
        const unsigned char *at = (const unsigned char *)s + i;
        size_t n = *at < 0x80 ? 1 : utf8_at(at, len - i);

        memcpy(to, n != 0 ? s + i : stranger, n != 0 ? n : stranger_len);
        to += n != 0 ? n : stranger_len;
        i += n != 0 ? n : 1;
    }
    return copy;
}

/* Backtracks to the last * only, so it is linear in practice and never recursive. */
bool text_glob(struct slice text, struct slice pattern)
{
    size_t t = 0, p = 0, star = SIZE_MAX, mark = 0;

    while (t < text.len) {
        if (p < pattern.len && pattern.s[p] == '*') {
            star = p++;
            mark = t;
        } else if (p < pattern.len &&
                   (pattern.s[p] == '?' || pattern.s[p] == text.s[t])) {
            p++;
            t++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.s[p] == '*')
        p++;
    return p == pattern.len;
}

struct int_text int_text(int64_t number)
{
    struct int_text text;

    snprintf(text.s, sizeof text.s, "%" PRId64, number);
    return text;
}

void text_hex(const void *bytes, size_t len, char *hex)
{
    static const char digits[] = "0123456789abcdef";
    const unsigned char *byte = bytes;

    for (size_t i = 0; i < len; i++) {
        hex[2 * i] = digits[byte[i] >> 4];
        hex[2 * i + 1] = digits[byte[i] & 15];
    }
    hex[2 * len] = '\0';
}

const char *text_encoding_remedy(struct slice start)
{
    const char *s = start.s;

    if (start.len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0)
        return "begins with a byte order mark; save it as UTF-8 without one";
    if (start.len >= 2 && (memcmp(s, "\xff\xfe", 2) == 0 ||
                           memcmp(s, "\xfe\xff", 2) == 0 || s[0] == '\0' || s[1] == '\0'))
        return "is UTF-16; save it as UTF-8";
    return NULL;
}
