/*
 * row_copy.c - rows as PostgreSQL's binary COPY wants them.
 *
 * A value is its length (-1: null) and its bytes, big-endian.  Times count µs
 * from 2000-01-01 UTC, which is what the server stores.
 */
#include "db/row/row_copy.h"

#include <assert.h>
#include <endian.h>

#include "base/base.h"

enum { TEXT_OID = 25, JSONB_VERSION = 1, US_PER_MS = 1000 };
#define MS_TO_2000 INT64_C(946684800000)

struct row_copy {
    struct buf columns;
    bool *is_evidence; /* by place in row_columns */
};

/* What the rules made of a record, and where it stood: not what it says. */
static const char *const not_evidence[] = {
    "caller_e164",   "destination_e164", "provider", "release",    "q850_implied",
    "answered",      "is_outbound",      "category", "confidence", "alternatives",
    "outcome_group", "ended_by",         "rule_id",  "ruleset_id", "naive_category",
    "run_id",        "file_id",          "line_no",
};

bool row_copy_is_evidence(const char *column)
{
    for (size_t i = 0; i < COUNTOF(not_evidence); i++)
        if (strcmp(not_evidence[i], column) == 0)
            return false;
    return true;
}

struct row_copy *row_copy_new(void)
{
    struct row_copy *copy = xcalloc(1, sizeof *copy);

    copy->is_evidence = xcalloc(row_column_count, sizeof *copy->is_evidence);
    for (size_t i = 0; i < row_column_count; i++) {
        copy->is_evidence[i] = row_copy_is_evidence(row_columns[i].name);
        buf_addf(&copy->columns, "%s, ", row_columns[i].name);
    }
    buf_add_text(&copy->columns, "evidence_hash");
    buf_cstr(&copy->columns);
    return copy;
}

void row_copy_free(struct row_copy *copy)
{
    if (copy == NULL)
        return;
    buf_free(&copy->columns);
    free(copy->is_evidence);
    free(copy);
}

const char *row_copy_columns(const struct row_copy *copy)
{
    return copy->columns.s;
}

void row_copy_head(struct buf *out)
{
    buf_add(out, "PGCOPY\n\377\r\n", 11); /* the NUL belongs to it */
    buf_add_be32(out, 0);                 /* no flags */
    buf_add_be32(out, 0);                 /* no extension */
}

void row_copy_tail(struct buf *out)
{
    buf_add_be16(out, UINT16_MAX);
}

static void add_bytes(struct buf *out, const void *bytes, size_t len)
{
    buf_add_be32(out, (uint32_t)len);
    buf_add(out, bytes, len);
}

static void row_copy_add_json(struct buf *out, struct slice json)
{
    buf_add_be32(out, (uint32_t)json.len + 1);
    buf_add_char(out, JSONB_VERSION);
    buf_add_slice(out, json);
}

int64_t row_copy_time(int64_t ms)
{
    return (ms - MS_TO_2000) * US_PER_MS;
}

int64_t row_copy_ms(int64_t time)
{
    return time / US_PER_MS + MS_TO_2000;
}

void row_copy_add_categories(struct buf *out, const struct taxonomy *taxonomy,
                             category_set set)
{
    size_t at = out->len;
    uint32_t count = (uint32_t)__builtin_popcountll(set);

    buf_add_be32(out, 0); /* the length, known in the end */
    buf_add_be32(out, count != 0 ? 1 : 0);
    buf_add_be32(out, 0); /* no nulls inside */
    buf_add_be32(out, TEXT_OID);
    if (count != 0) {
        buf_add_be32(out, count);
        buf_add_be32(out, 1);
    }
    for (size_t i = 0; i < taxonomy->count; i++)
        if ((set >> i & 1) != 0)
            add_bytes(out, taxonomy->category[i].code,
                      strlen(taxonomy->category[i].code));

    uint32_t length = htobe32((uint32_t)(out->len - at - sizeof length));

    memcpy(out->s + at, &length, sizeof length);
}

static void row_copy_add_number(struct buf *out, size_t size, int64_t number)
{
    buf_add_be32(out, (uint32_t)size);
    if (size == sizeof(int16_t))
        buf_add_be16(out, (uint16_t)number);
    else if (size == sizeof(int32_t))
        buf_add_be32(out, (uint32_t)number);
    else
        buf_add_be64(out, (uint64_t)number);
}

