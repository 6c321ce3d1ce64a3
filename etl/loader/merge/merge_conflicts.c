/*
 * merge_conflicts.c - telling by telling through the crowd.
 *
 * The connection is either fetching or copying: results come in batches, what
 * came of them waits in buffers and is sent between two batches.
 */
#include "loader/merge/merge.h"

#include <assert.h>

#include "base/base.h"
#include "base/stop.h"
#include "db/copy_buffer.h"
#include "db/row_read.h"
#include "db/sql.h"
#include "loader/merge/jsonb_members.h"
#include "loader/merge/leg_version.h"

enum { ORIGIN = 1, HAS_GATEWAY, NETWORK_ADDR, SIP_PHRASE, BEHIND }; /* after the hash */

struct crowd {
    const struct fold_settings *settings;
    struct crowd_counts *counts;
    struct fold *fold;
    struct row_reader *reader;
    struct telling telling; /* the row at hand, borrowed */
    struct uuid key;        /* of the leg that is being folded */
    bool has_key;
    struct buf merged, told, retold; /* COPY rows that wait */
    struct buf row;                  /* scratch, and its values */
    struct slice *value;
    size_t line_no, file_id, extra; /* places of columns */
};

static enum telling_origin origin_of(struct slice word)
{
    if (slice_is(word, "leg"))
        return TELLING_LEG;
    return slice_is(word, "old") ? TELLING_STORED : TELLING_STAGED;
}

static void read_telling(struct telling *telling, const struct db_rows *rows, size_t row)
{
    size_t behind = row_column_count;

    for (size_t i = 0; i < row_column_count; i++)
        telling->value[i] = db_value(rows, row, i);
    telling->hash = row_value_int(db_value(rows, row, behind));
    telling->origin = origin_of(db_value(rows, row, behind + ORIGIN));
    telling->has_gateway = db_value(rows, row, behind + HAS_GATEWAY).s[0] != 0;
    telling->network_addr = db_value(rows, row, behind + NETWORK_ADDR);
    telling->sip_phrase = db_value(rows, row, behind + SIP_PHRASE);
}

/* A telling as it stands, but for its HASH; where it stood is SOURCE's. */
static void add_telling(const struct crowd *crowd, struct buf *out,
                        const struct telling *telling, const struct telling *source,
                        int64_t hash)
{
    buf_add_be16(out, (uint16_t)(row_column_count + 1));
    for (size_t i = 0; i < row_column_count; i++) {
        bool place = i == crowd->line_no || i == crowd->file_id;

        row_copy_add_value(out, place ? source->value[i] : telling->value[i]);
    }
    buf_add_be32(out, sizeof hash);
    buf_add_be64(out, (uint64_t)hash);
}

/* Is the evidence of the COPY row ROW that of TELLING, byte for byte? */
static bool same_evidence(const struct crowd *crowd, const struct telling *telling)
{
    row_copy_split(&crowd->row, crowd->value);
    for (size_t i = 0; i < row_column_count; i++) {
        bool same = i == crowd->extra
                        ? members_equal(crowd->value[i], telling->value[i])
                        : row_copy_equal(crowd->value[i], telling->value[i]);

        if (!same && row_copy_is_evidence(row_columns[i].name))
            return false;
    }
    return true;
}

/* The fold is nobody's own telling: decide it. */
static void add_decided(struct crowd *crowd, const struct folded *folded)
{
    const struct load *load = crowd->settings->load;
    struct row row = {
        .ruleset_id = load->run->ruleset_id,
        .run_id = load->run->run_id,
        .file_id = (int32_t)row_value_int(folded->source->value[crowd->file_id]),
    };

    row_read(crowd->reader, folded->value, folded->network_addr, folded->sip_phrase,
             &row.leg);
    row.leg.line_no = (uint64_t)row_value_int(folded->source->value[crowd->line_no]);
    crowd->settings->decide(crowd->settings->rules, &row.leg, &row.outcome);
    row_copy_add_merged(load->copy, &crowd->row, &row);
}

static void add_retold(struct crowd *crowd, const struct folded *folded)
{
    buf_add_be16(&crowd->retold, 1);
    row_copy_add_value(&crowd->retold, (struct slice){ (const char *)crowd->key.b, 16 });
    for (size_t i = 0; folded->nkept > 1 && i < folded->nkept; i++)
        add_telling(crowd, &crowd->told, folded->kept[i], folded->kept[i],
                    folded->kept[i]->hash);
}

