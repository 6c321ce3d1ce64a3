/*
 * row.c - the columns of cdr.leg, and rows as text.
 */
#include "record/row.h"

#include <inttypes.h>

#include "base/base.h"
#include "output/csv.h"

static void row_set_text(struct value *value, struct slice text)
{
    value->text = text;
    value->is_null = text.s == NULL || text.len == 0;
}

static void row_set_number(struct value *value, int64_t number, int64_t null)
{
    value->number = number;
    value->is_null = number == null;
}

/* One getter a column: GET(name) { what it reads }. */
#define GET(column) static void get_##column(const struct row *row, struct value *value)
#define GET_TEXT(column, from)                                                           \
    GET(column)                                                                          \
    {                                                                                    \
        row_set_text(value, row->from);                                                  \
    }
#define GET_WORD(column, from)                                                           \
    GET(column)                                                                          \
    {                                                                                    \
        row_set_text(value, slice_of(row->from));                                        \
    }
#define GET_NUMBER(column, from, null)                                                   \
    GET(column)                                                                          \
    {                                                                                    \
        row_set_number(value, (int64_t)row->from, null);                                 \
    }

GET(leg_key)
{
    value->uuid = &row->leg.key;
    value->is_null = false;
}

GET(call_key)
{
    value->uuid = &row->leg.call_key;
    value->is_null = false;
}

GET(transfer_from)
{
    value->uuid = &row->leg.transfer_from;
    value->is_null = !row->leg.is_consultation;
}

GET(side)
{
    row_set_text(value, slice_of(row->leg.side == 'b' ? "b" : "a"));
}

GET(time_flag)
{
    row_set_text(value, row->leg.repeated_hour ? slice_of("repeated_hour") : SLICE_NONE);
}

GET(linked_by)
{
    static const char *const names[] = {
        [LINK_NONE] = NULL,
        [LINK_ID] = "id",
        [LINK_ADJACENCY] = "adjacency",
    };

    row_set_text(value, slice_of(names[row->leg.linked_by]));
}

GET(category)
{
    const struct taxonomy *taxonomy = row->outcome.taxonomy;

    row_set_text(value, slice_of(taxonomy->category[row->outcome.category].code));
}

GET(naive_category)
{
    const struct taxonomy *taxonomy = row->outcome.taxonomy;

    row_set_text(value, slice_of(taxonomy->category[row->outcome.naive_category].code));
}

GET(confidence)
{
    row_set_text(value, slice_of(confidence_name(row->outcome.confidence)));
}

GET(alternatives)
{
    value->set = row->outcome.alternatives;
    value->is_null = false;
}

GET(is_outbound)
{
    value->number = row->outcome.is_outbound;
    value->is_null = false;
}

GET(answered)
{
    value->number = row->outcome.answered;
    value->is_null = false;
}

