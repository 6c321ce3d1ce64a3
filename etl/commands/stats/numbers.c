/*
 * numbers.c - numbers that were called again and again and gave no sign of life.
 *
 * Looked up on demand, for those who may see whole numbers; nothing is stored, no outcome
 * and no figure depends on it.  Whether somebody is there nobody can know from here.
 */
#include "base/base.h"
#include "base/log.h"
#include "commands/shared/command.h"
#include "commands/shared/database.h"
#include "commands/shared/period.h"
#include "commands/stats/stats_show.h"
#include "db/sql.h"
#include "output/text_table.h"

enum {
    NUMBERS_PERIOD,
    NUMBERS_TRIES = NUMBERS_PERIOD + PERIOD_OPTIONS,
    NUMBERS_CSV,
    NUMBERS_LANG,
    NUMBERS_COUNT
};

enum { TRIES_MAX = 100000 };

static const struct option_row options[] = {
    PERIOD_ROWS(NUMBERS_PERIOD),
    [NUMBERS_TRIES] = { "tries", "N", "tried at least so often without one (else 5)" },
    [NUMBERS_CSV] = { "csv", NULL, "as CSV" },
    [NUMBERS_LANG] = { "lang", "en|uk|ru", "language of the table, outcomes by name" },
};

static const char caution[] = LANG_MARK(
    "Let them rest: a phone that is switched off and a person who blocks us look the "
    "same from here. Nothing was stored, no outcome changes.");

static const struct stats_column columns[] = {
    { "number", LANG_MARK("number"), "l", false },
    { "tries", LANG_MARK("tries"), "r", false },
    { "days", LANG_MARK("days"), "r2", false },
    { "hours", LANG_MARK("hours of day"), "r3", false },
    { "carriers", LANG_MARK("carriers"), "t2", false },
    { "outcomes", LANG_MARK("outcomes"), "t1", false },
    { "first_at", LANG_MARK("first try"), "l4", false },
    { "last_at", LANG_MARK("last try"), "l2", false },
    { "last_sign_at", LANG_MARK("last sign of life"), "l1", false },
    { "verdict", LANG_MARK("verdict"), "l", false },
};

static const struct stats_table table = {
    .by = "numbers",
    .title = LANG_MARK("Numbers without a sign of life"),
    .sql = sql_stats_numbers,
    .column = columns,
    .ncolumns = COUNTOF(columns),
};

static bool numbers_check_options(const struct context *context, const struct args *args,
                                  int64_t *tries, struct err *err)
{
    *tries = 5;
    if (args->nwords > 0)
        return err_set(err, EXIT_USAGE, "numbers takes no arguments");
    if (context->json && args->option[NUMBERS_CSV] != NULL)
        return err_set(err, EXIT_USAGE, "--csv and --json: choose one");
    return options_number("tries", args->option[NUMBERS_TRIES], 2, TRIES_MAX, tries,
                          err) &&
           options_choice(&options[NUMBERS_LANG], args->option[NUMBERS_LANG], NULL,
                          err) &&
           period_check(args->option + NUMBERS_PERIOD, true, err);
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
    struct stats_words words = { 0 };
    struct buf json = { 0 }, least = { 0 }, about = { 0 };
    struct db_rows *rows = NULL;

    buf_addf(&least, "%d", (int)tries);
    if (stats_words_open(&words, db, args->option[NUMBERS_LANG], err))
        rows = db_query(db, table.sql,
                        DB_ARGS(period->from_at, period->to_at, buf_cstr(&least)), err);
    if (rows != NULL) {
        lang_say(&about, words.lang, LANG_MARK("tries: {tries} and more ({zone})"),
                 (const struct lang_value[]){ { "tries", LANG_NAME, buf_cstr(&least) },
                                              { "zone", LANG_NAME, period->zone },
                                              { NULL, LANG_NAME, NULL } });
        stats_show_rows(&table, rows, buf_cstr(&about), &words, format, &json);
        if (format == STATS_AS_JSON)
            printf("{%s,\"caution\":\"%s\"}\n", buf_cstr(&json), caution);
        else if (format == STATS_TABLE)
            text_line_print(lang_text(words.lang, caution), 0);
        else
            log_note("%s", caution);
    }
    stats_words_close(&words);
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
        (db = database_open_reader(context, err)) != NULL &&
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
