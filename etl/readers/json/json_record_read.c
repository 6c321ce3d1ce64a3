/*
 * json_record_read.c - a record: measured, checked, then fed whole.
 *
 * A record that must not be fed is replaced by an empty one, so that the
 * document around it goes on.
 */
#include <ctype.h>

#include "readers/extra.h"
#include "readers/json/json_impl.h"
#include "readers/json/json_record.h"
#include "readers/json/json_scan.h"

/* End the record that has begun as an empty one, unread. */
static void close_empty(struct json *json)
{
    size_t used;

    if (!json_walk_feed(&json->walk, slice_of("}"), &used))
        json_walk_restart(&json->walk);
}

/* The record is over RECORD_MAX: pass over it without holding it. */
static enum move long_record(struct json *json, struct json_scan *scan, size_t scanned,
                             struct reject *reject, struct err *err)
{
    enum json_scanned got = SCAN_MORE;

    buf_reset(&json->text);
    buf_add(&json->text, json_ahead(json).s, REJECT_TEXT);
    json_reject(json, REJECT_TOO_LONG, json->at, buf_slice(&json->text), reject);
    while (got == SCAN_MORE) {
        json->line += slice_count((struct slice){ json_ahead(json).s, scanned }, '\n');
        json->at += scanned;
        json_give_back(json);
        if (!json_want(json, 1, err))
            return MOVE_FAILED;
        if (json_ahead(json).len == 0 && !json->by_line)
            return json_refuse_end(json, err);
        if (json_ahead(json).len == 0)
            break;
        got = json_scan(scan, json_ahead(json), &scanned);
    }
    if (got == SCAN_DONE) {
        json->line += slice_count((struct slice){ json_ahead(json).s, scanned }, '\n');
        close_empty(json);
        json->at = scanned;
        return MOVE_REJECT;
    }
    json_walk_restart(&json->walk);
    return json_skip_line(json, err) ? MOVE_REJECT : MOVE_FAILED;
}

static void json_record_read_fill(struct json *json, struct slice raw, struct rec *rec)
{
    rec->line = json_line(json);
    rec->offset = source_offset_at(json->reader.source, json->at);
    rec->raw = raw;
    rec->extra = extra_close(&json->walk.extra);
    json->on_line++;
}

/* The string under the quoted KEY that stands at AT in RAW; absent when none is there. */
static struct slice string_under(struct slice raw, const char *at, size_t key_len)
{
    struct slice rest = { at + key_len, (size_t)(raw.s + raw.len - at) - key_len };

    if (at == raw.s || at[-1] != '"' || rest.len == 0 || rest.s[0] != '"')
        return SLICE_NONE;
    rest = slice_trim(slice_from(rest, 1));
    if (rest.len == 0 || rest.s[0] != ':')
        return SLICE_NONE;
    rest = slice_trim(slice_from(rest, 1));
    if (rest.len == 0 || rest.s[0] != '"')
        return SLICE_NONE;
    return slice_before(slice_from(rest, 1), '"');
}

/* The letter, digit, _ or % that stands as \u00XX at the front of TEXT; 0: none does. */
static char escaped_letter(struct slice text)
{
    static const char front[] = "\\u00";
    size_t len = strlen(front);
    int high =
        slice_starts(text, front) && text.len > len + 1 ? hex_digit(text.s[len]) : -1;
    int low = high >= 0 && high < 8 ? hex_digit(text.s[len + 1]) : -1;
    int c = low >= 0 ? high << 4 | low : '\0';
    bool is_plain = isalnum(c) || c == '_' || c == '%';

    return (char)(is_plain ? c : '\0');
}

/* RAW with its letters as they are, however they are escaped; in OUT. */
static struct slice with_plain_letters(struct slice raw, struct buf *out)
{
    buf_reset(out);
    for (size_t i = 0; i < raw.len; i++) {
        char letter = escaped_letter(slice_from(raw, i));

        if (letter == '\0')
            letter = raw.s[i];
        else
            i += strlen("\\u0000") - 1;
        buf_add_char(out, letter);
        if (raw.s[i] == '\\' && i + 1 < raw.len)
            buf_add_char(out, raw.s[++i]);
    }
    return buf_slice(out);
}

