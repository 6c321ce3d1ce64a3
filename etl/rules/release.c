/*
 * release.c - how a leg ended, whatever its export's generation, and the Q.850
 * value that cause and SIP code together give away.
 *
 * Old exports name the SIP act (`recv_refuse`).  Newer ones only say on whose
 * side it happened (`hangup_by`), in the words of webitel/mod_grpc: what was
 * received counts for the leg's own side, what we sent for the other one, and F
 * for the flow.  So the same act can be told from side, direction, cause and code;
 * mappings/README.md says what each proves.
 */
#include "base/base.h"
#include "rules/rules_impl.h"

enum { SIP_OK = 200, SIP_FAILURES = 300, SIP_TERMINATED = 487 };

static const char *const names[RELEASE_COUNT] = {
    [RELEASE_NONE] = "none",
    [RELEASE_REMOTE_REFUSAL] = "remote_refusal",
    [RELEASE_OWN_CANCEL] = "own_cancel",
    [RELEASE_REMOTE_CANCEL] = "remote_cancel",
    [RELEASE_OWN_REFUSAL] = "own_refusal",
    [RELEASE_BYE] = "bye",
};

const char *release_name(enum release release)
{
    return names[release];
}

static bool is_cause(const struct cause *cause, const char *name)
{
    return cause != NULL && slice_is(cause->text, name);
}

enum release release_named(struct slice disposition)
{
    static const struct {
        const char *disposition;
        enum release release;
    } acts[] = {
        { "recv_bye", RELEASE_BYE },
        { "send_bye", RELEASE_BYE },
        { "recv_refuse", RELEASE_REMOTE_REFUSAL },
        { "send_cancel", RELEASE_OWN_CANCEL },
        { "send_refuse", RELEASE_OWN_REFUSAL },
        { "recv_cancel", RELEASE_REMOTE_CANCEL },
    };

    for (size_t i = 0; i < COUNTOF(acts); i++)
        if (slice_is(disposition, acts[i].disposition))
            return acts[i].release;
    return RELEASE_NONE;
}

/* A leg that we placed: it can be refused to us, and we can cancel it. */
static bool is_ours_to_cancel(const struct leg *leg)
{
    return leg->side == 'b' || !slice_is(leg->direction, "inbound");
}

/*
 * A BYE although nobody answered.  WebRTC clients (mod_verto) know no other verb,
 * whatever the state of the channel, and a SIP phone may end a ringing call with one
 * (RFC 3261, section 15).  So it only tells who spoke: towards a leg that we placed, we
 * withdrew or were refused; of a calling leg, we turned it away or it gave up.
 */
static enum release of_early_bye(const struct leg *leg, const struct cause *cause)
{
    struct slice act = leg->disposition.s != NULL ? leg->disposition : leg->hangup_by;
    bool received = slice_equal_nocase(act, slice_of("recv_bye"));

    if (leg->side == 'b' ||
        (leg->gateway.len != 0 && !slice_is(leg->direction, "inbound")))
        return received ? RELEASE_REMOTE_REFUSAL : RELEASE_OWN_CANCEL;
    if (!received)
        return RELEASE_OWN_REFUSAL;
    /* a client that is dialled for its user first (click-to-call) can also refuse */
    return cause == NULL || is_cause(cause, "ORIGINATOR_CANCEL") ||
                   is_cause(cause, "NORMAL_CLEARING")
               ? RELEASE_REMOTE_CANCEL
               : RELEASE_NONE;
}

/* The leg's own side hung up, so the act was received. */
static bool own_side_ended(const struct leg *leg)
{
    return slice_equal_nocase(leg->hangup_by, slice_of(leg->side == 'b' ? "b" : "a"));
}

/*
 * A cancelled leg.  487 is mostly nobody's: FreeSWITCH notes it for its own CANCEL, and
 * Webitel fills it in for ORIGINATOR_CANCEL.  Any other code beside that cause is the
 * other leg's, for a response would have left its own cause.
 */
static enum release of_cancel(const struct leg *leg, const struct cause *cause)
{
    bool placed = is_ours_to_cancel(leg),
         cancelled = is_cause(cause, "ORIGINATOR_CANCEL");

    if (cancelled && leg->side == 'a' && (own_side_ended(leg) || !placed))
        return RELEASE_REMOTE_CANCEL;
    /* the far end of a leg that we placed gave up: its 487 was received */
    if (cancelled && leg->side == 'b' && own_side_ended(leg) &&
        leg->sip_code == SIP_TERMINATED)
        return RELEASE_REMOTE_REFUSAL;
    return placed ? RELEASE_OWN_CANCEL : RELEASE_OWN_REFUSAL;
}

/* A refusal that met our CANCEL on the way: alone it would have left its own cause. */
static bool crossed_our_cancel(const struct leg *leg, const struct cause *cause)
{
    return leg->sip_code >= SIP_FAILURES && leg->sip_code != SIP_TERMINATED &&
           is_cause(cause, "ORIGINATOR_CANCEL");
}

