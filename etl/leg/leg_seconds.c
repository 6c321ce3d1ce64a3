/*
 * leg_seconds.c - how long the parts of a leg lasted.
 */
#include "leg/leg_seconds.h"

#include "base/base.h"
#include "leg/number/number_plan.h"
#include "leg/time/clock.h"
#include "leg/time/duration.h"

enum {
    SECONDS_MAX = 10000000, /* nothing lasts longer */
    ROUNDING = 2            /* by which two exported durations of a leg may differ */
};

bool leg_seconds_parse(const struct rec *rec, struct leg *leg, struct reject *reject)
{
    const struct {
        enum field field;
        int32_t *seconds;
    } durations[] = {
        { FIELD_DURATION, &leg->duration },
        { FIELD_BILL_SECONDS, &leg->bill_seconds },
        { FIELD_TALK_SECONDS, &leg->talk_seconds },
        { FIELD_BRIDGE_SECONDS, &leg->bridge_seconds },
        { FIELD_RING_SECONDS, &leg->ring_seconds },
        { FIELD_PDD_SECONDS, &leg->pdd_seconds },
        { FIELD_WAIT_SECONDS, &leg->wait_seconds },
        { FIELD_HOLD_SECONDS, &leg->hold_seconds },
    };

    for (size_t i = 0; i < COUNTOF(durations); i++) {
        struct slice text = rec->field[durations[i].field];
        int64_t seconds = 0;

        *durations[i].seconds = NO_SECONDS;
        if (text.s == NULL || text.len == 0)
            continue;
        bool read = duration_read(text, &seconds);
        /* Computed in 32 bits by the exporter, talksec wraps when the end precedes the
         * bridge. */
        bool wrapped = durations[i].field == FIELD_BRIDGE_SECONDS && read &&
                       seconds > SECONDS_MAX && seconds <= UINT32_MAX;
        if (wrapped)
            continue;
        if (!read || seconds > SECONDS_MAX) {
            reject->code = REJECT_BAD_NUMBER;
            reject->column = rec->column[durations[i].field];
            return false;
        }
        *durations[i].seconds = (int32_t)seconds;
    }
    return true;
}

/* As the history view's cast rounds. */
int32_t leg_seconds_between(int64_t from, int64_t to)
{
    if (from == NO_TIME || to == NO_TIME || to < from ||
        to - from > (int64_t)SECONDS_MAX * MS_PER_S)
        return NO_SECONDS;
    return (int32_t)((to - from + MS_PER_S / 2) / MS_PER_S);
}

static int32_t at_least_0(int32_t seconds)
{
    return seconds > 0 ? seconds : 0;
}

/* An answer time or billed seconds: whoever it was, somebody picked up. */
static bool is_picked_up(const struct leg *leg)
{
    return leg->bill_seconds > 0 || leg->answered_at != NO_TIME;
}

/* The history table's own duration column is 0 by default; its view computes it. */
static void complete_lengths(const struct rec *rec, struct leg *leg)
{
    bool was_asked = rec->column[FIELD_ANSWERED_AT] != NULL;
    int32_t lasted = leg_seconds_between(leg->started_at, leg->ended_at);

    if (leg->duration == NO_SECONDS || (leg->duration == 0 && lasted > 1))
        leg->duration = lasted;
    if (leg->bill_seconds == NO_SECONDS && leg->answered_at != NO_TIME)
        leg->bill_seconds = leg_seconds_between(leg->answered_at, leg->ended_at);
    if (leg->bill_seconds == NO_SECONDS && leg->answered_at == NO_TIME && was_asked)
        leg->bill_seconds = 0; /* the export knows answer times, and has none here */
    if (leg->bridge_seconds != NO_SECONDS && leg->duration != NO_SECONDS &&
        leg->bridge_seconds > leg->duration + ROUNDING)
        leg->bridge_seconds = NO_SECONDS;
}

/* Seconds from start to answer, or to the end of what was not answered. */
static int32_t until_answer(const struct leg *leg)
{
    int32_t until = leg_seconds_between(leg->started_at, leg->answered_at);

    if (until != NO_SECONDS || leg->duration == NO_SECONDS)
        return until;
    return at_least_0(leg->duration - at_least_0(leg->bill_seconds));
}

/* PDD and ringing, each from the other and the time of the 180. */
static void complete_ringing(struct leg *leg)
{
    int32_t until = until_answer(leg);

    /* 0 is what exports write of a leg that never rang */
    if (leg->rang_at == NO_TIME && leg->ring_seconds <= 0 && leg->pdd_seconds <= 0)
        leg->ring_seconds = leg->pdd_seconds = NO_SECONDS;
    if (leg->pdd_seconds == NO_SECONDS)
        leg->pdd_seconds = leg_seconds_between(leg->started_at, leg->rang_at);
    if (until != NO_SECONDS && leg->pdd_seconds > until + ROUNDING)
        leg->ring_seconds = leg->pdd_seconds = NO_SECONDS; /* a 180 after the answer */
    if (leg->ring_seconds == NO_SECONDS && leg->rang_at != NO_TIME &&
        leg->pdd_seconds != NO_SECONDS)
        leg->ring_seconds = leg_seconds_between(
            leg->rang_at, leg->answered_at != NO_TIME ? leg->answered_at : leg->ended_at);
    if (leg->ring_seconds == NO_SECONDS && leg->pdd_seconds != NO_SECONDS &&
        until != NO_SECONDS)
        leg->ring_seconds = at_least_0(until - leg->pdd_seconds);
}

