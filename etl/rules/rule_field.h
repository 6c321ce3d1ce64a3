/*
 * rule_field.h - the fields that rules may ask for.
 *
 * The one place that knows them.  One more is one line here, one line in
 * evidence.c, its name in mappings/schema/rules.schema.json, and what it means in
 * mappings/README.md.
 */
#ifndef ETL_RULES_RULE_FIELD_H
#define ETL_RULES_RULE_FIELD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/nearest.h"
#include "base/text.h"

/* X(constant, name in rules, kind, are all its values known?) */
#define FIELDS_OF_RULES(X)                                                               \
    X(PROVIDER, "provider", TEXT, true)                                                  \
    X(GATEWAY, "gateway", TEXT, false)                                                   \
    X(DIRECTION, "direction", TEXT, true)                                                \
    X(LEG, "leg", TEXT, true)                                                            \
    X(ANSWERED, "answered", FLAG, true)                                                  \
    X(CONNECTED, "connected", FLAG, true)                                                \
    X(RELEASE, "release", TEXT, true)                                                    \
    X(HANGUP_CAUSE, "hangup_cause", TEXT, true)                                          \
    X(DISPOSITION, "disposition", TEXT, true)                                            \
    X(SIP_CODE, "sip_code", SIP, false)                                                  \
    X(Q850, "q850", CAUSE, false)                                                        \
    X(Q850_IMPLIED, "q850_implied", CAUSE, false)                                        \
    X(Q850_ANY, "q850_any", CAUSE, false)                                                \
    X(HANGUP_BY, "hangup_by", TEXT, true)                                                \
    X(ORIGINATE_DISPOSITION, "originate_disposition", TEXT, true)                        \
    X(AMD_RESULT, "amd_result", TEXT, true)                                              \
    X(AMD_CAUSE, "amd_cause", TEXT, true)                                                \
    X(ANNOUNCEMENT, "announcement", TEXT, true)                                          \
    X(DURATION, "duration", SECONDS, false)                                              \
    X(BILL_SECONDS, "bill_seconds", SECONDS, false)                                      \
    X(EARLY_MEDIA_SECONDS, "early_media_seconds", SECONDS, false)                        \
    X(PDD_SECONDS, "pdd_seconds", SECONDS, false)                                        \
    X(RING_SECONDS, "ring_seconds", SECONDS, false)                                      \
    X(QUEUE, "queue", TEXT, false)                                                       \
    X(QUEUE_TYPE, "queue_type", TEXT, false)                                             \
    X(WEBITEL_RESULT, "webitel_result", TEXT, true)                                      \
    X(SIP_REASON, "sip_reason", TEXT, false)                                             \
    X(SIP_PHRASE, "sip_phrase", TEXT, false)                                             \
    X(TRANSFER_DISPOSITION, "transfer_disposition", TEXT, false)                         \
    X(DOMAIN, "domain", TEXT, false)                                                     \
    X(DESTINATION, "destination", TEXT, false)                                           \
    X(DESTINATION_OPERATOR, "destination_operator", TEXT, true)                          \
    X(DESTINATION_COUNTRY, "destination_country", TEXT, true)                            \
    X(CALLER, "caller", TEXT, false)                                                     \
    X(CALLER_OPERATOR, "caller_operator", TEXT, true)                                    \
    X(CALLER_COUNTRY, "caller_country", TEXT, true)                                      \
    X(LOCAL_HOUR, "local_hour", HOUR, false)                                             \
    X(LOCAL_WEEKDAY, "local_weekday", TEXT, true)                                        \
    X(SCHEMA, "schema", TEXT, false)                                                     \
    X(USER, "user", TEXT, false)

enum rule_field {
#define X(constant, name, kind, closed) RULE_FIELD_##constant,
    FIELDS_OF_RULES(X)
#undef X
        RULE_FIELD_COUNT,
    RULE_FIELD_NONE = -1,
};

enum rule_field_kind {
    RULE_FIELD_TEXT,
    RULE_FIELD_FLAG,    /* 0 or 1 */
    RULE_FIELD_SIP,     /* 100..699 */
    RULE_FIELD_CAUSE,   /* 1..127, Q.850 */
    RULE_FIELD_SECONDS, /* 0 and more */
    RULE_FIELD_HOUR,    /* 0..23 */
};

enum { SIP_MIN = 100, SIP_MAX = 699, Q850_MIN = 1, Q850_MAX = 127 };

struct rule_field_row {
    const char *name;
    enum rule_field_kind kind;
    bool closed; /* a text that nothing declares is a slip of the pen */
    int32_t min, max;
};

const struct rule_field_row *rule_field_row(enum rule_field field);
const char *rule_field_name(enum rule_field field);
static inline bool rule_field_is_text(enum rule_field field)
{
    return rule_field_row(field)->kind == RULE_FIELD_TEXT;
}

/* The field of that name, RULE_FIELD_NONE when there is none. */
enum rule_field rule_field_named(const char *name);

/* The field that NAME may have been meant for, as a hint. */
struct nearest_hint rule_field_nearest(const char *name);

#endif
