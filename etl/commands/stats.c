/*
 * stats.c - key figures and categories of a period, for a terminal, a spreadsheet
 * or a program.
 */
#include "base/base.h"
#include "commands/command.h"
#include "commands/period.h"
#include "db/db.h"
#include "db/schema.h"
#include "db/sql.h"
#include "db/txn.h"
#include "output/csv.h"
#include "output/text_table.h"

enum {
    STATS_BY,
    STATS_UNIT,
    STATS_PERIOD,
    STATS_CSV = STATS_PERIOD + PERIOD_OPTIONS,
    STATS_COUNT
};

#define STATS_KEYS                                                                       \
    "provider|gateway|category|confidence|direction|queue|domain|cause|sip|day|hour"

static const struct option_row options[] = {
    [STATS_BY] = { "by", "KEY=" STATS_KEYS, "a row for each (cdretl help stats --by)" },
    [STATS_UNIT] = { "unit", "call|attempt", "what is counted (else attempt)" },
    PERIOD_ROWS(STATS_PERIOD),
    [STATS_CSV] = { "csv", NULL, "as CSV" },
};

/* A column of a table. */
struct stats_column {
    const char *name; /* of the query's column, and in CSV and JSON */
    const char *head; /* on the terminal; NULL: not there */
    const char *spec; /* as text_table_print() wants it */
    bool for_eye;     /* on the terminal alone */
};

/* A table: its query, and how its columns are shown. */
struct table {
    const char *title, *sql, *by;
    const struct stats_column *column;
    size_t ncolumns;
    bool says_key; /* the title goes on with BY */
};

static const struct stats_column kpi_columns[] = {
    { "key", "", "l", false },
    { "n", "n", "r", false },
    { "seizures", NULL, "r", false },
    { "answered", "answered", "r3", false },
    { "asr", "ASR %", "r", false },
    { "asr_ci_low", NULL, "r", false },
    { "asr_ci_high", NULL, "r", false },
    { "ner_low", NULL, "r", false },
    { "ner_high", NULL, "r", false },
    { "naive_asr", "naive %", "r6", false },
    { "acd", "ACD s", "r5", false },
    { "sdr", NULL, "r", false },
    { "abandon_low", NULL, "r", false },
    { "abandon_high", NULL, "r", false },
    { "ambiguity", "undet. %", "r5", false },
    { "asr_range", "ASR 95 %", "r2", true },
    { "ner_range", "NER %", "r3", true },
    { "bar", "ASR", "b4", true },
};

static const struct stats_column share_columns[] = {
    { "key", "", "l", false },          { "n", "n", "r", false },
    { "n_high", NULL, "r", false },     { "share", "%", "r", false },
    { "share_high", NULL, "r", false }, { "range", "or", "l2", true },
    { "bar", "share", "b4", true },
};

static const struct stats_column carrier_columns[] = {
    { "carrier", "", "l", false }, { "category", "", "l", false },
    { "n", "n", "r", false },      { "n_high", NULL, "r", false },
    { "share", "%", "r", false },  { "share_high", NULL, "r", false },
    { "range", "or", "l2", true }, { "bar", "share", "b4", true },
};

enum { STATS_COLUMNS_MAX = COUNTOF(kpi_columns) };
_Static_assert(COUNTOF(share_columns) <= STATS_COLUMNS_MAX, "kpi_columns are the most");
_Static_assert(COUNTOF(carrier_columns) <= STATS_COLUMNS_MAX, "kpi_columns are the most");

/* What a table's query gave, and where its columns stand in that. */
struct stats_result {
    const struct table *table;
    struct db_rows *rows;
    const char *about; /* unit, days and zone, for people */
    size_t place[STATS_COLUMNS_MAX];
};

static struct slice stats_value(const struct stats_result *result, size_t row,
                                size_t column)
{
    return db_value(result->rows, row, result->place[column]);
}

enum stats_format { STATS_TABLE, STATS_AS_CSV, STATS_AS_JSON };

