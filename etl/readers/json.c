/*
 * json.c - a record an object, wherever the shape says that objects are records.
 *
 * The window's front is the unit at hand: a line, or what came since the last
 * record.  Text outside of records goes to the walk up to each brace; a record
 * is measured first, checked, and then fed whole.  A record that must not be
 * fed is replaced by an empty one, so that the document around it goes on.
 */
#include "base/base.h"
#include "readers/json_scan.h"
#include "readers/json_walk.h"
#include "readers/readers_impl.h"

struct json {
    struct reader reader;
    struct json_keys keys;
    struct json_walk walk;
    bool by_line;       /* a broken line is a reject, and the next line goes on */
    bool numbered;      /* there are lines to name */
    bool finished;      /* the line end that closes the input was fed */
    size_t at;          /* bytes of the window that were fed */
    size_t silent;      /* bytes fed since the walk last heard of something */
    size_t heard;       /* of the walk, then */
    uint64_t line;      /* physical line at that place */
    size_t on_line;     /* records since the last line end */
    bool line_has_text; /* something else than blanks came since */
    bool line_is_open;  /* anything came since */
    struct buf text;    /* the beginning of a record too long to hold */
};

/* What one move came to; MOVE_ON: nothing to hand out yet. */
enum move { MOVE_ON, MOVE_RECORD, MOVE_REJECT, MOVE_END, MOVE_FAILED };

static struct slice ahead(const struct json *json)
{
    struct slice window = source_window(json->reader.source);

    return (struct slice){ window.s + json->at, window.len - json->at };
}

/* Let there be more behind what was fed; false: unreadable.  Nothing more: the end. */
static bool want_more(struct json *json, size_t more, struct err *err)
{
    return source_want(json->reader.source, json->at + more, err);
}

static void give_back(struct json *json)
{
    source_skip(json->reader.source, json->at);
    json->at = 0;
}

static uint64_t line_of(const struct json *json)
{
    return json->numbered ? json->line : 0;
}

/* The document is refused where OFFSET bytes of what comes next were read. */
static enum move refuse(struct json *json, size_t offset, struct err *err)
{
    const struct source *source = json->reader.source;
    struct buf why[1] = { { 0 } };

    json_walk_fault(&json->walk, why);
    err_set(err, EXIT_INPUT, "the JSON breaks near byte %llu%s: %s",
            (unsigned long long)source_offset_at(source, json->at + offset),
            json->walk.depth == 0 && json->walk.inside == 0
                ? " (what follows the document is not part of it)"
                : "",
            buf_cstr(why));
    buf_free(why);
    return MOVE_FAILED;
}

static enum move refuse_end(struct json *json, struct err *err)
{
    err_set(err, EXIT_INPUT,
            "the JSON ends too soon, after %llu bytes: the file is truncated",
            (unsigned long long)source_offset_at(json->reader.source, json->at));
    return MOVE_FAILED;
}

static enum move reject_as(struct json *json, enum reject_code code, size_t begin,
                           struct slice text, struct reject *reject)
{
    *reject = (struct reject){ .code = code,
                               .line = line_of(json),
                               .offset = source_offset_at(json->reader.source, begin),
                               .text = text };
    json->on_line++;
    return MOVE_REJECT;
}

static void count_lines(struct json *json, struct slice text)
{
    const char *s = text.s, *end = text.s + text.len;

    while (s < end && (s = memchr(s, '\n', (size_t)(end - s))) != NULL) {
        json->line++;
        s++;
    }
}

/* A line is over: is it one record, none, or something else? */
static enum move end_line(struct json *json, struct slice line, struct reject *reject)
{
    bool is_empty = !json->line_has_text;
    bool is_lost = !is_empty && json->on_line == 0 && !json->walk.saw_list;
    enum move move = MOVE_ON;

