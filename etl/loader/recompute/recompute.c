/*
 * recompute.c - a period, day by day.
 */
#include "loader/recompute/recompute.h"

#include <time.h>

#include "base/base.h"
#include "base/stop.h"
#include "db/sql.h"
#include "db/txn.h"
#include "loader/partitions.h"
#include "loader/recompute/recompute_state.h"

/*
 * Between two days other runs may take the lock.  A run that waits for it asks every
 * 100 ms, so every TURN_S we leave it free for longer than that.  A recomputation that
 * has begun waits longer for the lock than one that begins, so that it is not in vain.
 */
enum { TURN_S = 5, BREATH_NS = 250000000, PATIENCE_S = 3600 };

/*
 * A column whose difference makes a leg changed; the number of the rule set does not, and
 * no rule makes a number's international form.
 */
static bool is_outcome(const char *column)
{
    static const char *const others[] = {
        "run_id", "file_id", "line_no", "ruleset_id", "caller_e164", "destination_e164"
    };

    for (size_t i = 0; i < COUNTOF(others); i++)
        if (strcmp(column, others[i]) == 0)
            return false;
    return !row_copy_is_evidence(column);
}

static bool is_sent(const char *column)
{
    static const char *const others[] = { "leg_key", "call_key", "started_at",
                                          "ruleset_id", "run_id" };

    for (size_t i = 0; i < COUNTOF(others); i++)
        if (strcmp(column, others[i]) == 0)
            return true;
    return is_outcome(column);
}

static void open_recompute(struct recompute *recompute)
{
    recompute_open_texts(recompute);
    recompute->copy = row_copy_new();
    recompute->reader = row_reader_new();
    recompute->hours = hours_new();
    recompute->old = xcalloc(row_column_count + RECOMPUTE_BEHIND, sizeof *recompute->old);
    recompute->new = xcalloc(row_column_count + 1, sizeof *recompute->new);
    recompute->is_outcome = xcalloc(row_column_count, sizeof *recompute->is_outcome);
    recompute->is_sent = xcalloc(row_column_count, sizeof *recompute->is_sent);
    for (size_t i = 0; i < row_column_count; i++) {
        recompute->is_outcome[i] = is_outcome(row_columns[i].name);
        recompute->is_sent[i] = is_sent(row_columns[i].name);
    }
    recompute->category = row_column_named("category");
    recompute->started_at = row_column_named("started_at");
    recompute_history_open(recompute);
    recompute->outcome_reader = outcome_reader_new(recompute->run->settings.taxonomy);
}

static void close_recompute(struct recompute *recompute)
{
    row_copy_free(recompute->copy);
    row_reader_free(recompute->reader);
    outcome_reader_free(recompute->outcome_reader);
    hours_free(recompute->hours);
    free(recompute->old);
    free(recompute->new);
    free(recompute->is_outcome);
    free(recompute->is_sent);
    recompute_affected_close(recompute);
    buf_free(&recompute->row);
    copy_spool_free(&recompute->changed);
    copy_spool_free(&recompute->history);
    buf_free(&recompute->texts.providers);
    buf_free(&recompute->texts.categories);
}

/* Legs of calls that cross a midnight. */
static bool find_crossing(struct recompute *recompute, const struct period_text *day,
                          struct err *err)
{
    const struct period_text *whole = &recompute->texts.period;
    struct db *db = recompute->run->db;
    uint64_t near = 0;
    bool has_any = false;

    recompute->crossing = 0;
    return db_ask(db, sql_recompute_has_calls_of_legs, DB_ARGS(day->from, day->to),
                  &has_any, err) &&
           (!has_any || db_run(db, sql_recompute_near_legs, DB_ARGS(day->from, day->to),
                               &near, err)) &&
           (near == 0 || db_run(db, sql_recompute_crossing,
                                DB_ARGS(day->from, day->to, whole->from, whole->to),
                                &recompute->crossing, err));
}

static bool prepare(struct recompute *recompute, struct recompute_slice *slice,
                    struct err *err)
{
    struct period_text day = period_text(slice->first, slice->next);
    struct recompute_texts *texts = &recompute->texts;
    struct db *db = recompute->run->db;
    bool is_there = false;

