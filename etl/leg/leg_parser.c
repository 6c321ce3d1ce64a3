/*
 * leg_parser.c - field by field, checks in the order time, numbers, identity.
 */
#include "leg/leg_parser.h"

#include "base/base.h"
#include "base/buf.h"
#include "leg/leg_bound.h"
#include "leg/leg_seconds.h"
#include "leg/leg_times.h"
#include "leg/number/number_plan.h"
#include "leg/sip_fields.h"

struct leg_parser {
    const struct parse_options *parse_options;
    char caller_e164[E164_SIZE], destination_e164[E164_SIZE];
    struct buf scratch; /* rewritten texts of the leg */
    struct buf extra;
};

struct leg_parser *leg_parser_new(const struct parse_options *parse_options)
{
    struct leg_parser *parser = xcalloc(1, sizeof *parser);

    parser->parse_options = parse_options;
    return parser;
}

void leg_parser_free(struct leg_parser *parser)
{
    if (parser == NULL)
        return;
    buf_free(&parser->scratch);
    buf_free(&parser->extra);
    free(parser);
}

static void start_extra(struct buf *extra, struct slice of_record)
{
    buf_reset(extra);
    if (of_record.len > 2) /* "{}" says nothing */
        buf_add(extra, of_record.s, of_record.len - 1);
}

static bool is_digits(struct slice text)
{
    return text_leading_digits(text) == text.len;
}

/* 3,80636E+11, 3.80636159079e11: what is left of a number taken for a quantity. */
static bool is_damaged(struct slice text)
{
    size_t front = 0, at;

    while (front < text.len && memchr("0123456789.,", text.s[front], 12) != NULL)
        front++;
    at = front;
    if (front == 0 || at == text.len || (text.s[at] != 'E' && text.s[at] != 'e'))
        return false;
    at++;
    if (at < text.len && text.s[at] == '+')
        at++;
    else if (memchr(text.s, '.', front) == NULL && memchr(text.s, ',', front) == NULL)
        return false; /* 12e4 may be what somebody is called */
    return at < text.len && is_digits(slice_from(text, at));
}

/* Numbers are text; only a domain behind @ is cut, and damage is told. */
static struct slice leg_parser_number_of(const struct rec *rec, enum field field,
                                         uint64_t *damaged)
{
    struct slice text = rec->field[field];

    if (is_digits(text))
        return text;

    struct slice user = slice_before(text, '@');

    if (is_damaged(text))
        *damaged |= UINT64_C(1) << field;
    return user.len != 0 ? user : text;
}

/* The columns that a spreadsheet has been at: one text, for jsonb keeps a key once. */
static void add_damaged(struct leg_parser *parser, const struct rec *rec,
                        uint64_t damaged)
{
    struct buf columns = { 0 };

    for (enum field field = 0; damaged >> field != 0; field++)
        if ((damaged >> field & 1) != 0)
            buf_addf(&columns, "%s%s", columns.len != 0 ? ", " : "",
                     rec->column[field] != NULL ? rec->column[field] : field_name(field));
    leg_add_extra(&parser->extra, "damaged", buf_slice(&columns));
    buf_free(&columns);
}

/* In another case, where it is not already; kept in SCRATCH. */
static struct slice in_case(struct slice text, bool upper, struct buf *scratch)
{
    char from = upper ? 'a' : 'A', shift = upper ? 'A' - 'a' : 'a' - 'A';
    size_t i = 0;

    while (i < text.len && (text.s[i] < from || text.s[i] >= from + 26))
        i++;
    if (i == text.len)
        return text;

    size_t at = scratch->len;

    buf_add(scratch, text.s, text.len);
    for (char *c = scratch->s + at; c < scratch->s + scratch->len; c++)
        if (*c >= from && *c < from + 26)
            *c = (char)(*c + shift);
    return (struct slice){ scratch->s + at, text.len };
}

/* Old queues know their agents by extension: the leg's own, whatever else it names. */
static void mend_extension(struct leg *leg)
{
    if (leg->agent.len != 0 && is_digits(leg->agent))
        leg->extension = leg->agent;
}

/*
 * The history page writes the name of an employee who calls where the number is
 * due (an object's .name); the number is the extension.
 */