GET_NUMBER(started_at, leg.started_at, NO_TIME)
GET_NUMBER(answered_at, leg.answered_at, NO_TIME)
GET_NUMBER(bridged_at, leg.bridged_at, NO_TIME)
GET_NUMBER(ended_at, leg.ended_at, NO_TIME)
GET_NUMBER(duration, leg.duration, NO_SECONDS)
GET_NUMBER(bill_seconds, leg.bill_seconds, NO_SECONDS)
GET_NUMBER(talk_seconds, leg.talk_seconds, NO_SECONDS)
GET_NUMBER(early_media_seconds, outcome.early_media_seconds, NO_SECONDS)
GET_NUMBER(pdd_seconds, leg.pdd_seconds, NO_SECONDS)
GET_NUMBER(ring_seconds, leg.ring_seconds, NO_SECONDS)
GET_NUMBER(wait_seconds, leg.wait_seconds, NO_SECONDS)
GET_NUMBER(hold_seconds, leg.hold_seconds, NO_SECONDS)
GET_NUMBER(sip_code, leg.sip_code, NO_CODE)
GET_NUMBER(q850, leg.q850, NO_CODE)
GET_NUMBER(q850_implied, outcome.q850_implied, NO_CODE)
GET_NUMBER(ruleset_id, ruleset_id, 0)
GET_NUMBER(run_id, run_id, 0)
GET_NUMBER(file_id, file_id, 0)
GET_NUMBER(line_no, leg.line_no, 0)
GET_TEXT(domain, leg.domain)
GET_TEXT(direction, leg.direction)
GET_TEXT(caller, leg.caller)
GET_TEXT(destination, leg.destination)
GET_TEXT(caller_e164, leg.caller_e164)
GET_TEXT(destination_e164, leg.destination_e164)
GET_TEXT(extension, leg.extension)
GET_TEXT(agent, leg.agent)
GET_TEXT(queue, leg.queue)
GET_TEXT(queue_type, leg.queue_type)
GET_TEXT(gateway, leg.gateway)
GET_TEXT(hangup_cause, leg.hangup_cause)
GET_TEXT(disposition, leg.disposition)
GET_TEXT(hangup_by, leg.hangup_by)
GET_TEXT(webitel_result, leg.webitel_result)
GET_TEXT(originate_disposition, leg.originate_disposition)
GET_TEXT(amd_result, leg.amd_result)
GET_TEXT(amd_cause, leg.amd_cause)
GET_TEXT(announcement, leg.announcement)
GET_TEXT(sip_reason, leg.sip_reason)
GET_TEXT(transfer_disposition, leg.transfer_disposition)
GET_TEXT(schema_name, leg.schema_name)
GET_TEXT(extra, leg.extra)
GET_WORD(provider, outcome.provider)
GET_WORD(release, outcome.release)
GET_WORD(outcome_group, outcome.group)
GET_WORD(ended_by, outcome.ended_by)
GET_WORD(rule_id, outcome.rule_id)

/* In the order of the columns of cdr.leg. */
const struct column row_columns[] = {
#define COLUMN(column, kind)                                                             \
    {                                                                                    \
#column, COLUMN_##kind, get_##column                                             \
    }
    COLUMN(leg_key, UUID),
    COLUMN(call_key, UUID),
    COLUMN(side, TEXT),
    COLUMN(domain, TEXT),
    COLUMN(direction, TEXT),
    COLUMN(started_at, TIME),
    COLUMN(answered_at, TIME),
    COLUMN(bridged_at, TIME),
    COLUMN(ended_at, TIME),
    COLUMN(time_flag, TEXT),
    COLUMN(caller, TEXT),
    COLUMN(destination, TEXT),
    COLUMN(caller_e164, TEXT),
    COLUMN(destination_e164, TEXT),
    COLUMN(extension, TEXT),
    COLUMN(agent, TEXT),
    COLUMN(queue, TEXT),
    COLUMN(queue_type, TEXT),
    COLUMN(gateway, TEXT),
    COLUMN(provider, TEXT),
    COLUMN(duration, SECONDS),
    COLUMN(bill_seconds, SECONDS),
    COLUMN(talk_seconds, SECONDS),
    COLUMN(early_media_seconds, SECONDS),
    COLUMN(pdd_seconds, SECONDS),
    COLUMN(ring_seconds, SECONDS),
    COLUMN(wait_seconds, SECONDS),
    COLUMN(hold_seconds, SECONDS),
    COLUMN(hangup_cause, TEXT),
    COLUMN(disposition, TEXT),
    COLUMN(release, TEXT),
    COLUMN(sip_code, CODE),
    COLUMN(q850, CODE),
    COLUMN(q850_implied, CODE),
    COLUMN(hangup_by, TEXT),
    COLUMN(webitel_result, TEXT),
    COLUMN(originate_disposition, TEXT),
    COLUMN(amd_result, TEXT),
    COLUMN(amd_cause, TEXT),
    COLUMN(announcement, TEXT),
    COLUMN(sip_reason, TEXT),
    COLUMN(transfer_disposition, TEXT),
    COLUMN(transfer_from, UUID),
    COLUMN(schema_name, TEXT),
    COLUMN(is_outbound, BOOL),
    COLUMN(answered, BOOL),
    COLUMN(category, TEXT),
    COLUMN(confidence, TEXT),
    COLUMN(alternatives, TEXTS),
    COLUMN(outcome_group, TEXT),
    COLUMN(ended_by, TEXT),
    COLUMN(linked_by, TEXT),
    COLUMN(rule_id, TEXT),
    COLUMN(ruleset_id, INT),
    COLUMN(naive_category, TEXT),
    COLUMN(run_id, INT),
    COLUMN(file_id, INT),
    COLUMN(line_no, LINE),
    COLUMN(extra, JSON),
#undef COLUMN
};

