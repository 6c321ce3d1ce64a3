/* readers/json_scan: the end of an object is where reading byte by byte finds it. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "readers/json/json_scan.h"

enum { TEXTS = 20000, LONGEST = 300 };

static uint64_t dice = 1;

static size_t roll(size_t sides)
{
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    return (size_t)(dice % sides);
}

/* An object's beginning and whatever, mostly letters, so that runs are long. */
static size_t make_text(char *text)
{
    static const char signs[] = "\"\"\"\"{}[]{}[],:\n\\\t\v\xd1\x00";
    size_t len = 1 + roll(LONGEST), rare = 2 + roll(20);

    memset(text, 'a', len);
    for (size_t i = 0; i < len; i++)
        if (roll(rare) == 0)
            text[i] = signs[roll(sizeof signs - 1)];
    text[0] = '{';
    return len;
}

/* As a person would: what the scan is held against. */
static enum json_scanned walk(struct json_scan *scan, struct slice text, size_t *used)
{
    for (*used = 0; *used < text.len; ++*used) {
        char c = text.s[*used];

        if (c == '\n' && scan->stop_at_line && !scan->escaped)
            return SCAN_LINE;
        scan->lines += c == '\n';
        if (scan->escaped)
            scan->escaped = false;
        else if (scan->in_string && c == '\\')
            scan->escaped = true;
        else if (c == '"')
            scan->in_string = !scan->in_string;
        else if (!scan->in_string && (c == '{' || c == '['))
            scan->deepest = ++scan->depth > scan->deepest ? scan->depth : scan->deepest;
        else if (!scan->in_string && (c == '}' || c == ']') && --scan->depth == 0)
            return ++*used, SCAN_DONE;
    }
    return SCAN_MORE;
}

static unsigned what_is_in(struct slice text)
{
    unsigned seen = 0;

    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.s[i];

        seen |= c == '\\'               ? SEEN_ESCAPE
                : c > 0x7f              ? SEEN_BEYOND_ASCII
                : c < 0x20 && c != '\n' ? SEEN_CONTROL
                                        : 0;
    }
    return seen;
}

/* Hand TEXT over in two pieces. */
static enum json_scanned scan_in_two(struct json_scan *scan, struct slice text,
                                     size_t *used)
{
    size_t cut = roll(text.len + 1), more;
    enum json_scanned got = json_scan(scan, (struct slice){ text.s, cut }, used);

    if (got != SCAN_MORE)
        return got;
    got = json_scan(scan, (struct slice){ text.s + cut, text.len - cut }, &more);
    *used = cut + more;
    return got;
}

Test(json_scan, ends_where_a_walk_by_bytes_ends)
{
    char text[LONGEST];

    for (size_t i = 0; i < TEXTS; i++) {
        struct slice all = { text, make_text(text) };
        struct json_scan plain = { .stop_at_line = roll(2) == 0 }, scan = plain;
        size_t expected, used;
        enum json_scanned end = walk(&plain, all, &expected);

        cr_assert_eq(scan_in_two(&scan, all, &used), end, "text %zu", i);
        cr_assert_eq(used, expected, "text %zu", i);
        cr_assert_eq(scan.deepest, plain.deepest, "text %zu", i);
        cr_assert_eq(scan.lines, plain.lines, "text %zu", i);

        unsigned in = what_is_in((struct slice){ text, used });

        cr_assert_eq(scan.seen & in, in, "text %zu", i);
        if (end == SCAN_MORE)
            cr_assert(scan.in_string == plain.in_string &&
                          scan.escaped == plain.escaped && scan.depth == plain.depth,
                      "text %zu", i);
    }
}
