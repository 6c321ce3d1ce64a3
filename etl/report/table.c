/*
 * table.c - tables of a page.
 */
#include "report/table.h"

#include "base/base.h"
#include "report/chart.h"

void table_begin(struct html *html, const char *class, const char *caption)
{
    html_raw(html, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"");
    html_word(html, caption);
    html_rawf(html, "\">\n<table class=\"%s\">\n<caption>", class);
    html_word(html, caption);
    html_raw(html, "</caption>\n");
}

void table_end(struct html *html)
{
    html_raw(html, "</table>\n</div>\n");
}

/* "68.4-95.2 %", or one figure where the two are one. */
static void table_add_band(struct html *html, const struct table_column *column,
                           const char *low, const char *high)
{
    if (low != NULL && high != NULL && strcmp(low, high) != 0) {
        html_value(html, LANG_DECIMAL, low);
        html_raw(html, "–");
    }
    html_value(html, column->kind, high);
}

static void table_add_cell(struct html *html, const struct table_column *column,
                           const struct page_rows *rows, size_t row)
{
    bool has_range = column->low != NULL;
    const char *value =
        column->column != NULL ? rows_text(rows, row, column->column) : NULL;
    const char *low = has_range ? rows_text(rows, row, column->low) : NULL;
    const char *high = has_range ? rows_text(rows, row, column->high) : NULL;

    if (column->column != NULL)
        html_value(html, column->kind, value);
    else
        table_add_band(html, column, low, high);
    if (has_range && high != NULL)
        chart_range(html, value, low, high);
}

static bool is_text(const struct table_column *column)
{
    return column->kind == LANG_NAME || column->kind == LANG_WORD;
}

static void add_head(struct html *html, const struct table_column *columns, size_t count)
{
    html_raw(html, "<thead><tr>");
    for (size_t i = 0; i < count; i++) {
        html_rawf(html, "<th scope=\"col\"%s>",
                  i == 0 || is_text(&columns[i]) ? " class=\"left\"" : "");
        html_word(html, columns[i].head);
        html_raw(html, "</th>");
    }
    html_raw(html, "</tr></thead>\n<tbody>\n");
}

void table_write(struct html *html, const char *caption, const struct page_rows *rows,
                 const struct table_column *columns, size_t count)
{
    table_begin(html, "", caption);
    add_head(html, columns, count);
    for (size_t row = 0; row < rows->count; row++) {
        html_rawf(html, "<tr class=\"m\"><th scope=\"row\"%s>",
                  columns[0].kind >= LANG_DAY ? " class=\"time\"" : "");
        table_add_cell(html, &columns[0], rows, row);
        html_raw(html, "</th>");
        for (size_t i = 1; i < count; i++) {
            html_raw(html, is_text(&columns[i]) ? "<td class=\"left\">" : "<td>");
            table_add_cell(html, &columns[i], rows, row);
            html_raw(html, "</td>");
        }
        html_raw(html, "</tr>\n");
    }
    html_raw(html, "</tbody>\n");
    table_end(html);
}

void table_headed(struct html *html, const char *class, const char *heading,
                  const struct page_rows *rows, const struct table_column *columns,
                  size_t count)
{
    if (rows->count == 0)
        return;
    html_rawf(html, "<div class=\"%s\">\n<h3>", class);
    html_word(html, heading);
    html_raw(html, "</h3>\n");
    table_write(html, heading, rows, columns, count);
    html_raw(html, "</div>\n");
}
