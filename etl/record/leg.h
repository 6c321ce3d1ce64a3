/*
 * leg.h - what a record means: one channel of a call, typed.
 *
 * Times are ms since 1970 UTC or NO_TIME; durations whole seconds or
 * NO_SECONDS; texts absent where the export had none.  Everything is borrowed
 * from the rec (or from the parser's scratch) and good until the next record.
 */
#ifndef ETL_RECORD_LEG_H
#define ETL_RECORD_LEG_H

#include <stdbool.h>
#include <stdint.h>

#include "record/instant.h"
#include "record/uuid.h"

enum { NO_SECONDS = -1, NO_CODE = 0 };

enum { LEG_EXTENSION_DIGITS = 6 }; /* of an employee's number, at most */

/* Bytes of a leg's text, extra excepted: an index of PostgreSQL takes 2704 a row. */
enum { LEG_TEXT_MAX = 255 };

enum link { LINK_NONE, LINK_ID, LINK_ADJACENCY }; /* cdr.leg.linked_by */

struct leg {
    struct uuid key;      /* the export's uuid, or a name made of what the record says */
    struct uuid call_key; /* the parent's key for a B-leg, else the leg's own */
    bool has_id;          /* the key is the export's */
    char side;            /* 'a': no parent, 'b': has one */
    enum link linked_by;
    bool is_consultation; /* the first part of an attended transfer of another call: */
    struct uuid transfer_from; /* of this one, by the key of any of its legs */

    int64_t started_at, answered_at, bridged_at, ended_at, media_at, rang_at;
    int64_t queue_joined_at, queue_answered_at, queue_left_at;
    bool is_wall_clock; /* a time of it was read in a zone that it does not name */
    bool repeated_hour; /* started_at was read in an hour that the clock repeats */

    struct slice domain, direction, caller, destination, extension, agent;
    struct slice queue, queue_type, gateway, network_addr;
    struct slice caller_e164, destination_e164; /* +380636159079; absent: not known */

    /* bridge: the legacy talksec, hangup minus bridge, early media included. */
    int32_t duration, bill_seconds, talk_seconds, bridge_seconds;
    int32_t pdd_seconds, ring_seconds, wait_seconds, hold_seconds; /* see leg_seconds.h */

    struct slice hangup_cause;   /* as exported, upper case */
    struct slice disposition;    /* FreeSWITCH's sip_hangup_disposition, or absent */
    struct slice webitel_result; /* Webitel's computed hangup_disposition, or absent */
    int16_t sip_code;            /* as exported, 100..699; NO_CODE */
    int16_t q850;                /* of an explicit Reason header, 1..127; NO_CODE */
    struct slice sip_reason, sip_phrase, hangup_by, originate_disposition;
    struct slice amd_result, amd_cause, announcement, transfer_disposition, schema_name;

    uint64_t line_no;
    struct slice extra; /* JSON object, or absent */
};

/* What reading a record, or a part of it, came to. */
enum leg_got {
    LEG_DONE,
    LEG_REJECT,  /* the record makes no sense; the reject says why */
    LEG_NO_ZONE, /* the reject's text is a time without zone, and nobody said which zone:
                    refuse the file */
};

#endif