    return db_ask(db, sql_recompute_begin, NULL, &is_there, err) &&
           (is_there || db_exec(db, sql_recompute_prepare, err)) &&
           db_run(db, sql_recompute_slice,
                  DB_ARGS(recompute_array(&texts->providers),
                          recompute_array(&texts->categories)),
                  NULL, err) &&
           find_crossing(recompute, &day, err) && recompute_pick(recompute, slice, err) &&
           db_run(db, sql_recompute_apart,
                  DB_ARGS(day.from, day.to, recompute->is_picked ? "t" : "f"), NULL, err);
}

/* All of a day inside the transaction that is open. */
static bool work(struct recompute *recompute, struct recompute_slice *slice,
                 struct err *err)
{
    struct stat_change *change =
        stat_change_open(recompute->run->db, recompute->run->settings.taxonomy, err);
    bool ok = change != NULL && prepare(recompute, slice, err) &&
              recompute_decide(recompute, slice, change, err) &&
              (recompute->settings->dry_run ||
               (recompute_write(recompute, slice, change, err) &&
                recompute_note(recompute, slice, err))) &&
              !stop_asked(err);

    stat_change_free(change);
    return ok;
}

/* Take the lock; after the first day wait for it at least PATIENCE_S. */
static bool recompute_begin(struct recompute *recompute, struct err *err)
{
    uint32_t wait = recompute->run->settings.wait;

    if (recompute->has_begun && wait < PATIENCE_S)
        wait = PATIENCE_S;
    recompute->has_begun = txn_begin_legs(recompute->run->db, wait, err);
    return recompute->has_begun;
}

static bool do_slice(struct recompute *recompute, struct recompute_slice *slice,
                     struct err *err)
{
    struct db *db = recompute->run->db;
    bool dry_run = recompute->settings->dry_run;

    recompute_counts_free(&slice->counts);

    bool ok = (dry_run || partitions_open(db, slice->first, slice->next,
                                          recompute->run->settings.wait, err)) &&
              (dry_run ? txn_begin(db, err) : recompute_begin(recompute, err)) &&
              work(recompute, slice, err) && (dry_run || txn_commit(db, err));

    if (!ok || dry_run)
        txn_rollback(db);
    if (!ok) {
        recompute_counts_free(&slice->counts);
        return false;
    }
    slice->is_done = slice->is_ours = true;
    recompute_add_counts(&recompute->report->counts, &slice->counts);
    return true;
}

/* The days that are not done. */
static bool do_slices(struct recompute *recompute, struct err *err)
{
    const struct recompute_settings *settings = recompute->settings;
    struct recompute_report *report = recompute->report;
    double turn = seconds_now();

    for (size_t i = 0; i < report->nslices; i++) {
        if (report->slice[i].is_done)
            continue;
        report->at = i;
        if (!do_slice(recompute, &report->slice[i], err))
            return false;
        if (settings->progress != NULL)
            settings->progress(settings->progress_to, report);
        if (!settings->dry_run && seconds_now() - turn > TURN_S) {
            nanosleep(&(struct timespec){ .tv_nsec = BREATH_NS }, NULL);
            turn = seconds_now();
        }
    }
    return true;
}

/*
 * Under the lock: are all days still done, or has another run changed some since?
 * *WHOLE: the period is finished.
 */
static bool recompute_finish(struct recompute *recompute, bool *whole, struct err *err)
{
    const struct recompute_report *report = recompute->report;
    struct db *db = recompute->run->db;
    int64_t next;
    bool ok = recompute_begin(recompute, err) && recompute_plan(recompute, err);

    *whole = ok && recompute_done(report, &next) == report->nslices;
    ok = ok && (!*whole || recompute_close(recompute, err)) && txn_commit(db, err);
    if (!ok)
        txn_rollback(db);
    return ok;
}

static bool do_period(struct recompute *recompute, struct err *err)
{
    bool whole = recompute->settings->dry_run;
    bool ok = recompute_check_names(recompute, err) &&
              recompute_affected_open(recompute, err) && recompute_plan(recompute, err) &&
              do_slices(recompute, err);

    while (ok && !whole)
        ok = recompute_finish(recompute, &whole, err) && do_slices(recompute, err);
    return ok;
}

bool recompute_run(struct run *run, const struct recompute_settings *settings,
                   struct recompute_report *report, struct err *err)
{
    struct recompute recompute = { .run = run, .settings = settings, .report = report };

    *report = (struct recompute_report){ 0 };
    open_recompute(&recompute);

    bool ok = do_period(&recompute, err);

    close_recompute(&recompute);
    return ok;
}
