/*
 * chart_week.c - the week as a heat map, and the bars inside of tables.
 */
#include "base/base.h"
#include "report/chart.h"
#include "report/chart_impl.h"
#include "report/html.h"

enum { ROW = 26, ENOUGH = 30, GUTTER = 9, HOURS = 24, DAYS = 7 };

static const char *const weekdays[DAYS] = { "Mon", "Tue", "Wed", "Thu",
                                            "Fri", "Sat", "Sun" };

static bool is_enough(const struct page_rows *rows, size_t row)
{
    return rows_number(rows, row, 2) >= ENOUGH && rows_has(rows, row, 4);
}

/* The range of values that rest on enough calls; colours spread over it. */
static void find_range(const struct page_rows *rows, double *least, double *most)
{
    *least = 100;
    *most = 0;
    for (size_t row = 0; row < rows->count; row++) {
        if (!is_enough(rows, row))
            continue;
        *least = smaller(*least, rows_number(rows, row, 4));
        *most = larger(*most, rows_number(rows, row, 4));
    }
    if (*most <= *least)
        *most = *least + 1;
}

static void add_cell(struct buf *out, const struct page_rows *rows, size_t row,
                     double strength)
{
    double wide = (100.0 - GUTTER) / HOURS;
    int day = (int)rows_number(rows, row, 0) - 1, hour = (int)rows_number(rows, row, 1);
    double x = GUTTER + hour * wide;
    bool enough = is_enough(rows, row);

    buf_addf(out, "<g class=\"m\"><title>%s %02d:00: ", weekdays[day], hour);
    html_percent(out, rows_text(rows, row, 4));
    buf_add_text(out, " of ");
    html_count(out, rows_text(rows, row, 2));
    buf_add_text(out, ", between ");
    html_percent(out, rows_text(rows, row, 5));
    buf_add_text(out, " and ");
    html_percent(out, rows_text(rows, row, 6));
    buf_addf(out,
             "</title><rect class=\"%s\" x=\"%.2f%%\" y=\"%d\" width=\"%.2f%%\" "
             "height=\"%d\" rx=\"3\"",
             enough ? "heat" : "thin", x, day * ROW, wide - 0.3, ROW - 3);
    if (enough)
        buf_addf(out, " fill-opacity=\"%.2f\"", 0.10 + 0.65 * strength);
    buf_add_text(out, "/>");
    if (enough)
        buf_addf(out, "<text class=\"on w\" x=\"%.2f%%\" y=\"%d\">%.0f</text>",
                 x + (wide - 0.3) / 2, day * ROW + 16, rows_number(rows, row, 4));
    buf_add_text(out, "</g>\n");
}

void chart_week(struct buf *out, const struct page_rows *rows)
{
    double least, most;

    find_range(rows, &least, &most);
    buf_addf(
        out,
        "<svg height=\"%d\" role=\"img\" aria-label=\"Ratio by weekday and hour\">\n",
        DAYS * ROW + 20);
    for (int day = 0; day < DAYS; day++)
        buf_addf(out, "<text x=\"0\" y=\"%d\">%s</text>", day * ROW + 16, weekdays[day]);
    for (int hour = 0; hour < HOURS; hour += 2)
        buf_addf(out, "<text%s x=\"%.2f%%\" y=\"%d\">%02d</text>",
                 hour % 6 != 0 ? " class=\"w\"" : "",
                 GUTTER + hour * (100.0 - GUTTER) / HOURS, DAYS * ROW + 14, hour);
    buf_add_char(out, '\n');
    for (size_t row = 0; row < rows->count; row++)
        add_cell(out, rows, row, (rows_number(rows, row, 4) - least) / (most - least));
    buf_add_text(out, "</svg>\n");
}

static double number(const char *text)
{
    return text != NULL ? strtod(text, NULL) : 0;
}

static void add_tick(struct buf *out, const char *raw)
{
    if (raw != NULL)
        buf_addf(out,
                 "<line class=\"tick\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"1\" y2=\"17\"/>",
                 number(raw), number(raw));
}

static void begin_bar(struct buf *out, const struct chart_bar *bar, int height)
{
    buf_addf(out, "<svg height=\"%d\" role=\"img\"><g class=\"m\"><title>", height);
    html_text(out, bar->title);
    buf_add_text(out, "</title>");
}

void chart_bar(struct buf *out, const struct chart_bar *bar)
{
    begin_bar(out, bar, 18);
    buf_add_text(out, "<rect class=\"track\" x=\"0\" width=\"100%\" y=\"7\" height=\"4\" "
                      "rx=\"2\"/>");
    if (bar->low != NULL && bar->high != NULL)
        buf_addf(out,
                 "<rect class=\"%s\" x=\"%.2f%%\" width=\"%.2f%%\" y=\"5\" height=\"8\" "
                 "rx=\"4\"/>",
                 bar->value != NULL ? "span" : "span2", number(bar->low),
                 larger(number(bar->high) - number(bar->low), 1.6));
    add_tick(out, bar->raw);
    if (bar->value != NULL)
        buf_addf(out, "<circle class=\"dot\" cx=\"%.2f%%\" cy=\"9\" r=\"5\"/>",
                 number(bar->value));
    buf_add_text(out, "</g></svg>");
}

void chart_pair(struct buf *out, const struct chart_bar *bar)
{
    begin_bar(out, bar, 30);
    if (bar->raw != NULL)
        buf_addf(out,
                 "<rect class=\"raw\" x=\"0\" width=\"%.2f%%\" y=\"1\" height=\"11\" "
                 "rx=\"2\"/>",
                 number(bar->raw));
    if (bar->value != NULL)
        buf_addf(out,
                 "<rect class=\"answered\" x=\"0\" width=\"%.2f%%\" y=\"15\" "
                 "height=\"11\" rx=\"2\"/>",
                 number(bar->value));
    if (bar->high != NULL)
        buf_addf(out,
                 "<line class=\"whisker\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"20.5\" "
                 "y2=\"20.5\"/>",
                 number(bar->low), number(bar->high));
    buf_add_text(out, "</g></svg>");
}
