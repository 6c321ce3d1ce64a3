/*
 * json_scan.c - braces and strings.
 */
#include "readers/json_scan.h"

#include <stdint.h>

/* What ends a run of bytes that mean nothing, outside of strings and inside. */
enum { OUTSIDE = 1, INSIDE = 2 };
static const unsigned char stops[256] = {
    ['"'] = OUTSIDE | INSIDE, ['\n'] = OUTSIDE | INSIDE, ['\\'] = INSIDE, ['{'] = OUTSIDE,
    ['['] = OUTSIDE,          ['}'] = OUTSIDE,           [']'] = OUTSIDE,
};

static bool closes(struct json_scan *scan, char c)
{
    if (c == '{' || c == '[') {
        scan->depth++;
        if (scan->depth > scan->deepest)
            scan->deepest = scan->depth;
    } else if (c == '}' || c == ']') {
        scan->depth--;
    }
    return scan->depth == 0;
}

enum json_scanned json_scan(struct json_scan *scan, struct slice text, size_t *used)
{
    size_t i = 0;

    for (;; i++) {
        if (scan->escaped && i < text.len) {
            scan->escaped = false;
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
        } else if (c == '"') {
            scan->in_string = !scan->in_string;
        } else if (c == '\\') {
            scan->escaped = true;
        } else if (closes(scan, c)) {
            *used = i + 1;
            return SCAN_DONE;
        }
    }
}

/* The four hex digits at S as a number, -1 when they are none. */
static int32_t hex4(const char *s, const char *end)
{
    int32_t value = 0;

    if (end - s < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        char c = s[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;

        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

bool json_odd_blank(struct slice text, size_t *at)
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
