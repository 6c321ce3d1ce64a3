/*
 * sheet_cell.c - conditions as people write them into cells.
 */
#include <ctype.h>

#include "base/base.h"
#include "rules/sheet/sheet.h"

static const char negation[] = "not ", prefix[] = "begins ", pattern[] = "like ";

static bool begins_nocase(struct slice text, const char *word)
{
    size_t len = strlen(word);

    return text.len >= len &&
           slice_equal_nocase((struct slice){ text.s, len }, (struct slice){ word, len });
}

static struct slice sheet_cell_behind(struct slice text, const char *word)
{
    return slice_trim(slice_from(text, strlen(word)));
}

/* A text that stands for itself in a cell. */
static bool is_plain(struct slice text)
{
    static const char *const words[] = { negation, prefix, pattern };
    struct slice trimmed = slice_trim(text);
    bool plain = trimmed.len == text.len && text.len > 0 &&
                 strchr("\"{[", text.s[0]) == NULL && slice_count(text, '|') == 0 &&
                 !slice_equal_nocase(text, slice_of("absent")) &&
                 !slice_equal_nocase(text, slice_of("present"));

    for (size_t i = 0; i < COUNTOF(words); i++)
        plain = plain && !begins_nocase(text, words[i]);
    for (size_t i = 0; i < text.len; i++)
        plain = plain && (unsigned char)text.s[i] >= ' ';
    return plain;
}

static void add_json(struct buf *out, const json_t *value)
{
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);

    buf_add_text(out, text);
    free(text);
}

static bool sheet_add_text(struct buf *out, const char *before, const json_t *value)
{
    struct slice text = slice_of(json_string_value(value));

    if (text.s == NULL)
        return false;
    buf_add_text(out, before);
    if (is_plain(text))
        buf_add_slice(out, text);
    else
        add_json(out, value);
    return true;
}

/* {"min": 400, "max": 499} */
static bool sheet_add_range(struct buf *out, const json_t *value)
{
    const json_t *min = json_object_get(value, "min"),
                 *max = json_object_get(value, "max");

    if (min != NULL)
        buf_addf(out, "%lld", (long long)json_integer_value(min));
    buf_add_text(out, "..");
    if (max != NULL)
        buf_addf(out, "%lld", (long long)json_integer_value(max));
    return min != NULL || max != NULL;
}

static bool add_one(struct buf *out, const json_t *value)
{
    if (json_is_null(value))
        buf_add_text(out, "absent");
    else if (json_is_boolean(value))
        buf_add_text(out, json_is_true(value) ? "true" : "false");
    else if (json_is_integer(value))
        buf_addf(out, "%lld", (long long)json_integer_value(value));
    else if (json_is_string(value))
        return sheet_add_text(out, "", value);
    else if (json_object_get(value, "prefix") != NULL)
        return sheet_add_text(out, prefix, json_object_get(value, "prefix"));
    else if (json_object_get(value, "glob") != NULL)
        return sheet_add_text(out, pattern, json_object_get(value, "glob"));
    else if (json_object_get(value, "present") != NULL)
        buf_add_text(out, "present");
    else
        return sheet_add_range(out, value);
    return true;
}

static bool add_all(struct buf *out, const json_t *value)
{
    if (json_object_get(value, "not") != NULL) {
        buf_add_text(out, negation);
        value = json_object_get(value, "not");
    }
    if (!json_is_array(value))
        return add_one(out, value);
    for (size_t i = 0; i < json_array_size(value); i++) {
        buf_add_text(out, i > 0 ? " | " : "");
        if (!add_one(out, json_array_get(value, i)))
            return false;
    }
    return true;
}

void sheet_cell_add(struct buf *out, enum rule_field field, const json_t *value)
{
    struct buf text = { 0 }, why = { 0 };
    json_t *again =
        add_all(&text, value) ? sheet_cell_read(field, buf_slice(&text), &why) : NULL;

    /* what would not come back as it is stands as JSON */
    if (again != NULL && json_equal(again, value))
        buf_add_slice(out, buf_slice(&text));
    else
        add_json(out, value);
    json_decref(again);
    buf_free(&text);
    buf_free(&why);
}

/* --- and back --- */

static json_t *fail(struct buf *why, struct slice text, const char *due)
{
    buf_reset(why);
    buf_addf(why, "\"" SLICE_FMT "\": %s", SLICE_ARG(text), due);
    return NULL;
}

static json_t *read_json(struct slice text, struct buf *why)
{
    json_error_t fault;
    json_t *value =
        json_loadb(text.s, text.len, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &fault);

    return value != NULL ? value : fail(why, text, fault.text);
}

