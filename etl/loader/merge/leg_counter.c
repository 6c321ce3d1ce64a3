/*
 * leg_counter.c - a sorter finds who has come twice, a fold puts them together.
 */
#include "loader/merge/leg_counter.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/sorter.h"
#include "base/temp.h"
#include "db/row/row_copy.h"
#include "db/row/row_read.h"
#include "leg/call_counter.h"
#include "loader/key_filter.h"
#include "loader/merge/jsonb_members.h"
#include "loader/merge/leg_version.h"

/* A record of a suspect: what puts it into order (merge/read_versions), and its place. */
struct suspect {
    struct uuid key; /* first: see base/sorter.h */
    int64_t ended_at;
    int32_t duration;
    uint32_t known; /* columns with a value */
    int64_t hash;
    off_t at;            /* in the file of records */
    size_t row_len, len; /* of its row, and with what the rules read of its extra */
};

struct leg_counter {
    decide_fn decide;
    const void *rules;
    struct call_counter *calls;
    struct sorter *keys; /* of the first reading, until it is over */
    struct uuid last_key;
    bool has_last_key;
    char *suspects;  /* filter of those that have come twice; NULL: none */
    bool is_folding; /* this reading puts suspects together */

    struct sorter *sorter; /* of suspects; NULL until one comes */
    FILE *file;            /* their records, unlinked */
    off_t end;

    struct row_copy *copy;
    struct row_reader *reader;
    struct buf record; /* a suspect's, encoded */
    struct leg_version version;
    struct fold *fold;
    struct uuid key; /* of the leg that is being folded */
    bool has_leg;
    uint64_t records, legs;
    int32_t ruleset_id; /* of all rows, with the next two */
    int32_t run_id, file_id;
};

struct leg_counter *leg_counter_new(decide_fn decide, const void *rules)
{
    struct leg_counter *counter = xcalloc(1, sizeof *counter);

    counter->decide = decide;
    counter->rules = rules;
    return counter;
}

static void leg_counter_clear(struct leg_counter *counter)
{
    call_counter_free(counter->calls);
    counter->calls = NULL;
    sorter_free(counter->sorter);
    counter->sorter = NULL;
    if (counter->file != NULL)
        fclose(counter->file);
    counter->file = NULL;
    counter->end = 0;
}

void leg_counter_free(struct leg_counter *counter)
{
    if (counter == NULL)
        return;
    leg_counter_clear(counter);
    sorter_free(counter->keys);
    free(counter->suspects);
    row_copy_free(counter->copy);
    row_reader_free(counter->reader);
    fold_free(counter->fold);
    free(counter->version.value);
    buf_free(&counter->version.bytes);
    buf_free(&counter->record);
    free(counter);
}

static int by_key(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct uuid));
}

void leg_counter_begin(struct leg_counter *counter)
{
    leg_counter_clear(counter);
    counter->calls = call_counter_new();
    counter->is_folding = counter->suspects != NULL;
    sorter_free(counter->keys);
    counter->keys = counter->is_folding
                        ? NULL
                        : sorter_new(sizeof(struct uuid), LEG_COUNTER_MEMORY, by_key);
    counter->has_last_key = false;
    counter->records = counter->legs = 0;
}

/* Columns that tell which of two records knows more; the others both have. */
static bool counts_as_known(const char *column)
{
    return row_copy_is_evidence(column) && strcmp(column, "time_flag") != 0;
}

static int by_leg(const void *left, const void *right)
{
    const struct suspect *a = left, *b = right;
    int order = memcmp(a->key.b, b->key.b, sizeof a->key.b);

    if (order != 0)
        return order;
    if (a->ended_at != b->ended_at)
        return a->ended_at > b->ended_at ? -1 : 1;
    if (a->duration != b->duration)
        return a->duration > b->duration ? -1 : 1;
    if (a->known != b->known)
        return a->known > b->known ? -1 : 1;
    if (a->hash != b->hash)
        return a->hash > b->hash ? -1 : 1;
    return (a->at > b->at) - (a->at < b->at);
}

