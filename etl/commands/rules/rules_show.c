/*
 * rules_show.c - what the subcommands of `rules` counted, as a table, CSV or JSON.
 */
#include <inttypes.h>

#include "base/base.h"
#include "commands/rules/rules_command.h"
#include "output/csv.h"
#include "output/text_table.h"

static const char separator = '\t';

enum rules_format rules_format(const struct context *context, const struct args *args)
{
    return context->json                     ? RULES_AS_JSON
           : args->option[RULES_CSV] != NULL ? RULES_AS_CSV
                                             : RULES_AS_TABLE;
}

bool rules_check_format(const struct context *context, const struct args *args,
                        struct err *err)
{
    return !context->json || args->option[RULES_CSV] == NULL ||
           err_set(err, EXIT_USAGE, "--csv and --json: choose one");
}

void rules_add_cell(struct buf *out, struct slice text)
{
    if (text.len == 0)
        buf_add_char(out, '-');
    for (size_t i = 0; i < text.len; i++) {
        char c = text.s[i];

        if (c == separator)
            c = ' ';
        buf_add_char(out, c);
    }
}

static void add_code(struct buf *key, int code)
{
    if (code != NO_CODE)
        buf_addf(key, "%d", code);
    else
        buf_add_char(key, '-');
}

void rules_add_evidence(struct buf *out, const struct leg *leg,
                        const struct outcome *outcome)
{
    rules_add_cell(out, slice_of(outcome->release));
    buf_add_char(out, separator);
    rules_add_cell(out, leg->hangup_cause);
    buf_add_char(out, separator);
    add_code(out, leg->sip_code);
    buf_add_char(out, separator);
    add_code(out, leg->q850 != NO_CODE ? leg->q850 : outcome->q850_implied);
}

/* The texts between TEXT's tabs, which are cut; NCELLS of them. */
static void cut(char *text, const char **cell, size_t ncells)
{
    static char none[] = "";

    for (size_t i = 0; i < ncells; i++) {
        char *end = strchr(text, separator);

        cell[i] = text;
        text = end != NULL ? end + 1 : none;
        if (end != NULL)
            *end = '\0';
    }
}

static void show_table(struct counter *counter, const struct counter_table *table,
                       size_t rows)
{
    size_t n = table->ncolumns;
    bool examples = strcmp(table->head[n - 1], "example") == 0;
    const char **cell = xcalloc(n, sizeof *cell);
    struct text_cells cells = { 0 };

    text_cells_add_all(&cells, table->head, n);
    for (size_t row = 0; row < rows; row++) {
        text_cells_addf(&cells, "%" PRIu64, counter->row[row].count);
        cut(counter->row[row].text, cell, n - 1 - examples);
        text_cells_add_all(&cells, cell, n - 1 - examples);
        if (examples)
            text_cells_add(&cells, counter->row[row].example);
    }
    text_cells_print(&cells, table->spec, TEXT_TABLE_LEFT_OUT);
    if (rows < counter->count)
        printf("  and %zu more kinds (--limit)\n", counter->count - rows);
    free(cell);
}

/* A number as it is, other texts as JSON has them; - is no value. */
static void show_json_value(struct buf *out, const char *text)
{
    size_t digits = strspn(text, "0123456789");
    bool number = digits > 0 &&
                  (text[digits] == '\0' ||
                   (text[digits] == '.' && text[digits + 1] != '\0' &&
                    text[digits + 1 + strspn(text + digits + 1, "0123456789")] == '\0'));

    if (strcmp(text, "-") == 0)
        buf_add_text(out, "null");
    else if (number && (*text != '0' || digits == 1))
        buf_add_text(out, text);
    else
        buf_add_json(out, slice_of(text));
}

static void show_json(struct counter *counter, const struct counter_table *table,
                      size_t rows)
{
    const char **cell = xcalloc(table->ncolumns, sizeof *cell);
    struct buf out = { 0 };

    buf_add_char(&out, '[');
    for (size_t row = 0; row < rows; row++) {
        buf_addf(&out, "%s{\"%s\":%" PRIu64, row > 0 ? "," : "", table->keys[0],
                 counter->row[row].count);
        cut(counter->row[row].text, cell, table->ncolumns - 1);
        for (size_t i = 1; i < table->ncolumns; i++) {
            buf_addf(&out, ",\"%s\":", table->keys[i]);
            show_json_value(&out, cell[i - 1]);
        }
        buf_add_char(&out, '}');
    }
    buf_add_char(&out, ']');
    fputs(buf_cstr(&out), stdout);
    buf_free(&out);
    free(cell);
}

static void show_csv(struct counter *counter, const struct counter_table *table,
                     size_t rows, bool captions)
{
    const char **cell = xcalloc(table->ncolumns, sizeof *cell);
    struct buf out = { 0 };

    for (size_t i = 0; captions && i < table->ncolumns; i++)
        buf_addf(&out, "%s%s", i > 0 ? "," : "", table->keys[i]);
    if (captions)
        buf_add_char(&out, '\n');
    for (size_t row = 0; row < rows; row++) {
        buf_addf(&out, "%" PRIu64, counter->row[row].count);
        cut(counter->row[row].text, cell, table->ncolumns - 1);
        for (size_t i = 1; i < table->ncolumns; i++) {
            buf_add_char(&out, ',');
            if (strcmp(cell[i - 1], "-") != 0)
                buf_add_csv(&out, slice_of(cell[i - 1]));
        }
        buf_add_char(&out, '\n');
    }
    fputs(buf_cstr(&out), stdout);
    buf_free(&out);
    free(cell);
}

void rules_show_counter(struct counter *counter, const struct counter_table *table,
                        size_t limit, enum rules_format format)
{
    size_t rows = counter->count < limit ? counter->count : limit;

    switch (format) {
    case RULES_AS_TABLE:
        show_table(counter, table, rows);
        break;
    case RULES_AS_CSV:
    case RULES_AS_CSV_ROWS:
        show_csv(counter, table, rows, format == RULES_AS_CSV);
        break;
    case RULES_AS_JSON:
        show_json(counter, table, rows);
        break;
    }
}