    if (is_empty)
        json->reader.blank++;
    if (is_lost)
        move = reject_as(json, REJECT_BAD_SHAPE, 0, slice_trim(line), reject);
    if (!is_empty && json->on_line != 1)
        json->reader.has_lines = false;
    json->reader.lines = json->line++;
    json->on_line = 0;
    json->line_has_text = json->line_is_open = json->walk.saw_list = false;
    return move;
}

/* Give back all up to the next line end, without holding it. */
static bool skip_line(struct json *json, struct err *err)
{
    const char *end = NULL;

    while (end == NULL) {
        give_back(json);
        if (!want_more(json, 1, err))
            return false;

        struct slice rest = ahead(json);

        if (rest.len == 0)
            break;
        end = memchr(rest.s, '\n', rest.len);
        json->at = end != NULL ? (size_t)(end - rest.s) : rest.len;
    }
    return true;
}

/* A line is no JSON: set it aside; its line end is still to come. */
static enum move broken_line(struct json *json, struct reject *reject, struct err *err)
{
    struct source *source = json->reader.source;
    struct slice rest = ahead(json);
    const char *end;

    json_walk_restart(&json->walk);
    json->silent = 0;
    json->line_has_text = true;
    while ((end = memchr(rest.s, '\n', rest.len)) == NULL && rest.len <= RECORD_MAX &&
           !source_ended(source)) {
        if (!want_more(json, rest.len + 1, err))
            return MOVE_FAILED;
        rest = ahead(json);
    }

    size_t len = json->at + (end != NULL ? (size_t)(end - rest.s) : rest.len);
    struct slice line = { source_window(source).s, len };

    reject_as(json, REJECT_BAD_SHAPE, 0, slice_trim(line), reject);
    json->at = len;
    if (end != NULL || rest.len <= RECORD_MAX)
        return MOVE_REJECT;
    reject->code = REJECT_TOO_LONG;
    buf_reset(&json->text);
    buf_add(&json->text, line.s, REJECT_TEXT);
    reject->text = buf_slice(&json->text);
    return skip_line(json, err) ? MOVE_REJECT : MOVE_FAILED;
}

static enum move broken(struct json *json, size_t offset, struct reject *reject,
                        struct err *err)
{
    return json->by_line ? broken_line(json, reject, err) : refuse(json, offset, err);
}

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
    buf_add(&json->text, ahead(json).s, REJECT_TEXT);
    reject_as(json, REJECT_TOO_LONG, json->at, buf_slice(&json->text), reject);
    while (got == SCAN_MORE) {
        count_lines(json, (struct slice){ ahead(json).s, scanned });
        json->at += scanned;
        give_back(json);
        if (!want_more(json, 1, err))
            return MOVE_FAILED;
        if (ahead(json).len == 0 && !json->by_line)
            return refuse_end(json, err);
        if (ahead(json).len == 0)
            break;
        got = json_scan(scan, ahead(json), &scanned);
    }
    if (got == SCAN_DONE) {
        close_empty(json);
        json->at = scanned;
        return MOVE_REJECT;
    }
    json_walk_restart(&json->walk);
    return skip_line(json, err) ? MOVE_REJECT : MOVE_FAILED;
}

static void fill(struct json *json, struct slice raw, struct rec *rec)
{
    const struct json_walk *walk = &json->walk;

    rec->line = line_of(json);
    rec->offset = source_offset_at(json->reader.source, json->at);
    rec->raw = raw;
    memcpy(rec->field, walk->field, sizeof rec->field);
    for (size_t f = 0; f < FIELD_COUNT; f++)
        rec->column[f] = walk->by[f] != NULL ? walk->by[f]->text : NULL;
    rec->extra = extra_close(&json->walk.extra);
    json->on_line++;
}

