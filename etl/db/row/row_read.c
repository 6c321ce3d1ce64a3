/*
 * row_read.c - rows of cdr.leg back into legs.
 */
#include "db/row/row_read.h"

#include <assert.h>
#include <endian.h>
#include <stddef.h>

#include "base/base.h"
#include "db/row/row_copy.h"

enum { NOT_READ = -1 };

enum member_kind {
    MEMBER_UUID,
    MEMBER_TIME,
    MEMBER_SECONDS,
    MEMBER_CODE,
    MEMBER_TEXT,
    MEMBER_JSON,
    MEMBER_LINE,
    MEMBER_SIDE,
    MEMBER_FLAG,
    MEMBER_LINK
};

struct row_member {
    const char *column;
    enum member_kind kind;
    size_t offset; /* in struct leg */
};

#define MEMBER(column, kind, name)                                                       \
    {                                                                                    \
#column, MEMBER_##kind, offsetof(struct leg, name)                               \
    }
#define TEXT(name)    MEMBER(name, TEXT, name)
#define SECONDS(name) MEMBER(name, SECONDS, name)
#define TIME(name)    MEMBER(name, TIME, name)

static const struct row_member members[] = {
    MEMBER(leg_key, UUID, key),
    MEMBER(call_key, UUID, call_key),
    MEMBER(side, SIDE, side),
    MEMBER(time_flag, FLAG, repeated_hour),
    MEMBER(linked_by, LINK, linked_by),
    TIME(started_at),
    TIME(answered_at),
    TIME(bridged_at),
    TIME(ended_at),
    SECONDS(duration),
    SECONDS(bill_seconds),
    SECONDS(talk_seconds),
    SECONDS(pdd_seconds),
    SECONDS(ring_seconds),
    SECONDS(wait_seconds),
    SECONDS(hold_seconds),
    /* What the rules made of it is what they will make it of. */
    MEMBER(early_media_seconds, SECONDS, bridge_seconds),
    TEXT(domain),
    TEXT(direction),
    TEXT(caller),
    TEXT(destination),
    TEXT(caller_e164),
    TEXT(destination_e164),
    TEXT(extension),
    TEXT(agent),
    TEXT(queue),
    TEXT(queue_type),
    TEXT(gateway),
    TEXT(hangup_cause),
    TEXT(disposition),
    TEXT(hangup_by),
    TEXT(webitel_result),
    TEXT(originate_disposition),
    TEXT(amd_result),
    TEXT(amd_cause),
    TEXT(announcement),
    TEXT(sip_reason),
    TEXT(transfer_disposition),
    MEMBER(transfer_from, UUID, transfer_from),
    TEXT(schema_name),
    MEMBER(sip_code, CODE, sip_code),
    MEMBER(q850, CODE, q850),
    MEMBER(line_no, LINE, line_no),
    MEMBER(extra, JSON, extra),
};

struct row_reader {
    int *member;          /* by place in row_columns: place in members, or NOT_READ */
    size_t transfer_from; /* a place in row_columns */
};

static int member_of(const char *column)
{
    for (size_t i = 0; i < COUNTOF(members); i++)
        if (strcmp(members[i].column, column) == 0)
            return (int)i;
    return NOT_READ;
}

struct row_reader *row_reader_new(void)
{
    struct row_reader *reader = xcalloc(1, sizeof *reader);

    reader->member = xcalloc(row_column_count, sizeof *reader->member);
    for (size_t i = 0; i < row_column_count; i++)
        reader->member[i] = member_of(row_columns[i].name);
    reader->transfer_from = row_column_named("transfer_from");
    return reader;
}

void row_reader_free(struct row_reader *reader)
{
    if (reader == NULL)
        return;
    free(reader->member);
    free(reader);
}

size_t row_column_named(const char *name)
{
    size_t i = 0;

    while (i < row_column_count && strcmp(row_columns[i].name, name) != 0)
        i++;
    assert(i < row_column_count);
    return i;
}

int64_t row_value_int(struct slice value)
{
    uint64_t number = 0;

    for (size_t i = 0; value.s != NULL && i < value.len; i++)
        number = number << 8 | (unsigned char)value.s[i];
    if (value.len == 0 || value.len == sizeof number)
        return (int64_t)number;

    /* Shorter ones carry their sign in their own first bit. */
    uint64_t sign = UINT64_C(1) << (value.len * 8 - 1);

    return (int64_t)((number ^ sign) - sign);
}

int64_t row_value_ms(struct slice value)
{
    return value.s != NULL ? row_copy_ms(row_value_int(value)) : NO_TIME;
}

static enum link link_of(struct slice text)
{
    if (slice_is(text, "id"))
        return LINK_ID;
    return slice_is(text, "adjacency") ? LINK_ADJACENCY : LINK_NONE;
}

static struct slice without_version(struct slice jsonb)
{
    return jsonb.s != NULL ? slice_from(jsonb, 1) : SLICE_NONE;
}

