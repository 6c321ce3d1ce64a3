/*
 * json_walk.c - following YAJL through the document, outside of records.
 */
#include "readers/json/json_walk.h"

#include "base/base.h"
#include "readers/json/json_record.h"

enum { AROUND_MAX = 64 }; /* bytes of an id */

static bool is_record_place(const struct json_walk *walk)
{
    for (size_t i = 0; i < walk->shape->nplaces; i++)
        if (slice_is(buf_slice(&walk->place), walk->shape->place[i]) ||
            (walk->place.len == 0 && walk->shape->place[i][0] == '\0'))
            return true;
    return false;
}

/* Are records due in what the open list holds? */
static bool leads_to_record(const struct json_walk *walk)
{
    struct slice place = buf_slice(&walk->place);

    for (size_t i = 0; i < walk->shape->nplaces; i++) {
        const char *due = walk->shape->place[i];

        if (strncmp(due, place.s, place.len) == 0 && due[place.len] == '.')
            return true;
    }
    return false;
}

enum value { VALUE_NULL, VALUE_FLAG, VALUE_SCALAR, VALUE_LIST };

static bool in_list(const struct json_walk *walk)
{
    return walk->depth > 0 && walk->outer[walk->depth - 1].is_list;
}

/* Where the token being read ends. */
static uint64_t here(const struct json_walk *walk)
{
    return walk->where + yajl_get_bytes_consumed(walk->yajl);
}

static void count_odd(struct json_walk *walk)
{
    walk->odd++;
    walk->found++;
    walk->lost = false;
}

/* Likewise, and it is known where it stands: from BEGIN on. */
static void count_lost(struct json_walk *walk, uint64_t begin)
{
    count_odd(walk);
    walk->lost = true;
    walk->lost_begin = begin;
    walk->lost_end = here(walk);
}

/* A value of LEN bytes that is no object, where a record may be due. */
static int odd_value(struct json_walk *walk, enum value value, size_t len)
{
    bool is_place = is_record_place(walk);
    /* Of a pair of legs one may be null; a document alone may not. */
    bool is_missing = value == VALUE_NULL && is_place && walk->shape->nplaces == 1;

    walk->events++;
    walk->scalars += value == VALUE_SCALAR || is_missing;
    if (walk->depth == 0)
        walk->fault = WALK_STRAY;
    if (is_place && (in_list(walk) || value != VALUE_NULL))
        count_odd(walk);
    else if (in_list(walk) && leads_to_record(walk))
        count_lost(walk, here(walk) - len);
    return 1;
}

/* Are records due in the value that begins here? */
static bool is_unit(const struct json_walk *walk)
{
    if (walk->counting)
        return false;
    return walk->depth == 0 ? !walk->by_line : in_list(walk) && leads_to_record(walk);
}

static int open_outside(struct json_walk *walk, bool is_list)
{
    walk->events++;
    if (walk->depth == JSON_DEPTH_MAX) {
        walk->fault = WALK_TOO_DEEP;
        return 0;
    }
    walk->outer[walk->depth] = (struct json_outer){
        .is_list = is_list,
        .is_unit = is_unit(walk),
        .place = walk->place.len,
        .found = walk->found,
        .scalars = walk->scalars,
        .begin = here(walk) - 1,
    };
    walk->depth++;
    if (is_list)
        buf_add_text(&walk->place, "[]");
    return 1;
}

/*
 * A unit in which no record was found, nor a list of them, however empty, is odd; but
 * where nothing is said at all, nothing is lost: {"next":false} is a page's end.
 */
static int close_outside(struct json_walk *walk)
{
    if (walk->around_depth == walk->depth)
        walk->around_depth = 0;

    const struct json_outer *outer = &walk->outer[--walk->depth];

    walk->events++;
    walk->place.len = outer->place;
    if (outer->is_unit && walk->found == outer->found && walk->scalars > outer->scalars)
        count_lost(walk, outer->begin);
    return 1;
}

