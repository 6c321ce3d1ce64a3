/*
 * json.c - a record an object, wherever the shape says that objects are records.
 *
 * The window's front is the unit being read: a line, or what came since the last
 * record.  Text outside of records goes to the walk up to each brace, a record
 * is taken whole.
 */
#include "readers/json/json.h"
#include "base/base.h"
#include "readers/json/json_impl.h"
#include "readers/json/json_scan.h"

/* A piece is at most this long: a text outside of records must not grow without bound. */
enum { PIECE_MAX = 64 << 10 };

/* Where the walk has met with something odd in the LEN bytes that it was fed. */
static void place_odd(struct json *json, size_t len)
{
    const struct json_walk *walk = &json->walk;

    json->odd = json->item;
    json->odd_end = json->at + len;
    json->odd_is_cut = walk->lost && walk->lost_begin < json->given;
    if (walk->lost) {
        json->odd = json->odd_is_cut ? 0 : (size_t)(walk->lost_begin - json->given);
        json->odd_end = (size_t)(walk->lost_end - json->given);
    }
}

/* Feed what is no record; false: it is no JSON. */
static bool feed(struct json *json, struct slice piece, size_t *used)
{
    struct json_walk *walk = &json->walk;
    struct slice text = slice_trim(piece);
    size_t odd = walk->odd;

    if (!json->in_item && text.len > 0)
        json->item = json->at + (size_t)(text.s - piece.s);
    walk->where = json->given + json->at;

    bool ok = !json_non_record_blank(piece, used) && json_walk_feed(walk, piece, used);

    if (walk->odd > odd)
        place_odd(json, piece.len);
    json->in_item = walk->events == json->events && (json->in_item || text.len > 0) &&
                    !slice_is(text, ",");
    json->unreported = walk->events != json->events ? 0 : json->unreported + piece.len;
    json->events = walk->events;
    return ok && (json->by_line || walk->fault != WALK_STRAY);
}

/* The input or a line ends here. */
static enum move close_line(struct json *json, struct reject *reject, struct err *err)
{
    size_t used;

    if (json->by_line && json->walk.depth > 0)
        return json_broken_line(json, reject, err);
    if (!feed(json, slice_of("\n"), &used))
        return json_broken(json, 0, reject, err);
    if (!json->by_line) {
        json->line++;
        return MOVE_ON;
    }
    if (json->walk.fault == WALK_STRAY) { /* it is no record, and counted once */
        json->walk.fault = WALK_SOUND;
        json->walk.odd = 0;
        json->walk.scalars++;
    }
    return json_end_line(
        json, (struct slice){ source_window(json->reader.source).s, json->at }, reject);
}

static enum move close_input(struct json *json, struct reject *reject, struct err *err)
{
    if (!json->finished) {
        bool is_line = !json->by_line || json->line_is != LINE_UNREAD;

        json->finished = !json->by_line || json->walk.depth == 0;
        return is_line ? close_line(json, reject, err) : MOVE_ON;
    }
    if (json->walk.depth > 0)
        return json_refuse_end(json, err);
    json_give_back(json);
    return MOVE_END;
}

/* Where C leaves the text that was fed up to it. */
static enum json_quote json_quote_behind(enum json_quote quote, char c)
{
    if (quote == QUOTE_ESCAPE)
        return QUOTE_OPEN;
    if (c == '"')
        return quote == QUOTE_NONE ? QUOTE_OPEN : QUOTE_NONE;
    return quote == QUOTE_OPEN && c == '\\' ? QUOTE_ESCAPE : quote;
}

/*
 * How much of TEXT to feed: to a brace, a line end, or the end of an item.  Those
 * inside of a string are none: the parser reads an unfinished string again with
 * every piece, and a string of nothing but braces would keep it busy for minutes.
 */
static size_t piece_of(struct json *json, struct slice text)
{
    char stop = json->walk.lists > 0 ? ',' : '[';

    if (text.len > PIECE_MAX)
        text.len = PIECE_MAX;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.s[i];

        if (c == '\n')
            return i;
        if (json->quote == QUOTE_NONE && (c == '{' || c == stop))
            return i + 1;
        json->quote = json_quote_behind(json->quote, c);
    }
    return text.len;
}