/* A text as it is, or between quotes as JSON has it. */
static json_t *read_text(struct slice text, struct buf *why)
{
    if (text.len == 0)
        return fail(why, text, "a text is due");
    return text.s[0] == '"' ? read_json(text, why) : json_stringn(text.s, text.len);
}

static json_t *sheet_read_pattern(const char *key, struct slice text, struct buf *why)
{
    json_t *value = read_text(text, why);

    return value != NULL ? json_pack("{s:o}", key, value) : NULL;
}

/* 400..499, 30.. or ..5 */
static json_t *sheet_read_range(struct slice text, const char *dots, struct buf *why)
{
    struct slice from = slice_trim((struct slice){ text.s, (size_t)(dots - text.s) });
    struct slice to =
        slice_trim((struct slice){ dots + 2, text.len - (size_t)(dots + 2 - text.s) });
    json_t *range = json_object();
    int64_t number;
    bool ok = from.len + to.len > 0;

    if (from.len > 0 && (ok = ok && slice_int(from, &number)))
        json_object_set_new(range, "min", json_integer(number));
    if (to.len > 0 && (ok = ok && slice_int(to, &number)))
        json_object_set_new(range, "max", json_integer(number));
    if (ok)
        return range;
    json_decref(range);
    return fail(why, text, "a range is such as 400..499, 30.. or ..5");
}

static json_t *sheet_read_number(enum rule_field field, struct slice text,
                                 struct buf *why)
{
    const char *dots = memmem(text.s, text.len, "..", 2);
    int64_t number;

    if (dots != NULL)
        return sheet_read_range(text, dots, why);
    if (slice_int(text, &number))
        return json_integer(number);
    return fail(why, text,
                rule_field_row(field)->kind == RULE_FIELD_FLAG
                    ? "true, false or absent is due"
                    : "a whole number, a range such as 400..499, or absent is due");
}

static json_t *read_one(enum rule_field field, struct slice text, struct buf *why)
{
    bool flag = rule_field_row(field)->kind == RULE_FIELD_FLAG;

    text = slice_trim(text);
    if (text.len == 0)
        return fail(why, text, "nothing stands beside a |");
    if (slice_equal_nocase(text, slice_of("absent")))
        return json_null();
    if (slice_equal_nocase(text, slice_of("present")))
        return json_pack("{s:b}", "present", 1);
    if (flag && slice_equal_nocase(text, slice_of("true")))
        return json_true();
    if (flag && slice_equal_nocase(text, slice_of("false")))
        return json_false();
    if (text.s[0] == '{')
        return read_json(text, why);
    if (begins_nocase(text, prefix))
        return sheet_read_pattern("prefix", sheet_cell_behind(text, prefix), why);
    if (begins_nocase(text, pattern))
        return sheet_read_pattern("glob", sheet_cell_behind(text, pattern), why);
    return rule_field_is_text(field) ? read_text(text, why)
                                     : sheet_read_number(field, text, why);
}

/* The length of what stands before the next | that is not between quotes. */
static size_t part_len(struct slice text)
{
    bool inside = false;
    size_t i = 0;

    for (; i < text.len && (inside || text.s[i] != '|'); i++) {
        if (text.s[i] == '\\' && inside)
            i++;
        else if (text.s[i] == '"')
            inside = !inside;
    }
    return i < text.len ? i : text.len;
}

static json_t *sheet_read_list(enum rule_field field, struct slice text, struct buf *why)
{
    size_t len = part_len(text);
    json_t *list, *one;

    if (len == text.len)
        return read_one(field, text, why);
    list = json_array();
    for (;;) {
        one = read_one(field, (struct slice){ text.s, len }, why);
        if (one == NULL || json_array_append_new(list, one) != 0)
            break;
        if (len == text.len)
            return list;
        text = (struct slice){ text.s + len + 1, text.len - len - 1 };
        len = part_len(text);
    }
    json_decref(list);
    return NULL;
}

json_t *sheet_cell_read(enum rule_field field, struct slice cell, struct buf *why)
{
    struct slice text = slice_trim(cell);
    json_t *inner;

    if (text.len > 0 &&
        (text.s[0] == '[' || (text.s[0] == '{' && part_len(text) == text.len)))
        return read_json(text, why);
    if (!begins_nocase(text, negation))
        return sheet_read_list(field, text, why);
    inner = sheet_read_list(field, sheet_cell_behind(text, negation), why);
    return inner != NULL ? json_pack("{s:o}", "not", inner) : NULL;
}
