/*
 * uuid.c - UUIDs as text and as names.
 */
#include "record/uuid.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool uuid_read(struct slice text, struct uuid *uuid)
{
    size_t n = 0;

    text = slice_trim(text);
    if (text.len >= 2 && text.s[0] == '{' && text.s[text.len - 1] == '}')
        text = (struct slice){ text.s + 1, text.len - 2 };
    if (text.len != 36 && text.len != 32)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        bool hyphen_due = text.len == 36 && (i == 8 || i == 13 || i == 18 || i == 23);
        int digit = hex_digit(text.s[i]);

        if (hyphen_due != (text.s[i] == '-') || (!hyphen_due && digit < 0))
            return false;
        if (hyphen_due)
            continue;
        if (n % 2 == 0)
            uuid->b[n / 2] = (unsigned char)(digit << 4);
        else
            uuid->b[n / 2] |= (unsigned char)digit;
        n++;
    }
    return true;
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

struct uuid uuid_named(const unsigned char sum[static 32])
{
    struct uuid uuid;

    memcpy(uuid.b, sum, sizeof uuid.b);
    uuid.b[6] = (unsigned char)((uuid.b[6] & 0x0f) | 0x80); /* version 8 */
    uuid.b[8] = (unsigned char)((uuid.b[8] & 0x3f) | 0x80); /* RFC 9562 variant */
    return uuid;
}