static void add_value(struct buf *out, enum column_kind kind, const struct value *value,
                      const struct taxonomy *taxonomy)
{
    switch (kind) {
    case COLUMN_UUID:
        add_bytes(out, value->uuid->b, sizeof value->uuid->b);
        break;
    case COLUMN_TIME:
        row_copy_add_number(out, sizeof(int64_t), row_copy_time(value->number));
        break;
    case COLUMN_SECONDS:
    case COLUMN_INT:
        row_copy_add_number(out, sizeof(int32_t), value->number);
        break;
    case COLUMN_CODE:
        row_copy_add_number(out, sizeof(int16_t), value->number);
        break;
    case COLUMN_LINE:
        row_copy_add_number(out, sizeof(int64_t), value->number);
        break;
    case COLUMN_BOOL:
        add_bytes(out, value->number != 0 ? "\1" : "\0", 1);
        break;
    case COLUMN_TEXT:
        add_bytes(out, value->text.s, value->text.len);
        break;
    case COLUMN_TEXTS:
        row_copy_add_categories(out, taxonomy, value->set);
        break;
    case COLUMN_JSON:
        row_copy_add_json(out, value->text);
        break;
    }
}

/*
 * Mix LEN more bytes into a 64-bit fingerprint.  It is not proof against somebody who
 * looks for a collision, and need not be: it is compared between records of one leg only.
 */
static uint64_t hash_more(uint64_t hash, const char *bytes, size_t len)
{
    uint64_t word;

    for (; len >= sizeof word; bytes += sizeof word, len -= sizeof word) {
        memcpy(&word, bytes, sizeof word);
        hash = (hash ^ le64toh(word)) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 29;
    }
    word = 0;
    memcpy(&word, bytes, len);
    hash = (hash ^ le64toh(word) ^ (uint64_t)len << 56) * UINT64_C(0xbf58476d1ce4e5b9);
    return hash ^ hash >> 32;
}

static uint64_t add_columns(const struct row_copy *copy, struct buf *out,
                            const struct row *row)
{
    uint64_t hash = 0;

    buf_add_be16(out, (uint16_t)(row_column_count + 1));
    for (size_t i = 0; i < row_column_count; i++) {
        struct value value = { 0 };
        size_t at = out->len;

        row_columns[i].get(row, &value);
        if (value.is_null)
            buf_add_be32(out, UINT32_MAX);
        else
            add_value(out, row_columns[i].kind, &value, row->outcome.taxonomy);
        if (copy->is_evidence[i])
            hash = hash_more(hash, out->s + at, out->len - at);
    }
    return hash;
}

static void add_hash(struct buf *out, uint64_t hash)
{
    /* 0 marks a leg put together from several records. */
    row_copy_add_number(out, sizeof hash, (int64_t)(hash != 0 ? hash : 1));
}

void row_copy_add(const struct row_copy *copy, struct buf *out, const struct row *row)
{
    add_hash(out, add_columns(copy, out, row));
}

void row_copy_add_merged(const struct row_copy *copy, struct buf *out,
                         const struct row *row, int64_t hash)
{
    add_columns(copy, out, row);
    row_copy_add_number(out, sizeof hash, hash);
}

void row_copy_add_value(struct buf *out, struct slice value)
{
    buf_add_be32(out, value.s != NULL ? (uint32_t)value.len : UINT32_MAX);
    buf_add_slice(out, value);
}

void row_copy_split(struct slice row, size_t count, struct slice *value)
{
    const char *at = row.s + sizeof(uint16_t);

    for (size_t i = 0; i < count; i++) {
        uint32_t len;

        assert(at + sizeof len <= row.s + row.len);
        memcpy(&len, at, sizeof len);
        len = be32toh(len);
        at += sizeof len;
        value[i] = len != UINT32_MAX ? (struct slice){ at, len } : SLICE_NONE;
        at += value[i].len;
    }
    assert(at == row.s + row.len);
}

bool row_copy_equal(struct slice a, struct slice b)
{
    return (a.s == NULL) == (b.s == NULL) && slice_equal(a, b);
}
