/*
 * json_fault.c - what is no record: lines set aside, documents refused.
 */
#include "readers/json_impl.h"
#include "readers/json_scan.h"

struct slice json_ahead(const struct json *json)
{
    struct slice window = source_window(json->reader.source);

    return (struct slice){ window.s + json->at, window.len - json->at };
}

bool json_want(struct json *json, size_t more, struct err *err)
{
    return source_want(json->reader.source, json->at + more, err);
}

void json_give_back(struct json *json)
{
    source_skip(json->reader.source, json->at);
    json->at = 0;
}

uint64_t json_line(const struct json *json)
{
    return json->numbered ? json->line : 0;
}

void json_count_lines(struct json *json, struct slice text)
{
    const char *s = text.s, *end = text.s + text.len;

    while (s < end && (s = memchr(s, '\n', (size_t)(end - s))) != NULL) {
        json->line++;
        s++;
    }
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

/* The document is refused where OFFSET bytes of what comes next were read. */
/* What is wrong at OFFSET: what the parser says, or what it lets pass. */
static void add_why(struct json *json, size_t offset, struct buf *why)
{
    struct slice ahead = json_ahead(json);
    size_t at;

    if (offset < ahead.len && json_odd_blank((struct slice){ ahead.s + offset, 1 }, &at))
        buf_add_text(why, "a vertical tab or a form feed is no blank in JSON");
    else
        json_walk_fault(&json->walk, why);
}

static enum move refuse(struct json *json, size_t offset, struct err *err)
{
    const struct source *source = json->reader.source;
    bool after = json->heard > 0 && json->walk.depth == 0 && json->walk.inside == 0;
    struct buf why[1] = { { 0 } };

    add_why(json, offset, why);
    err_set(err, EXIT_INPUT, "the JSON breaks near byte %llu%s: %s",
            (unsigned long long)source_offset_at(source, json->at + offset),
            after ? " (what follows the document is not part of it)" : "", buf_cstr(why));
    buf_free(why);
    return MOVE_FAILED;
}

enum move json_refuse_end(struct json *json, struct err *err)
{
    err_set(err, EXIT_INPUT,
            "the JSON ends too soon, after %llu bytes: the file is truncated",
            (unsigned long long)source_offset_at(json->reader.source, json->at));
    return MOVE_FAILED;
}

enum move json_end_line(struct json *json, struct slice line, struct reject *reject)
{
    bool is_empty = !json->line_has_text;
    bool is_lost = !is_empty && json->on_line == 0 && !json->walk.saw_list;
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
    json->line_has_text = json->line_is_open = json->walk.saw_list = false;
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
    json->silent = 0;
    json->in_item = false;
    json->line_has_text = true;
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
    if (end != NULL || rest.len <= RECORD_MAX)
        return MOVE_REJECT;
    reject->code = REJECT_TOO_LONG;
    buf_reset(&json->text);
    buf_add(&json->text, line.s, REJECT_TEXT);
    reject->text = buf_slice(&json->text);
    return json_skip_line(json, err) ? MOVE_REJECT : MOVE_FAILED;
}

enum move json_broken(struct json *json, size_t offset, struct reject *reject,
                      struct err *err)
{
    return json->by_line ? json_broken_line(json, reject, err)
                         : refuse(json, offset, err);
}