/* Does the profile say that strings of this record are URL-encoded? */
static bool is_url_encoded(struct json *json, struct slice raw, unsigned seen)
{
    const struct url_encoded *url = &json->reader.profile->url_encoded;
    size_t len = url->key != NULL ? strlen(url->key) : 0;

    if (url->key == NULL)
        return false;
    if ((seen & SEEN_ESCAPE) != 0)
        raw = with_plain_letters(raw, &json->text);

    const char *at = raw.s, *end = raw.s + raw.len;

    while ((at = memmem(at, (size_t)(end - at), url->key, len)) != NULL) {
        struct slice value = string_under(raw, at, len);

        if (value.s != NULL)
            return memmem(value.s, value.len, url->mark, strlen(url->mark)) != NULL;
        at += len;
    }
    return false;
}

/* Bytes that are no text, and escapes that are no character.  SEEN saves looking. */
static bool is_badly_encoded(struct slice raw, unsigned seen)
{
    return ((seen & (SEEN_CONTROL | SEEN_BEYOND_ASCII)) != 0 && !text_is_utf8(raw)) ||
           ((seen & SEEN_ESCAPE) != 0 && json_has_bad_escape(raw));
}

/* RAW is a whole record, from brace to brace, as SCAN found it. */
static enum move whole_record(struct json *json, struct slice raw,
                              const struct json_scan *scan, struct rec *rec,
                              struct reject *reject, struct err *err)
{
    enum reject_code code = REJECT_COUNT;
    struct slice rest = { raw.s + 1, raw.len - 1 };
    enum move move = MOVE_RECORD;
    size_t used;

    if ((scan->seen & SEEN_CONTROL) != 0 && json_non_record_blank(raw, &used))
        return json_broken(json, used, reject, err);
    if (raw.len > RECORD_MAX)
        code = REJECT_TOO_LONG;
    else if (scan->deepest > JSON_DEPTH_MAX)
        code = REJECT_BAD_NESTING;
    else if (is_badly_encoded(raw, scan->seen))
        code = REJECT_BAD_ENCODING;

    if (code != REJECT_COUNT) {
        move = json_reject(json, code, json->at, raw, reject);
        close_empty(json);
    } else {
        json->walk.decode = is_url_encoded(json, raw, scan->seen);
        if (!(json_is_plain(scan) &&
              json_walk_plain(&json->walk, rest, scan->lines > 0, rec)) &&
            !json_walk_record(&json->walk, rest, rec, &used))
            return json_broken(json, 1 + used, reject, err);
        json_record_read_fill(json, raw, rec);
    }
    json->line += scan->lines;
    json->at += raw.len;
    return move;
}

/*
 * The document ends inside of a record.  Where a quote is missing, all behind it looks
 * like text: the parser knows the place.
 */
static enum move torn_record(struct json *json, size_t len, struct err *err)
{
    struct slice rest = { json_ahead(json).s + 1, len - 1 };
    struct rec unused;
    size_t used;

    (void)json_walk_record(&json->walk, rest, &unused, &used);
    if (used < rest.len)
        return json_broken(json, 1 + used, NULL, err);
    json->at += len;
    return json_refuse_end(json, err);
}

enum move json_take_record(struct json *json, struct rec *rec, struct reject *reject,
                           struct err *err)
{
    struct json_scan scan = { .stop_at_line = json->by_line };
    size_t scanned = 0, used;

    for (;;) {
        struct slice text = json_ahead(json);
        struct slice rest = { text.s + scanned, text.len - scanned };
        enum json_scanned got = json_scan(&scan, rest, &used);

        scanned += used;
        if (got == SCAN_DONE)
            return whole_record(json, (struct slice){ text.s, scanned }, &scan, rec,
                                reject, err);
        if (got == SCAN_LINE)
            return json_broken_line(json, reject, err);
        if (scanned > RECORD_MAX)
            return long_record(json, &scan, scanned, reject, err);
        if (source_ended(json->reader.source))
            return json->by_line ? json_broken_line(json, reject, err)
                                 : torn_record(json, scanned, err);
        if (!json_want(json, scanned + 1, err))
            return MOVE_FAILED;
    }
}
