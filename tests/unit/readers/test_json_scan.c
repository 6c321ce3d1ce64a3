/* readers/json: where a record ends, and one without escapes. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "readers/json/json_scan.h"
#include "support/export.h"

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

#define FIRST                                                                            \
    "{\"id\":\"a\",\"created_at\":\"1717483428123\",\"bill_sec\":1,"                     \
    "\"user\":{\"name\":\"Ольга\"}}\n"

/* What the readers make of RECORD behind another one, with BLANK in front of its brace's
 * end; offsets are the same whatever BLANK is. */
static char *told_with(const char *record, char blank)
{
    struct buf text = { 0 };

    buf_addf(&text, FIRST "%.*s%c}\n", (int)strlen(record) - 1, record, blank);

    char *told = xstrdup(export_told(buf_cstr(&text)));

    buf_free(&text);
    return told;
}

static void expect_same(const char *record)
{
    char *plain = told_with(record, ' '), *fed = told_with(record, '\t');

    cr_expect_str_eq(plain, fed, "%s\nby hand:\n%s\nby YAJL:\n%s", record, plain, fed);
    free(plain);
    free(fed);
}

#define RECORD(members) "{\"id\":\"m\",\"created_at\":\"1717483428124\"" members "}"

Test(json_plain, values_are_those_of_yajl)
{
    static const char *const records[] = {
        RECORD(""),
        RECORD(",\"x\":\"\""),
        RECORD(",\"x\":{}"),
        RECORD(",\"x\":[]"),
        RECORD(",\"x\":[[],{},[{}]]"),
        RECORD(",\"x\":{\"y\":[1,\"two\",{\"z\":null}],\"w\":true}"),
        RECORD(" , \"x\" : [ 1 , 2 ] , \"y\" : { \"z\" : false } "),
        RECORD(",\"x\":0,\"y\":-0,\"z\":-1.5e+10,\"w\":1E9"),
        RECORD(",\"x\":123456789012345678901234567890"),
        RECORD(",\"x\":1,\"x\":2"),
        RECORD(",\"user\":{\"name\":\"Іван\"},\"variables\":{\"sip_code\":486}"),
        RECORD(",\"\":1,\"$oid\":2"),
    };

    for (size_t i = 0; i < COUNTOF(records); i++)
        expect_same(records[i]);
}

Test(json_plain, what_is_no_json_is_refused_in_the_same_words)
{
    static const char *const records[] = {
        RECORD(","),
        RECORD(",,"),
        RECORD(",\"x\""),
        RECORD(",\"x\":"),
        RECORD(",\"x\" 1"),
        RECORD(",\"x\":1 2"),
        RECORD(",\"x\":01"),
        RECORD(",\"x\":-"),
        RECORD(",\"x\":1."),
        RECORD(",\"x\":.5"),
        RECORD(",\"x\":1e"),
        RECORD(",\"x\":+1"),
        RECORD(",\"x\":[1,]"),
        RECORD(",\"x\":[,]"),
        RECORD(",\"x\":{,}"),
        RECORD(",\"x\":tru"),
        RECORD(",\"x\":nullx"),
        RECORD(",\"x\":True"),
        RECORD(",x:1"),
        RECORD(",1:1"),
        RECORD(",\"x\":{\"y\":1,}"),
        RECORD(",\"x\":1e5e5"),
        RECORD(" \"x\":1"),
        RECORD(",\"x\"::1"),
        RECORD(",\"x\":[1 2]"),
        RECORD(",\"x\":[\"y\":1]"),
        RECORD(",\"x\":{\"y\"}"),
        RECORD(",\"x\":[1}"),
        RECORD(",\"x\":{\"y\":1]"),
    };

    for (size_t i = 0; i < COUNTOF(records); i++)
        expect_same(records[i]);
}

/* As deep as records may be, and deeper. */
Test(json_plain, depth_is_that_of_yajl)
{
    for (size_t depth = 60; depth < 68; depth++) {
        struct buf record = { 0 };

        buf_add_text(&record, "{\"id\":\"m\",\"created_at\":\"1717483428124\",\"x\":");
        for (size_t i = 0; i < depth; i++)
            buf_add_char(&record, '[');
        for (size_t i = 0; i < depth; i++)
            buf_add_char(&record, ']');
        buf_add_char(&record, '}');
        expect_same(buf_cstr(&record));
        buf_free(&record);
    }
}
