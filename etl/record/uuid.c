/*
 * uuid.c - UUIDs as text and as names.
 */
#include "record/uuid.h"

/* The value of a hex digit, and 16 to tell it from what is none. */
static const unsigned char hex[256] = {
    ['0'] = 16, ['1'] = 17, ['2'] = 18, ['3'] = 19, ['4'] = 20, ['5'] = 21,
    ['6'] = 22, ['7'] = 23, ['8'] = 24, ['9'] = 25, ['a'] = 26, ['b'] = 27,
    ['c'] = 28, ['d'] = 29, ['e'] = 30, ['f'] = 31, ['A'] = 26, ['B'] = 27,
    ['C'] = 28, ['D'] = 29, ['E'] = 30, ['F'] = 31,
};

/* N bytes out of 2 N hex digits; false when one is none. */
static bool read_bytes(const char *text, size_t n, unsigned char *bytes)
{
    unsigned good = 16;

    for (size_t i = 0; i < n; i++) {
        unsigned high = hex[(unsigned char)text[2 * i]];
        unsigned low = hex[(unsigned char)text[2 * i + 1]];

        good &= high & low;
        bytes[i] = (unsigned char)((high & 15) << 4 | (low & 15));
    }
    return good != 0;
}

bool uuid_read(struct slice text, struct uuid *uuid)
{
    text = slice_trim(text);
    if (text.len >= 2 && text.s[0] == '{' && text.s[text.len - 1] == '}')
        text = (struct slice){ text.s + 1, text.len - 2 };
    if (text.len == 32)
        return read_bytes(text.s, 16, uuid->b);

    const char *s = text.s;

    return text.len == 36 && s[8] == '-' && s[13] == '-' && s[18] == '-' &&
           s[23] == '-' && read_bytes(s, 4, uuid->b) &&
           read_bytes(s + 9, 2, uuid->b + 4) && read_bytes(s + 14, 2, uuid->b + 6) &&
           read_bytes(s + 19, 2, uuid->b + 8) && read_bytes(s + 24, 6, uuid->b + 10);
}

void uuid_text(const struct uuid *uuid, char text[static 37])
{
    static const char digits[] = "0123456789abcdef";
    char *at = text;

    for (size_t i = 0; i < sizeof uuid->b; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *at++ = '-';
        *at++ = digits[uuid->b[i] >> 4];
        *at++ = digits[uuid->b[i] & 15];
    }
    *at = '\0';
}

void uuid_array(struct buf *out, const struct uuid *uuid, size_t count)
{
    char text[37];

    buf_add_char(out, '{');
    for (size_t i = 0; i < count; i++) {
        uuid_text(&uuid[i], text);
        if (i > 0)
            buf_add_char(out, ',');
        buf_add_text(out, text);
    }
    buf_add_char(out, '}');
}

struct uuid uuid_named(const unsigned char sum[static 16])
{
    struct uuid uuid;

    memcpy(uuid.b, sum, sizeof uuid.b);
    uuid.b[6] = (unsigned char)((uuid.b[6] & 0x0f) | 0x80); /* version 8 */
    uuid.b[8] = (unsigned char)((uuid.b[8] & 0x3f) | 0x80); /* RFC 9562 variant */
    return uuid;
}