/* A line end stands in front. */
static enum move take_line_end(struct json *json, struct reject *reject, struct err *err)
{
    bool is_torn = json->by_line && json->walk.depth > 0;

    json->quote = QUOTE_NONE; /* no string holds a line end */

    enum move move = close_line(json, reject, err);

    if (move == MOVE_FAILED || is_torn)
        return move;
    json->at++;
    if (json->by_line)
        json_give_back(json); /* a line is a unit */
    return move;
}

/* TEXT stands in front, outside of records. */
static enum move json_take_text(struct json *json, struct slice text, struct rec *rec,
                                struct reject *reject, struct err *err)
{
    struct slice piece = { text.s, piece_of(json, text) };
    size_t used;

    if (slice_trim(piece).len > 0)
        json->line_is = LINE_TEXT;
    else if (json->line_is == LINE_UNREAD)
        json->line_is = LINE_BLANK;
    if (!feed(json, piece, &used)) {
        json->quote = QUOTE_NONE;
        return json_broken(json, used, reject, err);
    }
    if (json->unreported > RECORD_MAX && !json->by_line) {
        err_set(err, EXIT_INPUT,
                "the JSON holds a text of over 1 MiB outside of records");
        return MOVE_FAILED;
    }
    if (json->walk.began) {
        json->at += piece.len - 1;
        return json_take_record(json, rec, reject, err);
    }
    json->at += piece.len;
    return MOVE_ON;
}

/* What stands in front of the reader. */
enum json_front {
    FRONT_NON_RECORD, /* something that was fed and is no record, to be set aside */
    FRONT_LONG_LINE,  /* a line that is over RECORD_MAX already */
    FRONT_LINE_END,
    FRONT_TEXT,
    FRONT_END, /* of the input */
    FRONT_FAILED,
};

static enum json_front json_front(struct json *json, struct slice *text, struct err *err)
{
    if (json->walk.odd > 0)
        return FRONT_NON_RECORD;
    if (json->at > RECORD_MAX) {
        if (json->by_line && json->line_is == LINE_TEXT)
            return FRONT_LONG_LINE;
        json_give_back(json);
    }
    if (json_ahead(json).len == 0 && !json_want(json, 1, err))
        return FRONT_FAILED;
    *text = json_ahead(json);
    if (text->len == 0)
        return FRONT_END;
    return text->s[0] == '\n' ? FRONT_LINE_END : FRONT_TEXT;
}

static enum move json_move(struct json *json, struct rec *rec, struct reject *reject,
                           struct err *err)
{
    struct slice text;

    switch (json_front(json, &text, err)) {
    case FRONT_NON_RECORD:
        return json_non_record_value(json, reject, err);
    case FRONT_LONG_LINE:
        return json_broken_line(json, reject, err);
    case FRONT_LINE_END:
        return take_line_end(json, reject, err);
    case FRONT_TEXT:
        return json_take_text(json, text, rec, reject, err);
    case FRONT_END:
        return close_input(json, reject, err);
    case FRONT_FAILED:
        break;
    }
    return MOVE_FAILED;
}

/* What was handed out goes; a unit that may yet turn out to be odd stays. */
static void give_back(struct json *json)
{
    const struct json_outer *unit = json_walk_open_unit(&json->walk);
    size_t at = json->at;

    if (unit != NULL && unit->begin >= json->given && unit->begin < json->given + at)
        json->at = (size_t)(unit->begin - json->given);

    size_t ahead = at - json->at;

    json_give_back(json);
    json->at = ahead;
}

static enum reader_got json_next(struct reader *reader, struct rec *rec,
                                 struct reject *reject, struct err *err)
{
    struct json *json = (struct json *)reader;
    enum move move;

    if (json->walk.odd == 0)
        give_back(json);
    do
        move = json_move(json, rec, reject, err);
    while (move == MOVE_ON);
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
                                    .has_ids = sniff->has_ids,
                                    .lines = sniff->blanks,
                                    .blank = sniff->blanks };
    json->by_line = sniff->line_by_line;
    json->numbered = sniff->has_lines;
    json->line = 1 + sniff->blanks;
    json_keys_load(&json->keys, sniff->profile);
    json_walk_init(&json->walk, &json->keys, sniff->shape);
    json->walk.by_line = sniff->line_by_line;
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