/* What Webitel's queues say of a caller whom nobody took, old and new words. */
static bool is_left_alone(struct slice result)
{
    static const char *const words[] = { "abandoned",     "cancel",
                                         "canceled",      "cancelled",
                                         "timeout",       "agent_timeout",
                                         "max_wait_size", "canceled_by_timeout",
                                         "failed",        "no_agent_timeout" };

    for (size_t i = 0; i < COUNTOF(words); i++)
        if (slice_equal_nocase(result, slice_of(words[i])))
            return true;
    return false;
}

static bool has_bridge_column(const struct rec *rec)
{
    return rec->column[FIELD_BRIDGED_AT] != NULL ||
           rec->column[FIELD_TALK_SECONDS] != NULL ||
           rec->column[FIELD_BRIDGE_SECONDS] != NULL;
}

/* Talk is what is left of the bridge without its holds; before an answer nobody talks. */
static void complete_talk(const struct rec *rec, struct leg *leg)
{
    int32_t bridged = leg->bridge_seconds;

    if (leg->talk_seconds != NO_SECONDS || !is_picked_up(leg))
        return;
    if (bridged == NO_SECONDS)
        bridged = leg_seconds_between(leg->bridged_at, leg->ended_at);
    if (leg->bill_seconds != NO_SECONDS && bridged > leg->bill_seconds)
        bridged = leg->bill_seconds;
    if (bridged != NO_SECONDS)
        leg->talk_seconds = at_least_0(bridged - at_least_0(leg->hold_seconds));
    else if (leg->bridged_at == NO_TIME &&
             (has_bridge_column(rec) || is_left_alone(rec->field[FIELD_QUEUE_RESULT])))
        leg->talk_seconds = 0;
}

static bool is_exact(const struct rec *rec, enum field field)
{
    return !clock_is_minutes(rec->field[field]);
}

/*
 * From joining the queue to an agent, or to leaving it.  Exports fill in 0 for callers
 * who were never connected, and for calls that saw no queue.
 */
static void complete_wait(const struct rec *rec, struct leg *leg)
{
    static const enum field ends[] = { FIELD_QUEUE_ANSWERED_AT, FIELD_BRIDGED_AT,
                                       FIELD_QUEUE_LEFT_AT };
    const int64_t at[] = { leg->queue_answered_at, leg->bridged_at, leg->queue_left_at };

    if (leg->wait_seconds == 0 && leg->queue.len == 0)
        leg->wait_seconds = NO_SECONDS;
    if (leg->wait_seconds > 0 || leg->queue_joined_at == NO_TIME ||
        !is_exact(rec, FIELD_QUEUE_JOINED_AT))
        return;
    for (size_t i = 0; i < COUNTOF(ends); i++)
        if (at[i] != NO_TIME && at[i] >= leg->queue_joined_at && is_exact(rec, ends[i])) {
            leg->wait_seconds = leg_seconds_between(leg->queue_joined_at, at[i]);
            return;
        }
}

void leg_seconds_complete(const struct rec *rec, struct leg *leg)
{
    complete_lengths(rec, leg);
    complete_ringing(leg);
    complete_talk(rec, leg);
    complete_wait(rec, leg);
}

/* The A-leg of an employee's call, as the history page shows it: without a trunk. */
static bool is_own_phone(const struct leg *leg)
{
    return leg->side == 'a' && slice_is(leg->direction, "outbound") &&
           leg->gateway.len == 0 && leg->queue.len == 0 &&
           (number_is_extension(leg->caller) || leg->extension.len != 0);
}

/*
 * A final code of the one who was called.  487 and 604 are Webitel's own words for
 * timers and for calls that its watchdog closes.
 */
static bool is_refusal(int16_t code)
{
    enum { SIP_FAILURES = 400, SIP_TERMINATED = 487, WATCHDOG = 604 };

    return code >= SIP_FAILURES && code != SIP_TERMINATED && code != WATCHDOG;
}

enum leg_connected leg_connected(const struct leg *leg)
{
    if (!is_own_phone(leg) || leg->bridged_at != NO_TIME || leg->talk_seconds > 0)
        return CONNECTED_YES;
    if (leg->talk_seconds == 0)
        return CONNECTED_NO;
    /* where FreeSWITCH's disposition is exported, so are the B-legs */
    if (leg->disposition.len != 0)
        return CONNECTED_YES;
    return is_refusal(leg->sip_code) ? CONNECTED_NO : CONNECTED_UNKNOWN;
}
