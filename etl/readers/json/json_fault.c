/*
 * json_fault.c - what is no record: values and lines set aside, documents refused.
 */
#include "readers/json/json_impl.h"
#include "readers/json/json_scan.h"

struct slice json_ahead(const struct json *json)
{
    struct slice window = source_window(json->reader.source);

    return slice_from(window, json->at);
}

bool json_want(struct json *json, size_t more, struct err *err)
{
    return source_want(json->reader.source, json->at + more, err);
}

void json_give_back(struct json *json)
{
    source_skip(json->reader.source, json->at);
    json->item = json->item > json->at ? json->item - json->at : 0;
    json->given += json->at;
    json->at = 0;
}

uint64_t json_line(const struct json *json)
{
    return json->numbered ? json->line : 0;
}

uint64_t json_line_at(const struct json *json, size_t place)
{
    const char *window = source_window(json->reader.source).s;
    uint64_t line = json->line;

    if (!json->numbered)
        return 0;
    if (place < json->at)
        return line -
               slice_count((struct slice){ window + place, json->at - place }, '\n');
    return line +
           slice_count((struct slice){ window + json->at, place - json->at }, '\n');
}

enum move json_reject(struct json *json, enum reject_code code, size_t begin,
                      struct slice text, struct reject *reject)
{
    *reject = (struct reject){ .code = code,
                               .line = json_line(json),
                               .offset = source_offset_at(json->reader.source, begin),
                               .text = text };
    json->on_line++;
    return MOVE_REJECT;
}

/* What is wrong at OFFSET: what the parser says, or what it lets pass. */
static void add_why(struct json *json, size_t offset, struct buf *why)
{
    struct slice ahead = json_ahead(json);
    size_t at;

    if (offset < ahead.len &&
        json_non_record_blank((struct slice){ ahead.s + offset, 1 }, &at))
        buf_add_text(why, "a vertical tab or a form feed is no blank in JSON");
    else
        json_walk_fault(&json->walk, why);
}

static bool json_fault_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_of_word(char c)
{
    return json_fault_is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           c == '.' || c == '-' || c == '+';
}

/* Is the byte of TEXT at AT a quote, and escaped by none in front of it? */
static bool is_bare_quote(struct slice text, size_t at)
{
    size_t escapes = 0;

    while (escapes < at && text.s[at - escapes - 1] == '\\')
        escapes++;
    return text.s[at] == '"' && escapes % 2 == 0;
}

/* Where in TEXT, the beginning of JSON, its last token begins. */
static size_t last_token(struct slice text)
{
    size_t at = slice_trim(text).len + (size_t)(slice_trim(text).s - text.s);
    size_t end = at;

    if (at == 0)
        return 0;
    if (text.s[--at] == '"') {
        while (at > 0 && !is_bare_quote(text, at - 1))
            at--;
        return at > 0 ? at - 1 : 0;
    }
    while (at > 0 && is_of_word(text.s[at]) && is_of_word(text.s[at - 1]))
        at--;

    size_t digit = at + (text.s[at] == '-');

    /* 007 is three numbers in a row. */
    return digit + 1 < end && text.s[digit] == '0' &&
                   json_fault_is_digit(text.s[digit + 1])
               ? digit + 1
               : at;
}

/* Where the string begins that TEXT ends in; where TEXT ends when it is none. */
static size_t open_string(struct slice text)
{
    size_t at = text.len;
    bool in_string = false;

    for (size_t i = 0; i < text.len; i++) {
        if (in_string && text.s[i] == '\\')
            i++;
        else if (text.s[i] == '"' && (in_string = !in_string))
            at = i;
    }
    return in_string ? at : text.len;
}

/*
 * The place in the window that is at fault, when OFFSET bytes of what comes next were
 * read.  YAJL stops behind a token that is out of place, but behind a value of an
 * object as many bytes before that as it holds between its quotes; behind a byte that
 * no token begins with; and in front of one that breaks a token.
 */
static size_t place_of_fault(const struct json *json, size_t offset, struct slice why)
{
    struct slice text = source_window(json->reader.source);

    if (json->at + offset < text.len)
        text.len = json->at + offset;
    if (slice_starts(why, "parse error: after key and value"))
        return open_string(text);
    if (slice_starts(why, "parse error") || json->walk.fault != WALK_SOUND)
        return last_token(text);
    return text.len - (slice_starts(why, "lexical error: invalid char in json text") &&
                       text.len > 0);
}

/* The document is refused where OFFSET bytes of what comes next were read. */
static enum move json_fault_refuse(struct json *json, size_t offset, struct err *err)
{
    bool after = json->events > 0 && json->walk.depth == 0 && json->walk.inside == 0;
    struct buf why[1] = { { 0 } }, where[1] = { { 0 } };

    add_why(json, offset, why);

    size_t place = place_of_fault(json, offset, buf_slice(why));

    buf_addf(where, "%llu",
             (unsigned long long)source_offset_at(json->reader.source, place));
    if (json->numbered)
        buf_addf(where, ", line %llu", (unsigned long long)json_line_at(json, place));
    err_set(err, EXIT_INPUT, "the JSON breaks near byte %s%s: %s", buf_cstr(where),
            after ? " (what follows the document is not part of it)" : "", buf_cstr(why));
    buf_free(where);
    buf_free(why);
    return MOVE_FAILED;
}

