/*
 * evidence.c - what a leg proves, field by field.  Pure.
 *
 * Only what cdr.leg keeps may enter, so that deciding again from the database
 * gives what deciding the file gave.  hangup_cause_q850 of an export never does:
 * it is hangup_cause in other words.
 */
#include "base/base.h"
#include "leg/leg_parser.h"
#include "leg/leg_seconds.h"
#include "leg/time/clock.h"
#include "rules/rules_impl.h"

enum { SIP_OK = 200, SIP_TERMINATED = 487, DAMAGED_BY = 2 };

/* Fields that no rule asks for need no number. */
static void evidence_set_text(const struct rules *rules, struct evidence *evidence,
                              enum rule_field field, struct slice text)
{
    struct fact *fact = &evidence->fact[field];

    if (text.s == NULL)
        return;
    fact->present = true;
    fact->text = text;
    if (rules->index.is_asked[field])
        fact->value = symbols_find(&rules->symbols, text);
}

static void set_symbol(struct evidence *evidence, enum rule_field field, uint16_t symbol,
                       struct slice text)
{
    evidence->fact[field] =
        (struct fact){ .present = true, .value = symbol, .text = text };
}

/* What cannot be such a number is none: the index trusts the range. */
static void evidence_set_number(struct evidence *evidence, enum rule_field field,
                                int32_t number)
{
    if (number >= rule_field_row(field)->min && number <= rule_field_row(field)->max)
        evidence->fact[field] =
            (struct fact){ .present = true,
                           .value = index_value_of_number(field, number),
                           .number = number };
}

/* A number with a name goes by its name; any other cause as it is. */
static void set_cause(const struct rules *rules, const struct leg *leg,
                      struct evidence *evidence)
{
    evidence->cause = cause_of(rules, leg->hangup_cause);
    if (evidence->cause != NULL)
        set_symbol(evidence, RULE_FIELD_HANGUP_CAUSE, evidence->cause->symbol,
                   evidence->cause->text);
    else
        evidence_set_text(rules, evidence, RULE_FIELD_HANGUP_CAUSE, leg->hangup_cause);
}

/*
 * Answered: what was billed or the answer time says so.  Where the export has neither, a
 * BYE does, unless the cause is one of those that end a call before its answer.
 */
static bool is_answered(const struct rules *rules, const struct leg *leg,
                        const struct cause *cause)
{
    if (!leg_answered(leg))
        return false;
    if (leg->bill_seconds != NO_SECONDS || leg->answered_at != NO_TIME || cause == NULL)
        return true;
    return cause->naive == rules->taxonomy.undetermined ||
           rules->taxonomy.category[cause->naive].is_answered;
}

/*
 * 200 next to an unanswered leg is Webitel's filler, 487 next to our CANCEL its
 * echo, and what newer exports show beside one is the other leg's: none was received.
 */
static int16_t code_received(const struct leg *leg, enum release release, bool answered)
{
    if (leg->sip_code == SIP_OK && !answered)
        return NO_CODE;
    if (release == RELEASE_OWN_CANCEL &&
        (leg->sip_code == SIP_TERMINATED || leg->disposition.s == NULL))
        return NO_CODE;
    return leg->sip_code;
}

/* Media before answer: what the old export called talksec, or since the first 183. */
static int32_t early_media(const struct leg *leg, bool answered)
{
    int64_t seconds = NO_SECONDS;

    if (answered)
        return NO_SECONDS;
    if (leg->bridge_seconds != NO_SECONDS)
        seconds = leg->bridge_seconds;
    else if (leg->media_at != NO_TIME && leg->ended_at != NO_TIME)
        seconds = (leg->ended_at - leg->media_at) / MS_PER_S;
    if (seconds < 0 ||
        (leg->duration != NO_SECONDS && seconds > (int64_t)leg->duration + DAMAGED_BY))
        return NO_SECONDS;
    return (int32_t)seconds;
}

static const struct symbol *symbol_of(const struct rules *rules, struct slice text)
{
    return &rules->symbols.symbol[symbols_find(&rules->symbols, text)];
}

/*
 * What WORD says was played before an answer; NULL.  Words that are a detector's label
 * too (ring-back, which every answered leg heard) are one once the leg was answered.
 */
static const struct announcement *
announcement_of(const struct rules *rules, const struct symbol *word, bool answered)
{
    if (word->announcement == 0 || (answered && word->detector != 0))
        return NULL;
    return &rules->announcement[word->announcement - 1];
}

/* One column of exports holds tokens of early media and labels of detectors alike. */
static void set_heard(const struct rules *rules, const struct leg *leg,
                      struct evidence *evidence)
{
    bool answered = evidence->fact[RULE_FIELD_ANSWERED].number != 0;
    const struct symbol *label = symbol_of(rules, leg->amd_result);
    const struct announcement *labelled = announcement_of(rules, label, answered);
    const struct announcement *played =
        announcement_of(rules, symbol_of(rules, leg->announcement), answered);

