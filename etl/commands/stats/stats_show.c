/*
 * stats_show.c - a table of figures as people, spreadsheets and programs want it.
 */
#include "commands/stats/stats_show.h"

#include "base/base.h"
#include "output/csv.h"
#include "output/text_table.h"

/* What a table's query gave, and where its columns stand in that. */
struct stats_result {
    const struct stats_table *table;
    struct db_rows *rows;
    const char *about; /* unit, days and zone, for people */
    const struct stats_words *words;
    size_t place[STATS_COLUMNS_MAX];
};

static struct slice stats_value(const struct stats_result *result, size_t row,
                                size_t column)
{
    return db_value(result->rows, row, result->place[column]);
}

/* A column's cells, its head first, into every SHOWN-th of CELLS; to be freed. */
static void stats_fill_column(const struct stats_result *result, size_t column,
                              char **cells, size_t shown)
{
    const struct stats_column *shape = &result->table->column[column];
    const char *by = result->table->by;
    const char *key = strcmp(shape->name, "key") == 0 ? by : shape->name;
    enum stats_cell cell =
        strcmp(key, "category") == 0 || strcmp(key, "outcomes") == 0 ? STATS_CATEGORY
        : strcmp(key, "before") == 0 || strcmp(key, "change") == 0   ? STATS_SENTENCE
                                                                     : STATS_NAME;

    cells[0] = xstrdup(lang_text(result->words->lang, shape->head));
    for (size_t row = 0; row < db_rows_count(result->rows); row++) {
        struct slice value = stats_value(result, row, column);

        cells[(row + 1) * shown] =
            shape->spec[0] == 'b' ? xstrndup(value.s != NULL ? value.s : "", value.len)
                                  : stats_words_cell(result->words, cell, value);
    }
}

static void stats_print_table(const struct stats_result *result)
{
    const struct stats_table *table = result->table;
    size_t count = db_rows_count(result->rows) + 1, shown = 0;
    char **cells = xcalloc(count * table->ncolumns, sizeof *cells);
    struct buf spec = { 0 }, title = { 0 };

    for (size_t column = 0; column < table->ncolumns; column++)
        if (table->column[column].head != NULL) {
            buf_add_text(&spec, table->column[column].spec);
            shown++;
        }
    for (size_t column = 0, place = 0; column < table->ncolumns; column++)
        if (table->column[column].head != NULL)
            stats_fill_column(result, column, cells + place++, shown);
    stats_words_title(result->words, &title, table->title,
                      table->says_key ? table->by : NULL, result->about);
    text_line_print(buf_cstr(&title), 4);
    putchar('\n');
    text_table_print((const char *const *)cells, count, buf_cstr(&spec),
                     lang_text(result->words->lang, LANG_MARK("left out at this width")));
    putchar('\n');
    for (size_t i = 0; i < count * shown; i++)
        free(cells[i]);
    buf_free(&title);
    buf_free(&spec);
    free(cells);
}

static void stats_print_csv(const struct stats_result *result)
{
    const struct stats_table *table = result->table;
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
    const struct stats_table *table = result->table;
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
    const struct stats_table *table = result->table;

    buf_add_json(out, slice_of(table->by));
    buf_add_text(out, ":[");
    for (size_t row = 0; row < db_rows_count(result->rows); row++) {
        if (row > 0)
            buf_add_char(out, ',');
        stats_add_json_row(out, result, row);
    }
    buf_add_char(out, ']');
}

void stats_show_rows(const struct stats_table *table, struct db_rows *rows,
                     const char *about, const struct stats_words *words,
                     enum stats_format format, struct buf *json)
{
    struct stats_result result = {
        .table = table, .rows = rows, .about = about, .words = words
    };

    for (size_t i = 0; i < table->ncolumns; i++)
        result.place[i] = db_column(rows, table->column[i].name);
    if (format == STATS_TABLE)
        stats_print_table(&result);
    else if (format == STATS_AS_CSV)
        stats_print_csv(&result);
    else
        stats_add_json(json, &result);
}
