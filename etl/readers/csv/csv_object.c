/*
 * csv_object.c - JSON inside a cell: the plain form by hand, all others by jansson.
 *
 * {"name":"text",...} without escapes is what nearly every such cell is, and a
 * third of the rows have one; the rest may cost what it costs.
 */
#include "readers/csv/csv_impl.h"

#include <jansson.h>

#include "base/base.h"

enum { PREFERRED_MAX = 8 };

/* The text between quotes at *S, moved behind it; false: something else stands there. */
static bool plain_text(const char **s, const char *end, struct slice *text)
{
    const char *at = *s + 1;

    if (*s == end || **s != '"')
        return false;
    while (at < end && *at != '"' && *at != '\\')
        at++;
    if (at == end || *at != '"')
        return false;
    *text = (struct slice){ *s + 1, (size_t)(at - *s - 1) };
    *s = at + 1;
    return true;
}

static bool passes(const char **s, const char *end, char c)
{
    if (*s == end || **s != c)
        return false;
    ++*s;
    return true;
}

/* The place of NAME among the members that PROFILE asks for. */
static size_t preference(const struct profile *profile, struct slice name)
{
    for (size_t i = 0; i < profile->nmembers; i++)
        if (strncmp(profile->member[i], name.s, name.len) == 0 &&
            profile->member[i][name.len] == '\0')
            return i;
    return PREFERRED_MAX;
}

/* A flat object of plain texts: its preferred member.  False: not so plain. */
static bool plain_object(const struct profile *profile, struct slice cell,
                         struct slice *value)
{
    const char *s = cell.s, *end = cell.s + cell.len;
    struct slice found[PREFERRED_MAX] = { { 0 } };
    struct slice name, text;

    if (!passes(&s, end, '{'))
        return false;
    do {
        if (!plain_text(&s, end, &name) || !passes(&s, end, ':') ||
            !plain_text(&s, end, &text))
            return false;
        size_t i = preference(profile, name);

        if (i < PREFERRED_MAX && text.len > 0)
            found[i] = text;
    } while (passes(&s, end, ','));
    if (!passes(&s, end, '}') || s != end)
        return false;

    *value = cell;
    for (size_t i = PREFERRED_MAX; i-- > 0;)
        if (found[i].s != NULL)
            *value = found[i];
    return true;
}

/*
 * What JSON has to say of FIELD, as text behind the end of TEXT; absent: nothing.  A list
 * of plain values is no way in which an export writes a name: [1,2] is one.
 */
static struct slice any_value(const struct profile *profile, enum field field,
                              const json_t *json, struct buf *text)
{
    size_t begin = text->len;

    if (json_is_array(json)) {
        json = json_array_get(json, 0);
        if (field_kind(field) == KIND_TEXT && !json_is_object(json))
            return SLICE_NONE;
    }
    for (size_t i = 0; json_is_object(json) && i < profile->nmembers; i++) {
        const json_t *member = json_object_get(json, profile->member[i]);

        if (json_is_integer(member) || json_string_length(member) > 0)
            json = member;
    }
    if (json_is_string(json))
        buf_add(text, json_string_value(json), json_string_length(json));
    else if (json_is_integer(json))
        buf_addf(text, "%" JSON_INTEGER_FORMAT, json_integer_value(json));
    else
        return SLICE_NONE;
    return (struct slice){ text->s + begin, text->len - begin };
}

struct slice cell_value(const struct profile *profile, enum field field,
                        struct slice cell, struct buf *text)
{
    struct slice value;

    if (plain_object(profile, cell, &value))
        return value;

    json_t *json = json_loadb(cell.s, cell.len, 0, NULL);

    if (json == NULL)
        return cell;
    value = any_value(profile, field, json, text);
    json_decref(json);
    return value.s != NULL ? value : cell;
}
