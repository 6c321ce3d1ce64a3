/*
 * case_hints.c - the column `extra` of cases: which keys it may have, and what they hold.
 */
#include "base/base.h"
#include "rules/cases/cases.h"

enum hint_kind {
    HINT_TEXT,
    HINT_SECONDS,
    HINT_INSTANT,
    HINT_CAUSE,
    HINT_ENDED_BY,
    HINT_NUMBER, /* in international form */
    HINT_NOTE,   /* for readers of the file alone */
};

static const struct hint {
    const char *key;
    enum hint_kind kind;
} hints[] = {
    { "talksec", HINT_SECONDS },
    { "early_media_seconds", HINT_SECONDS },
    { "talk_seconds", HINT_SECONDS },
    { "pdd_seconds", HINT_SECONDS },
    { "ring_seconds", HINT_SECONDS },
    { "caller", HINT_TEXT },
    { "destination", HINT_TEXT },
    { "gateway", HINT_TEXT },
    { "network_addr", HINT_TEXT },
    { "queue", HINT_TEXT },
    { "queue_type", HINT_TEXT },
    { "hangup_by", HINT_ENDED_BY },
    { "originate_disposition", HINT_CAUSE },
    { "amd_cause", HINT_TEXT },
    { "announcement", HINT_TEXT },
    { "transfer_disposition", HINT_TEXT },
    { "schema", HINT_TEXT },
    { "sip_phrase", HINT_TEXT },
    { "sip_reason", HINT_TEXT },
    { "q850_location", HINT_TEXT },
    { "webitel_result", HINT_TEXT },
    { "domain", HINT_TEXT },
    { "user", HINT_TEXT },
    { "caller_e164", HINT_NUMBER },
    { "destination_e164", HINT_NUMBER },
    { "started_at", HINT_INSTANT },
    { "answered_at", HINT_INSTANT },
    { "bridged_at", HINT_INSTANT },
    { "export", HINT_NOTE },
    { "ringing", HINT_NOTE },
};

static void check_hint_value(struct case_check *check, const struct hint *hint,
                             struct slice value)
{
    switch (hint->kind) {
    case HINT_SECONDS:
        case_check_seconds(check, hint->key, value);
        break;
    case HINT_INSTANT:
        case_check_instant(check, hint->key, value);
        break;
    case HINT_CAUSE:
        case_check_cause(check, hint->key, value);
        break;
    case HINT_ENDED_BY:
        if (!case_is_known(check->rules, RULE_FIELD_HANGUP_BY, value) &&
            !case_is_known(check->rules, RULE_FIELD_DISPOSITION, value))
            case_unknown(check, hint->key, RULE_FIELD_HANGUP_BY, value);
        break;
    case HINT_NUMBER:
        if (value.len < 2 || value.s[0] != '+' ||
            slice_before(slice_from(value, 1), '+').len != value.len - 1)
            case_fault(check, hint->key,
                       "\"" SLICE_FMT "\" is no number in international form, such as "
                       "+380636159079",
                       SLICE_ARG(value));
        break;
    case HINT_TEXT:
    case HINT_NOTE:
        break;
    }
}

void case_check_hints(struct case_check *check)
{
    struct slice rest = case_cell(check->row, CASE_EXTRA), key, value;

    while (case_next_hint(&rest, &key, &value)) {
        struct nearest nearest = nearest_to(key);
        size_t i = 0;

        while (i < COUNTOF(hints) && !slice_is(key, hints[i].key))
            nearest_try(&nearest, hints[i++].key);
        if (i == COUNTOF(hints))
            case_fault(check, "extra", "unknown key \"" SLICE_FMT "\"%s", SLICE_ARG(key),
                       nearest_hint(&nearest).text);
        else if (value.len == 0)
            case_fault(check, "extra", "%s has no value; write key=value;key=value",
                       hints[i].key);
        else
            check_hint_value(check, &hints[i], value);
    }
}
