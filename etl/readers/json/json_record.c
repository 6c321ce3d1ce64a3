/*
 * json_record.c - the leaves of one record, by their paths.
 *
 * A path is callflow[0].times.created_time; a list of plain values counts as
 * its first.  Keys that begin with $ are mongoexport's way to name a type and
 * belong to no path.  Of a key that comes twice the last counts, of two names of
 * one field the one the profile prefers.
 */
#include "readers/json/json_record.h"
#include "readers/extra.h"

#include "base/base.h"
#include "readers/format.h"
#include "readers/protection.h"

enum { RECORDS_COUNTED = 16 };

static struct json_level *top(struct json_walk *walk)
{
    return &walk->level[walk->inside - 1];
}

int json_record_begin(struct json_walk *walk)
{
    walk->inside = 1;
    walk->level[0] = (struct json_level){ .name = KEY_INNER, .hash = NAME_ROOT };
    walk->skipped = 0;
    walk->ended = false;
    walk->known = 0;
    walk->last = &walk->first;
    walk->path_hint = NULL;
    memset(walk->by, 0, sizeof walk->by);
    buf_reset(&walk->path);
    buf_reset(&walk->text);
    buf_reset(&walk->extra);
    return 1;
}

/* Where the hint for KEY is, if there is one. */
static struct json_hint *json_record_seat_of(struct json_walk *walk, uint64_t parent,
                                             struct slice key)
{
    size_t mixed = (size_t)parent + key.len;

    if (key.len > 0)
        mixed += (size_t)(unsigned char)key.s[0] * 5 +
                 (size_t)(unsigned char)key.s[key.len / 2] * 17 +
                 (size_t)(unsigned char)key.s[key.len - 1] * 37;
    return &walk->hint[mixed % HINTS];
}

static bool hint_is_for(const struct json_hint *hint, uint64_t parent, struct slice key)
{
    return key.len > 0 && hint->len == key.len && hint->parent == parent &&
           bytes_equal(hint->key, key.s, key.len);
}

/* Let the path end in KEY, in the map or list that is open. */
static void extend_path(struct json_walk *walk, struct slice key)
{
    const struct json_level *level = top(walk);

    walk->path_hint = NULL;
    walk->path.len = level->path;
    if (level->path > 0 && !level->is_list)
        buf_add_char(&walk->path, '.');
    buf_add_slice(&walk->path, key);
}

/* The path of the key being read. */
static struct slice path_of(struct json_walk *walk)
{
    const struct json_hint *hint = walk->path_hint;

    if (hint != NULL)
        extend_path(walk, (struct slice){ hint->key, hint->len });
    return buf_slice(&walk->path);
}

/* A key that did not come behind the last one before: look it up, and remember it. */
static void search(struct json_walk *walk, uint64_t parent, struct slice key)
{
    struct json_hint *hint = json_record_seat_of(walk, parent, key);

    extend_path(walk, key);
    if (!hint_is_for(hint, parent, key)) {
        walk->hash = name_under(parent, key);
        walk->name = json_keys_find(walk->keys, walk->hash, buf_slice(&walk->path));
        if (key.len == 0 || key.len > HINT_KEY)
            return;
        *hint = (struct json_hint){ .parent = parent,
                                    .hash = walk->hash,
                                    .name = walk->name,
                                    .len = (uint8_t)key.len };
        memcpy(hint->key, key.s, key.len);
    }
    walk->hash = hint->hash;
    walk->name = hint->name;
    walk->last->next = hint;
    walk->last = hint;
}

/* Find out what KEY is, in the map or list that is open: records mostly look alike. */
static void step(struct json_walk *walk, struct slice key)
{
    uint64_t parent = top(walk)->hash;
    struct json_hint *hint = walk->last->next;

    if (hint != NULL && hint_is_for(hint, parent, key)) {
        walk->path_hint = walk->last = hint;
        walk->hash = hint->hash;
        walk->name = hint->name;
    } else {
        search(walk, parent, key);
    }
    walk->known += walk->name >= 0;
}

int json_record_key(struct json_walk *walk, struct slice key)
{
    const struct json_level *level = top(walk);

    if (walk->skipped > 0)
        return 1;
    if (key.len > 0 && key.s[0] == '$') {
        walk->path_hint = NULL;
        walk->path.len = level->path;
        walk->hash = level->hash;
        walk->name = level->name;
        return 1;
    }
    step(walk, key);
    return 1;
}

/* In a list the key being read is the number of the item. */
static void number_item(struct json_walk *walk)
{
    char digits[24];
    size_t at = sizeof digits, n = top(walk)->next++;

    digits[--at] = ']';
    do
        digits[--at] = (char)('0' + n % 10);
    while ((n /= 10) > 0);
    digits[--at] = '[';
    step(walk, (struct slice){ digits + at, sizeof digits - at });
}

