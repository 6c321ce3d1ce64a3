/*
 * unicode.c - escaping character by character; widths and folding by utf8proc.
 */
#include "base/unicode.h"

#include <utf8proc.h>

#include "base/base.h"

/* The character at the front of TEXT, *LEN bytes of it; negative, one byte: no UTF-8. */
static utf8proc_int32_t front_char(struct slice text, size_t *len)
{
    utf8proc_int32_t code;
    utf8proc_ssize_t got = utf8proc_iterate((const utf8proc_uint8_t *)text.s,
                                            (utf8proc_ssize_t)text.len, &code);

    *len = got > 0 ? (size_t)got : 1;
    return got > 0 ? code : -1;
}

static bool is_printable(utf8proc_int32_t code)
{
    static const struct {
        utf8proc_int32_t first, last;
    } hidden[] = {
        { 0x00, 0x1f },     { 0x7f, 0x9f },     { 0x061c, 0x061c }, { 0x200b, 0x200f },
        { 0x2028, 0x202e }, { 0x2066, 0x2069 }, { 0xfeff, 0xfeff }, { 0xfff9, 0xfffb },
    };

    for (size_t i = 0; i < COUNTOF(hidden); i++)
        if (code >= hidden[i].first && code <= hidden[i].last)
            return false;
    return true;
}

static void add_escaped(struct buf *buf, utf8proc_int32_t code)
{
    if (code == '\n')
        buf_add_text(buf, "\\n");
    else if (code == '\t')
        buf_add_text(buf, "\\t");
    else if (code == '\r')
        buf_add_text(buf, "\\r");
    else if (code < 0x80)
        buf_addf(buf, "\\x%02x", (unsigned)code);
    else
        buf_addf(buf, "\\u%04x", (unsigned)code);
}

void buf_add_shown(struct buf *buf, struct slice text)
{
    size_t len;

    for (size_t at = 0; at < text.len; at += len) {
        utf8proc_int32_t code = front_char(slice_from(text, at), &len);

        if (code < 0)
            buf_addf(buf, "\\x%02x", (unsigned char)text.s[at]);
        else if (is_printable(code))
            buf_add(buf, text.s + at, len);
        else
            add_escaped(buf, code);
    }
}

/* Columns of the character at the front of TEXT, whose bytes go into *LEN. */
static size_t char_width(struct slice text, size_t *len)
{
    utf8proc_int32_t code = front_char(text, len);

    return code >= 0 ? (size_t)utf8proc_charwidth(code) : 1;
}

struct slice text_columns(struct slice text, size_t columns)
{
    size_t at = 0, len;

    while (at < text.len) {
        size_t width = char_width(slice_from(text, at), &len);

        if (width > columns)
            break;
        columns -= width;
        at += len;
    }
    return (struct slice){ text.s, at };
}

size_t text_width(struct slice text)
{
    size_t columns = 0, len;

    for (size_t at = 0; at < text.len; at += len)
        columns += char_width(slice_from(text, at), &len);
    return columns;
}

char *text_shown(const char *s)
{
    struct buf buf = { 0 };

    buf_add_shown(&buf, slice_of(s));

    char *copy = xstrdup(buf_cstr(&buf));

    buf_free(&buf);
    return copy;
}

void fold_text(struct buf *out, struct slice text)
{
    utf8proc_uint8_t *folded = NULL;
    utf8proc_ssize_t len = -1;

    buf_reset(out);
    if (!text_is_ascii(text))
        len = utf8proc_map((const utf8proc_uint8_t *)text.s, (utf8proc_ssize_t)text.len,
                           &folded, UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    if (len >= 0)
        buf_add(out, folded, (size_t)len);
    else
        for (size_t i = 0; i < text.len; i++)
            buf_add_char(out, ascii_lower(text.s[i]));
    free(folded);
}

static bool is_digit(utf8proc_int32_t code)
{
    utf8proc_category_t category = utf8proc_category(code); /* of a negative one: none */

    return category == UTF8PROC_CATEGORY_ND || category == UTF8PROC_CATEGORY_NO;
}

/* TEXT is ASCII, and holds so many digits. */
static bool ascii_digits(struct slice text, size_t *digits)
{
    const uint64_t low = 0x7f7f7f7f7f7f7f7fu, zeros = 0x3030303030303030u;
    uint64_t bytes, beyond = 0;

    *digits = 0;
    for (; text.len >= sizeof bytes; text.s += sizeof bytes, text.len -= sizeof bytes) {
        memcpy(&bytes, text.s, sizeof bytes);
        beyond |= bytes;
        bytes ^= zeros; /* a digit is what it is worth, and 118 more have no high bit */
        bytes = ~(((bytes & low) + 0x7676767676767676u) | bytes) & ~low;
        *digits += (size_t)__builtin_popcountll(bytes);
    }
    for (; text.len > 0; text.s++, text.len--) {
        beyond |= (unsigned char)*text.s;
        *digits += *text.s >= '0' && *text.s <= '9';
    }
    return (beyond & ~low) == 0;
}

size_t text_digits(struct slice text)
{
    size_t digits;

    if (ascii_digits(text, &digits))
        return digits;
    digits = 0;
    for (size_t at = 0, len; at < text.len; at += len)
        digits += is_digit(front_char(slice_from(text, at), &len));
    return digits;
}
