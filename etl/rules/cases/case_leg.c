/*
 * case_leg.c - the leg that a rule case stands for, and what is expected of it.
 *
 * A case says what an export would, so its cells go the way of an export's: the
 * same functions take dispositions and codes apart.
 */
#include "base/base.h"
#include "leg/sip_fields.h"
#include "leg/time/clock.h"
#include "rules/cases/cases.h"

struct slice case_cell(const struct rule_case *row, enum case_column column)
{
    struct slice text = slice_trim(slice_of(row->cell[column]));

    return text.len != 0 ? text : SLICE_NONE;
}

static int32_t seconds_of(struct slice text)
{
    int64_t seconds;

    if (!slice_int(text, &seconds) || seconds < 0 || seconds > INT32_MAX)
        return NO_SECONDS;
    return (int32_t)seconds;
}

/* Where the text between quotes ends that begins at the front of TEXT; 0: there is none.
 */
static size_t quoted_len(struct slice text)
{
    if (text.len < 2 || text.s[0] != '"')
        return 0;
    for (size_t i = 1; i < text.len; i++) {
        if (text.s[i] != '"')
            continue;
        if (i + 1 == text.len || text.s[i + 1] != '"')
            return i + 1;
        i++;
    }
    return 0;
}

/* The same of key="value" at the front of HINTS, blanks behind it among it. */
static size_t quoted_hint_len(struct slice hints)
{
    struct slice name = slice_before(hints, '=');
    size_t at = name.len + 1, len;

    if (at >= hints.len || slice_count(name, ';') > 0)
        return 0;
    len = quoted_len(slice_from(hints, at));
    if (len == 0)
        return 0;
    for (at += len; at < hints.len && hints.s[at] == ' ';)
        at++;
    return at == hints.len || hints.s[at] == ';' ? at : 0;
}

/* VALUE without quotes around, and each doubled one once, which SCRATCH then keeps; it
 * must have room. */
static struct slice unquoted(struct slice value, struct buf *scratch)
{
    size_t from = scratch->len;

    if (quoted_len(value) != value.len || value.len == 0)
        return value;
    value = (struct slice){ value.s + 1, value.len - 2 };
    if (slice_count(value, '"') == 0)
        return value;
    for (size_t i = 0; i < value.len; i++) {
        buf_add_char(scratch, value.s[i]);
        i += value.s[i] == '"';
    }
    return (struct slice){ scratch->s + from, scratch->len - from };
}

/* The length of the first key=value of HINTS; what RFC 3326 knows belongs to a Reason. */
static size_t hint_len(struct slice hints)
{
    size_t quoted = quoted_hint_len(hints);

    if (quoted > 0)
        return quoted;

    static const char *const parameters[] = { "cause", "text", "location" };
    size_t len = slice_before(hints, ';').len;
    bool more = true;

    while (more && len < hints.len) {
        struct slice next =
            slice_before((struct slice){ hints.s + len + 1, hints.len - len - 1 }, ';');

        more = false;
        for (size_t i = 0; i < COUNTOF(parameters); i++)
            more = more || slice_equal_nocase(slice_trim(slice_before(next, '=')),
                                              slice_of(parameters[i]));
        len += more ? next.len + 1 : 0;
    }
    return len;
}

bool case_next_hint(struct slice *rest, struct slice *key, struct slice *value)
{
    struct slice part = { rest->s, rest->len != 0 ? hint_len(*rest) : 0 };
    struct slice name = slice_before(part, '=');
    size_t used = part.len < rest->len ? part.len + 1 : part.len;

    if (rest->len == 0)
        return false;
    *key = slice_trim(name);
    *value = SLICE_NONE;
    if (name.len < part.len)
        *value =
            slice_trim((struct slice){ part.s + name.len + 1, part.len - name.len - 1 });
    rest->s += used;
    rest->len -= used;
    return true;
}

/* The value of KEY in `extra`; absent: there is none. */
static struct slice hint_of(const struct rule_case *row, const char *wanted,
                            struct buf *scratch)
{
    struct slice rest = case_cell(row, CASE_EXTRA), key, value;

    while (case_next_hint(&rest, &key, &value))
        if (slice_is(key, wanted) && value.s != NULL)
            return unquoted(value, scratch);
    return SLICE_NONE;
}

/* A location without a Reason header of its own makes one (RFC 8606). */
static void set_reason(const struct rule_case *row, struct leg *leg, struct buf *scratch)
{
    struct slice location = hint_of(row, "q850_location", scratch);
    size_t from = scratch->len;

    leg->sip_reason = hint_of(row, "sip_reason", scratch);
    if (location.s == NULL || leg->sip_reason.s != NULL)
        return;
    buf_addf(scratch, "Q.850;cause=%d;location=" SLICE_FMT, leg->q850,
             SLICE_ARG(location));
    leg->sip_reason = (struct slice){ scratch->s + from, scratch->len - from };
}