static void stats_print_table(const struct stats_result *result)
{
    const struct table *table = result->table;
    size_t count = db_rows_count(result->rows), shown = 0;
    const char **cells = xcalloc((count + 1) * table->ncolumns, sizeof *cells);
    struct buf spec = { 0 }, title = { 0 };

    for (size_t column = 0; column < table->ncolumns; column++) {
        if (table->column[column].head != NULL) {
            buf_add_text(&spec, table->column[column].spec);
            shown++;
        }
    }
    for (size_t column = 0, place = 0; column < table->ncolumns; column++) {
        if (table->column[column].head == NULL)
            continue;
        cells[place] = table->column[column].head;
        for (size_t row = 0; row < count; row++) {
            const char *text = stats_value(result, row, column).s;

            cells[(row + 1) * shown + place] = text != NULL ? text : "";
        }
        place++;
    }
    buf_addf(&title, "%s%s%s: %s", table->title, table->says_key ? " by " : "",
             table->says_key ? table->by : "", result->about);
    text_line_print(buf_cstr(&title), 4);
    putchar('\n');
    text_table_print(cells, count + 1, buf_cstr(&spec), true);
    putchar('\n');
    buf_free(&title);
    buf_free(&spec);
    free(cells);
}

static void stats_print_csv(const struct stats_result *result)
{
    const struct table *table = result->table;
    struct buf line = { 0 };

    for (size_t row = 0; row <= db_rows_count(result->rows); row++) {
        buf_reset(&line);
        for (size_t column = 0; column < table->ncolumns; column++) {
            const char *name = table->column[column].name;

            if (table->column[column].for_eye)
                continue;
            if (line.len > 0)
                buf_add_char(&line, ',');
            buf_add_csv(&line,
                        row == 0 ? slice_of(name) : stats_value(result, row - 1, column));
        }
        puts(buf_cstr(&line));
    }
    buf_free(&line);
}

/* Numbers as JSON numbers, everything else as text. */
static void add_json_value(struct buf *out, struct slice value)
{
    bool number = value.len > 0;

    for (size_t i = 0; i < value.len && number; i++)
        number = (value.s[i] >= '0' && value.s[i] <= '9') || (value.s[i] == '.' && i > 0);
    if (value.s == NULL)
        buf_add_text(out, "null");
    else if (number && memchr(value.s, '-', value.len) == NULL)
        buf_add_slice(out, value);
    else
        buf_add_json(out, value);
}

static void stats_add_json_row(struct buf *out, const struct stats_result *result,
                               size_t row)
{
    const struct table *table = result->table;
    const char *before = "{";

    for (size_t column = 0; column < table->ncolumns; column++) {
        if (table->column[column].for_eye)
            continue;
        buf_add_text(out, before);
        buf_add_json(out, slice_of(table->column[column].name));
        buf_add_char(out, ':');
        if (column == 0)
            buf_add_json(out, stats_value(result, row, column));
        else
            add_json_value(out, stats_value(result, row, column));
        before = ",";
    }
    buf_add_char(out, '}');
}

static void stats_add_json(struct buf *out, const struct stats_result *result)
{
    const struct table *table = result->table;

    buf_add_json(out, slice_of(table->by != NULL ? table->by : "provider_category"));
    buf_add_text(out, ":[");
    for (size_t row = 0; row < db_rows_count(result->rows); row++) {
        if (row > 0)
            buf_add_char(out, ',');
        stats_add_json_row(out, result, row);
    }
    buf_add_char(out, ']');
}

/* What the figures count, of which days, of which zone. */
static bool stats_about(struct db *db, const struct period *period, const char *unit,
                        struct buf *about, struct err *err)
{
    struct db_rows *rows =
        db_query(db, sql_stats_span, DB_ARGS(period->from_at, period->to_at, unit), err);

    if (rows == NULL)
        return false;
    if (db_rows_count(rows) == 0)
        buf_addf(about, "no %ss are known", unit);
    else if (slice_equal(db_value(rows, 0, 0), db_value(rows, 0, 1)))
        buf_addf(about, "%ss of %s (%s)", unit, db_value(rows, 0, 0).s, period->zone);
    else
        buf_addf(about, "%ss from %s to %s (%s)", unit, db_value(rows, 0, 0).s,
                 db_value(rows, 0, 1).s, period->zone);
    db_rows_free(rows);
    return true;
}