    if (labelled == NULL && label->detector != 0)
        set_symbol(evidence, RULE_FIELD_AMD_RESULT, label->detector,
                   rules->symbols.symbol[label->detector].text);
    else if (labelled == NULL)
        evidence_set_text(rules, evidence, RULE_FIELD_AMD_RESULT, leg->amd_result);
    evidence->announcement = played != NULL ? played : labelled;
    if (evidence->announcement == NULL)
        evidence_set_text(rules, evidence, RULE_FIELD_ANNOUNCEMENT, leg->announcement);
    else
        set_symbol(evidence, RULE_FIELD_ANNOUNCEMENT, evidence->announcement->symbol,
                   evidence->announcement->text);
}

void evidence_set_provider(struct evidence *evidence, const struct provider *provider)
{
    evidence->provider = provider;
    evidence->fact[RULE_FIELD_PROVIDER] = (struct fact){ .present = false };
    if (provider != NULL)
        set_symbol(evidence, RULE_FIELD_PROVIDER, provider->symbol, provider->text);
}

static void set_gateway(const struct rules *rules, const struct leg *leg,
                        struct evidence *evidence)
{
    uint16_t gateway = symbols_find(&rules->symbols, leg->gateway);

    if (gateway != SYMBOL_ABSENT)
        set_symbol(evidence, RULE_FIELD_GATEWAY, gateway, leg->gateway);
    evidence_set_provider(evidence, provider_of(rules, leg, gateway));
}

/* Exports of summer 2020 wrote the disposition into hangup_by. */
static struct slice disposition_of(const struct rules *rules, const struct leg *leg)
{
    if (leg->disposition.s != NULL || leg->hangup_by.len < sizeof "send_bye" - 1)
        return leg->disposition;

    uint16_t by = symbols_find(&rules->symbols, leg->hangup_by);

    return rules->symbols.symbol[by].release != RELEASE_NONE ? leg->hangup_by
                                                             : SLICE_NONE;
}

/* A phrase beside the code, where it is not the code's own name in other words. */
static void set_phrase(const struct rules *rules, const struct leg *leg,
                       struct evidence *evidence)
{
    bool is_code = leg->sip_code >= SIP_MIN && leg->sip_code <= SIP_MAX;
    const char *name = is_code ? rules->facts.sip_name[leg->sip_code] : NULL;

    if (name == NULL || !slice_equal_nocase(leg->sip_phrase, slice_of(name)))
        evidence_set_text(rules, evidence, RULE_FIELD_SIP_PHRASE, leg->sip_phrase);
}

static void set_signalling(const struct rules *rules, const struct leg *leg,
                           struct evidence *evidence)
{
    bool answered = is_answered(rules, leg, evidence->cause);
    enum leg_connected connected = leg_connected(leg);
    struct slice text = disposition_of(rules, leg);
    uint16_t disposition = symbols_find(&rules->symbols, text);
    enum release release =
        release_of(leg, (enum release)rules->symbols.symbol[disposition].release,
                   evidence->cause, answered);
    int16_t implied = q850_implied(rules, leg, evidence->cause, release);

    if (disposition != SYMBOL_ABSENT)
        set_symbol(evidence, RULE_FIELD_DISPOSITION, disposition, text);
    evidence->release = release;
    set_symbol(evidence, RULE_FIELD_RELEASE, rules->release_symbol[release],
               rules->symbols.symbol[rules->release_symbol[release]].text);
    evidence_set_number(evidence, RULE_FIELD_ANSWERED, answered);
    if (connected != CONNECTED_UNKNOWN)
        evidence_set_number(evidence, RULE_FIELD_CONNECTED,
                            answered && connected == CONNECTED_YES);
    evidence_set_number(evidence, RULE_FIELD_SIP_CODE,
                        code_received(leg, release, answered));
    evidence_set_number(evidence, RULE_FIELD_Q850, leg->q850);
    evidence_set_number(evidence, RULE_FIELD_Q850_IMPLIED, implied);
    evidence_set_number(evidence, RULE_FIELD_Q850_ANY,
                        leg->q850 != NO_CODE ? leg->q850 : implied);
    evidence_set_number(evidence, RULE_FIELD_DURATION, leg->duration);
    evidence_set_number(evidence, RULE_FIELD_BILL_SECONDS, leg->bill_seconds);
    evidence_set_number(evidence, RULE_FIELD_EARLY_MEDIA_SECONDS,
                        early_media(leg, answered));
    evidence_set_number(evidence, RULE_FIELD_PDD_SECONDS, leg->pdd_seconds);
    evidence_set_number(evidence, RULE_FIELD_RING_SECONDS, leg->ring_seconds);
}

