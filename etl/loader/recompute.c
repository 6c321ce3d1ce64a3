/*
 * recompute.c - stored legs, decided again from stored evidence.
 */
#include "loader/recompute.h"

#include <inttypes.h>

#include "base/base.h"
#include "base/stop.h"
#include "loader/hours.h"
#include "loader/loader_impl.h"
#include "loader/row_read.h"
#include "loader/send.h"
#include "loader/sql.h"
#include "loader/txn.h"

enum { NETWORK_ADDR = 1, SIP_PHRASE }; /* columns after the hash */

struct recompute {
    struct run *run;
    const struct recompute_settings *settings;
    struct recompute_report *report;
    struct row_copy *copy;
    struct row_reader *reader;
    struct slice *old, *new; /* values by column, the hash the last */
    bool *is_outcome;        /* columns that deciding fills */
    size_t category, run_id, ruleset_id;
    struct buf row, changed;
};

/* The rule set's number alone is no change: the outcome may be the same. */
static bool is_outcome(const char *column)
{
    return !row_copy_is_evidence(column) && strcmp(column, "run_id") != 0 &&
           strcmp(column, "file_id") != 0 && strcmp(column, "line_no") != 0 &&
           strcmp(column, "ruleset_id") != 0;
}

static void open_recompute(struct recompute *recompute)
{
    recompute->copy = row_copy_new();
    recompute->reader = row_reader_new();
    recompute->old = xcalloc(row_column_count + 1, sizeof *recompute->old);
    recompute->new = xcalloc(row_column_count + 1, sizeof *recompute->new);
    recompute->is_outcome = xcalloc(row_column_count, sizeof *recompute->is_outcome);
    for (size_t i = 0; i < row_column_count; i++)
        recompute->is_outcome[i] = is_outcome(row_columns[i].name);
    recompute->category = row_column_named("category");
    recompute->run_id = row_column_named("run_id");
    recompute->ruleset_id = row_column_named("ruleset_id");
}

static void close_recompute(struct recompute *recompute)
{
    row_copy_free(recompute->copy);
    row_reader_free(recompute->reader);
    free(recompute->old);
    free(recompute->new);
    free(recompute->is_outcome);
    buf_free(&recompute->row);
    buf_free(&recompute->changed);
}

static void count_move(struct recompute_report *report, struct slice from,
                       struct slice to)
{
    size_t i = 0;

    while (i < report->nmoves &&
           !(slice_is(from, report->move[i].from) && slice_is(to, report->move[i].to)))
        i++;
    if (i == report->nmoves) {
        report->move = xrealloc(report->move, ++report->nmoves, sizeof *report->move);
        report->move[i] = (struct recompute_move){ xstrndup(from.s, from.len),
                                                   xstrndup(to.s, to.len), 0 };
    }
    report->move[i].legs++;
}

/* The leg as it was, with the outcome it has now. */
static void add_changed(struct recompute *recompute)
{
    struct buf *out = &recompute->changed;

    buf_add_be16(out, (uint16_t)(row_column_count + 1));
    for (size_t i = 0; i <= row_column_count; i++) {
        bool is_new =
            i < row_column_count && (recompute->is_outcome[i] || i == recompute->run_id ||
                                     i == recompute->ruleset_id);

        row_copy_add_value(out, is_new ? recompute->new[i] : recompute->old[i]);
    }
}

static void decide_again(struct recompute *recompute, struct slice network_addr,
                         struct slice sip_phrase)
{
    const struct recompute_settings *settings = recompute->settings;
    struct row row = { .ruleset_id = recompute->run->ruleset_id,
                       .run_id = recompute->run->run_id };
    bool changed = false;

    row_read(recompute->reader, recompute->old, network_addr, sip_phrase, &row.leg);
    settings->decide(settings->rules, &row.leg, &row.outcome);
    buf_reset(&recompute->row);
    row_copy_add_merged(recompute->copy, &recompute->row, &row);
    row_copy_split(&recompute->row, recompute->new);
    for (size_t i = 0; i < row_column_count && !changed; i++)
        changed = recompute->is_outcome[i] &&
                  !row_copy_equal(recompute->old[i], recompute->new[i]);
    recompute->report->legs++;
    count_move(recompute->report, recompute->old[recompute->category],
               recompute->new[recompute->category]);
    if (!changed)
        return;
    recompute->report->changed++;
    if (!settings->dry_run)
        add_changed(recompute);
}

