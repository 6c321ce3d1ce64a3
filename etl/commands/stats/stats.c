/*
 * stats.c - key figures and categories of a period, for a terminal, a spreadsheet
 * or a program.
 */
#include "base/base.h"
#include "commands/shared/command.h"
#include "commands/shared/database.h"
#include "commands/shared/period.h"
#include "commands/stats/stats_show.h"
#include "db/db.h"
#include "db/sql.h"

enum {
    STATS_BY,
    STATS_UNIT,
    STATS_PERIOD,
    STATS_CSV = STATS_PERIOD + PERIOD_OPTIONS,
    STATS_LANG,
    STATS_COUNT
};

static const struct option_row options[] = {
    [STATS_BY] = { "by", "KEY=" STATS_KEYS, "a row for each (cdretl help stats --by)" },
    [STATS_UNIT] = { "unit", "call|attempt", "what is counted (else attempt)" },
    PERIOD_ROWS(STATS_PERIOD),
    [STATS_CSV] = { "csv", NULL, "as CSV" },
    [STATS_LANG] = { "lang", "en|uk|ru", "language of the tables, categories by name" },
};

static const char *stats_unit(const struct args *args)
{
    return args->option[STATS_UNIT] != NULL ? args->option[STATS_UNIT] : "attempt";
}

/* What the figures count, of which days, of which zone. */
static bool stats_about(struct db *db, const struct period *period, const char *unit,
                        const struct stats_words *words, struct buf *about,
                        struct err *err)
{
    struct db_rows *rows =
        db_query(db, sql_stats_span, DB_ARGS(period->from_at, period->to_at, unit), err);

    if (rows == NULL)
        return false;

    bool is_known = db_rows_count(rows) > 0;

    stats_words_about(words, about, strcmp(unit, "call") == 0,
                      is_known ? db_value(rows, 0, 0).s : NULL,
                      is_known ? db_value(rows, 0, 1).s : NULL, period->zone);
    db_rows_free(rows);
    return true;
}

/* What the tables of one command are shown by; borrowed but for JSON. */
struct stats_view {
    const struct period *period;
    const char *unit; /* of tables that have none of their own */
    enum stats_format format;
    const struct stats_words *words;
    struct buf json; /* owned: members of the document */
};

static bool stats_show(struct db *db, const struct stats_table *table,
                       struct stats_view *view, struct err *err)
{
    const struct period *period = view->period;
    const char *unit = table->unit != NULL ? table->unit : view->unit;
    const char *values[] = { period->from_at, period->to_at, unit, table->by };
    struct db_args query = { table->nargs, values };
    struct db_rows *rows = db_query(db, table->sql, &query, err);
    struct buf about = { 0 };
    bool ok = rows != NULL && stats_about(db, period, unit, view->words, &about, err);

    if (ok)
        stats_show_rows(table, rows, buf_cstr(&about), view->words, view->format,
                        &view->json);
    buf_free(&about);
    db_rows_free(rows);
    return ok;
}

static bool stats_check_options(const struct context *context, const struct args *args,
                                struct err *err)
{
    if (args->nwords > 0)
        return err_set(err, EXIT_USAGE, "stats takes no arguments");
    if (context->json && args->option[STATS_CSV] != NULL)
        return err_set(err, EXIT_USAGE, "--csv and --json: choose one");
    if (args->option[STATS_BY] != NULL && strcmp(args->option[STATS_BY], "provider") == 0)
        args->option[STATS_BY] = "carrier"; /* its name before 1.0 */
    return options_choice(&options[STATS_BY], args->option[STATS_BY], NULL, err) &&
           options_choice(&options[STATS_UNIT], args->option[STATS_UNIT], NULL, err) &&
           options_choice(&options[STATS_LANG], args->option[STATS_LANG], NULL, err) &&
           period_check(args->option + STATS_PERIOD, false, err);
}

static bool show_all(struct db *db, const struct context *context,
                     const struct args *args, const struct period *period,
                     struct err *err)
{
    struct stats_table tables[STATS_TABLES_MAX];
    size_t count = stats_tables(args->option[STATS_BY], stats_unit(args), tables);
    struct stats_words words;
    struct stats_view view = {
        .period = period,
        .unit = stats_unit(args),
        .format = context->json                     ? STATS_AS_JSON
                  : args->option[STATS_CSV] != NULL ? STATS_AS_CSV
                                                    : STATS_TABLE,
        .words = &words,
    };
    bool ok = stats_words_open(&words, db, args->option[STATS_LANG], err);

    if (view.format == STATS_AS_CSV)
        count = 1;
    buf_add_char(&view.json, '{');
    for (size_t i = 0; ok && i < count; i++) {
        if (i > 0)
            buf_add_char(&view.json, ',');
        ok = stats_show(db, &tables[i], &view, err);
    }
    buf_add_char(&view.json, '}');
    if (ok && view.format == STATS_AS_JSON)
        puts(buf_cstr(&view.json));
    stats_words_close(&words);
    buf_free(&view.json);
    return ok;
}

static enum exit_code stats_command(const struct context *context,
                                    const struct args *args, struct err *err)
{
    struct db *db = NULL;
    struct period period;

    if (stats_check_options(context, args, err) &&
        (db = database_open_reader(context, err)) != NULL &&
        !(period_read(db, args->option + STATS_PERIOD, context->tz, &period, err) &&
          period_warn_empty(db, &period, err) &&
          show_all(db, context, args, &period, err)))
        err_at(err, "stats: ");
    db_close(db);
    return err->code;
}

const struct command command_stats = {
    .name = "stats",
    .synopsis = "",
    .summary = "Key figures by day, carrier or another key; outcomes and their bounds",
    .options = options,
    .noptions = STATS_COUNT,
    .has_json = true,
    .run = stats_command,
};