static void leg_counter_open(struct leg_counter *counter)
{
    counter->sorter = sorter_new(sizeof(struct suspect), LEG_COUNTER_MEMORY, by_leg);
    if (counter->copy != NULL)
        return;
    counter->copy = row_copy_new();
    counter->reader = row_reader_new();
    counter->fold = fold_new();
    counter->version.value =
        xcalloc(row_column_count + 1, sizeof *counter->version.value);
}

/* A text of extra as a member of jsonb's own form. */
static void add_member(struct buf *out, const char *name, struct slice text)
{
    struct buf quoted = { 0 }, value = { 0 };

    if (text.len == 0)
        return;
    buf_add_json(&quoted, slice_of(name));
    buf_add_json(&value, text);
    jsonb_members_add(out,
                      &(struct jsonb_member){ buf_slice(&quoted), buf_slice(&value) });
    buf_free(&quoted);
    buf_free(&value);
}

/* What the rules read of extra, and as what it competes for the leg. */
static void add_texts(struct buf *texts, const struct leg *leg)
{
    struct buf extra = { 0 };

    add_member(&extra, "network_addr", leg->network_addr);
    add_member(&extra, "sip_phrase", leg->sip_phrase);
    jsonb_members_close(&extra);
    buf_add_be16(texts, 3);
    row_copy_add_value(texts, extra.len > 0 ? buf_slice(&extra) : SLICE_NONE);
    row_copy_add_value(texts, leg->network_addr.len > 0 ? leg->network_addr : SLICE_NONE);
    row_copy_add_value(texts, leg->sip_phrase.len > 0 ? leg->sip_phrase : SLICE_NONE);
    buf_free(&extra);
}

static uint32_t count_known(const struct slice *value)
{
    uint32_t known = 0;

    for (size_t i = 0; i < row_column_count; i++)
        known += value[i].s != NULL && counts_as_known(row_columns[i].name);
    return known;
}

static bool leg_counter_write(struct leg_counter *counter, struct err *err)
{
    const struct buf *bytes = &counter->record;

    if (counter->file == NULL && (counter->file = temp_open(err)) == NULL)
        return false;
    if (fwrite(bytes->s, 1, bytes->len, counter->file) != bytes->len)
        return temp_failed(err);
    counter->end += (off_t)bytes->len;
    return true;
}

static bool keep_suspect(struct leg_counter *counter, const struct row *row,
                         struct err *err)
{
    const struct leg *leg = &row->leg;
    struct slice *value = counter->version.value;

    buf_reset(&counter->record);
    row_copy_add(counter->copy, &counter->record, row);

    size_t row_len = counter->record.len;

    add_texts(&counter->record, leg);
    row_copy_split((struct slice){ counter->record.s, row_len }, row_column_count + 1,
                   value);

    const struct suspect suspect = {
        .key = leg->key,
        .ended_at = leg->ended_at != NO_TIME ? leg->ended_at : INT64_MIN,
        .duration = leg->duration,
        .known = count_known(value),
        .hash = row_value_int(value[row_column_count]),
        .at = counter->end,
        .row_len = row_len,
        .len = counter->record.len,
    };

    counter->ruleset_id = row->ruleset_id;
    counter->run_id = row->run_id;
    counter->file_id = row->file_id;
    return leg_counter_write(counter, err) && sorter_add(counter->sorter, &suspect, err);
}

static bool is_suspect(const struct leg_counter *counter, const struct uuid *key)
{
    const struct key_filter_part all = { { counter->suspects, KEY_FILTER_MAX },
                                         .of = KEY_FILTER_MAX };

    return key_filter_part_has(&all, key);
}

bool leg_counter_add(struct leg_counter *counter, const struct row *row, struct err *err)
{
    const struct uuid *key = &row->leg.key;

    counter->records++;
    if (!counter->is_folding) {
        if (!sorter_add(counter->keys, key, err))
            return false;
    } else if (is_suspect(counter, key)) {
        if (counter->sorter == NULL)
            leg_counter_open(counter);
        return keep_suspect(counter, row, err);
    }
    counter->legs++;
    return call_counter_add(counter->calls, row, err);
}

