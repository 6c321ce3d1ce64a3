/*
 * run.c - a row of cdr.run, and the dimension tables a run brings up to date.
 */
#include "loader/ledger/run.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/base.h"
#include "base/log.h"
#include "base/stop.h"
#include "db/sql.h"
#include "db/txn.h"
#include "loader/statistics/day_roll.h"

/*
 * What is asked for every file.  Plans of statements about legs hang on their period, and
 * those about statistics, made while there are few, would read all of them ever after.
 */
static const char *const of_every_file[] = {
    sql_load_lock_file,         sql_load_lock_days, sql_load_learn,
    sql_load_near_files,        sql_load_file,      sql_statistics_day,
    sql_retention_suppressions,
};

bool run_store_taxonomy(struct db *db, const struct taxonomy *taxonomy, struct err *err)
{
    const struct db_args *args = DB_ARGS(taxonomy->json);
    bool is_stored = false;

    return db_ask(db, sql_mapping_categories_stored, args, &is_stored, err) &&
           (is_stored || (db_run(db, sql_mapping_categories, args, NULL, err) &&
                          db_run(db, sql_mapping_categories_gone, args, NULL, err)));
}

/* Fewer files than it has, or none, are no reason to load no calls. */
static bool store_files(struct run *run, const char *ruleset, struct err *err)
{
    struct buf files = { 0 };
    struct err why = { 0 };
    bool ok = true;

    if (!run->settings.rule_files(run->settings.rules, &files, &why))
        log_warn("rule set %s is recorded without its files: %s", ruleset, why.text);
    else
        ok = db_run(run->db, sql_mapping_ruleset_texts, DB_ARGS(buf_cstr(&files)), NULL,
                    err) &&
             db_run(run->db, sql_mapping_ruleset_files,
                    DB_ARGS(ruleset, buf_cstr(&files)), NULL, err);
    buf_free(&files);
    return ok;
}

static bool find_ruleset(struct run *run, bool *lacks_files, struct err *err)
{
    struct db_rows *rows =
        db_query(run->db, sql_mapping_ruleset_id, DB_ARGS(run->settings.ruleset_id), err);

    if (rows == NULL)
        return false;
    run->ruleset_id = (int32_t)db_int(rows, 0, db_column(rows, "ruleset_id"));
    *lacks_files = db_bool(rows, 0, db_column(rows, "lacks_files"));
    db_rows_free(rows);
    return true;
}

/* The rule set, its rules, its files, and why there is one: each once. */
static bool add_ruleset(struct run *run, struct err *err)
{
    const struct run_settings *settings = &run->settings;
    bool lacks_files;

    if (!db_run(run->db, sql_mapping_ruleset, DB_ARGS(settings->ruleset_id), NULL, err) ||
        !find_ruleset(run, &lacks_files, err))
        return false;

    struct int_text number = int_text(run->ruleset_id);
    const char *id = number.s;

    return (settings->rule_texts == NULL ||
            db_run(run->db, sql_mapping_rules, DB_ARGS(id, settings->rule_texts), NULL,
                   err)) &&
           (!lacks_files || settings->rule_files == NULL || store_files(run, id, err)) &&
           (settings->note == NULL || db_run(run->db, sql_mapping_ruleset_note,
                                             DB_ARGS(id, settings->note), NULL, err));
}

static bool add_run(struct run *run, struct err *err)
{
    const struct run_settings *settings = &run->settings;
    int64_t id = 0;

    if (settings->ruleset_id != NULL && !add_ruleset(run, err))
        return false;

    struct int_text ruleset = int_text(run->ruleset_id);
    bool ok = db_ask_int(run->db, sql_load_run,
                         DB_ARGS(settings->kind, run->ruleset_id != 0 ? ruleset.s : NULL,
                                 settings->untested_rules ? "t" : "f",
                                 settings->program != NULL ? settings->program : "cdretl",
                                 settings->zone, settings->profile, settings->options),
                         &id, err);

    run->run_id = (int32_t)id;
    return ok;
}