static bool stats_show(struct db *db, const struct table *table, const struct args *args,
                       const struct period *period, enum stats_format format,
                       struct buf *json, struct err *err)
{
    const char *given = args->option[STATS_UNIT],
               *unit = given != NULL ? given : "attempt";
    const char *values[] = { period->from_at, period->to_at, unit, table->by };
    struct db_args query = { table->by != NULL ? 4 : 3, values };
    struct stats_result result = { .table = table,
                                   .rows = db_query(db, table->sql, &query, err) };
    struct buf about = { 0 };

    if (result.rows == NULL || !stats_about(db, period, unit, &about, err)) {
        db_rows_free(result.rows);
        return false;
    }
    result.about = buf_cstr(&about);
    for (size_t i = 0; i < table->ncolumns; i++)
        result.place[i] = db_column(result.rows, table->column[i].name);
    if (format == STATS_TABLE)
        stats_print_table(&result);
    else if (format == STATS_AS_CSV)
        stats_print_csv(&result);
    else
        stats_add_json(json, &result);
    buf_free(&about);
    db_rows_free(result.rows);
    return true;
}

static bool stats_check_options(const struct context *context, const struct args *args,
                                struct err *err)
{
    if (args->nwords > 0)
        return err_set(err, EXIT_USAGE, "stats takes no arguments");
    if (context->json && args->option[STATS_CSV] != NULL)
        return err_set(err, EXIT_USAGE, "--csv and --json: choose one");
    return options_value(&options[STATS_BY], args->option[STATS_BY], err) &&
           options_value(&options[STATS_UNIT], args->option[STATS_UNIT], err) &&
           period_check(args->option + STATS_PERIOD, false, err);
}

/* Ratios say nothing of a group that is one outcome: such keys are counted. */
static bool is_counted(const char *by)
{
    static const char *const keys[] = { "category", "confidence", "cause", "sip" };

    for (size_t i = 0; i < COUNTOF(keys); i++)
        if (strcmp(by, keys[i]) == 0)
            return true;
    return false;
}

/* A key that was given; without one, everything. */
static size_t choose_tables(const char *by, struct table *tables)
{
    const struct table all[] = {
        { "By day", sql_stats_by, "day", kpi_columns, COUNTOF(kpi_columns), false },
        { "By carrier", sql_stats_by, "provider", kpi_columns, COUNTOF(kpi_columns),
          false },
        { "Outcomes by carrier", sql_stats_provider_category, NULL, carrier_columns,
          COUNTOF(carrier_columns), false },
    };

    if (by == NULL) {
        memcpy(tables, all, sizeof all);
        return COUNTOF(all);
    }
    tables[0] = all[0];
    if (is_counted(by))
        tables[0] = (struct table){ "Outcomes",    sql_stats_share,        by,
                                    share_columns, COUNTOF(share_columns), true };
    else
        tables[0] = (struct table){ "Key figures", sql_stats_by,         by,
                                    kpi_columns,   COUNTOF(kpi_columns), true };
    return 1;
}

static bool show_all(struct db *db, const struct context *context,
                     const struct args *args, const struct period *period,
                     struct err *err)
{
    enum stats_format format = context->json                     ? STATS_AS_JSON
                               : args->option[STATS_CSV] != NULL ? STATS_AS_CSV
                                                                 : STATS_TABLE;
    struct table tables[3];
    size_t count = choose_tables(args->option[STATS_BY], tables);
    struct buf json = { 0 };
    bool ok = true;

    if (format == STATS_AS_CSV)
        count = 1;
    buf_add_char(&json, '{');
    for (size_t i = 0; ok && i < count; i++) {
        if (i > 0)
            buf_add_char(&json, ',');
        ok = stats_show(db, &tables[i], args, period, format, &json, err);
    }
    buf_add_char(&json, '}');
    if (ok && format == STATS_AS_JSON)
        puts(buf_cstr(&json));
    buf_free(&json);
    return ok;
}

static enum exit_code stats_command(const struct context *context,
                                    const struct args *args, struct err *err)
{
    struct db *db = NULL;
    struct period period;

    if (stats_check_options(context, args, err) &&
        (db = db_open(context->db, err)) != NULL && schema_check(db, err) &&
        txn_begin_read(db, err) &&
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