/* Does the profile say that strings of this record are URL-encoded? */
static bool is_url_encoded(const struct json *json, struct slice raw)
{
    const struct url_encoded *url = &json->reader.profile->url_encoded;

    if (url->key == NULL)
        return false;

    const char *key = memmem(raw.s, raw.len, url->key, strlen(url->key));

    if (key == NULL)
        return false;

    struct slice rest = { key, (size_t)(raw.s + raw.len - key) };
    struct slice value = slice_before(rest, ',');

    return memmem(value.s, value.len, url->mark, strlen(url->mark)) != NULL;
}

/* RAW is a whole record, from brace to brace. */
static enum move whole_record(struct json *json, struct slice raw, size_t deepest,
                              struct rec *rec, struct reject *reject, struct err *err)
{
    enum reject_code code = REJECT_COUNT;
    struct slice rest = { raw.s + 1, raw.len - 1 };
    enum move move = MOVE_RECORD;
    size_t used;

    if (raw.len > RECORD_MAX)
        code = REJECT_TOO_LONG;
    else if (deepest > JSON_DEPTH_MAX)
        code = REJECT_BAD_NESTING;
    else if (!text_is_utf8(raw) || json_has_bad_escape(raw))
        code = REJECT_BAD_ENCODING;

    if (code != REJECT_COUNT) {
        move = reject_as(json, code, json->at, raw, reject);
        close_empty(json);
    } else {
        json->walk.decode = is_url_encoded(json, raw);
        if (!json_walk_record(&json->walk, rest, &used))
            return broken(json, 1 + used, reject, err);
        fill(json, raw, rec);
    }
    count_lines(json, raw);
    json->at += raw.len;
    return move;
}

/* A record begins at the brace in front: measure it, then take it. */
static enum move take_record(struct json *json, struct rec *rec, struct reject *reject,
                             struct err *err)
{
    struct json_scan scan = { .stop_at_line = json->by_line };
    size_t scanned = 0, used;

    for (;;) {
        struct slice text = ahead(json);
        struct slice rest = { text.s + scanned, text.len - scanned };
        enum json_scanned got = json_scan(&scan, rest, &used);

        scanned += used;
        if (got == SCAN_DONE)
            return whole_record(json, (struct slice){ text.s, scanned }, scan.deepest,
                                rec, reject, err);
        if (got == SCAN_LINE)
            return broken_line(json, reject, err);
        if (scanned > RECORD_MAX)
            return long_record(json, &scan, scanned, reject, err);
        if (source_ended(json->reader.source)) {
            json->at += json->by_line ? 0 : scanned;
            return json->by_line ? broken_line(json, reject, err) : refuse_end(json, err);
        }
        if (!want_more(json, scanned + 1, err))
            return MOVE_FAILED;
    }
}

/* Feed what is no record; false: it is no JSON. */
static bool feed(struct json *json, struct slice piece, size_t *used)
{
    struct json_walk *walk = &json->walk;
    bool ok = json_walk_feed(walk, piece, used);

    json->silent = walk->heard != json->heard ? 0 : json->silent + piece.len;
    json->heard = walk->heard;
    return ok && (json->by_line || !walk->stray);
}

/* The input or a line ends here. */
static enum move close_line(struct json *json, struct reject *reject, struct err *err)
{
    size_t used;

    if (json->by_line && json->walk.depth > 0)
        return broken_line(json, reject, err);
    if (!feed(json, slice_of("\n"), &used))
        return broken(json, 0, reject, err);
    if (!json->by_line) {
        json->line++;
        return MOVE_ON;
    }
    if (json->walk.stray) /* it is no record, and counted once */
        json->walk.stray = false, json->walk.odd = 0;
    return end_line(
        json, (struct slice){ source_window(json->reader.source).s, json->at }, reject);
}

static enum move close_input(struct json *json, struct reject *reject, struct err *err)
{
    if (!json->finished) {
        bool is_line = !json->by_line || json->line_is_open;

        json->finished = !json->by_line || json->walk.depth == 0;
        return is_line ? close_line(json, reject, err) : MOVE_ON;
    }
    if (json->walk.depth > 0)
        return refuse_end(json, err);
    give_back(json);
    return MOVE_END;
}

