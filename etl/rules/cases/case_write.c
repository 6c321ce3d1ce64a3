/*
 * case_write.c - a leg as a row of a case file; case_leg.c reads it again.
 */
#include "rules/cases/cases.h"

#include "base/base.h"
#include "output/csv.h"

/* The order in which files of cases have their columns. */
static const enum case_column columns[] = {
    CASE_HANGUP_CAUSE, CASE_DISPOSITION,  CASE_SIP_CODE,  CASE_Q850,   CASE_PROVIDER,
    CASE_DIRECTION,    CASE_BILLSEC,      CASE_DURATION,  CASE_HEARD,  CASE_CATEGORY,
    CASE_CONFIDENCE,   CASE_ALTERNATIVES, CASE_RATIONALE, CASE_SOURCE, CASE_DISPUTED,
    CASE_GROUP,        CASE_LEG,          CASE_CALL,      CASE_LINKED, CASE_EXTRA,
    CASE_ID,
};

_Static_assert(COUNTOF(columns) == CASE_COLUMNS, "a row has every column");

static void set_cell(struct rule_case *row, enum case_column column, struct slice text)
{
    free(row->cell[column]);
    row->cell[column] = xstrndup(text.s != NULL ? text.s : "", text.len);
}

static void case_set_number(struct rule_case *row, enum case_column column,
                            int64_t number, int64_t none)
{
    char text[24] = "";

    if (number != none)
        (void)snprintf(text, sizeof text, "%lld", (long long)number);
    set_cell(row, column, slice_of(text));
}

/* Would a reader of `extra` take KEY=VALUE for that, and no more or less? */
static bool is_plain_hint(const char *key, struct slice value)
{
    struct buf text = { 0 };
    struct slice rest, got_key, got;
    bool plain = value.len > 0 && value.s[0] != '"';

    buf_addf(&text, "%s=" SLICE_FMT ";k=v", key, SLICE_ARG(value));
    rest = buf_slice(&text);
    plain = plain && case_next_hint(&rest, &got_key, &got) && slice_equal(got, value) &&
            slice_is(rest, "k=v");
    buf_free(&text);
    return plain;
}

static void add_hint(struct buf *extra, const char *key, struct slice value)
{
    if (value.s == NULL)
        return;
    buf_addf(extra, "%s%s=", extra->len > 0 ? ";" : "", key);
    if (is_plain_hint(key, value)) {
        buf_add_slice(extra, value);
        return;
    }
    buf_add_char(extra, '"');
    for (size_t i = 0; i < value.len; i++) {
        if (value.s[i] == '"')
            buf_add_char(extra, '"');
        buf_add_char(extra, value.s[i]);
    }
    buf_add_char(extra, '"');
}

static void case_add_seconds(struct buf *extra, const char *key, int32_t seconds)
{
    if (seconds != NO_SECONDS)
        buf_addf(extra, "%s%s=%d", extra->len > 0 ? ";" : "", key, seconds);
}

static void add_instant(struct buf *extra, const char *key, int64_t ms)
{
    char text[25];

    if (ms == NO_TIME)
        return;
    instant_iso(ms, text);
    add_hint(extra, key, slice_of(text));
}

/* Media before an answer, where two times and no column tell of it. */
static void add_early_media(struct buf *extra, const struct evidence *evidence,
                            const struct leg *leg)
{
    const struct fact *early = &evidence->fact[RULE_FIELD_EARLY_MEDIA_SECONDS];

    if (leg->bridge_seconds != NO_SECONDS)
        case_add_seconds(extra, "talksec", leg->bridge_seconds);
    else if (early->present)
        case_add_seconds(extra, "early_media_seconds", early->number);
}

static void add_hints(struct buf *extra, const struct evidence *evidence,
                      const struct leg *leg)
{
    add_instant(extra, "started_at", leg->started_at);
    add_instant(extra, "answered_at", leg->answered_at);
    add_instant(extra, "bridged_at", leg->bridged_at);
    add_hint(extra, "gateway", leg->gateway);
    add_hint(extra, "network_addr", leg->network_addr);
    add_hint(extra, "caller", leg->caller);
    add_hint(extra, "caller_e164", leg->caller_e164);
    add_hint(extra, "destination", leg->destination);
    add_hint(extra, "destination_e164", leg->destination_e164);
    add_hint(extra, "hangup_by", leg->hangup_by);
    case_add_seconds(extra, "talk_seconds", leg->talk_seconds);
    add_early_media(extra, evidence, leg);
    case_add_seconds(extra, "pdd_seconds", leg->pdd_seconds);
    case_add_seconds(extra, "ring_seconds", leg->ring_seconds);
    add_hint(extra, "originate_disposition", leg->originate_disposition);
    add_hint(extra, "amd_cause", leg->amd_cause);
    add_hint(extra, "announcement", leg->announcement);
    add_hint(extra, "sip_phrase", leg->sip_phrase);
    add_hint(extra, "sip_reason", leg->sip_reason);
    add_hint(extra, "queue", leg->queue);
    add_hint(extra, "queue_type", leg->queue_type);
    add_hint(extra, "transfer_disposition", leg->transfer_disposition);
    add_hint(extra, "schema", leg->schema_name);
    add_hint(extra, "user", leg->agent);
    add_hint(extra, "domain", leg->domain);
    if (leg->disposition.s != NULL)
        add_hint(extra, "webitel_result", leg->webitel_result);
}