struct run *run_start(struct db *db, const struct run_settings *settings, struct err *err)
{
    struct run *run = xcalloc(1, sizeof *run);

    run->db = db;
    run->settings = *settings;
    if (settings->dry_run)
        return run;
    db_keep_plans(db, of_every_file, COUNTOF(of_every_file));
    if (txn_begin(db, err) && db_run(db, sql_load_run_close, NULL, NULL, err) &&
        (settings->taxonomy == NULL || run_store_taxonomy(db, settings->taxonomy, err)) &&
        add_run(run, err) && txn_commit(db, err)) {
        log_run(run->run_id);
        return run;
    }
    txn_rollback(db);
    free(run);
    return NULL;
}

/* Who meets its lock, or looks at the server's sessions, learns which run it is of. */
static bool name_session(const struct run *run, struct err *err)
{
    char name[48];

    snprintf(name, sizeof name, "cdretl run %" PRId32 " (%s)", run->run_id,
             run->settings.kind);
    return db_run(run->db, "select set_config('application_name', $1, false)",
                  DB_ARGS(name), NULL, err);
}

struct run *run_join(struct db *db, const struct run_settings *settings, int32_t run_id,
                     int32_t ruleset_id, struct err *err)
{
    struct run *run = xcalloc(1, sizeof *run);

    *run = (struct run){
        .db = db, .settings = *settings, .run_id = run_id, .ruleset_id = ruleset_id
    };
    db_keep_plans(db, of_every_file, COUNTOF(of_every_file));
    log_run(run_id);
    if (name_session(run, err))
        return run;
    run_leave(run);
    return NULL;
}

void run_leave(struct run *run)
{
    if (run != NULL && run->change != NULL)
        run->change_free(run->change);
    free(run);
}

bool run_add_provider(struct run *run, const char *id, const char *name, struct err *err)
{
    const struct db_args *args = DB_ARGS(id, name);
    bool is_stored = false;

    if (run->settings.dry_run)
        return true;
    return db_ask(run->db, sql_mapping_provider_stored, args, &is_stored, err) &&
           (is_stored || db_run(run->db, sql_mapping_provider, args, NULL, err));
}

void run_add_seconds(struct run *run, const struct report *report)
{
    for (int phase = 0; phase < PHASE_COUNT; phase++)
        run->seconds[phase] += report->seconds[phase];
}

/* As an object of JSON.  False: no file was loaded. */
static bool run_seconds(const struct run *run, struct buf *out)
{
    double sum = 0;

    for (int phase = 0; phase < PHASE_COUNT; phase++) {
        buf_addf(out, "%s\"%s\":%.3f", phase == 0 ? "{" : ",",
                 phase_name((enum phase)phase), run->seconds[phase]);
        sum += run->seconds[phase];
    }
    buf_add_char(out, '}');
    return sum > 0;
}

/*
 * A run that was locked out must not take the lock between two transactions of the run
 * that holds it, and who interrupts one waits for nothing more.
 */
static bool may_tidy(enum exit_code exit)
{
    return exit != EXIT_LOCKED && exit != EXIT_SIGINT && exit != EXIT_SIGTERM;
}

bool run_finish(struct run *run, enum exit_code exit, struct err *err)
{
    struct buf seconds = { 0 };

    if (run == NULL)
        return true;

    bool has_seconds = run_seconds(run, &seconds);

    stop_is_late();

    bool ok =
        run->settings.dry_run || db_run(run->db, sql_load_run_finish,
                                        DB_ARGS(int_text(run->run_id).s, int_text(exit).s,
                                                has_seconds ? buf_cstr(&seconds) : NULL),
                                        NULL, err);

    buf_free(&seconds);

    if (ok && !run->settings.dry_run && may_tidy(exit)) {
        quarantine_forget(run->db);
        day_roll_up(run->db);
    }
    run_leave(run);
    return ok;
}
