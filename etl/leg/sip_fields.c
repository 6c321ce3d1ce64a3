/*
 * sip_fields.c - dispositions, SIP codes and Q.850 values out of an export's cells.
 */
#include "leg/sip_fields.h"

#include "base/base.h"

/*
 * Kibana's scripted field names the six values from the far end's point of
 * view, with its own spelling (webitel/kibana create_index.js).
 */
static const struct {
    const char *written, *value;
} dispositions[] = {
    { "send_bye", "send_bye" },          { "recv_bye", "recv_bye" },
    { "send_cancel", "send_cancel" },    { "recv_cancel", "recv_cancel" },
    { "send_refuse", "send_refuse" },    { "recv_refuse", "recv_refuse" },
    { "Recieve hangup", "send_bye" },    { "Send hangup", "recv_bye" },
    { "Recieve cancel", "send_cancel" }, { "Send cancel", "recv_cancel" },
    { "Recieve refuse", "send_refuse" }, { "Send refuse", "recv_refuse" },
};

static struct slice disposition_named(struct slice text)
{
    char first = (char)(text.len > 0 ? text.s[0] | 0x20 : '\0');

    if (first != 's' && first != 'r') /* as all of them begin */
        return SLICE_NONE;
    for (size_t i = 0; i < COUNTOF(dispositions); i++)
        if (slice_equal_nocase(text, slice_of(dispositions[i].written)))
            return slice_of(dispositions[i].value);
    return SLICE_NONE;
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

/* agentDropped -> agent_dropped; anything but a camelCase word stays as it is. */
static struct slice snake_case(struct slice text, struct buf *scratch)
{
    size_t from = scratch->len;
    bool camel = text.len > 0 && is_lower(text.s[0]);

    for (size_t i = 0; camel && i < text.len; i++)
        camel = is_lower(text.s[i]) || is_upper(text.s[i]);
    if (!camel)
        return text;
    buf_room(scratch, 2 * text.len);
    for (size_t i = 0; i < text.len; i++) {
        if (is_upper(text.s[i])) {
            buf_add_char(scratch, '_');
            buf_add_char(scratch, (char)(text.s[i] - 'A' + 'a'));
        } else {
            buf_add_char(scratch, text.s[i]);
        }
    }
    return (struct slice){ scratch->s + from, scratch->len - from };
}

void sip_fields_disposition(struct slice cell, struct leg *leg, struct buf *scratch)
{
    struct slice text = slice_trim(cell);

    leg->disposition = disposition_named(text);
    if (leg->disposition.s != NULL || text.len == 0)
        return;

    struct slice first = slice_before(text, ' ');
    struct slice rest = { text.s + first.len, text.len - first.len };
    int16_t code = NO_CODE;

    if (rest.len > 0)
        code = sip_fields_sip_code(rest);
    if (code != NO_CODE)
        leg->disposition = disposition_named(first);
    if (leg->disposition.s != NULL) {
        if (leg->sip_code == NO_CODE)
            leg->sip_code = code;
        return;
    }
    leg->webitel_result = snake_case(text, scratch);
}

static struct slice without_scheme(struct slice text)
{
    static const char *const schemes[] = { "sip:", "sips:" };

    for (size_t i = 0; i < COUNTOF(schemes); i++) {
        size_t len = strlen(schemes[i]);
        struct slice head = { text.s, len };

        if (text.len > len && slice_equal_nocase(head, slice_of(schemes[i])))
            return slice_from(text, len);
    }
    return text;
}

/* 486.0 is 486; 486.5 stays what it is, no code. */
static struct slice without_zeros(struct slice text)
{
    struct slice whole = slice_before(text, '.');
    size_t i = whole.len + 1;

    while (i < text.len && text.s[i] == '0')
        i++;
    return whole.len < text.len && i == text.len ? whole : text;
}

int16_t sip_fields_sip_code(struct slice cell)
{
    struct slice text = without_scheme(slice_trim(cell));
    int64_t code;

    if (text.len > 3) /* a phrase, a fraction, parameters */
        text = without_zeros(slice_before(slice_before(text, ' '), ';'));
    if (text.len != 3 || !slice_int(text, &code) || code < 100 || code > 699)
        return NO_CODE;
    return (int16_t)code;
}

/* What stands before the first C outside of quotes, and not escaped in them. */
static struct slice before_unquoted(struct slice text, char c)
{
    bool quoted = false;

    for (size_t i = 0; i < text.len; i++) {
        if (quoted && text.s[i] == '\\')
            i++;
        else if (text.s[i] == '"')
            quoted = !quoted;
        else if (!quoted && text.s[i] == c)
            return (struct slice){ text.s, i };
    }
    return text;
}

/* The part of LIST up to the next C; LIST goes on behind it. */
static struct slice next_part(struct slice *list, char c)
{
    struct slice part = before_unquoted(*list, c);
    size_t used = part.len < list->len ? part.len + 1 : part.len;

    *list = slice_from(*list, used);
    return slice_trim(part);
}

/*
 * The cause of protocol Q.850 in a Reason header (RFC 3326): values parted by commas,
 * each a protocol and its parameters, whose names know no case.
 */
static struct slice reason_cause(struct slice reason)
{
    while (reason.len != 0) {
        struct slice value = next_part(&reason, ',');
        struct slice protocol = next_part(&value, ';');

        while (slice_equal_nocase(protocol, slice_of("Q.850")) && value.len != 0) {
            struct slice rest = next_part(&value, ';');
            struct slice name = next_part(&rest, '=');

            if (slice_equal_nocase(name, slice_of("cause")))
                return slice_trim(rest);
        }
    }
    return SLICE_NONE;
}

int16_t sip_fields_q850(struct slice cell)
{
    struct slice text = slice_trim(cell);
    int64_t value;

    if (text.len != 0 && memchr(text.s, ';', text.len) != NULL)
        text = reason_cause(text);
    text = without_zeros(text);
    if (!slice_int(text, &value) || value < 1 || value > 127)
        return NO_CODE;
    return (int16_t)value;
}
