/*
 * json_non_record.c - what stands where a record is due, and is none.
 */
#include "readers/json/json_impl.h"
#include "readers/json/json_scan.h"

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