static void count(struct crowd_counts *counts, bool is_stored, bool news, bool merged)
{
    if (!is_stored)
        counts->inserted++;
    else if (news)
        counts->updated++;
    else
        counts->unchanged++;
    counts->merged += merged;
    counts->replaced += merged && is_stored;
}

/* All tellings of a leg have come. */
static void end_leg(struct crowd *crowd)
{
    struct folded folded = fold_finish(crowd->fold);
    const struct telling *old = folded.leg;
    int64_t hash = folded.nkept == 1 ? folded.kept[0]->hash : 0;

    buf_reset(&crowd->row);
    if (folded.nkept == 1)
        add_telling(crowd, &crowd->row, folded.kept[0], folded.source, hash);
    else
        add_decided(crowd, &folded);
    if (folded.is_retold)
        add_retold(crowd, &folded);

    bool news = old == NULL || old->has_gateway != folded.source->has_gateway ||
                !same_evidence(crowd, old);

    count(crowd->counts, old != NULL, news, news || old->hash != hash);
    if (news)
        buf_add(&crowd->merged, crowd->row.s, crowd->row.len);
    else if (old->hash != hash) /* told by others now, and decided as it was */
        add_telling(crowd, &crowd->merged, old, old, hash);
}

static void take(struct crowd *crowd, const struct telling *telling)
{
    struct uuid key;

    memcpy(key.b, telling->value[row_column_named("leg_key")].s, sizeof key.b);
    if (crowd->has_key && !uuid_equal(&key, &crowd->key)) {
        end_leg(crowd);
        crowd->has_key = false;
    }
    if (!crowd->has_key)
        fold_clear(crowd->fold);
    crowd->key = key;
    crowd->has_key = true;
    fold_add(crowd->fold, telling);
}

static bool send_all(struct crowd *crowd, struct err *err)
{
    struct db *db = crowd->settings->load->db;

    return send_rows(db, "copy pg_temp.merged from stdin (format binary)", &crowd->merged,
                     err) &&
           send_rows(db, "copy pg_temp.told from stdin (format binary)", &crowd->told,
                     err) &&
           send_rows(db, "copy pg_temp.retold from stdin (format binary)", &crowd->retold,
                     err);
}

/* One batch; *COUNT of its rows, 0 at the end. */
static bool batch(struct crowd *crowd, size_t *count, struct err *err)
{
    struct db *db = crowd->settings->load->db;
    struct db_rows *rows = db_query_binary(db, "fetch 1000 from tellings", NULL, err);

    if (rows == NULL)
        return false;
    *count = db_rows_count(rows);
    assert(*count == 0 || db_rows_width(rows) == row_column_count + BEHIND);
    for (size_t i = 0; i < *count; i++) {
        read_telling(&crowd->telling, rows, i);
        take(crowd, &crowd->telling);
    }
    if (*count == 0 && crowd->has_key)
        end_leg(crowd);
    db_rows_free(rows);
    return !stop_asked(err) && send_all(crowd, err);
}

static bool open_cursor(struct load *load, struct err *err)
{
    struct period_text period = period_text(load->file.first_at, load->file.last_at);

    return db_run(load->db, sql_text("load/merge_tellings"),
                  DB_ARGS(period.from, period.to, load->file.has_gateway ? "t" : "f"),
                  NULL, err);
}

bool merge_crowd(const struct fold_settings *settings, struct crowd_counts *counts,
                 struct err *err)
{
    struct crowd crowd = {
        .settings = settings,
        .counts = counts,
        .fold = fold_new(),
        .reader = row_reader_new(),
        .line_no = row_column_named("line_no"),
        .file_id = row_column_named("file_id"),
        .extra = row_column_named("extra"),
    };
    size_t count = 1;

    crowd.telling.value = xcalloc(row_column_count, sizeof *crowd.telling.value);
    crowd.value = xcalloc(row_column_count + 1, sizeof *crowd.value);

    bool ok = open_cursor(settings->load, err);

    while (ok && count > 0)
        ok = batch(&crowd, &count, err);
    ok = ok && db_exec(settings->load->db, "close tellings", err);
    free(crowd.telling.value);
    free(crowd.value);
    fold_free(crowd.fold);
    row_reader_free(crowd.reader);
    buf_free(&crowd.merged);
    buf_free(&crowd.told);
    buf_free(&crowd.retold);
    buf_free(&crowd.row);
    return ok;
}
