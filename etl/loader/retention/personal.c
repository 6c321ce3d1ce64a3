/*
 * personal.c - columns, and the members that they are stored of.
 */
#include "loader/retention/personal.h"

#include <stddef.h>

const char *const personal_columns[PERSONAL_TEXTS] = {
    "caller_e164", "destination_e164",
    "caller",      "destination",
    "extension",   "agent",
    "sip_reason",  "announcement",
    "schema_name", "transfer_disposition",
    "extra",
};

struct slice *personal_text(struct leg *leg, size_t place)
{
    struct slice *const texts[PERSONAL_TEXTS] = {
        &leg->caller_e164, &leg->destination_e164,
        &leg->caller,      &leg->destination,
        &leg->extension,   &leg->agent,
        &leg->sip_reason,  &leg->announcement,
        &leg->schema_name, &leg->transfer_disposition,
        &leg->extra,
    };

    return texts[place];
}

bool personal_rewrite(struct leg *leg, personal_fn *rewrite, void *by, struct buf *out)
{
    size_t end[PERSONAL_TEXTS]; /* of what came of each; OUT may move while it grows */
    bool is_new[PERSONAL_TEXTS], found = false;

    buf_reset(out);
    for (size_t i = PERSONAL_E164; i < PERSONAL_TEXTS; i++) {
        is_new[i] = rewrite(by, *personal_text(leg, i), i == PERSONAL_TEXTS - 1, out);
        found |= is_new[i];
        end[i] = out->len;
    }
    for (size_t i = PERSONAL_E164, at = 0; i < PERSONAL_TEXTS; at = end[i++])
        if (is_new[i])
            *personal_text(leg, i) = (struct slice){ out->s + at, end[i] - at };
    return found;
}
