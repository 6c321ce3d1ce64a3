/*
 * recompute_decide.c - the legs of a day, decided again while they stream by.
 *
 * A connection carries one COPY at a time, so what changes waits: a little in
 * memory, then in an unlinked temporary file.
 */
#include "loader/recompute/recompute_decide.h"

#include <assert.h>
#include <endian.h>

#include "base/base.h"
#include "base/stop.h"
#include "base/temp.h"
#include "db/db_out.h"
#include "db/sql.h"

enum { REACH_DAYS = 2 };

enum {
    NETWORK_ADDR, /* places behind the columns */
    SIP_PHRASE,
    BEHIND,
    WAITS_MAX = 1 << 20, /* bytes in memory */
    PROGRESS_EVERY = 4096
};

/* No room: to the file. */
static bool recompute_decide_spill(struct recompute *recompute, struct err *err)
{
    struct buf *changed = &recompute->changed;

    if (recompute->file == NULL && (recompute->file = temp_open(err)) == NULL)
        return false;
    if (fwrite(changed->s, 1, changed->len, recompute->file) != changed->len)
        return temp_failed(err);
    buf_reset(changed);
    return true;
}

static bool add_changed(struct recompute *recompute, struct err *err)
{
    int64_t start = row_value_ms(recompute->old[recompute->started_at]);
    struct buf *out = &recompute->changed;
    size_t at = out->len;
    uint16_t count = 0;

    buf_add_be16(out, 0); /* the count, known in the end */
    for (size_t i = 0; i < row_column_count; i++)
        if (recompute->is_sent[i]) {
            row_copy_add_value(out, recompute->new[i]);
            count++;
        }
    count = htobe16(count);
    memcpy(out->s + at, &count, sizeof count);
    if (recompute->first_changed == NO_TIME || start < recompute->first_changed)
        recompute->first_changed = start;
    if (recompute->last_changed == NO_TIME || start > recompute->last_changed)
        recompute->last_changed = start;
    return out->len < WAITS_MAX || recompute_decide_spill(recompute, err);
}

static int compare_keys(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct uuid));
}

/* It was decided with its call, in the day before. */
static bool is_late(const struct recompute *recompute, const struct uuid *key)
{
    const struct buf *late = &recompute->late;

    return late->len > 0 && bsearch(key, late->s, late->len / sizeof *key, sizeof *key,
                                    compare_keys) != NULL;
}

static bool decide(struct recompute *recompute, struct recompute_counts *counts,
                   struct err *err)
{
    const struct recompute_settings *settings = recompute->settings;
    struct slice *old = recompute->old, *new = recompute->new;
    struct row row = { .ruleset_id = recompute->run->ruleset_id,
                       .run_id = recompute->run->run_id };
    bool changed = false;

    row_read(recompute->reader, old, old[row_column_count + NETWORK_ADDR],
             old[row_column_count + SIP_PHRASE], &row.leg);
    if (is_late(recompute, &row.leg.key))
        return true;
    settings->decide(settings->rules, &row.leg, &row.outcome);
    buf_reset(&recompute->row);
    row_copy_add_merged(recompute->copy, &recompute->row, &row, 0);
    row_copy_split(buf_slice(&recompute->row), row_column_count + 1, new);
    for (size_t i = 0; i < row_column_count && !changed; i++)
        changed = recompute->is_outcome[i] && !row_copy_equal(old[i], new[i]);
    recompute_count_move(counts, old[recompute->category], new[recompute->category], 1);
    counts->legs++;
    counts->changed += changed;
    return !changed || settings->dry_run || add_changed(recompute, err);
}

static bool recompute_decide_show(const struct recompute *recompute, uint64_t legs,
                                  struct err *err)
{
    const struct recompute_settings *settings = recompute->settings;

    if (legs % PROGRESS_EVERY != 0)
        return true;
    if (settings->progress != NULL)
        settings->progress(settings->progress_to, recompute->report);
    return !stop_asked(err);
}

bool recompute_decide(struct recompute *recompute, struct recompute_slice *slice,
                      struct err *err)
{
    struct recompute_counts *counts = &slice->counts;
    /* Legs behind the day belong to calls of it, within call_reach(). */
    struct period_text bounds =
        period_text(slice->first, slice->next + REACH_DAYS * MS_PER_DAY);
    struct db_out *out = db_out_begin(recompute->run->db, sql_recompute_legs,
                                      DB_ARGS(bounds.from, bounds.to), err);
    struct slice row;
    bool ok = out != NULL;

    recompute->first_changed = recompute->last_changed = NO_TIME;
    while (ok && (ok = db_out_next(out, &row, err)) && row.s != NULL) {
        row_copy_split(row, row_column_count + BEHIND, recompute->old);
        ok = decide(recompute, counts, err) &&
             recompute_decide_show(recompute, counts->legs, err);
    }
    db_out_end(out);
    return ok;
}