enum move json_refuse_end(struct json *json, struct err *err)
{
    err_set(err, EXIT_INPUT,
            "the JSON ends too soon, after %llu bytes: the file is truncated",
            (unsigned long long)source_offset_at(json->reader.source, json->at));
    err_cut(err);
    return MOVE_FAILED;
}

enum move json_end_line(struct json *json, struct slice line, struct reject *reject)
{
    bool is_empty = json->line_is != LINE_TEXT;
    bool says = json->walk.scalars > json->scalars; /* {"next":false} is a page's end */
    bool is_lost = says && json->on_line == 0 && !json->walk.saw_list;
    struct slice text = slice_trim(line);
    enum move move = MOVE_ON;

    if (is_empty)
        json->reader.blank++;
    if (is_lost)
        move =
            json_reject(json, REJECT_BAD_SHAPE, (size_t)(text.s - line.s), text, reject);
    if (!is_empty && json->on_line != 1)
        json->reader.has_lines = false;
    json->reader.lines = json->line++;
    json->on_line = 0;
    json->scalars = json->walk.scalars;
    json->line_is = LINE_UNREAD;
    json->walk.saw_list = false;
    return move;
}

bool json_skip_line(struct json *json, struct err *err)
{
    const char *end = NULL;

    while (end == NULL) {
        json_give_back(json);
        if (!json_want(json, 1, err))
            return false;

        struct slice rest = json_ahead(json);

        if (rest.len == 0)
            break;
        end = memchr(rest.s, '\n', rest.len);
        json->at = end != NULL ? (size_t)(end - rest.s) : rest.len;
    }
    return true;
}

/* A line is no JSON: set it aside; its line end is still to come. */
enum move json_broken_line(struct json *json, struct reject *reject, struct err *err)
{
    struct source *source = json->reader.source;
    struct slice rest = json_ahead(json);
    const char *end;

    json_walk_restart(&json->walk);
    json->unreported = 0;
    json->in_item = false;
    json->line_is = LINE_TEXT;
    while ((end = memchr(rest.s, '\n', rest.len)) == NULL && rest.len <= RECORD_MAX &&
           !source_ended(source)) {
        if (!json_want(json, rest.len + 1, err))
            return MOVE_FAILED;
        rest = json_ahead(json);
    }

    size_t len = json->at + (end != NULL ? (size_t)(end - rest.s) : rest.len);
    struct slice line = { source_window(source).s, len }, text = slice_trim(line);

    json_reject(json, REJECT_BAD_SHAPE, (size_t)(text.s - line.s), text, reject);
    json->at = len;
    if (text.len <= RECORD_MAX)
        return MOVE_REJECT;
    reject->code = REJECT_TOO_LONG;
    buf_reset(&json->text);
    buf_add(&json->text, text.s, REJECT_TEXT);
    reject->text = buf_slice(&json->text);
    return json_skip_line(json, err) ? MOVE_REJECT : MOVE_FAILED;
}

enum move json_broken(struct json *json, size_t offset, struct reject *reject,
                      struct err *err)
{
    return json->by_line ? json_broken_line(json, reject, err)
                         : json_fault_refuse(json, offset, err);
}

/* The list at ODD goes on behind what was fed: *LEN is how long it is, so that all of it
 * is told. */
static bool measure_list(struct json *json, size_t *len, struct err *err)
{
    struct json_scan scan = { .stop_at_line = json->by_line };
    enum json_scanned got = SCAN_MORE;
    size_t used;

    *len = 0;
    while (got == SCAN_MORE && *len < RECORD_MAX) {
        struct slice window = source_window(json->reader.source);
        size_t begin = json->odd + *len;

        if (begin == window.len && source_ended(json->reader.source))
            break;
        got = json_scan(&scan, slice_from(window, begin), &used);
        *len += used;
        if (got == SCAN_MORE &&
            !source_want(json->reader.source, json->odd + *len + 1, err))
            return false;
    }
    return true;
}

/* The scalar at the front of TEXT, behind which the parser was led on a little. */
static struct slice scalar(struct slice text)
{
    text = slice_trim(text);
    while (text.len > 0 && strchr(",[]{}", text.s[text.len - 1]) != NULL)
        text = slice_trim((struct slice){ text.s, text.len - 1 });
    return text;
}

enum move json_non_record_value(struct json *json, struct reject *reject, struct err *err)
{
    bool is_placed = json->walk.lost;
    bool is_list = !is_placed && source_window(json->reader.source).s[json->odd] == '[';
    size_t len = json->odd_end - json->odd;

    json->walk.odd--;
    if (is_list && !measure_list(json, &len, err))
        return MOVE_FAILED;

    struct slice text = { source_window(json->reader.source).s + json->odd, len };
    bool is_long = is_placed && (json->odd_is_cut || len > RECORD_MAX);

    if (is_long && len > REJECT_TEXT)
        text.len = REJECT_TEXT;
    json_reject(json, is_long ? REJECT_TOO_LONG : REJECT_BAD_SHAPE, json->odd,
                is_list || is_placed ? text : scalar(text), reject);
    reject->line = json_line_at(json, json->odd);
    return MOVE_REJECT;
}