/* A text beside the record that is to come: Elasticsearch's _id, which stands first. */
static void keep_around(struct json_walk *walk, struct slice text)
{
    if (walk->around == NULL || walk->depth == 0 || in_list(walk))
        return;

    size_t from = walk->outer[walk->depth - 1].place;
    struct slice key = { walk->place.s + from, walk->place.len - from };

    if (from > 0)
        key = slice_from(key, 1);
    if (!slice_is(key, walk->around->text + 1) || text.len > AROUND_MAX ||
        !text_is_utf8(text))
        return;
    buf_reset(&walk->around_text);
    buf_add_slice(&walk->around_text, text);
    walk->around_depth = walk->depth;
}

static int on_start_map(void *context)
{
    struct json_walk *walk = context;

    if (walk->inside > 0)
        return json_record_open(walk, false);
    if (!is_record_place(walk))
        return open_outside(walk, false);
    walk->events++;
    walk->found++;
    walk->began = true;
    return json_record_begin(walk);
}

static int on_end_map(void *context)
{
    struct json_walk *walk = context;

    return walk->inside > 0 ? json_record_close(walk) : close_outside(walk);
}

static void saw_list(struct json_walk *walk)
{
    walk->saw_list = true;
    walk->found++;
}

static int on_end_array(void *context)
{
    struct json_walk *walk = context;

    if (walk->inside > 0)
        return json_record_close(walk);
    if (is_record_place(walk))
        walk->lists--;
    else if (walk->events > walk->events_at_list)
        walk->filled = true;
    else if (leads_to_record(walk))
        saw_list(walk);
    return close_outside(walk);
}

static int on_start_array(void *context)
{
    struct json_walk *walk = context;

    if (walk->inside > 0)
        return json_record_open(walk, true);
    if (is_record_place(walk) && walk->depth > 0)
        odd_value(walk, VALUE_LIST, 1);
    if (!open_outside(walk, true))
        return 0;
    walk->events_at_list = walk->events;
    if (is_record_place(walk)) {
        saw_list(walk);
        walk->lists++;
    }
    return 1;
}

static int on_map_key(void *context, const unsigned char *key, size_t len)
{
    struct json_walk *walk = context;
    struct slice name = { (const char *)key, len };

    if (walk->inside > 0)
        return json_record_key(walk, name);
    walk->events++;
    walk->place.len = walk->outer[walk->depth - 1].place;
    if (walk->place.len > 0)
        buf_add_char(&walk->place, '.');
    buf_add_slice(&walk->place, name);
    return 1;
}

static int on_string(void *context, const unsigned char *text, size_t len)
{
    struct json_walk *walk = context;

    if (walk->inside == 0) {
        keep_around(walk, (struct slice){ (const char *)text, len });
        return odd_value(walk, VALUE_SCALAR, len + 2); /* as if it had no escapes */
    }
    return json_record_text(walk, (struct slice){ (const char *)text, len }, true);
}

static int on_number(void *context, const char *text, size_t len)
{
    struct json_walk *walk = context;

    if (walk->inside == 0)
        return odd_value(walk, VALUE_SCALAR, len);
    return json_record_text(walk, (struct slice){ text, len }, false);
}

static int on_boolean(void *context, int is_true)
{
    struct json_walk *walk = context;

    if (walk->inside == 0)
        return odd_value(walk, VALUE_FLAG, is_true ? 4 : 5);
    return json_record_text(walk, slice_of(is_true ? "true" : "false"), false);
}

static int on_null(void *context)
{
    struct json_walk *walk = context;

    return walk->inside > 0 ? json_record_null(walk) : odd_value(walk, VALUE_NULL, 4);
}

static const yajl_callbacks callbacks = {
    .yajl_null = on_null,
    .yajl_boolean = on_boolean,
    .yajl_number = on_number,
    .yajl_string = on_string,
    .yajl_start_map = on_start_map,
    .yajl_map_key = on_map_key,
    .yajl_end_map = on_end_map,
    .yajl_start_array = on_start_array,
    .yajl_end_array = on_end_array,
};

static void json_walk_start(struct json_walk *walk)
{
    walk->yajl = yajl_alloc(&callbacks, NULL, walk);
    yajl_config(walk->yajl, yajl_allow_multiple_values, 1);
    /* The reader checks each record by itself, to reject it alone. */
    yajl_config(walk->yajl, yajl_dont_validate_strings, 1);
}