int json_record_open(struct json_walk *walk, bool is_list)
{
    if (walk->skipped > 0) {
        walk->skipped++;
        return 1;
    }
    if (top(walk)->is_list)
        number_item(walk);
    if (walk->name == KEY_SKIP) {
        walk->skipped = 1;
        return 1;
    }
    if (walk->inside == JSON_DEPTH_MAX) {
        walk->fault = WALK_TOO_DEEP;
        return 0;
    }

    struct slice path = path_of(walk);

    walk->level[walk->inside++] =
        (struct json_level){ is_list, 0, walk->name, walk->hash, path.len };
    return 1;
}

int json_record_close(struct json_walk *walk)
{
    if (walk->skipped > 0) {
        walk->skipped--;
        return 1;
    }
    if (--walk->inside > 0)
        return 1;
    walk->ended = true;
    if (walk->known > walk->most_known)
        walk->most_known = walk->known;
    return !walk->counting || ++walk->counted < RECORDS_COUNTED;
}

/* The name of the value being read: a list of plain values counts as its first. */
static int name_of_value(struct json_walk *walk)
{
    const struct json_level *level = top(walk);

    if (!level->is_list)
        return walk->name;
    number_item(walk);
    if (walk->name >= 0 || level->name < 0)
        return walk->name;
    return level->next == 1 ? level->name : KEY_SKIP;
}

/* TEXT where it stays until the record is done with. */
static struct slice json_record_keep(struct json_walk *walk, struct slice text)
{
    size_t begin = walk->text.len;

    if (text.s >= walk->fed.s && text.s < walk->fed.s + walk->fed.len)
        return text;
    buf_add_slice(&walk->text, text);
    return (struct slice){ walk->text.s + begin, text.len };
}

/* TEXT without its %XX, in the walk's own memory. */
static struct slice url_decode(struct json_walk *walk, struct slice text)
{
    size_t begin = walk->text.len;

    for (size_t i = 0; i < text.len; i++) {
        int high = i + 2 < text.len && text.s[i] == '%' ? hex_digit(text.s[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(text.s[i + 2]) : -1;

        if (low >= 0) {
            buf_add_char(&walk->text, (char)(high << 4 | low));
            i += 2;
        } else {
            buf_add_char(&walk->text, text.s[i]);
        }
    }

    struct slice decoded = { walk->text.s + begin, walk->text.len - begin };

    return text_is_utf8(decoded) ? decoded : json_record_keep(walk, text);
}

static bool is_encoded(struct json_walk *walk)
{
    return walk->decode && slice_starts(path_of(walk), walk->profile->url_encoded.under);
}

static void set_field(struct json_walk *walk, const struct alias *alias,
                      struct slice text)
{
    const struct alias *by = walk->by[alias->field];

    if (by != NULL && by->rank < alias->rank)
        return;

    bool cut = false;

    if (!profile_takes_as_is(walk->profile, alias->field, text)) {
        cut = protection_cut(field_kind(alias->field), &text);
        text = profile_value(walk->profile, alias->field, text);
    }
    if (by == NULL || by == alias || text.s != NULL)
        walk->rec->column[alias->field] = alias->text; /* there, and perhaps empty */
    if (text.s == NULL && by != alias)
        return;
    walk->rec->damaged &= ~(UINT64_C(1) << alias->field);
    walk->rec->damaged |= (uint64_t)(cut && text.s != NULL) << alias->field;
    walk->rec->field[alias->field] = text;
    walk->by[alias->field] = text.s != NULL ? alias : NULL;
}

/* What no field takes. */
static void set_extra(struct json_walk *walk, struct slice text, bool is_string)
{
    text = profile_value(walk->profile, FIELD_NONE, text);
    if (text.s != NULL)
        (is_string ? extra_add : extra_add_plain)(&walk->extra, path_of(walk), text);
}

int json_record_text(struct json_walk *walk, struct slice text, bool is_string)
{
    if (walk->skipped > 0)
        return 1;

    int name = name_of_value(walk);
    const struct alias *alias = name >= 0 ? &walk->profile->alias[name] : NULL;

    if (walk->counting) {
        walk->has_id |= alias != NULL && alias->field == FIELD_UUID;
        return 1;
    }
    if (name == KEY_SKIP)
        return 1;
    text = is_encoded(walk) ? url_decode(walk, text) : json_record_keep(walk, text);
    if (alias != NULL && alias->field != FIELD_NONE) {
        set_field(walk, alias, text);
        return 1;
    }
    set_extra(walk, text, is_string);
    return 1;
}

int json_record_null(struct json_walk *walk)
{
    if (walk->skipped > 0 || walk->counting)
        return 1;

    int name = name_of_value(walk);
    const struct alias *alias = name >= 0 ? &walk->profile->alias[name] : NULL;

    if (alias == NULL || alias->field == FIELD_NONE)
        return 1;
    if (walk->by[alias->field] == NULL || walk->by[alias->field] == alias) {
        walk->rec->field[alias->field] = SLICE_NONE;
        walk->rec->column[alias->field] = alias->text;
        walk->by[alias->field] = NULL;
    }
    return 1;
}
