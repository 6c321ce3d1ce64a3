/*
 * merge_conflicts.c - version by version through the conflicts.
 *
 * The connection is either fetching or copying: results come in batches, what
 * came of them waits in buffers and is sent between two batches.
 */
#include "loader/merge/merge_job.h"

#include <assert.h>

#include "base/base.h"
#include "db/copy_buffer.h"
#include "db/db_cursor.h"
#include "db/row/row_read.h"
#include "db/sql.h"
#include "loader/merge/jsonb_members.h"
#include "loader/merge/leg_version.h"

/* Columns of merge/read_versions behind those of a row. */
enum { HASH, ORIGIN, HAS_GATEWAY, NETWORK_ADDR, SIP_PHRASE, BEHIND };

static const char *const behind_columns[] = {
    [HASH] = "evidence_hash",      [ORIGIN] = "origin",
    [HAS_GATEWAY] = "has_gateway", [NETWORK_ADDR] = "network_addr",
    [SIP_PHRASE] = "sip_phrase",
};

struct conflicts {
    const struct merge_job *job;
    struct conflict_counts *counts;
    struct fold *fold;
    struct row_reader *reader;
    struct leg_version version; /* the row that is read, borrowed */
    struct uuid key;            /* of the leg that is being folded */
    bool has_key;
    struct buf merged, versions, changed_keys; /* COPY rows that wait */
    struct buf row;                            /* scratch, and its values */
    struct slice *value;
    size_t *place;                  /* in the result, of each of row_columns */
    size_t line_no, file_id, extra; /* places of columns */
};

static enum leg_version_origin origin_of(struct slice word)
{
    if (slice_is(word, "leg"))
        return VERSION_LEG;
    return slice_is(word, "old") ? VERSION_STORED : VERSION_STAGED;
}

static void merge_conflicts_read_version(struct conflicts *conflicts,
                                         const struct db_rows *rows, size_t row,
                                         const size_t *column)
{
    struct leg_version *version = &conflicts->version;

    for (size_t i = 0; i < row_column_count; i++)
        version->value[i] = db_value(rows, row, conflicts->place[i]);
    version->hash = row_value_int(db_value(rows, row, column[HASH]));
    version->origin = origin_of(db_value(rows, row, column[ORIGIN]));
    version->has_gateway = db_value(rows, row, column[HAS_GATEWAY]).s[0] != 0;
    version->network_addr = db_value(rows, row, column[NETWORK_ADDR]);
    version->sip_phrase = db_value(rows, row, column[SIP_PHRASE]);
}

/* A version as it stands, but with HASH, and with file and line of SOURCE. */
static void add_version(const struct conflicts *conflicts, struct buf *out,
                        const struct leg_version *version,
                        const struct leg_version *source, int64_t hash)
{
    buf_add_be16(out, (uint16_t)(row_column_count + 1));
    for (size_t i = 0; i < row_column_count; i++) {
        bool place = i == conflicts->line_no || i == conflicts->file_id;

        row_copy_add_value(out, place ? source->value[i] : version->value[i]);
    }
    buf_add_be32(out, sizeof hash);
    buf_add_be64(out, (uint64_t)hash);
}

/* Is the evidence of the encoded row that of VERSION, byte for byte? */
static bool same_evidence(const struct conflicts *conflicts,
                          const struct leg_version *version)
{
    row_copy_split(buf_slice(&conflicts->row), row_column_count + 1, conflicts->value);
    for (size_t i = 0; i < row_column_count; i++) {
        bool same = i == conflicts->extra
                        ? jsonb_members_equal(conflicts->value[i], version->value[i])
                        : row_copy_equal(conflicts->value[i], version->value[i]);

        if (!same && row_copy_is_evidence(row_columns[i].name))
            return false;
    }
    return true;
}

/* Decide the fold; HASH is 0 when it is none of its versions as they are. */
static void add_decided(struct conflicts *conflicts, const struct folded *folded,
                        int64_t hash)
{
    const struct run *run = conflicts->job->run;
    struct row row = {
        .ruleset_id = run->ruleset_id,
        .run_id = run->run_id,
        .file_id = (int32_t)row_value_int(folded->source->value[conflicts->file_id]),
    };

    row_read(conflicts->reader, folded->value, folded->network_addr, folded->sip_phrase,
             &row.leg);
    row.leg.line_no = (uint64_t)row_value_int(folded->source->value[conflicts->line_no]);
    run->settings.decide(run->settings.rules, &row.leg, &row.outcome);
    row_copy_add_merged(conflicts->job->copy, &conflicts->row, &row, hash);
}

static void add_changed_key(struct conflicts *conflicts, const struct folded *folded)
{
    buf_add_be16(&conflicts->changed_keys, 1);
    row_copy_add_value(&conflicts->changed_keys,
                       (struct slice){ (const char *)conflicts->key.b, 16 });
    for (size_t i = 0; folded->nkept > 1 && i < folded->nkept; i++)
        add_version(conflicts, &conflicts->versions, folded->kept[i], folded->kept[i],
                    folded->kept[i]->hash);
}

