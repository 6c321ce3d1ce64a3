/*
 * jsonb_members.c - {"name": value, "name": value}
 */
#include "loader/merge/jsonb_members.h"

#include "base/base.h"

enum { JSONB_VERSION = 1 };

static size_t jsonb_members_skip_string(struct slice json, size_t at)
{
    for (at++; at < json.len && json.s[at] != '"'; at++)
        at += json.s[at] == '\\';
    return at + 1;
}

/* The end of the value that begins at AT: a comma or the closing brace. */
static size_t value_end(struct slice json, size_t at)
{
    size_t depth = 0;

    while (at < json.len) {
        char c = json.s[at];

        if (c == '"') {
            at = jsonb_members_skip_string(json, at);
            continue;
        }
        if (depth == 0 && (c == ',' || c == '}'))
            break;
        depth += c == '{' || c == '[';
        depth -= c == '}' || c == ']';
        at++;
    }
    return at;
}

static struct slice jsonb_members_part(struct slice json, size_t from, size_t to)
{
    to = to < json.len ? to : json.len;
    return (struct slice){ json.s + from, to - from };
}

bool jsonb_members_next(struct slice jsonb, size_t *at, struct jsonb_member *member)
{
    size_t begin = *at == 0 ? strlen("\1{") : *at + strlen(", ");

    if (jsonb.s == NULL || begin >= jsonb.len || jsonb.s[1] != '{' ||
        jsonb.s[begin] != '"')
        return false;

    size_t end = jsonb_members_skip_string(jsonb, begin);

    member->name = jsonb_members_part(jsonb, begin, end);
    begin = end + strlen(": ");
    if (begin >= jsonb.len)
        return false;
    *at = value_end(jsonb, begin);
    member->value = jsonb_members_part(jsonb, begin, *at);
    return true;
}

int jsonb_members_order(const struct jsonb_member *a, const struct jsonb_member *b)
{
    if (a->name.len != b->name.len)
        return a->name.len < b->name.len ? -1 : 1;
    return memcmp(a->name.s, b->name.s, a->name.len);
}

static int order(const void *a, const void *b)
{
    return jsonb_members_order(a, b);
}

/* All members of JSONB, by name; the caller frees them. */
static struct jsonb_member *jsonb_members_all(struct slice jsonb, size_t *count)
{
    struct jsonb_member *all = NULL, member;
    size_t room = 0;

    *count = 0;
    for (size_t at = 0; jsonb_members_next(jsonb, &at, &member);) {
        if (*count == room) {
            room += room + 16;
            all = xrealloc(all, room, sizeof *all);
        }
        all[(*count)++] = member;
    }
    if (*count > 1)
        qsort(all, *count, sizeof *all, order);
    return all;
}

bool jsonb_members_equal(struct slice a, struct slice b)
{
    size_t na, nb;

    if (a.s == NULL || b.s == NULL || a.len != b.len || memcmp(a.s, b.s, a.len) == 0)
        return (a.s == NULL) == (b.s == NULL) && a.len == b.len;

    struct jsonb_member *all_a = jsonb_members_all(a, &na),
                        *all_b = jsonb_members_all(b, &nb);
    bool same = na == nb;

    for (size_t i = 0; i < na && same; i++)
        same = slice_equal(all_a[i].name, all_b[i].name) &&
               slice_equal(all_a[i].value, all_b[i].value);
    free(all_a);
    free(all_b);
    return same;
}

void jsonb_members_add(struct buf *out, const struct jsonb_member *member)
{
    if (out->len == 0) {
        buf_add_char(out, JSONB_VERSION);
        buf_add_char(out, '{');
    } else {
        buf_add_text(out, ", ");
    }
    buf_add_slice(out, member->name);
    buf_add_text(out, ": ");
    buf_add_slice(out, member->value);
}

void jsonb_members_close(struct buf *out)
{
    if (out->len > 0)
        buf_add_char(out, '}');
}
