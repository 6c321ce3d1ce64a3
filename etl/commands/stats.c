/*
 * stats.c - the first tables: categories by carrier, ASR and ACD by day.
 */
#include "base/base.h"
#include "commands/command.h"
#include "commands/output.h"
#include "loader/db.h"
#include "loader/loader.h"
#include "loader/sql.h"

enum { STATS_BY, STATS_UNIT, STATS_FROM, STATS_TO, STATS_CSV, STATS_COUNT };

static const struct option_row options[] = {
    [STATS_BY] = { "by", "KEY",
                   "provider, gateway, category, confidence, direction, queue, domain, "
                   "cause, sip, day, hour" },
    [STATS_UNIT] = { "unit", "call|attempt", "what is counted (else attempt)" },
    [STATS_FROM] = { "from", "DAY", "first day, YYYY-MM-DD in the zone of cdr.setting" },
    [STATS_TO] = { "to", "DAY", "day behind the last" },
    [STATS_CSV] = { "csv", NULL, "as CSV" },
};

/* A table: its query, and how its columns are shown. */
struct table {
    const char *title, *sql, *by;
    const char *const *heads; /* a name a column; JSON keys too */
    const char *align;        /* as output_table() wants it */
};

static const char *const category_heads[] = { "provider", "category", "n", "percent",
                                              "share" };
static const char *const by_heads[] = { "key",   "n",     "seizures",    "answered",
                                        "asr %", "acd s", "ambiguous %", "asr" };

enum stats_format { STATS_TABLE, STATS_AS_CSV, STATS_AS_JSON };

static const char *cell(const struct db_rows *rows, size_t row, size_t column)
{
    struct slice value = db_value(rows, row, column);

    return value.s != NULL ? value.s : "";
}

static void print_table(const struct table *table, const struct db_rows *rows)
{
    size_t width = db_rows_width(rows), count = db_rows_count(rows);
    const char **cells = xcalloc((count + 1) * width, sizeof *cells);

    for (size_t column = 0; column < width; column++)
        cells[column] = table->heads[column];
    for (size_t i = 0; i < count * width; i++)
        cells[width + i] = cell(rows, i / width, i % width);
    printf("%s\n\n", table->title);
    output_table(cells, count + 1, width, table->align);
    putchar('\n');
    free(cells);
}

static void print_csv(const struct table *table, const struct db_rows *rows)
{
    size_t width = db_rows_width(rows);

    for (size_t column = 0; column < width; column++)
        printf("%s%s", column == 0 ? "" : ",", table->heads[column]);
    putchar('\n');
    for (size_t i = 0; i < db_rows_count(rows) * width; i++) {
        struct buf quoted = { 0 };

        buf_add_csv(&quoted, db_value(rows, i / width, i % width));
        printf("%s%s", i % width == 0 ? "" : ",", buf_cstr(&quoted));
        if (i % width + 1 == width)
            putchar('\n');
        buf_free(&quoted);
    }
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

static void add_json(struct buf *out, const struct table *table,
                     const struct db_rows *rows)
{
    size_t width = db_rows_width(rows);

    buf_add_json(out, slice_of(table->by != NULL ? table->by : "provider_category"));
    buf_add_text(out, ":[");
    for (size_t i = 0; i < db_rows_count(rows) * width; i++) {
        buf_add_text(out, i == 0 ? "{" : i % width == 0 ? ",{" : ",");
        buf_add_json(out, slice_of(table->heads[i % width]));
        buf_add_char(out, ':');
        add_json_value(out, db_value(rows, i / width, i % width));
        if (i % width + 1 == width)
            buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

static bool show(struct db *db, const struct table *table, const struct args *args,
                 enum stats_format format, struct buf *json, struct err *err)
{
    const char *unit = args->option[STATS_UNIT];
    const char *values[] = { args->option[STATS_FROM], args->option[STATS_TO],
                             unit != NULL ? unit : "attempt", table->by };
    struct db_args query = { table->by != NULL ? 4 : 3, values };
    struct db_rows *rows = db_query(db, sql_text(table->sql), &query, err);

    if (rows == NULL)
        return false;
    if (format == STATS_TABLE)
        print_table(table, rows);
    else if (format == STATS_AS_CSV)
        print_csv(table, rows);
    else
        add_json(json, table, rows);
    db_rows_free(rows);
    return true;
}

static bool check_options(const struct context *context, const struct args *args,
                          struct err *err)
{
    static const char *const keys[] = { "provider",  "gateway", "category", "confidence",
                                        "direction", "queue",   "domain",   "cause",
                                        "sip",       "day",     "hour",     NULL };
    static const char *const units[] = { "call", "attempt", NULL };
    int ignored;

    if (args->nwords > 0)
        return err_set(err, EXIT_USAGE, "stats takes no arguments");
    if (context->json && args->option[STATS_CSV] != NULL)
        return err_set(err, EXIT_USAGE, "--csv and --json: choose one");
    return options_choice("by", args->option[STATS_BY], keys, &ignored, err) &&
           options_choice("unit", args->option[STATS_UNIT], units, &ignored, err);
}

static bool show_all(struct db *db, const struct context *context,
                     const struct args *args, struct err *err)
{
    const char *by = args->option[STATS_BY];
    const struct table tables[] = {
        { by != NULL ? "Figures" : "Figures by day", "stats/by", by != NULL ? by : "day",
          by_heads, "lrrrrrrb" },
        { "Outcomes by carrier", "stats/provider_category", NULL, category_heads,
          "llrrb" },
    };
    enum stats_format format = context->json                     ? STATS_AS_JSON
                               : args->option[STATS_CSV] != NULL ? STATS_AS_CSV
                                                                 : STATS_TABLE;
    size_t count = by != NULL || format == STATS_AS_CSV ? 1 : COUNTOF(tables);
    struct buf json = { 0 };
    bool ok = true;

    buf_add_char(&json, '{');
    for (size_t i = 0; ok && i < count; i++) {
        if (i > 0)
            buf_add_char(&json, ',');
        ok = show(db, &tables[i], args, format, &json, err);
    }
    buf_add_char(&json, '}');
    if (ok && format == STATS_AS_JSON)
        puts(buf_cstr(&json));
    buf_free(&json);
    return ok;
}

static enum exit_code run(const struct context *context, const struct args *args,
                          struct err *err)
{
    struct db *db = NULL;

    if (check_options(context, args, err) && (db = db_open(context->db, err)) != NULL &&
        schema_check(db, err) && !show_all(db, context, args, err))
        err_at(err, "stats: ");
    db_close(db);
    return err->code;
}

const struct command command_stats = {
    .name = "stats",
    .synopsis = "",
    .summary = "Categories by carrier, ASR and ACD by day or another key",
    .options = options,
    .noptions = STATS_COUNT,
    .run = run,
};
