/*
 * json_lines.c - a line a record, told from documents of many lines.
 */
#include "readers/json/json_lines.h"

#include <yajl/yajl_parse.h>

#include "readers/json/json_scan.h"

enum { LINES_LOOKED_AT = 64 };

enum line {
    LINE_CUT,    /* the look ends in it */
    LINE_WHOLE,  /* one object */
    LINE_LISTED, /* one object and a comma, as in a list */
    LINE_OTHER,
};

/* TEXT from its first line with something in it. */
static struct slice json_lines_skip_blank(struct slice text)
{
    return slice_from(text, (size_t)(slice_trim(text).s - text.s));
}

/* What is the line at the front of TEXT?  Moves TEXT to the next that is not empty. */
static enum line take_line(struct slice *text, bool is_end)
{
    struct json_scan scan = { .stop_at_line = true };
    size_t used = 0;
    bool ends = text->s[0] == '{' && json_scan(&scan, *text, &used) == SCAN_DONE;
    struct slice rest = slice_from(*text, used), tail = slice_before(rest, '\n');
    bool is_cut = tail.len == rest.len && !is_end;

    *text = json_lines_skip_blank(slice_from(rest, tail.len));
    tail = slice_trim(tail);
    if (is_cut)
        return LINE_CUT;
    if (ends && tail.len == 0)
        return LINE_WHOLE;
    return ends && slice_is(tail, ",") ? LINE_LISTED : LINE_OTHER;
}

/* Does a value, or several in a row, end where TEXT does? */
static bool ends_with_value(struct slice text)
{
    while (slice_trim(text).len > 0) {
        struct json_scan scan = { 0 };
        size_t used;

        text = slice_trim(text);
        if ((text.s[0] != '{' && text.s[0] != '[') ||
            json_scan(&scan, text, &used) != SCAN_DONE)
            return false;
        text = slice_from(text, used);
    }
    return true;
}

/* Can LINE not even be the beginning of a document? */
static bool breaks(struct slice line)
{
    yajl_handle yajl = yajl_alloc(NULL, NULL, NULL);
    bool ok =
        yajl_parse(yajl, (const unsigned char *)line.s, line.len) == yajl_status_ok &&
        yajl_parse(yajl, (const unsigned char *)"\n", 1) == yajl_status_ok;

    yajl_free(yajl);
    return !ok;
}

/* The first line is one object.  Another document may follow, but nothing else. */
static enum json_lined goes_on(struct slice text, bool is_end)
{
    if (text.len == 0)
        return is_end ? LINED_NOT : LINED_OPEN;
    if (text.s[0] == '{')
        return LINED;
    for (int lines = 0; lines < LINES_LOOKED_AT && text.len > 0; lines++)
        if (take_line(&text, is_end) == LINE_WHOLE)
            return LINED;
    return text.len > 0 || is_end ? LINED_NOT : LINED_OPEN;
}

/*
 * The first line is none.  Two objects in lines of their own, one behind the other,
 * stand in no list; but a document of many lines may have ended before them.  One
 * alone at the end will do where the first line cannot begin a document.
 */
static enum json_lined recovers(struct slice head, struct slice text, bool is_end)
{
    enum line line, before = LINE_OTHER;
    struct slice pair = text, next;

    for (int lines = 0; lines < LINES_LOOKED_AT && text.len > 0; lines++) {
        next = text;
        line = take_line(&next, is_end);
        if (line == LINE_CUT)
            return LINED_OPEN;
        if (line == LINE_LISTED)
            return LINED_NOT;
        if (line == LINE_WHOLE && before == LINE_WHOLE)
            return ends_with_value((struct slice){ head.s, (size_t)(pair.s - head.s) })
                       ? LINED_NOT
                       : LINED;
        pair = text;
        before = line;
        text = next;
    }
    if (text.len > 0 || !is_end)
        return text.len > 0 ? LINED_NOT : LINED_OPEN;
    return before == LINE_WHOLE && breaks(slice_before(head, '\n')) ? LINED : LINED_NOT;
}

enum json_lined json_lined(struct slice head, bool is_end)
{
    struct slice text;

    head = text = json_lines_skip_blank(head);
    if (head.len == 0 || head.s[0] != '{')
        return LINED_NOT;
    switch (take_line(&text, is_end)) {
    case LINE_WHOLE:
        return goes_on(text, is_end);
    case LINE_CUT:
        return LINED_OPEN;
    case LINE_LISTED:
        return LINED_NOT;
    default:
        return recovers(head, text, is_end);
    }
}
