/*
 * json_walk.c - following YAJL through the document, outside of records.
 */
#include "readers/json_walk.h"

#include "base/base.h"
#include "readers/json_record.h"

static bool is_record_place(const struct json_walk *walk)
{
    for (size_t i = 0; i < walk->shape->nplaces; i++)
        if (slice_is(buf_slice(&walk->place), walk->shape->place[i]) ||
            (walk->place.len == 0 && walk->shape->place[i][0] == '\0'))
            return true;
    return false;
}

/* Are records due in what the list at hand holds? */
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

/* A value that is no object, where a record may be due. */
static int odd_value(struct json_walk *walk, bool is_null)
{
    bool in_list = walk->depth > 0 && walk->list[walk->depth - 1];

    walk->heard++;
    if (walk->depth == 0)
        walk->stray = true;
    if (is_record_place(walk) && (in_list || !is_null))
        walk->odd++;
    return 1;
}

static int open_outside(struct json_walk *walk, bool is_list)
{
    walk->heard++;
    if (walk->depth == JSON_DEPTH_MAX) {
        walk->too_deep = true;
        return 0;
    }
    walk->list[walk->depth] = is_list;
    walk->place_len[walk->depth++] = walk->place.len;
    if (is_list)
        buf_add_text(&walk->place, "[]");
    return 1;
}

static int close_outside(struct json_walk *walk)
{
    walk->heard++;
    walk->depth--;
    walk->place.len = walk->place_len[walk->depth];
    return 1;
}

static int on_start_map(void *context)
{
    struct json_walk *walk = context;

    if (walk->inside > 0)
        return json_record_open(walk, false);
    if (!is_record_place(walk))
        return open_outside(walk, false);
    walk->heard++;
    walk->began = true;
    return json_record_begin(walk);
}

static int on_end_map(void *context)
{
    struct json_walk *walk = context;

    return walk->inside > 0 ? json_record_close(walk) : close_outside(walk);
}

static int on_end_array(void *context)
{
    struct json_walk *walk = context;

    if (walk->inside > 0)
        return json_record_close(walk);
    if (is_record_place(walk))
        walk->lists--;
    else if (walk->heard > walk->opened)
        walk->filled = true;
    else if (leads_to_record(walk))
        walk->saw_list = true;
    return close_outside(walk);
}

static int on_start_array(void *context)
{
    struct json_walk *walk = context;

    if (walk->inside > 0)
        return json_record_open(walk, true);
    if (is_record_place(walk) && walk->depth > 0)
        odd_value(walk, false);
    if (!open_outside(walk, true))
        return 0;
    walk->opened = walk->heard;
    if (is_record_place(walk)) {
        walk->saw_list = true;
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
    walk->heard++;
    walk->place.len = walk->place_len[walk->depth - 1];
    if (walk->place.len > 0)
        buf_add_char(&walk->place, '.');
    buf_add_slice(&walk->place, name);
    return 1;
}

static int on_string(void *context, const unsigned char *text, size_t len)
{
    struct json_walk *walk = context;

    if (walk->inside == 0)
        return odd_value(walk, false);
    return json_record_text(walk, (struct slice){ (const char *)text, len }, true);
}

static int on_number(void *context, const char *text, size_t len)
{
    struct json_walk *walk = context;

    if (walk->inside == 0)
        return odd_value(walk, false);
    return json_record_text(walk, (struct slice){ text, len }, false);
}

static int on_boolean(void *context, int is_true)
{
    struct json_walk *walk = context;

    if (walk->inside == 0)
        return odd_value(walk, false);
    return json_record_text(walk, slice_of(is_true ? "true" : "false"), false);
}

static int on_null(void *context)
{
    struct json_walk *walk = context;

    return walk->inside > 0 ? json_record_null(walk) : odd_value(walk, true);
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

static void start(struct json_walk *walk)
{
    walk->yajl = yajl_alloc(&callbacks, NULL, walk);
    yajl_config(walk->yajl, yajl_allow_multiple_values, 1);
    /* The reader checks each record by itself, to reject it alone. */
    yajl_config(walk->yajl, yajl_dont_validate_strings, 1);
}

void json_walk_init(struct json_walk *walk, struct json_keys *keys,
                    const struct shape *shape)
{
    *walk = (struct json_walk){ .keys = keys, .profile = keys->profile, .shape = shape };
    buf_room(&walk->path, HINT_KEY);
    start(walk);
}

void json_walk_free(struct json_walk *walk)
{
    yajl_free(walk->yajl);
    buf_free(&walk->place);
    buf_free(&walk->path);
    buf_free(&walk->text);
    buf_free(&walk->extra);
}

void json_walk_restart(struct json_walk *walk)
{
    yajl_free(walk->yajl);
    start(walk);
    walk->depth = walk->inside = walk->skipped = walk->odd = walk->lists = 0;
    walk->began = walk->too_deep = walk->stray = walk->saw_list = false;
    walk->filled = false;
    buf_reset(&walk->place);
}

bool json_walk_feed(struct json_walk *walk, struct slice text, size_t *used)
{
    yajl_status status;

    walk->began = false;
    status = yajl_parse(walk->yajl, (const unsigned char *)text.s, text.len);
    *used = yajl_get_bytes_consumed(walk->yajl);
    return status == yajl_status_ok;
}

bool json_walk_record(struct json_walk *walk, struct slice rest, struct rec *rec,
                      size_t *used)
{
    memset(rec->field, 0, sizeof rec->field);
    memset(rec->column, 0, sizeof rec->column);
    walk->rec = rec;
    walk->fed = rest;
    buf_room(&walk->text, 2 * rest.len + 64); /* so that values do not move */
    return json_walk_feed(walk, rest, used) && walk->ended;
}

void json_walk_fault(struct json_walk *walk, struct buf *out)
{
    if (walk->too_deep) {
        buf_addf(out, "it is nested deeper than %d levels", JSON_DEPTH_MAX);
        return;
    }

    if (walk->stray) {
        buf_add_text(out, "a value stands alone, outside of any object");
        return;
    }

    unsigned char *text = yajl_get_error(walk->yajl, 0, NULL, 0);
    const char *why = text != NULL ? (const char *)text : "";

    buf_add_slice(out, slice_trim(slice_before(slice_of(why), '\n')));
    yajl_free_error(walk->yajl, text);
}
