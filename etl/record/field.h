/*
 * field.h - the fields an export can tell, as the readers hand them on.
 *
 * The one place that knows a field's name and kind.  What exports call it
 * stands in mappings/fields/; a name in a profile's "fields" is a name of this
 * table.  One more field is one line in FIELDS_OF_A_RECORD and its aliases in
 * the profiles; leg/leg_parser.c says what it means.
 */
#ifndef ETL_RECORD_FIELD_H
#define ETL_RECORD_FIELD_H

#include "base/text.h"

/* X(constant, name in profiles, kind) */
#define FIELDS_OF_A_RECORD(X)                                                            \
    X(UUID, "uuid", ID)                                                                  \
    X(DOCUMENT_ID, "document_id", ID) /* Elasticsearch's _id: the uuid, without one */   \
    X(PARENT_UUID, "parent_uuid", ID)                                                    \
    X(LEG, "leg", TEXT) /* A or B, where the export says so */                           \
    X(DOMAIN, "domain", TEXT)                                                            \
    X(DIRECTION, "direction", TEXT)                                                      \
    X(STARTED_AT, "started_at", TIME)                                                    \
    X(STARTED_DATE, "started_date", TIME) /* the day, where day and time are apart */    \
    X(ANSWERED_AT, "answered_at", TIME)                                                  \
    X(BRIDGED_AT, "bridged_at", TIME)                                                    \
    X(ENDED_AT, "ended_at", TIME)                                                        \
    X(MEDIA_AT, "media_at", TIME) /* first 183 with SDP */                               \
    X(RANG_AT, "rang_at", TIME)   /* first 180 */                                        \
    X(CALLER, "caller", NUMBER)                                                          \
    X(DESTINATION, "destination", NUMBER)                                                \
    X(EXTENSION, "extension", NUMBER)                                                    \
    X(AGENT, "agent", TEXT)                                                              \
    X(QUEUE, "queue", TEXT)                                                              \
    X(QUEUE_TYPE, "queue_type", TEXT)                                                    \
    X(GATEWAY, "gateway", TEXT)                                                          \
    X(NETWORK_ADDR, "network_addr", TEXT)                                                \
    X(QUEUE_RESULT, "queue_result", TEXT)           /* how the queue's attempt ended */  \
    X(QUEUE_JOINED_AT, "queue_joined_at", TIME)     /* the caller came, */               \
    X(QUEUE_ANSWERED_AT, "queue_answered_at", TIME) /* an agent took him, */             \
    X(QUEUE_LEFT_AT, "queue_left_at", TIME)         /* he left or was sent away */       \
    X(TRANSFER_FROM, "transfer_from", ID) /* the call that a consultation is about */    \
    X(DURATION, "duration", SECONDS)                                                     \
    X(BILL_SECONDS, "bill_seconds", SECONDS)                                             \
    X(TALK_SECONDS, "talk_seconds", SECONDS)     /* answered talk (history UI, REST) */  \
    X(BRIDGE_SECONDS, "bridge_seconds", SECONDS) /* legacy talksec, early media too */   \
    X(PDD_SECONDS, "pdd_seconds", SECONDS)       /* start to 180 */                      \
    X(RING_SECONDS, "ring_seconds", SECONDS)     /* 180 to answer or end */              \
    X(WAIT_SECONDS, "wait_seconds", SECONDS)     /* in the queue */                      \
    X(HOLD_SECONDS, "hold_seconds", SECONDS)                                             \
    X(HANGUP_CAUSE, "hangup_cause", TEXT)                                                \
    X(DISPOSITION, "disposition", TEXT) /* SIP's, Webitel's, or with the code in it */   \
    X(SIP_CODE, "sip_code", TEXT)                                                        \
    X(SIP_FAILURE, "sip_failure", TEXT)     /* in its place: of a failed INVITE, */      \
    X(SIP_TERM, "sip_term", TEXT)           /* of the answer that ended it, */           \
    X(SIP_OTHER_LEG, "sip_other_leg", TEXT) /* of the B-leg, as its A-leg knows it */    \
    X(SIP_REASON, "sip_reason", TEXT)       /* a Reason header, RFC 3326 */              \
    X(SIP_PHRASE, "sip_phrase", TEXT)                                                    \
    X(Q850, "q850", TEXT) /* an explicit value, never a derived one */                   \
    X(HANGUP_BY, "hangup_by", TEXT)                                                      \
    X(ORIGINATE_DISPOSITION, "originate_disposition", TEXT)                              \
    X(AMD_RESULT, "amd_result", TEXT)                                                    \
    X(AMD_CAUSE, "amd_cause", TEXT)                                                      \
    X(ANNOUNCEMENT, "announcement", TEXT)                                                \
    X(TRANSFER_DISPOSITION, "transfer_disposition", TEXT)                                \
    X(SCHEMA_NAME, "schema_name", TEXT)

enum field {
#define X(constant, name, kind) FIELD_##constant,
    FIELDS_OF_A_RECORD(X)
#undef X
        FIELD_COUNT,
    FIELD_NONE = -1,
};

enum field_kind { KIND_TEXT, KIND_ID, KIND_TIME, KIND_NUMBER, KIND_SECONDS };

const char *field_name(enum field field);
enum field_kind field_kind(enum field field);

/* The field of that name, FIELD_NONE when there is none. */
enum field field_named(struct slice name);

#endif