static void merge_conflicts_count(struct conflict_counts *counts, bool is_stored,
                                  bool news, bool merged)
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

/* The leg has no more versions: fold, compare with what is stored, write. */
static void end_leg(struct conflicts *conflicts)
{
    struct folded folded = fold_finish(conflicts->fold);
    const struct leg_version *old = folded.leg;
    int64_t hash = folded.nkept == 1 ? folded.kept[0]->hash : 0;

    buf_reset(&conflicts->row);
    if (folded.nkept == 1 && !conflicts->job->decides_all)
        add_version(conflicts, &conflicts->row, folded.kept[0], folded.source, hash);
    else
        add_decided(conflicts, &folded, hash);
    if (folded.is_changed)
        add_changed_key(conflicts, &folded);

    bool news = old == NULL || old->has_gateway != folded.source->has_gateway ||
                !same_evidence(conflicts, old);

    merge_conflicts_count(conflicts->counts, old != NULL, news,
                          news || old->hash != hash);
    if (news)
        buf_add(&conflicts->merged, conflicts->row.s, conflicts->row.len);
    else if (old->hash != hash) /* of other versions now, and decided as it was */
        add_version(conflicts, &conflicts->merged, old, old, hash);
}

static void merge_conflicts_take(struct conflicts *conflicts,
                                 const struct leg_version *version)
{
    struct uuid key;

    memcpy(key.b, version->value[row_column_named("leg_key")].s, sizeof key.b);
    if (!conflicts->has_key || !uuid_equal(&key, &conflicts->key)) {
        if (conflicts->has_key)
            end_leg(conflicts);
        fold_clear(conflicts->fold);
    }
    conflicts->key = key;
    conflicts->has_key = true;
    fold_add(conflicts->fold, version);
}

/* ROWS of legs to TABLE, which is like cdr.leg. */
static bool send_legs(const struct merge_job *job, const char *table, struct buf *rows,
                      struct err *err)
{
    struct buf sql = { 0 };

    buf_addf(&sql, "copy %s (%s) from stdin (format binary)", table,
             row_copy_columns(job->copy));

    bool ok = copy_buffer_send(job->db, buf_cstr(&sql), rows, err);

    buf_free(&sql);
    return ok;
}

static bool conflicts_send(struct conflicts *conflicts, struct err *err)
{
    const struct merge_job *job = conflicts->job;

    return send_legs(job, "pg_temp.merged", &conflicts->merged, err) &&
           send_legs(job, "pg_temp.new_version", &conflicts->versions, err) &&
           copy_buffer_send(job->db,
                            "copy pg_temp.changed_key from stdin (format binary)",
                            &conflicts->changed_keys, err);
}

static bool conflicts_read(void *to, const struct db_rows *rows, struct err *err)
{
    struct conflicts *conflicts = to;
    size_t column[BEHIND];

    assert(db_rows_width(rows) == row_column_count + BEHIND);

    db_columns(rows, behind_columns, BEHIND, column);
    for (size_t i = 0; i < row_column_count; i++)
        conflicts->place[i] = db_column(rows, row_columns[i].name);
    for (size_t i = 0; i < db_rows_count(rows); i++) {
        merge_conflicts_read_version(conflicts, rows, i, column);
        merge_conflicts_take(conflicts, &conflicts->version);
    }
    return conflicts_send(conflicts, err);
}

bool merge_conflicts(const struct merge_job *job, struct conflict_counts *counts,
                     struct err *err)
{
    struct conflicts conflicts = {
        .job = job,
        .counts = counts,
        .fold = fold_new(),
        .reader = row_reader_new(),
        .line_no = row_column_named("line_no"),
        .file_id = row_column_named("file_id"),
        .extra = row_column_named("extra"),
    };

    conflicts.version.value = xcalloc(row_column_count, sizeof *conflicts.version.value);
    conflicts.place = xcalloc(row_column_count, sizeof *conflicts.place);
    conflicts.value = xcalloc(row_column_count + 1, sizeof *conflicts.value);

    bool ok =
        db_cursor(job->db, sql_merge_read_versions, DB_ARGS(job->has_gateway ? "t" : "f"),
                  conflicts_read, &conflicts, err);

    if (ok && conflicts.has_key) {
        end_leg(&conflicts);
        ok = conflicts_send(&conflicts, err);
    }
    free(conflicts.version.value);
    free(conflicts.value);
    free(conflicts.place);
    fold_free(conflicts.fold);
    row_reader_free(conflicts.reader);
    buf_free(&conflicts.merged);
    buf_free(&conflicts.versions);
    buf_free(&conflicts.changed_keys);
    buf_free(&conflicts.row);
    return ok;
}