/* The field that is filled from around records: one is enough. */
static const struct alias *name_around(const struct profile *profile)
{
    for (size_t i = 0; i < profile->naliases; i++)
        if (profile->alias[i].text[0] == '^' && profile->alias[i].field != FIELD_NONE)
            return &profile->alias[i];
    return NULL;
}

void json_walk_init(struct json_walk *walk, struct json_keys *keys,
                    const struct shape *shape)
{
    *walk = (struct json_walk){ .keys = keys, .profile = keys->profile, .shape = shape };
    buf_room(&walk->path, HINT_KEY);
    walk->around = name_around(keys->profile);
    json_walk_start(walk);
}

void json_walk_free(struct json_walk *walk)
{
    yajl_free(walk->yajl);
    buf_free(&walk->place);
    buf_free(&walk->around_text);
    buf_free(&walk->path);
    buf_free(&walk->text);
    buf_free(&walk->extra);
}

void json_walk_restart(struct json_walk *walk)
{
    yajl_free(walk->yajl);
    json_walk_start(walk);
    walk->depth = walk->inside = walk->skipped = walk->odd = walk->lists = 0;
    walk->began = walk->saw_list = walk->filled = false;
    walk->fault = WALK_SOUND;
    walk->around_depth = 0;
    buf_reset(&walk->place);
}

const struct json_outer *json_walk_open_unit(const struct json_walk *walk)
{
    for (size_t i = 0; i < walk->depth; i++)
        if (walk->outer[i].is_unit && walk->outer[i].found == walk->found)
            return &walk->outer[i];
    return NULL;
}

bool json_walk_feed(struct json_walk *walk, struct slice text, size_t *used)
{
    yajl_status status;

    walk->began = false;
    status = yajl_parse(walk->yajl, (const unsigned char *)text.s, text.len);
    *used = yajl_get_bytes_consumed(walk->yajl);
    return status == yajl_status_ok;
}

/* The record begins, and its values are to go into REC. */
static void record_into(struct json_walk *walk, struct slice rest, struct rec *rec)
{
    memset(rec->field, 0, sizeof rec->field);
    memset(rec->column, 0, sizeof rec->column);
    rec->damaged = 0;
    if (walk->around_depth > 0 && walk->around_depth == walk->depth) {
        rec->field[walk->around->field] = buf_slice(&walk->around_text);
        rec->column[walk->around->field] = walk->around->text + 1;
    }
    walk->rec = rec;
    walk->fed = rest;
    buf_room(&walk->text, 2 * rest.len + 64); /* so that values do not move */
}

bool json_walk_record(struct json_walk *walk, struct slice rest, struct rec *rec,
                      size_t *used)
{
    record_into(walk, rest, rec);
    return json_walk_feed(walk, rest, used) && walk->ended;
}

bool json_walk_plain(struct json_walk *walk, struct slice rest, bool has_lines,
                     struct rec *rec)
{
    size_t used;

    record_into(walk, rest, rec);
    if (!json_plain_members(walk, rest, has_lines)) {
        json_record_begin(walk);
        return false;
    }
    /* YAJL has seen the opening brace, and sees the closing one */
    return json_walk_feed(walk, (struct slice){ rest.s + rest.len - 1, 1 }, &used) &&
           walk->ended;
}

void json_walk_fault(struct json_walk *walk, struct buf *out)
{
    switch (walk->fault) {
    case WALK_TOO_DEEP:
        buf_addf(out, "it is nested deeper than %d levels", JSON_DEPTH_MAX);
        return;
    case WALK_STRAY:
        buf_add_text(out, "a value stands alone, outside of any object");
        return;
    case WALK_SOUND:
        break;
    }

    unsigned char *text = yajl_get_error(walk->yajl, 0, NULL, 0);
    const char *why = text != NULL ? (const char *)text : "";

    buf_add_slice(out, slice_trim(slice_before(slice_of(why), '\n')));
    yajl_free_error(walk->yajl, text);
}