static void set(struct leg *leg, const struct row_member *member, struct slice value)
{
    char *to = (char *)leg + member->offset;
    bool has = value.s != NULL;
    int64_t number = value.len <= sizeof number ? row_value_int(value) : 0;

    switch (member->kind) {
    case MEMBER_UUID:
        if (has)
            memcpy(to, value.s, sizeof(struct uuid));
        break;
    case MEMBER_TIME:
        *(int64_t *)(void *)to = row_value_ms(value);
        break;
    case MEMBER_SECONDS:
        *(int32_t *)(void *)to = has ? (int32_t)number : NO_SECONDS;
        break;
    case MEMBER_CODE:
        *(int16_t *)(void *)to = (int16_t)number; /* NO_CODE when null */
        break;
    case MEMBER_TEXT:
        *(struct slice *)(void *)to = value;
        break;
    case MEMBER_JSON:
        *(struct slice *)(void *)to = without_version(value);
        break;
    case MEMBER_LINE:
        *(uint64_t *)(void *)to = (uint64_t)number;
        break;
    case MEMBER_SIDE:
        *to = slice_is(value, "b") ? 'b' : 'a';
        break;
    case MEMBER_FLAG:
        *(bool *)(void *)to = has;
        break;
    case MEMBER_LINK:
        *(enum link *)(void *)to = link_of(value);
        break;
    }
}

void row_read(const struct row_reader *reader, const struct slice *value,
              struct slice network_addr, struct slice sip_phrase, struct leg *leg)
{
    *leg = (struct leg){ .has_id = true,
                         .media_at = NO_TIME,
                         .rang_at = NO_TIME,
                         .queue_joined_at = NO_TIME,
                         .queue_answered_at = NO_TIME,
                         .queue_left_at = NO_TIME };
    for (size_t i = 0; i < row_column_count; i++)
        if (reader->member[i] != NOT_READ)
            set(leg, &members[reader->member[i]], value[i]);
    leg->is_consultation = value[reader->transfer_from].s != NULL;
    leg->network_addr = text_cut(network_addr, LEG_TEXT_MAX);
    leg->sip_phrase = text_cut(sip_phrase, LEG_TEXT_MAX);
}

/* What was decided about a stored leg. */

/* Where the columns of an outcome stand. */
struct outcome_columns {
    size_t provider, is_outbound, answered, category, confidence, alternatives,
        naive_category, early_media;
};

struct outcome_reader {
    const struct taxonomy *taxonomy;
    struct outcome_columns column;
    struct buf provider, code; /* with a NUL behind */
};

struct outcome_reader *outcome_reader_new(const struct taxonomy *taxonomy)
{
    struct outcome_reader *reader = xcalloc(1, sizeof *reader);

    reader->taxonomy = taxonomy;
    reader->column = (struct outcome_columns){
        .provider = row_column_named("provider"),
        .is_outbound = row_column_named("is_outbound"),
        .answered = row_column_named("answered"),
        .category = row_column_named("category"),
        .confidence = row_column_named("confidence"),
        .alternatives = row_column_named("alternatives"),
        .naive_category = row_column_named("naive_category"),
        .early_media = row_column_named("early_media_seconds"),
    };
    return reader;
}

void outcome_reader_free(struct outcome_reader *reader)
{
    if (reader == NULL)
        return;
    buf_free(&reader->provider);
    buf_free(&reader->code);
    free(reader);
}

static bool outcome_read_category(struct outcome_reader *reader, struct slice code,
                                  uint8_t *category)
{
    const struct taxonomy *taxonomy = reader->taxonomy;

    buf_reset(&reader->code);
    buf_add_slice(&reader->code, code);

    size_t place = taxonomy_find(taxonomy, buf_cstr(&reader->code));

    *category = (uint8_t)place;
    return place < taxonomy->count;
}

/* A text[] of one dimension in its binary form: three numbers, two a dimension, elements.
 */
static bool outcome_read_alternatives(struct outcome_reader *reader, struct slice array,
                                      category_set *set)
{
    enum { NUMBER = 4, HEAD = 5 * NUMBER };

    *set = 0;
    assert(array.s != NULL || array.len == 0);
    for (size_t at = HEAD; at + NUMBER <= array.len;) {
        struct slice len = { array.s + at, NUMBER };
        struct slice code = { array.s + at + NUMBER, (size_t)row_value_int(len) };
        uint8_t category;

        if (code.len > array.len - at - NUMBER ||
            !outcome_read_category(reader, code, &category))
            return false;
        *set |= (category_set)1 << category;
        at += NUMBER + code.len;
    }
    return true;
}

static enum confidence confidence_of(struct slice name)
{
    for (enum confidence confidence = CERTAIN; confidence < AMBIGUOUS; confidence++)
        if (slice_is(name, confidence_name(confidence)))
            return confidence;
    return AMBIGUOUS;
}

bool outcome_read(struct outcome_reader *reader, const struct slice *value,
                  struct outcome *outcome)
{
    const struct outcome_columns *column = &reader->column;
    struct slice provider = value[column->provider];
    struct slice early_media = value[column->early_media];

    buf_reset(&reader->provider);
    buf_add_slice(&reader->provider, provider);
    *outcome = (struct outcome){
        .taxonomy = reader->taxonomy,
        .provider = provider.s != NULL ? buf_cstr(&reader->provider) : NULL,
        .is_outbound = row_value_int(value[column->is_outbound]) != 0,
        .answered = row_value_int(value[column->answered]) != 0,
        .confidence = confidence_of(value[column->confidence]),
        .early_media_seconds =
            early_media.s != NULL ? (int32_t)row_value_int(early_media) : NO_SECONDS,
    };
    return outcome_read_category(reader, value[column->category], &outcome->category) &&
           outcome_read_category(reader, value[column->naive_category],
                                 &outcome->naive_category) &&
           outcome_read_alternatives(reader, value[column->alternatives],
                                     &outcome->alternatives);
}
