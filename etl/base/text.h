/*
 * text.h - borrowed text.
 *
 * A slice points into somebody else's bytes and is not NUL-terminated.  A NULL
 * pointer means absent: the export has no value here.  Present but empty is
 * something else, and the profiles say which exports mean "absent" by it.
 */
#ifndef ETL_BASE_TEXT_H
#define ETL_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct slice {
    const char *s;
    size_t len;
};

#define SLICE_NONE       ((struct slice){ NULL, 0 })
#define SLICE_FMT        "%.*s"
#define SLICE_ARG(slice) (int)(slice).len, (slice).s != NULL ? (slice).s : ""

static inline struct slice slice_of(const char *s)
{
    return (struct slice){ s, s != NULL ? strlen(s) : 0 };
}

/* The last part of PATH: a file's name without its folders. */
static inline const char *path_base(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

/* What an English noun ends in behind COUNT: "file", "files". */
static inline const char *plural_s(uint64_t count)
{
    return count == 1 ? "" : "s";
}

/* The small letter of a capital of ASCII; any other C as it is. */
static inline char ascii_lower(char c)
{
    if (c >= 'A' && c <= 'Z')
        c = (char)(c + ('a' - 'A'));
    return c;
}

/* What C is worth as a hex digit of either case, -1 when it is none. */
static inline int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Names and words are short: a call of memcmp would cost more than the comparing. */
static inline bool bytes_equal(const char *a, const char *b, size_t len)
{
    uint64_t one[2], other[2];
    uint32_t half[2], other_half[2];

    if (len > sizeof one)
        return memcmp(a, b, len) == 0;
    if (len >= sizeof *one) { /* the first eight and the last */
        memcpy(&one[0], a, sizeof *one);
        memcpy(&one[1], a + len - sizeof *one, sizeof *one);
        memcpy(&other[0], b, sizeof *other);
        memcpy(&other[1], b + len - sizeof *other, sizeof *other);
        return ((one[0] ^ other[0]) | (one[1] ^ other[1])) == 0;
    }
    if (len >= sizeof *half) {
        memcpy(&half[0], a, sizeof *half);
        memcpy(&half[1], a + len - sizeof *half, sizeof *half);
        memcpy(&other_half[0], b, sizeof *half);
        memcpy(&other_half[1], b + len - sizeof *half, sizeof *half);
        return ((half[0] ^ other_half[0]) | (half[1] ^ other_half[1])) == 0;
    }
    return len == 0 ||
           (a[0] == b[0] && a[len / 2] == b[len / 2] && a[len - 1] == b[len - 1]);
}

static inline bool slice_equal(struct slice a, struct slice b)
{
    return a.len == b.len && bytes_equal(a.s, b.s, a.len);
}

static inline bool slice_is(struct slice slice, const char *s)
{
    return slice.s != NULL && slice_equal(slice, slice_of(s));
}

/* No byte is above 127. */
bool text_is_ascii(struct slice text);

/* ASCII letters compare alike; bytes above 127 compare exactly. */
bool slice_equal_nocase(struct slice a, struct slice b);

bool slice_starts(struct slice slice, const char *prefix);
bool slice_ends(struct slice slice, const char *suffix);

/* The same of a slice with a blank at an end, or with what may be one. */
struct slice slice_trim_ends(struct slice slice);

/* Can C be the first or last byte of a blank? */
static inline bool text_may_be_blank(char c)
{
    return (unsigned char)c <= ' ' || (unsigned char)c >= 0x80;
}

/* Without blanks (space, tab, CR, LF, no-break space) at both ends: few have any. */
static inline struct slice slice_trim(struct slice slice)
{
    if (slice.len == 0 ||
        (!text_may_be_blank(slice.s[0]) && !text_may_be_blank(slice.s[slice.len - 1])))
        return slice;
    return slice_trim_ends(slice);
}

/* A letter or digit of ASCII, whatever the locale. */
static inline bool text_is_alnum(char c)
{
    static const uint64_t alnum[] = { 0x03ff000000000000u, 0x07fffffe07fffffeu, 0, 0 };
    unsigned char byte = (unsigned char)c;

    return (alnum[byte / 64] >> byte % 64 & 1) != 0;
}

/* Letters and digits of ASCII at both ends, as most values have. */
static inline bool text_ends_plain(struct slice text)
{
    return text.len > 0 && text_is_alnum(text.s[0]) &&
           text_is_alnum(text.s[text.len - 1]);
}

/* All eight bytes at S are digits of ASCII. */
static inline bool text_eight_digits(const char *s)
{
    const uint64_t high = 0xf0f0f0f0f0f0f0f0u, zeros = 0x3030303030303030u;
    uint64_t bytes;

    memcpy(&bytes, s, sizeof bytes);
    /* a nibble over 9 carries into the higher one when 6 is added */
    return (bytes & high) == zeros && ((bytes + 0x0606060606060606u) & high) == zeros;
}

/* How many digits of ASCII TEXT begins with. */
static inline size_t text_leading_digits(struct slice text)
{
    size_t n = 0;

    while (text.len - n >= sizeof(uint64_t) && text_eight_digits(text.s + n))
        n += sizeof(uint64_t);
    while (n < text.len && text.s[n] >= '0' && text.s[n] <= '9')
        n++;
    return n;
}

/* What of SLICE begins at AT, which is its end at most. */
static inline struct slice slice_from(struct slice slice, size_t at)
{
    return (struct slice){ slice.s + at, slice.len - at };
}

/* What stands before the first C; all of it when there is none. */
struct slice slice_before(struct slice slice, char c);

/*
 * Cut the PART before the next C, and that C, off the front of REST; without one all of
 * it. False: nothing is left.
 */
bool slice_next(struct slice *rest, char c, struct slice *part);

/* How often C stands in it. */
size_t slice_count(struct slice slice, char c);

/* All of SLICE as a decimal integer, sign allowed; false when it is none or overflows. */
bool slice_int(struct slice slice, int64_t *value);

/* True when every byte belongs to a valid UTF-8 sequence (RFC 3629) and none is NUL. */
bool text_is_utf8(struct slice slice);

/* What to do about text that begins as no UTF-8 without a byte order mark does; NULL: it
 * is none of the kinds that editors write by mistake. */
const char *text_encoding_remedy(struct slice start);

/* Bytes of the character of UTF-8 that begins at S, of which LEN are there; 0: none does.
 */
size_t text_char(const char *s, size_t len);

/* TEXT, or what of it fits into MAX bytes; no character of UTF-8 is torn. */
struct slice text_cut(struct slice text, size_t max);

/* A copy of S, each byte that belongs to no valid sequence as U+FFFD; free() it. */
char *text_mended(const char *s);

/* A number in decimal digits, as statements take it. */
struct int_text {
    char s[24];
};
struct int_text int_text(int64_t number);

/* LEN bytes as hex digits in lower case: 2 * LEN of them and a NUL into HEX. */
void text_hex(const void *bytes, size_t len, char *hex);

/* True when TEXT matches PATTERN, in which * stands for any run and ? for one byte. */
bool text_glob(struct slice text, struct slice pattern);

#endif