/* How much of TEXT to feed: to a brace, a line end, or the end of an item. */
static size_t piece_of(const struct json *json, struct slice text)
{
    bool items = json_walk_in_records(&json->walk);

    for (size_t i = 0; i < text.len; i++) {
        if (text.s[i] == '{' || (items && text.s[i] == ','))
            return i + 1;
        if (text.s[i] == '\n')
            return i;
    }
    return text.len;
}

static enum move move_on(struct json *json, struct rec *rec, struct reject *reject,
                         struct err *err)
{
    struct slice text = ahead(json);
    size_t used;

    if (json->walk.odd > 0) {
        json->walk.odd--;
        return reject_as(json, REJECT_BAD_SHAPE, json->at, SLICE_NONE, reject);
    }
    if (text.len == 0) {
        if (!want_more(json, 1, err))
            return MOVE_FAILED;
        text = ahead(json);
        if (text.len == 0)
            return close_input(json, reject, err);
    }
    if (text.s[0] == '\n') {
        enum move move = close_line(json, reject, err);

        if (json->walk.depth == 0 || !json->by_line)
            json->at += move != MOVE_FAILED;
        return move;
    }

    struct slice piece = { text.s, piece_of(json, text) };

    json->line_is_open = true;
    json->line_has_text = json->line_has_text || slice_trim(piece).len > 0;
    if (!feed(json, piece, &used))
        return broken(json, used, reject, err);
    if (json->silent > RECORD_MAX) {
        err_set(err, EXIT_INPUT,
                "the JSON holds a text of over 1 MiB outside of records");
        return MOVE_FAILED;
    }
    if (json->walk.began) {
        json->at += piece.len - 1;
        return take_record(json, rec, reject, err);
    }
    json->at += piece.len;
    return MOVE_ON;
}

static enum reader_got json_next(struct reader *reader, struct rec *rec,
                                 struct reject *reject, struct err *err)
{
    struct json *json = (struct json *)reader;
    enum move move;

    give_back(json);
    do {
        if (json->at > RECORD_MAX)
            give_back(json);
        move = move_on(json, rec, reject, err);
    } while (move == MOVE_ON);
    switch (move) {
    case MOVE_RECORD:
        return READER_REC;
    case MOVE_REJECT:
        return READER_REJECT;
    case MOVE_FAILED:
        return READER_FAILED;
    default:
        return READER_END;
    }
}

static void json_close(struct reader *reader)
{
    struct json *json = (struct json *)reader;

    json_walk_free(&json->walk);
    json_keys_free(&json->keys);
    buf_free(&json->text);
    free(json);
}

struct reader *json_reader_new(struct source *source, const struct sniff *sniff,
                               struct err *err)
{
    struct json *json = xcalloc(1, sizeof *json);

    (void)err;
    json->reader = (struct reader){ .next = json_next,
                                    .close = json_close,
                                    .source = source,
                                    .profile = sniff->profile,
                                    .has_lines = sniff->line_by_line,
                                    .has_ids = sniff->has_ids };
    json->by_line = sniff->line_by_line;
    json->numbered = sniff->has_lines;
    json->line = 1;
    json_keys_load(&json->keys, sniff->profile);
    json_walk_init(&json->walk, &json->keys, sniff->shape);
    return &json->reader;
}

void json_reader_describe(const struct reader *reader, struct buf *out)
{
    const struct json *json = (const struct json *)reader;
    const struct shape *shape = json->walk.shape;

    buf_add_text(out, "  records   ");
    for (size_t i = 0; i < shape->nplaces; i++)
        buf_addf(out, " at %s", shape->place[i][0] != '\0' ? shape->place[i] : "the top");
    buf_addf(out, "%s\n", json->by_line ? ", one a line" : "");
}