static void mend_caller(struct leg *leg)
{
    if (leg->caller.len != 0 && slice_equal(leg->caller, leg->agent))
        leg->caller = leg->extension;
}

/* The numbers beside what the export wrote, as the trunk that the leg names writes them.
 */
static void parse_e164(struct leg_parser *parser, struct leg *leg)
{
    const struct number_plan *plan = parser->parse_options->numbers;

    if (plan == NULL)
        return;

    const struct trunk *trunk = number_plan_trunk(plan, leg->gateway);

    if (number_plan_e164(plan, trunk, leg->caller, parser->caller_e164))
        leg->caller_e164 = slice_of(parser->caller_e164);
    if (number_plan_e164(plan, trunk, leg->destination, parser->destination_e164))
        leg->destination_e164 = slice_of(parser->destination_e164);
}

/* Columns that are read for what they tell of others, and have none of their own. */
static void keep_columns(struct leg_parser *parser, const struct rec *rec)
{
    static const enum field kept[] = { FIELD_QUEUE_RESULT, FIELD_QUEUE_JOINED_AT,
                                       FIELD_QUEUE_ANSWERED_AT, FIELD_QUEUE_LEFT_AT };

    for (size_t i = 0; i < COUNTOF(kept); i++)
        if (rec->column[kept[i]] != NULL)
            leg_add_extra(&parser->extra, rec->column[kept[i]], rec->field[kept[i]]);
}

static void parse_texts(struct leg_parser *parser, const struct rec *rec, struct leg *leg)
{
    const struct slice *field = rec->field;
    uint64_t damaged = rec->damaged;

    leg->caller = leg_parser_number_of(rec, FIELD_CALLER, &damaged);
    leg->destination = leg_parser_number_of(rec, FIELD_DESTINATION, &damaged);
    leg->extension = leg_parser_number_of(rec, FIELD_EXTENSION, &damaged);
    if (damaged != 0)
        add_damaged(parser, rec, damaged);
    leg->domain = field[FIELD_DOMAIN];
    leg->direction = in_case(field[FIELD_DIRECTION], false, &parser->scratch);
    leg->agent = field[FIELD_AGENT];
    leg->queue = field[FIELD_QUEUE];
    leg->queue_type = field[FIELD_QUEUE_TYPE];
    leg->gateway = field[FIELD_GATEWAY];
    leg->network_addr = field[FIELD_NETWORK_ADDR];
    leg->hangup_cause = in_case(field[FIELD_HANGUP_CAUSE], true, &parser->scratch);
    leg->hangup_by = field[FIELD_HANGUP_BY];
    leg->originate_disposition =
        in_case(field[FIELD_ORIGINATE_DISPOSITION], true, &parser->scratch);
    leg->amd_result = field[FIELD_AMD_RESULT];
    leg->amd_cause = field[FIELD_AMD_CAUSE];
    leg->announcement = field[FIELD_ANNOUNCEMENT];
    leg->transfer_disposition = field[FIELD_TRANSFER_DISPOSITION];
    leg->schema_name = field[FIELD_SCHEMA_NAME];
    leg->sip_reason = field[FIELD_SIP_REASON];
    leg->sip_phrase = field[FIELD_SIP_PHRASE];
    mend_extension(leg);
    mend_caller(leg);
    parse_e164(parser, leg);
    keep_columns(parser, rec);
    leg_add_extra(&parser->extra, "network_addr", leg->network_addr);
    leg_add_extra(&parser->extra, "sip_phrase", leg->sip_phrase);
}

/*
 * The first code among the names it has, etl/readers/README.md.  A code that cannot be
 * one is no code, but what stood there is kept.
 */
static int16_t parse_sip_code(struct leg_parser *parser, const struct rec *rec)
{
    static const enum field names[] = { FIELD_SIP_CODE, FIELD_SIP_FAILURE, FIELD_SIP_TERM,
                                        FIELD_SIP_OTHER_LEG };
    bool is_b = rec->field[FIELD_PARENT_UUID].len != 0, kept = false;
    size_t count = COUNTOF(names) - is_b; /* of a B-leg, the other is the caller's */

    for (size_t i = 0; i < count; i++) {
        struct slice text = rec->field[names[i]];
        int16_t code = sip_fields_sip_code(text);

        if (code != NO_CODE)
            return code;
        if (!kept && text.len != 0 && !slice_is(text, "0")) {
            leg_add_extra(&parser->extra, "sip_code", text);
            kept = true;
        }
    }
    return NO_CODE;
}

