/*
 * numbers.c - numbers that were called again and again and gave no sign of life.
 *
 * Looked up on demand, for those who may see whole numbers; nothing is stored, no outcome
 * and no figure depends on it.  Whether somebody is there nobody can know from here.
 */
#include "base/base.h"
#include "base/log.h"
#include "commands/shared/command.h"
#include "commands/shared/period.h"
#include "commands/stats/stats_show.h"
#include "db/schema.h"
#include "db/sql.h"
#include "db/txn.h"

enum {
    NUMBERS_PERIOD,
    NUMBERS_TRIES = NUMBERS_PERIOD + PERIOD_OPTIONS,
    NUMBERS_CSV,
    NUMBERS_COUNT
};

enum { TRIES_MAX = 100000 };

static const struct option_row options[] = {
    PERIOD_ROWS(NUMBERS_PERIOD),
    [NUMBERS_TRIES] = { "tries", "N", "tried at least so often without one (else 5)" },
    [NUMBERS_CSV] = { "csv", NULL, "as CSV" },
};

static const char caution[] =
    "Let them rest: a phone that is switched off and a person who blocks us look the "
    "same from here. Nothing was stored, no outcome changes.";

static const struct stats_column columns[] = {
    { "number", "number", "l", false },
    { "tries", "tries", "r", false },
    { "days", "days", "r2", false },
    { "hours", "hours of day", "r3", false },
    { "carriers", "carriers", "t2", false },
    { "outcomes", "outcomes", "t1", false },
    { "first_at", "first try", "l4", false },
    { "last_at", "last try", "l2", false },
    { "last_sign_at", "last sign of life", "l1", false },
    { "verdict", "verdict", "l", false },
};

static const struct stats_table table = {
    .by = "numbers",
    .title = "Numbers without a sign of life",
    .sql = sql_stats_numbers,
    .column = columns,
    .ncolumns = COUNTOF(columns),
};

static bool numbers_check_options(const struct context *context, const struct args *args,
                                  int64_t *tries, struct err *err)
{
    const char *text = args->option[NUMBERS_TRIES];

    *tries = 5;
    if (args->nwords > 0)
        return err_set(err, EXIT_USAGE, "numbers takes no arguments");
    if (context->json && args->option[NUMBERS_CSV] != NULL)
        return err_set(err, EXIT_USAGE, "--csv and --json: choose one");
    if (text != NULL &&
        (!slice_int(slice_of(text), tries) || *tries < 2 || *tries > TRIES_MAX))
        return err_set(err, EXIT_USAGE, "--tries is a number from 2 to %d, not \"%s\"",
                       TRIES_MAX, text);
    return period_check(args->option + NUMBERS_PERIOD, true, err);
}

static bool numbers_may_look(struct db *db, struct err *err)
{
    bool may = false;

    return db_ask(db, sql_stats_numbers_rights, NULL, &may, err) &&
           (may || err_set(err, EXIT_DATABASE,
                           "whole numbers are shown to members of cdretl_loader and "
                           "cdretl_owner alone"));
}

static bool numbers_show(struct db *db, const struct context *context,
                         const struct args *args, const struct period *period,
                         int64_t tries, struct err *err)
{
    enum stats_format format = context->json                       ? STATS_AS_JSON
                               : args->option[NUMBERS_CSV] != NULL ? STATS_AS_CSV
                                                                   : STATS_TABLE;
    const struct stats_words english = { .lang = LANG_EN };
    struct buf json = { 0 }, least = { 0 }, about = { 0 };

    buf_addf(&least, "%d", (int)tries);

    struct db_rows *rows = db_query(
        db, table.sql, DB_ARGS(period->from_at, period->to_at, buf_cstr(&least)), err);

    if (rows != NULL) {
        buf_addf(&about, "at least %d tries (%s)", (int)tries, period->zone);
        stats_show_rows(&table, rows, buf_cstr(&about), &english, format, &json);
        if (format == STATS_AS_JSON)
            printf("{%s,\"caution\":\"%s\"}\n", buf_cstr(&json), caution);
        else if (format == STATS_TABLE)
            puts(caution);
        else
            log_note("%s", caution);
    }
    db_rows_free(rows);
    buf_free(&about);
    buf_free(&least);
    buf_free(&json);
    return rows != NULL;
}

static enum exit_code numbers_command(const struct context *context,
                                      const struct args *args, struct err *err)
{
    struct db *db = NULL;
    struct period period;
    int64_t tries;

    if (numbers_check_options(context, args, &tries, err) &&
        (db = db_open(context->db, err)) != NULL && schema_check(db, err) &&
        txn_begin_read(db, err) &&
        !(numbers_may_look(db, err) &&
          period_read(db, args->option + NUMBERS_PERIOD, context->tz, &period, err) &&
          period_warn_empty(db, &period, err) &&
          numbers_show(db, context, args, &period, tries, err)))
        err_at(err, "numbers: ");
    db_close(db);
    return err->code;
}

const struct command command_numbers = {
    .name = "numbers",
    .synopsis = "--last 90d",
    .summary = "Numbers without a sign of life: what to let rest; stores nothing",
    .options = options,
    .noptions = NUMBERS_COUNT,
    .has_json = true,
    .run = numbers_command,
};