static void set_hints(const struct rule_case *row, struct leg *leg, struct buf *scratch)
{
    int64_t ms;

    leg->bridge_seconds = seconds_of(hint_of(row, "talksec", scratch));
    if (leg->bridge_seconds == NO_SECONDS)
        leg->bridge_seconds = seconds_of(hint_of(row, "early_media_seconds", scratch));
    leg->talk_seconds = seconds_of(hint_of(row, "talk_seconds", scratch));
    leg->pdd_seconds = seconds_of(hint_of(row, "pdd_seconds", scratch));
    leg->ring_seconds = seconds_of(hint_of(row, "ring_seconds", scratch));
    leg->caller = hint_of(row, "caller", scratch);
    leg->destination = hint_of(row, "destination", scratch);
    leg->gateway = hint_of(row, "gateway", scratch);
    leg->network_addr = hint_of(row, "network_addr", scratch);
    leg->queue = hint_of(row, "queue", scratch);
    leg->queue_type = hint_of(row, "queue_type", scratch);
    leg->hangup_by = hint_of(row, "hangup_by", scratch);
    leg->originate_disposition = hint_of(row, "originate_disposition", scratch);
    leg->amd_cause = hint_of(row, "amd_cause", scratch);
    leg->announcement = hint_of(row, "announcement", scratch);
    leg->transfer_disposition = hint_of(row, "transfer_disposition", scratch);
    leg->schema_name = hint_of(row, "schema", scratch);
    leg->sip_phrase = hint_of(row, "sip_phrase", scratch);
    if (leg->webitel_result.s == NULL)
        leg->webitel_result = hint_of(row, "webitel_result", scratch);
    leg->domain = hint_of(row, "domain", scratch);
    leg->agent = hint_of(row, "user", scratch);
    leg->caller_e164 = hint_of(row, "caller_e164", scratch);
    leg->destination_e164 = hint_of(row, "destination_e164", scratch);
    if (clock_read(hint_of(row, "started_at", scratch), DATE_YMD, &ms) == CLOCK_INSTANT)
        leg->started_at = ms;
    if (clock_read(hint_of(row, "answered_at", scratch), DATE_YMD, &ms) == CLOCK_INSTANT)
        leg->answered_at = ms;
    if (clock_read(hint_of(row, "bridged_at", scratch), DATE_YMD, &ms) == CLOCK_INSTANT)
        leg->bridged_at = ms;
}

void case_leg(const struct rule_case *row, struct leg *leg, struct buf *scratch)
{
    /* room for what is rewritten, at once: earlier pieces must not move */
    (void)buf_room(scratch, 512 + 4 * strlen(row->cell[CASE_DISPOSITION]) +
                                2 * strlen(row->cell[CASE_EXTRA]));
    *leg = (struct leg){ .side = 'a',
                         .started_at = NO_TIME,
                         .answered_at = NO_TIME,
                         .bridged_at = NO_TIME,
                         .ended_at = NO_TIME,
                         .media_at = NO_TIME,
                         .rang_at = NO_TIME,
                         .queue_joined_at = NO_TIME,
                         .queue_answered_at = NO_TIME,
                         .queue_left_at = NO_TIME,
                         .wait_seconds = NO_SECONDS,
                         .hold_seconds = NO_SECONDS };
    if (slice_equal_nocase(case_cell(row, CASE_LEG), slice_of("b")))
        leg->side = 'b';
    leg->hangup_cause = case_cell(row, CASE_HANGUP_CAUSE);
    leg->direction = case_cell(row, CASE_DIRECTION);
    leg->sip_code = sip_fields_sip_code(case_cell(row, CASE_SIP_CODE));
    if (case_cell(row, CASE_DISPOSITION).s != NULL)
        sip_fields_disposition(case_cell(row, CASE_DISPOSITION), leg, scratch);
    leg->q850 = sip_fields_q850(case_cell(row, CASE_Q850));
    leg->bill_seconds = seconds_of(case_cell(row, CASE_BILLSEC));
    leg->duration = seconds_of(case_cell(row, CASE_DURATION));
    leg->amd_result = case_cell(row, CASE_HEARD);
    set_hints(row, leg, scratch);
    set_reason(row, leg, scratch);
}

const struct provider *case_provider(const struct rules *rules, struct slice name)
{
    for (size_t i = 0; i < rules->providers.count; i++) {
        const struct provider *provider = &rules->providers.provider[i];

        if (slice_equal_nocase(name, slice_of(provider->id)) ||
            slice_equal_nocase(name, slice_of(provider->name)))
            return provider;
    }
    return NULL;
}

/* A provider that no mapping knows is none: it may still be a gateway's name. */
static void case_evidence_of(const struct rules *rules, const struct rule_case *row,
                             struct leg *leg, struct evidence *evidence)
{
    struct slice name = case_cell(row, CASE_PROVIDER);
    const struct provider *provider = case_provider(rules, name);

    if (name.s != NULL && provider == NULL && leg->gateway.s == NULL)
        leg->gateway = name;
    evidence_of(rules, leg, evidence);
    if (provider != NULL)
        evidence_set_provider(evidence, provider);
    evidence_set_local_time(rules, leg, evidence);
}

void case_decide(const struct rules *rules, const struct rule_case *row,
                 const struct leg *leg, struct outcome *outcome)
{
    struct leg named = *leg;
    struct evidence evidence;

    case_evidence_of(rules, row, &named, &evidence);
    decide(rules, &named, &evidence, outcome);
}

bool case_meets(const struct rules *rules, const struct rule_case *row,
                const struct rule *rule)
{
    struct buf scratch = { 0 };
    struct evidence evidence;
    const struct cond *failed;
    struct leg leg;
    bool meets;

    case_leg(row, &leg, &scratch);
    case_evidence_of(rules, row, &leg, &evidence);
    meets = evidence.announcement == NULL && rule_holds(rule, &evidence, &failed);
    buf_free(&scratch);
    return meets;
}