static void parse_sip_fields(struct leg_parser *parser, const struct rec *rec,
                             struct leg *leg)
{
    struct slice q850 = rec->field[FIELD_Q850];

    leg->sip_code = parse_sip_code(parser, rec);
    leg->q850 = sip_fields_q850(q850);
    if (leg->q850 == NO_CODE && !slice_is(q850, "0"))
        leg_add_extra(&parser->extra, "q850", q850);
    if (leg->q850 == NO_CODE)
        leg->q850 = sip_fields_q850(leg->sip_reason);
    sip_fields_disposition(rec->field[FIELD_DISPOSITION], leg, &parser->scratch);
}

static bool bad_identity(const struct rec *rec, enum field field, enum reject_code code,
                         struct reject *reject)
{
    reject->code = code;
    reject->column = rec->column[field];
    return false;
}

/* A leg without an id gets its key, and its call's, of leg_name(). */
static bool parse_identity(const struct rec *rec, struct leg *leg, struct reject *reject)
{
    struct slice id = rec->field[FIELD_UUID], parent = rec->field[FIELD_PARENT_UUID];
    bool has_parent = parent.len != 0;

    leg->has_id = id.len != 0;
    if (leg->has_id && !uuid_read(id, &leg->key))
        return bad_identity(rec, FIELD_UUID, REJECT_BAD_UUID, reject);
    if (has_parent && !uuid_read(parent, &leg->call_key))
        return bad_identity(rec, FIELD_PARENT_UUID, REJECT_BAD_UUID, reject);
    if (!leg->has_id) /* of an index that named its documents itself, it is none */
        leg->has_id = uuid_read(rec->field[FIELD_DOCUMENT_ID], &leg->key);
    if (!leg->has_id && leg->caller.len == 0 && leg->destination.len == 0 &&
        leg->extension.len == 0)
        return bad_identity(rec, FIELD_UUID, REJECT_NO_IDENTITY, reject);
    if (!has_parent || (leg->has_id && uuid_equal(&leg->call_key, &leg->key))) {
        leg->call_key = leg->key;
        has_parent = false;
    }
    leg->is_consultation =
        !has_parent && uuid_read(rec->field[FIELD_TRANSFER_FROM], &leg->transfer_from) &&
        !uuid_equal(&leg->transfer_from, &leg->key);
    leg->linked_by = has_parent ? LINK_ID : LINK_NONE;
    leg->side = has_parent || slice_equal_nocase(rec->field[FIELD_LEG], slice_of("b"))
                    ? 'b'
                    : 'a';
    return true;
}

enum leg_got leg_parse(struct leg_parser *parser, const struct rec *rec, struct leg *leg,
                       struct reject *reject)
{
    *leg = (struct leg){ .line_no = rec->line, .started_at = NO_TIME };

    enum leg_got got = leg_times_parse(parser->parse_options, rec, leg, reject);

    if (got != LEG_DONE)
        return got;
    /* Slices into the scratch must not move: room for all that can come, at once. */
    buf_reset(&parser->scratch);
    buf_room(&parser->scratch, 2 * rec->raw.len + 4096);
    start_extra(&parser->extra, rec->extra);
    if (!leg_seconds_parse(rec, leg, reject))
        return LEG_REJECT;
    parse_texts(parser, rec, leg);
    parse_sip_fields(parser, rec, leg);
    leg_seconds_complete(rec, leg);
    if (!parse_identity(rec, leg, reject))
        return LEG_REJECT;
    leg_bound(leg,
              &parser->extra); /* before it is named: a name is made of what is stored */
    if (parser->extra.len != 0) {
        buf_add_char(&parser->extra, '}');
        leg->extra = buf_slice(&parser->extra);
    }
    return LEG_DONE;
}

bool leg_answered(const struct leg *leg)
{
    if (leg_connected(leg) == CONNECTED_NO)
        return false;
    if (leg->bill_seconds > 0 || leg->answered_at != NO_TIME)
        return true;
    return leg->bill_seconds == NO_SECONDS && slice_ends(leg->disposition, "_bye");
}