/* Without a disposition and without a failure code of its own. */
static enum release without_code(const struct leg *leg, const struct cause *cause)
{
    if (leg->hangup_by.s == NULL || cause == NULL ||
        slice_equal_nocase(leg->hangup_by, slice_of("service")))
        return RELEASE_NONE;
    /* the default cause of flows and of the API says neither who nor what */
    if (is_cause(cause, "NORMAL_CLEARING") || own_side_ended(leg))
        return RELEASE_NONE;
    return is_ours_to_cancel(leg) ? RELEASE_NONE : RELEASE_OWN_REFUSAL;
}

static enum release of_code(const struct leg *leg)
{
    if (!is_ours_to_cancel(leg))
        return RELEASE_OWN_REFUSAL;
    /* an outbound A-leg that the other side ended is a caller whom we refused */
    if (leg->side == 'a' && leg->hangup_by.s != NULL && !own_side_ended(leg))
        return RELEASE_OWN_REFUSAL;
    return RELEASE_REMOTE_REFUSAL;
}

enum release release_of(const struct leg *leg, enum release named,
                        const struct cause *cause, bool answered)
{
    /* what was answered can only be ended by a BYE, whatever stands in the record */
    if (answered)
        return RELEASE_BYE;
    if (named == RELEASE_BYE)
        return of_early_bye(leg, cause);
    if (named == RELEASE_REMOTE_REFUSAL && crossed_our_cancel(leg, cause))
        return RELEASE_OWN_CANCEL;
    if (named != RELEASE_NONE)
        return named;
    if (slice_equal_nocase(leg->hangup_by, slice_of("service")))
        return RELEASE_NONE;
    if (leg->sip_code == SIP_TERMINATED ||
        (is_cause(cause, "ORIGINATOR_CANCEL") &&
         (leg->sip_code >= SIP_FAILURES || leg->hangup_by.s != NULL)))
        return of_cancel(leg, cause);
    if (leg->sip_code >= SIP_FAILURES)
        return of_code(leg);
    if (leg->q850 != NO_CODE && is_ours_to_cancel(leg) && leg->sip_code == NO_CODE &&
        leg->sip_reason.s != NULL)
        return RELEASE_REMOTE_REFUSAL;
    return without_code(leg, cause);
}

/* Cause and code that do not speak of a Reason header although they differ. */
static bool is_no_proof(const struct leg *leg, const struct cause *cause)
{
    enum { REDIRECTED_TO = 399 };

    /* FreeSWITCH's own: a fatal redirect, and 96 for a 488 or a challenge that it cannot
     * answer */
    if (leg->sip_code <= REDIRECTED_TO || is_cause(cause, "MANDATORY_IE_MISSING"))
        return true;
    /* Webitel's own: the default cause rewritten next to a code */
    return leg->disposition.s == NULL && is_cause(cause, "NO_USER_RESPONSE");
}

int16_t q850_implied(const struct rules *rules, const struct leg *leg,
                     const struct cause *cause, enum release release)
{
    /* a leg that we refused carries the cause and the code of its partner */
    bool told = release == RELEASE_REMOTE_REFUSAL || release == RELEASE_OWN_REFUSAL;

    if (!told || cause == NULL || cause->q850 == NO_CODE || leg->sip_code < SIP_FAILURES)
        return NO_CODE;

    const struct cause *usual =
        &rules->facts.cause[rules->facts.of_sip[leg->sip_code] - 1];

    if (cause == usual || is_no_proof(leg, cause))
        return NO_CODE;
    return cause->q850;
}

/* Who said BYE: by the disposition and the far end, else by the side named. */
static const char *said_bye(const struct leg *leg)
{
    /* the far end of a leg with a trunk, and of every B-leg, is who was called */
    bool far_is_callee = leg->side == 'b' ||
                         (leg->gateway.s != NULL && !slice_is(leg->direction, "inbound"));

    if (slice_is(leg->disposition, "recv_bye"))
        return far_is_callee ? "callee" : "caller";
    if (leg->hangup_by.s == NULL)
        return NULL;
    if (slice_equal_nocase(leg->hangup_by, slice_of("a")))
        return leg->side == 'a' && far_is_callee ? "callee" : "caller";
    return slice_equal_nocase(leg->hangup_by, slice_of("b")) ? "callee" : "system";
}

const char *ended_by(const struct leg *leg, enum release release,
                     const struct outcome *outcome)
{
    const struct category *category = &outcome->taxonomy->category[outcome->category];

    if (strcmp(category->group, "system") == 0)
        return "system";
    switch (release) {
    case RELEASE_REMOTE_CANCEL:
        return "caller";
    case RELEASE_OWN_CANCEL:
        return strcmp(category->group, "caller") == 0 ? "caller" : "system";
    case RELEASE_REMOTE_REFUSAL:
        return strcmp(category->code, "REJECTED") == 0 ? "callee" : "network";
    case RELEASE_OWN_REFUSAL:
        return "system";
    case RELEASE_BYE:
        return said_bye(leg);
    case RELEASE_NONE:
    case RELEASE_COUNT:
        break;
    }
    return NULL;
}