/* Keys come in order: is this one like the last? */
static bool take_key(void *to, const void *record, struct err *err)
{
    struct leg_counter *counter = to;
    const struct uuid *key = record;

    (void)err;
    if (counter->has_last_key && uuid_equal(&counter->last_key, key)) {
        if (counter->suspects == NULL)
            counter->suspects = xcalloc(KEY_FILTER_MAX, 1);
        key_filter_add(counter->suspects, KEY_FILTER_MAX, key);
    }
    counter->last_key = *key;
    counter->has_last_key = true;
    return true;
}

bool leg_counter_end(struct leg_counter *counter, struct err *err)
{
    return counter->keys == NULL || sorter_finish(counter->keys, take_key, counter, err);
}

bool leg_counter_repeats(const struct leg_counter *counter)
{
    return counter->suspects != NULL;
}

bool leg_counter_wants_again(const struct leg_counter *counter)
{
    return counter->suspects != NULL && !counter->is_folding;
}

/* The leg has no more records: what they come to is a leg of the file. */
static bool leg_counter_end_leg(struct leg_counter *counter, struct err *err)
{
    if (!counter->has_leg)
        return true;

    struct folded folded = fold_finish(counter->fold);
    struct row row = { .ruleset_id = counter->ruleset_id,
                       .run_id = counter->run_id,
                       .file_id = counter->file_id };

    row_read(counter->reader, folded.value, folded.network_addr, folded.sip_phrase,
             &row.leg);
    counter->decide(counter->rules, &row.leg, &row.outcome);
    counter->legs++;
    return call_counter_add(counter->calls, &row, err);
}

static bool read_back(struct leg_counter *counter, const struct suspect *suspect,
                      struct err *err)
{
    struct buf *bytes = &counter->record;

    buf_reset(bytes);
    buf_room(bytes, suspect->len);
    bytes->len = suspect->len;
    return pread(fileno(counter->file), bytes->s, suspect->len, suspect->at) ==
               (ssize_t)suspect->len ||
           err_set(err, EXIT_USAGE, "a temporary file cannot be read: %s",
                   strerror(errno));
}

static bool take_suspect(void *to, const void *record, struct err *err)
{
    struct leg_counter *counter = to;
    const struct suspect *suspect = record;
    struct leg_version *version = &counter->version;
    struct slice text[3];

    if (!counter->has_leg || !uuid_equal(&counter->key, &suspect->key)) {
        if (!leg_counter_end_leg(counter, err))
            return false;
        fold_clear(counter->fold);
    }
    counter->has_leg = true;
    counter->key = suspect->key;
    if (!read_back(counter, suspect, err))
        return false;
    row_copy_split((struct slice){ counter->record.s, suspect->row_len },
                   row_column_count + 1, version->value);
    row_copy_split(slice_from(buf_slice(&counter->record), suspect->row_len),
                   COUNTOF(text), text);
    version->value[row_column_named("extra")] = text[0];
    version->network_addr = text[1];
    version->sip_phrase = text[2];
    version->hash = suspect->hash;
    version->origin = VERSION_STAGED;
    fold_add(counter->fold, version);
    return true;
}

static bool fold_suspects(struct leg_counter *counter, struct err *err)
{
    if (counter->sorter == NULL)
        return true;
    if (fflush(counter->file) != 0)
        return temp_failed(err);
    counter->has_leg = false;
    return sorter_finish(counter->sorter, take_suspect, counter, err) &&
           leg_counter_end_leg(counter, err);
}

bool leg_counter_finish(struct leg_counter *counter, struct report *report,
                        struct err *err)
{
    if (!fold_suspects(counter, err))
        return false;
    report->duplicate += counter->records - counter->legs;
    return call_counter_finish(counter->calls, report, err);
}
