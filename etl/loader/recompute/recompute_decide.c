/*
 * recompute_decide.c - the legs of a day, decided again while they stream by.
 */
#include "loader/recompute/recompute_state.h"

#include "base/base.h"
#include "base/stop.h"
#include "db/db_out.h"
#include "db/sql.h"
#include "loader/recompute/recompute.h"

enum { PROGRESS_EVERY = 4096 };
enum { NETWORK_ADDR, SIP_PHRASE, HAS_GATEWAY, IS_APART }; /* behind the columns */

/* Calls as they were and as they are, put together of the legs that stream by. */
struct recompute_calls {
    struct stat_calls *before, *after;
};

/* Which leg and run it is; and of its outcome, as it was and as it is. */
static const char *const history_columns[HISTORY_COLUMNS] = {
    "run_id",       "leg_key", "started_at", "category",   "confidence",
    "alternatives", "rule_id", "provider",   "ruleset_id",
};

void recompute_history_open(struct recompute *recompute)
{
    for (size_t i = 0; i < HISTORY_COLUMNS; i++)
        recompute->history_column[i] = row_column_named(history_columns[i]);
}

void recompute_history_columns(struct buf *out)
{
    for (size_t i = 0; i < HISTORY_COLUMNS; i++)
        if (i < HISTORY_OF_LEG)
            buf_addf(out, "%s%s", i > 0 ? ", " : "", history_columns[i]);
        else
            buf_addf(out, ", old_%s, new_%s", history_columns[i], history_columns[i]);
}

static void add_change(struct recompute *recompute)
{
    struct buf *out = &recompute->changed.rows;
    uint16_t count = 0;

    for (size_t i = 0; i < row_column_count; i++)
        count += recompute->is_sent[i];
    buf_add_be16(out, count);
    for (size_t i = 0; i < row_column_count; i++)
        if (recompute->is_sent[i])
            row_copy_add_value(out, recompute->new[i]);
}

static void add_history(struct recompute *recompute)
{
    struct buf *out = &recompute->history.rows;

    buf_add_be16(out, 2 * HISTORY_COLUMNS - HISTORY_OF_LEG);
    for (size_t i = 0; i < HISTORY_COLUMNS; i++) {
        if (i >= HISTORY_OF_LEG)
            row_copy_add_value(out, recompute->old[recompute->history_column[i]]);
        row_copy_add_value(out, recompute->new[recompute->history_column[i]]);
    }
}

static bool add_changed(struct recompute *recompute, struct err *err)
{
    int64_t start = row_value_ms(recompute->old[recompute->started_at]);

    if (recompute->first_changed == NO_TIME || start < recompute->first_changed)
        recompute->first_changed = start;
    if (recompute->last_changed == NO_TIME || start > recompute->last_changed)
        recompute->last_changed = start;
    add_change(recompute);
    add_history(recompute);
    return copy_spool_added(&recompute->changed, err) &&
           copy_spool_added(&recompute->history, err);
}

/* The leg with the outcome that it had, and with the new one. */
static bool recompute_count_leg(struct recompute *recompute,
                                const struct recompute_calls *calls, struct row *row,
                                bool changed, struct err *err)
{
    const struct slice *behind = recompute->old + row_column_count;
    enum stat_gateway gateway = stat_gateway_of(behind[HAS_GATEWAY]);

    if (!recompute->is_counted || row_value_int(behind[IS_APART]) != 0)
        return true;
    if (!stat_calls_add(calls->after, row, gateway, changed, err))
        return false;
    recompute->is_counted =
        outcome_read(recompute->outcome_reader, recompute->old, &row->outcome);
    return !recompute->is_counted ||
           stat_calls_add(calls->before, row, gateway, changed, err);
}

/* Into recompute->new; does its outcome change? */
static bool decide(struct recompute *recompute, struct row *row)
{
    const struct recompute_settings *settings = recompute->settings;
    struct slice *old = recompute->old, *new = recompute->new;

    *row = (struct row){ .ruleset_id = recompute->run->ruleset_id,
                         .run_id = recompute->run->run_id };
    row_read(recompute->reader, old, old[row_column_count + NETWORK_ADDR],
             old[row_column_count + SIP_PHRASE], &row->leg);
    settings->decide(settings->rules, &row->leg, &row->outcome);
    buf_reset(&recompute->row);
    row_copy_add_merged(recompute->copy, &recompute->row, row, 0);
    row_copy_split(buf_slice(&recompute->row), row_column_count + 1, new);
    for (size_t i = 0; i < row_column_count; i++)
        if (recompute->is_outcome[i] && !row_copy_equal(old[i], new[i]))
            return true;
    return false;
}

static bool take_leg(struct recompute *recompute, struct recompute_counts *counts,
                     const struct recompute_calls *calls, struct err *err)
{
    struct row row;
    bool changed = decide(recompute, &row);

    recompute_count_move(counts, recompute->old[recompute->category],
                         recompute->new[recompute->category], 1);
    counts->legs++;
    counts->changed += changed;
    return recompute->settings->dry_run ||
           ((!changed || add_changed(recompute, err)) &&
            recompute_count_leg(recompute, calls, &row, changed, err));
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

static bool read_legs(struct recompute *recompute, struct recompute_slice *slice,
                      const struct recompute_calls *calls, struct err *err)
{
    struct recompute_counts *counts = &slice->counts;
    struct period_text day = period_text(slice->first, slice->next);
    /* Behind the day only what crosses its end is read: mostly nothing. */
    int64_t end = slice->next + (recompute->crossing > 0 ? MS_PER_DAY : 0);
    struct period_text reach = period_text(slice->next, end);
    struct db_out *out = recompute->is_picked
                             ? db_out_begin(recompute->run->db, sql_recompute_picked_legs,
                                            DB_ARGS(day.from, reach.to), err)
                             : db_out_begin(recompute->run->db, sql_recompute_legs,
                                            DB_ARGS(day.from, day.to, reach.to), err);
    struct slice row;
    bool ok = out != NULL;

    while (ok && (ok = db_out_next(out, &row, err)) && row.s != NULL) {
        row_copy_split(row, row_column_count + RECOMPUTE_BEHIND, recompute->old);
        ok = take_leg(recompute, counts, calls, err) &&
             recompute_decide_show(recompute, counts->legs, err);
    }
    db_out_end(out);
    return ok;
}

/* Count the calls that are held; were all seen whole? */
static bool end_calls(struct recompute *recompute, const struct recompute_calls *calls,
                      struct stat_change *change, struct err *err)
{
    uint64_t count;

    if (!stat_calls_finish(calls->before, &count, err) ||
        !stat_calls_finish(calls->after, &count, err))
        return false;
    recompute->is_counted &= stat_calls_are_whole(calls->after);
    if (!recompute->is_counted)
        stat_change_clear(change);
    return true;
}

bool recompute_decide(struct recompute *recompute, struct recompute_slice *slice,
                      struct stat_change *change, struct err *err)
{
    const struct recompute_settings *settings = recompute->settings;
    struct recompute_calls calls = { stat_change_calls(change, -1),
                                     stat_change_calls(change, 1) };

    recompute->first_changed = recompute->last_changed = NO_TIME;
    /* Of some legs only, calls are not whole. */
    recompute->is_counted = settings->nproviders == 0 && settings->ncategories == 0;

    bool ok = read_legs(recompute, slice, &calls, err) &&
              end_calls(recompute, &calls, change, err);

    stat_calls_free(calls.before);
    stat_calls_free(calls.after);
    return ok;
}