static bool batch(struct recompute *recompute, size_t *count, struct err *err)
{
    struct db *db = recompute->run->db;
    struct db_rows *rows = db_query_binary(db, "fetch 1000 from legs", NULL, err);

    if (rows == NULL)
        return false;
    *count = db_rows_count(rows);
    for (size_t row = 0; row < *count; row++) {
        for (size_t i = 0; i <= row_column_count; i++)
            recompute->old[i] = db_value(rows, row, i);
        decide_again(recompute, db_value(rows, row, row_column_count + NETWORK_ADDR),
                     db_value(rows, row, row_column_count + SIP_PHRASE));
    }
    db_rows_free(rows);
    return !stop_asked(err) &&
           send_rows(db, "copy pg_temp.merged from stdin (format binary)",
                     &recompute->changed, err);
}

static bool read_hours(struct recompute *recompute, const struct db_args *args,
                       struct hours *hours, struct err *err)
{
    struct db_rows *rows =
        db_query(recompute->run->db, sql_text("load/merge_hours"), args, err);

    if (rows == NULL)
        return false;
    recompute->report->hours = db_rows_count(rows);
    for (size_t i = 0; i < db_rows_count(rows); i++)
        hours_add(hours, db_int(rows, i, 0));
    db_rows_free(rows);
    return true;
}

static bool write_changed(struct recompute *recompute, const struct period_text *period,
                          struct err *err)
{
    struct db *db = recompute->run->db;
    const struct db_args *args = DB_ARGS(period->from, period->to);
    struct hours *hours = hours_new();
    bool ok = db_run(db, sql_text("load/recompute_history"), args, NULL, err) &&
              db_run(db, sql_text("load/recompute_touch"), NULL, NULL, err) &&
              db_run(db, sql_text("load/recompute_delete"), args, NULL, err) &&
              db_run(db, sql_text("load/merge_insert"), NULL, NULL, err) &&
              read_hours(recompute, args, hours, err) &&
              statistics_rebuild(db, hours, err);

    hours_free(hours);
    return ok;
}

static bool work(struct recompute *recompute, struct err *err)
{
    const struct recompute_settings *settings = recompute->settings;
    struct period_text period = period_text(settings->from, settings->to);
    struct db *db = recompute->run->db;
    size_t count = 1;
    bool ok = db_exec(db, sql_text("load/recompute_prepare"), err) &&
              db_run(db, sql_text("load/recompute_legs"),
                     DB_ARGS(period.from, period.to, settings->provider), NULL, err);

    while (ok && count > 0)
        ok = batch(recompute, &count, err);
    ok = ok && db_exec(db, "close legs", err);
    if (ok && !settings->dry_run && recompute->report->changed > 0)
        ok = write_changed(recompute, &period, err);
    return ok;
}

bool recompute_run(struct run *run, const struct recompute_settings *settings,
                   struct recompute_report *report, struct err *err)
{
    struct recompute recompute = { .run = run, .settings = settings, .report = report };

    *report = (struct recompute_report){ 0 };
    open_recompute(&recompute);

    bool ok = txn_begin_locked(run->db, run->settings.wait, err) &&
              work(&recompute, err) && !stop_asked(err);

    /* A dry run has nothing that is worth keeping. */
    ok = ok && (settings->dry_run || txn_commit(run->db, err));
    if (!ok || settings->dry_run)
        txn_rollback(run->db);
    close_recompute(&recompute);
    return ok;
}

void recompute_report_free(struct recompute_report *report)
{
    for (size_t i = 0; i < report->nmoves; i++) {
        free(report->move[i].from);
        free(report->move[i].to);
    }
    free(report->move);
    *report = (struct recompute_report){ 0 };
}
