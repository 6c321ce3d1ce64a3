/*
 * extra.c - members of an object, one by one.
 */
#include "readers/extra.h"

#include "readers/format.h"

static void extra_add_name(struct buf *extra, struct slice name)
{
    buf_add_char(extra, extra->len == 0 ? '{' : ',');
    buf_add_json(extra, name);
    buf_add_char(extra, ':');
}

void extra_add(struct buf *extra, struct slice name, struct slice text)
{
    if (extra->len > RECORD_MAX)
        return; /* long names can make more of a record than it was */
    extra_add_name(extra, name);
    buf_add_json(extra, text);
}

/* jsonb's numbers have limits that JSON's have not. */
static bool is_modest(struct slice number)
{
    return number.len <= 32 && memchr(number.s, 'e', number.len) == NULL &&
           memchr(number.s, 'E', number.len) == NULL;
}

void extra_add_plain(struct buf *extra, struct slice name, struct slice text)
{
    if (!is_modest(text) && !slice_is(text, "true") && !slice_is(text, "false")) {
        extra_add(extra, name, text);
        return;
    }
    if (extra->len > RECORD_MAX)
        return;
    extra_add_name(extra, name);
    buf_add_slice(extra, text);
}

struct slice extra_close(struct buf *extra)
{
    if (extra->len == 0)
        return SLICE_NONE;
    buf_add_char(extra, '}');
    return buf_slice(extra);
}
