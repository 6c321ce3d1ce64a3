/*
 * leg_bound.c - the texts of a leg, one by one.
 */
#include "leg/leg_bound.h"

#include "base/base.h"
#include "base/unicode.h"

/* What a text is: what becomes of it when it is too long, or a number. */
enum kind {
    NAME, /* somebody gave it, or dialled it */
    WORD, /* of a language of its exports: causes, directions, results */
    KEPT, /* a member of extra anyway, and not of the table */
};

#define BOUND(member, kind)                                                              \
    {                                                                                    \
#member, offsetof(struct leg, member), kind                                      \
    }

/* Every text of a leg. */
static const struct {
    const char *name;
    size_t offset;
    enum kind kind;
} texts[] = {
    BOUND(domain, NAME),
    BOUND(direction, WORD),
    BOUND(caller, NAME),
    BOUND(destination, NAME),
    BOUND(extension, NAME),
    BOUND(agent, NAME),
    BOUND(queue, NAME),
    BOUND(queue_type, WORD),
    BOUND(gateway, NAME),
    BOUND(network_addr, KEPT),
    BOUND(hangup_cause, WORD),
    BOUND(disposition, WORD),
    BOUND(webitel_result, WORD),
    BOUND(sip_reason, NAME),
    BOUND(sip_phrase, KEPT),
    BOUND(hangup_by, WORD),
    BOUND(originate_disposition, WORD),
    BOUND(amd_result, WORD),
    BOUND(amd_cause, WORD),
    BOUND(announcement, NAME),
    BOUND(transfer_disposition, WORD),
    BOUND(schema_name, NAME),
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

/* Where no number stands in an export that is in order, one would be shown to readers. */
static bool is_number(enum kind kind, struct slice text)
{
    return kind == WORD && text.len > LEG_EXTENSION_DIGITS &&
           text_digits(text) > LEG_EXTENSION_DIGITS;
}

static void add_name(struct buf *names, const char *name)
{
    buf_add_text(names, names->len != 0 ? ", " : "");
    buf_add_text(names, name);
}

void leg_bound(struct leg *leg, struct buf *extra)
{
    struct buf truncated = { 0 }, misplaced = { 0 };

    for (size_t i = 0; i < COUNTOF(texts); i++) {
        struct slice *text = (struct slice *)(void *)((char *)leg + texts[i].offset);
        bool misplaces = is_number(texts[i].kind, *text);

        if (text->len <= LEG_TEXT_MAX && !misplaces)
            continue;
        if (texts[i].kind != KEPT)
            leg_add_extra(extra, texts[i].name, *text);
        add_name(misplaces ? &misplaced : &truncated, texts[i].name);
        *text = misplaces ? SLICE_NONE : text_cut(*text, LEG_TEXT_MAX);
    }
    leg_add_extra(extra, "truncated", buf_slice(&truncated));
    leg_add_extra(extra, "misplaced", buf_slice(&misplaced));
    buf_free(&truncated);
    buf_free(&misplaced);
}