/* Legs of one call have its key in common; its first part will do within a file. */
static void set_call(struct rule_case *row, const struct leg *leg)
{
    enum { FIRST_PART = 8 };
    char text[37];

    if (!leg->has_id)
        return;
    uuid_text(&leg->call_key, text);
    set_cell(row, CASE_CALL, (struct slice){ text, FIRST_PART });
}

static void set_inputs(const struct rules *rules, const struct leg *leg,
                       struct rule_case *row)
{
    struct evidence evidence;
    struct buf extra = { 0 };

    evidence_of(rules, leg, &evidence);
    set_cell(row, CASE_HANGUP_CAUSE, leg->hangup_cause);
    set_cell(row, CASE_DISPOSITION,
             leg->disposition.s != NULL ? leg->disposition : leg->webitel_result);
    case_set_number(row, CASE_SIP_CODE, leg->sip_code, NO_CODE);
    case_set_number(row, CASE_Q850, leg->q850, NO_CODE);
    if (evidence.provider != NULL)
        set_cell(row, CASE_PROVIDER, evidence.provider->text);
    set_cell(row, CASE_DIRECTION, leg->direction);
    case_set_number(row, CASE_BILLSEC, leg->bill_seconds, NO_SECONDS);
    case_set_number(row, CASE_DURATION, leg->duration, NO_SECONDS);
    set_cell(row, CASE_HEARD, leg->amd_result);
    set_cell(row, CASE_LEG, slice_of(leg->side == 'b' ? "B" : "A"));
    add_hints(&extra, &evidence, leg);
    set_cell(row, CASE_EXTRA, buf_slice(&extra));
    buf_free(&extra);
}

void case_of_leg(const struct rules *rules, const struct leg *leg,
                 const struct outcome *outcome, const struct case_origin *origin,
                 struct rule_case *row)
{
    struct buf today = { 0 };

    *row = (struct rule_case){ 0 };
    for (size_t i = 0; i < CASE_COLUMNS; i++)
        set_cell(row, (enum case_column)i, SLICE_NONE);
    set_inputs(rules, leg, row);
    set_call(row, leg);
    set_cell(row, CASE_ID, slice_of(origin->id));
    buf_add_text(&today, CASE_TODAY);
    outcome_add_by(&today, outcome);
    set_cell(row, CASE_RATIONALE, buf_slice(&today));
    buf_free(&today);
    set_cell(
        row, CASE_SOURCE,
        slice_of(case_inputs_are_known(rules, row) ? origin->source : CASE_SOURCE_ODD));
}

void case_row_free(struct rule_case *row)
{
    for (size_t i = 0; i < CASE_COLUMNS; i++)
        free(row->cell[i]);
    *row = (struct rule_case){ 0 };
}

void case_add_header(struct buf *out)
{
    for (size_t i = 0; i < COUNTOF(columns); i++)
        buf_addf(out, "%s%s", i > 0 ? "," : "", case_caption(columns[i]));
    buf_add_char(out, '\n');
}

void case_add_csv(struct buf *out, const struct rule_case *row)
{
    for (size_t i = 0; i < COUNTOF(columns); i++) {
        buf_add_text(out, i > 0 ? "," : "");
        buf_add_csv(out, slice_of(row->cell[columns[i]]));
    }
    buf_add_char(out, '\n');
}

void case_add_json(struct buf *out, const struct rule_case *row)
{
    for (size_t i = 0; i < COUNTOF(columns); i++) {
        buf_addf(out, "%s\"%s\":", i > 0 ? "," : "{", case_caption(columns[i]));
        buf_add_json(out, slice_of(row->cell[columns[i]]));
    }
    buf_add_char(out, '}');
}
