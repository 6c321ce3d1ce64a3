/*
 * leg_bound.c - the texts of a leg, one by one.
 */
#include "leg/leg_bound.h"

#include "base/base.h"

#define TEXT(member, is_in_extra)                                                        \
    {                                                                                    \
#member, offsetof(struct leg, member), is_in_extra                               \
    }

/* Every text of a leg; two are members of extra anyway, and not of the table. */
static const struct {
    const char *name;
    size_t offset;
    bool is_in_extra;
} texts[] = {
    TEXT(domain, false),
    TEXT(direction, false),
    TEXT(caller, false),
    TEXT(destination, false),
    TEXT(extension, false),
    TEXT(agent, false),
    TEXT(queue, false),
    TEXT(queue_type, false),
    TEXT(gateway, false),
    TEXT(network_addr, true),
    TEXT(hangup_cause, false),
    TEXT(disposition, false),
    TEXT(webitel_result, false),
    TEXT(sip_reason, false),
    TEXT(sip_phrase, true),
    TEXT(hangup_by, false),
    TEXT(originate_disposition, false),
    TEXT(amd_result, false),
    TEXT(amd_cause, false),
    TEXT(announcement, false),
    TEXT(transfer_disposition, false),
    TEXT(schema_name, false),
};

void leg_add_extra(struct buf *extra, const char *name, struct slice value)
{
    if (value.s == NULL || value.len == 0)
        return;
    buf_add_char(extra, extra->len == 0 ? '{' : ',');
    buf_add_json(extra, slice_of(name));
    buf_add_char(extra, ':');
    buf_add_json(extra, value);
}

void leg_bound(struct leg *leg, struct buf *extra)
{
    struct buf names = { 0 };

    for (size_t i = 0; i < COUNTOF(texts); i++) {
        struct slice *text = (struct slice *)(void *)((char *)leg + texts[i].offset);

        if (text->len <= LEG_TEXT_MAX)
            continue;
        if (!texts[i].is_in_extra)
            leg_add_extra(extra, texts[i].name, *text);
        buf_add_text(&names, names.len != 0 ? ", " : "");
        buf_add_text(&names, texts[i].name);
        *text = text_cut(*text, LEG_TEXT_MAX);
    }
    leg_add_extra(extra, "truncated", buf_slice(&names));
    buf_free(&names);
}
