/*
 * stats_show.c - a table of figures as people, spreadsheets and programs want it.
 */
#include "commands/stats/stats_show.h"

#include "base/base.h"
#include "commands/shared/rows_output.h"

/* What a table's query gave, and where its columns stand in that. */
struct stats_result {
    const struct stats_table *table;
    struct db_rows *rows;
    const char *about; /* unit, days and zone, for people */
    const struct stats_words *words;
    size_t place[STATS_COLUMNS_MAX];
};

/* How the cells of COLUMN are said in the language of the table. */
static enum stats_cell stats_cell_of(const struct stats_table *table,
                                     const struct stats_column *column)
{
    const char *key = strcmp(column->name, "key") == 0 ? table->by : column->name;

    if (strcmp(key, "category") == 0 || strcmp(key, "outcomes") == 0)
        return STATS_CATEGORY;
    return strcmp(key, "before") == 0 || strcmp(key, "change") == 0 ? STATS_SENTENCE
                                                                    : STATS_NAME;
}

static void stats_add_cells(const struct stats_result *result, size_t row,
                            struct text_cells *cells)
{
    const struct stats_table *table = result->table;

    for (size_t i = 0; i < table->ncolumns; i++) {
        const struct stats_column *column = &table->column[i];
        struct slice value = db_value(result->rows, row, result->place[i]);

        if (column->head == NULL)
            continue;
        if (column->spec[0] == 'b') {
            text_cells_add(cells, value.s);
            continue;
        }

        char *text = stats_words_cell(result->words, stats_cell_of(table, column), value);

        text_cells_add(cells, text);
        free(text);
    }
}

static void stats_print_table(const struct stats_result *result)
{
    const struct stats_table *table = result->table;
    enum lang lang = result->words->lang;
    struct text_cells cells = { 0 };
    struct buf spec = { 0 }, title = { 0 };

    for (size_t i = 0; i < table->ncolumns; i++)
        if (table->column[i].head != NULL) {
            buf_add_text(&spec, table->column[i].spec);
            text_cells_add(&cells, lang_text(lang, table->column[i].head));
        }
    for (size_t row = 0; row < db_rows_count(result->rows); row++)
        stats_add_cells(result, row, &cells);
    stats_words_title(result->words, &title, table->title,
                      table->says_key ? table->by : NULL, result->about);
    text_line_print(buf_cstr(&title), 4);
    putchar('\n');
    text_cells_print(&cells, buf_cstr(&spec),
                     lang_text(lang, LANG_MARK("left out at this width")));
    putchar('\n');
    buf_free(&title);
    buf_free(&spec);
}

void stats_show_rows(const struct stats_table *table, struct db_rows *rows,
                     const char *about, const struct stats_words *words,
                     enum stats_format format, struct buf *json)
{
    struct stats_result result = {
        .table = table, .rows = rows, .about = about, .words = words
    };

    size_t told[STATS_COLUMNS_MAX]; /* places of what programs are told */
    struct rows_columns columns = { .column = told };
    struct buf out = { 0 };

    for (size_t i = 0; i < table->ncolumns; i++) {
        result.place[i] = db_column(rows, table->column[i].name);
        if (!table->column[i].for_eye)
            told[columns.count++] = result.place[i];
    }
    if (format == STATS_TABLE) {
        stats_print_table(&result);
    } else if (format == STATS_AS_CSV) {
        rows_add_csv(&out, rows, &columns);
        fputs(buf_cstr(&out), stdout);
    } else {
        buf_add_json(json, slice_of(table->by));
        buf_add_char(json, ':');
        rows_add_json(json, rows, &columns);
    }
    buf_free(&out);
}