const size_t row_column_count = COUNTOF(row_columns);

/* The categories of SET: each code, with BETWEEN between, quoted as JSON or bare. */
static void add_set(struct buf *out, const struct row *row, category_set set, bool json,
                    char between)
{
    bool first = true;

    for (size_t i = 0; i < row->outcome.taxonomy->count; i++) {
        if ((set >> i & 1) == 0)
            continue;
        if (!first)
            buf_add_char(out, between);
        first = false;
        if (json)
            buf_add_json(out, slice_of(row->outcome.taxonomy->category[i].code));
        else
            buf_add_text(out, row->outcome.taxonomy->category[i].code);
    }
}

/* A value that is no text, as CSV and JSON both write it; false when it is text. */
static bool add_plain(struct buf *out, const struct column *column,
                      const struct value *value)
{
    switch (column->kind) {
    case COLUMN_BOOL:
        buf_add_text(out, value->number != 0 ? "true" : "false");
        return true;
    case COLUMN_SECONDS:
    case COLUMN_CODE:
    case COLUMN_INT:
    case COLUMN_LINE:
        buf_addf(out, "%" PRId64, value->number);
        return true;
    case COLUMN_UUID:
    case COLUMN_TIME:
    case COLUMN_TEXT:
    case COLUMN_TEXTS:
    case COLUMN_JSON:
        break;
    }
    return false;
}

/* UUIDs and times as text; SPACE holds it. */
static struct slice value_text(const struct column *column, const struct value *value,
                               char space[static 40])
{
    if (column->kind == COLUMN_UUID)
        uuid_text(value->uuid, space);
    else if (column->kind == COLUMN_TIME)
        instant_iso(value->number, space);
    else
        return value->text;
    return slice_of(space);
}

void row_add_csv_header(struct buf *out)
{
    for (size_t i = 0; i < row_column_count; i++)
        buf_addf(out, "%s%s", i == 0 ? "" : ",", row_columns[i].name);
    buf_add_char(out, '\n');
}

void row_add_csv(struct buf *out, const struct row *row)
{
    char space[40];

    for (size_t i = 0; i < row_column_count; i++) {
        const struct column *column = &row_columns[i];
        struct value value = { 0 };

        if (i != 0)
            buf_add_char(out, ',');
        column->get(row, &value);
        if (value.is_null || add_plain(out, column, &value))
            continue;
        if (column->kind == COLUMN_TEXTS)
            add_set(out, row, value.set, false, '|');
        else
            buf_add_csv(out, value_text(column, &value, space));
    }
    buf_add_char(out, '\n');
}

void row_add_json(struct buf *out, const struct row *row)
{
    char space[40];

    for (size_t i = 0; i < row_column_count; i++) {
        const struct column *column = &row_columns[i];
        struct value value = { 0 };

        buf_addf(out, "%c\"%s\":", i == 0 ? '{' : ',', column->name);
        column->get(row, &value);
        if (value.is_null) {
            buf_add_text(out, "null");
        } else if (column->kind == COLUMN_TEXTS) {
            buf_add_char(out, '[');
            add_set(out, row, value.set, true, ',');
            buf_add_char(out, ']');
        } else if (column->kind == COLUMN_JSON) {
            buf_add_slice(out, value.text);
        } else if (!add_plain(out, column, &value)) {
            buf_add_json(out, value_text(column, &value, space));
        }
    }
    buf_add_text(out, "}\n");
}