static bool is_asked(const struct rules *rules, enum rule_field field)
{
    return rules->index.is_asked[field];
}

/* A number in international form, and who was given it. */
static void set_number(const struct rules *rules, struct evidence *evidence,
                       enum rule_field number, struct slice e164)
{
    enum rule_field operator_field = number + 1, country = number + 2;
    const struct number_range *range = NULL;

    evidence_set_text(rules, evidence, number, e164);
    if (is_asked(rules, operator_field) || is_asked(rules, country))
        range = number_range_of(&rules->numbers, e164);
    if (range != NULL && range->operator_symbol != SYMBOL_ABSENT)
        set_symbol(evidence, operator_field, range->operator_symbol,
                   range->operator_name);
    if (range != NULL && range->country_symbol != SYMBOL_ABSENT)
        set_symbol(evidence, country, range->country_symbol, range->country);
}

/* When the leg began, where its carrier is. */
void evidence_set_local_time(const struct rules *rules, const struct leg *leg,
                             struct evidence *evidence)
{
    enum { WEEKDAYS = 7, THURSDAY = 3, HOURS = 24, S_PER_HOUR = 3600 };
    const struct provider *provider = evidence->provider;
    int64_t hours, day;
    uint16_t weekday;

    evidence->fact[RULE_FIELD_LOCAL_HOUR].present = false;
    evidence->fact[RULE_FIELD_LOCAL_WEEKDAY].present = false;
    if (provider == NULL || provider->zone == NULL || leg->started_at == NO_TIME ||
        (!is_asked(rules, RULE_FIELD_LOCAL_HOUR) &&
         !is_asked(rules, RULE_FIELD_LOCAL_WEEKDAY)))
        return;
    hours = zone_wall(provider->zone, leg->started_at) / MS_PER_S / S_PER_HOUR;
    day = hours / HOURS;
    evidence_set_number(evidence, RULE_FIELD_LOCAL_HOUR, (int32_t)(hours % HOURS));
    weekday = rules->weekday_symbol[(day + THURSDAY) % WEEKDAYS];
    set_symbol(evidence, RULE_FIELD_LOCAL_WEEKDAY, weekday,
               rules->symbols.symbol[weekday].text);
}

/* What few rule sets ask for. */
static void set_whereabouts(const struct rules *rules, const struct leg *leg,
                            struct evidence *evidence)
{
    evidence_set_text(rules, evidence, RULE_FIELD_SCHEMA, leg->schema_name);
    evidence_set_text(rules, evidence, RULE_FIELD_USER, leg->agent);
    set_number(rules, evidence, RULE_FIELD_DESTINATION, leg->destination_e164);
    set_number(rules, evidence, RULE_FIELD_CALLER, leg->caller_e164);
    evidence_set_local_time(rules, leg, evidence);
}

void evidence_of(const struct rules *rules, const struct leg *leg,
                 struct evidence *evidence)
{
    memset(evidence, 0, sizeof *evidence);
    evidence->started_at = leg->started_at;
    set_cause(rules, leg, evidence);
    set_signalling(rules, leg, evidence);
    set_heard(rules, leg, evidence);
    set_gateway(rules, leg, evidence);
    set_symbol(evidence, RULE_FIELD_LEG, rules->side_symbol[leg->side == 'b'],
               rules->symbols.symbol[rules->side_symbol[leg->side == 'b']].text);
    evidence_set_text(rules, evidence, RULE_FIELD_DIRECTION, leg->direction);
    evidence_set_text(rules, evidence, RULE_FIELD_HANGUP_BY, leg->hangup_by);
    evidence_set_text(rules, evidence, RULE_FIELD_ORIGINATE_DISPOSITION,
                      leg->originate_disposition);
    evidence_set_text(rules, evidence, RULE_FIELD_AMD_CAUSE, leg->amd_cause);
    evidence_set_text(rules, evidence, RULE_FIELD_QUEUE, leg->queue);
    evidence_set_text(rules, evidence, RULE_FIELD_QUEUE_TYPE, leg->queue_type);
    evidence_set_text(rules, evidence, RULE_FIELD_WEBITEL_RESULT, leg->webitel_result);
    evidence_set_text(rules, evidence, RULE_FIELD_SIP_REASON, leg->sip_reason);
    set_phrase(rules, leg, evidence);
    evidence_set_text(rules, evidence, RULE_FIELD_TRANSFER_DISPOSITION,
                      leg->transfer_disposition);
    evidence_set_text(rules, evidence, RULE_FIELD_DOMAIN, leg->domain);
    if (rules->asks_whereabouts)
        set_whereabouts(rules, leg, evidence);
}
