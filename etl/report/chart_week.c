/*
 * chart_week.c - the week as a heat map, and the ranges inside of tables.
 */
#include "base/base.h"
#include "report/chart.h"
#include "report/chart_impl.h"

enum { ROW = 22, ENOUGH = 30, GUTTER = 7, HOURS = 24, DAYS = 7 };

static const char *const weekdays[DAYS] = {
    LANG_MARK("Mon"), LANG_MARK("Tue"), LANG_MARK("Wed"), LANG_MARK("Thu"),
    LANG_MARK("Fri"), LANG_MARK("Sat"), LANG_MARK("Sun"),
};

static bool is_enough(const struct page_rows *rows, size_t row)
{
    return rows_number(rows, row, "n") >= ENOUGH && rows_has(rows, row, "value");
}

/* The range of values that rest on enough calls; colours spread over it. */
static void find_range(const struct page_rows *rows, double *least, double *most)
{
    *least = 100;
    *most = 0;
    for (size_t row = 0; row < rows->count; row++) {
        if (!is_enough(rows, row))
            continue;
        *least = smaller(*least, rows_number(rows, row, "value"));
        *most = larger(*most, rows_number(rows, row, "value"));
    }
    if (*most <= *least)
        *most = *least + 1;
}

static void add_cell_title(struct html *html, const struct page_rows *rows, size_t row,
                           const char *weekday, int hour)
{
    char clock[8];

    snprintf(clock, sizeof clock, "%02d:00", hour);
    html_raw(html, "<title>");
    SAY(html, "{day} {hour}: {value} of {n}, between {low} and {high}",
        { "day", LANG_WORD, weekday }, { "hour", LANG_NAME, clock },
        { "value", LANG_PERCENT, rows_text(rows, row, "value") },
        { "n", LANG_NUMBER, rows_text(rows, row, "n") },
        { "low", LANG_PERCENT, rows_text(rows, row, "low") },
        { "high", LANG_PERCENT, rows_text(rows, row, "high") });
    html_raw(html, "</title>");
}

static void week_add_cell(struct html *html, const struct page_rows *rows, size_t row,
                          double strength)
{
    double wide = (100.0 - GUTTER) / HOURS;
    int day = (int)rows_number(rows, row, "weekday") - 1;
    int hour = (int)rows_number(rows, row, "hour");
    double x = GUTTER + hour * wide;
    bool enough = is_enough(rows, row);

    html_raw(html, "<g class=\"m\">");
    add_cell_title(html, rows, row, weekdays[day], hour);
    html_rawf(html,
              "<rect class=\"%s\" x=\"%.2f%%\" y=\"%d\" width=\"%.2f%%\" height=\"%d\" "
              "rx=\"3\"",
              enough ? "heat" : "thin", x, day * ROW, wide - 0.3, ROW - 3);
    if (enough)
        html_rawf(html, " fill-opacity=\"%.2f\"", 0.10 + 0.65 * strength);
    html_raw(html, "/>");
    if (enough)
        html_rawf(html, "<text class=\"on w\" x=\"%.2f%%\" y=\"%d\">%.0f</text>",
                  x + (wide - 0.3) / 2, day * ROW + 14, rows_number(rows, row, "value"));
    html_raw(html, "</g>\n");
}

void chart_week(struct html *html, const struct page_rows *rows, const char *label)
{
    double least, most;

    find_range(rows, &least, &most);
    chart_begin(html, DAYS * ROW + 18, label);
    for (int day = 0; day < DAYS; day++) {
        html_rawf(html, "<text x=\"0\" y=\"%d\">", day * ROW + 14);
        html_word(html, weekdays[day]);
        html_raw(html, "</text>");
    }
    for (int hour = 0; hour < HOURS; hour += 2)
        html_rawf(html, "<text%s x=\"%.2f%%\" y=\"%d\">%02d</text>",
                  hour % 6 != 0 ? " class=\"w\"" : "",
                  GUTTER + hour * (100.0 - GUTTER) / HOURS, DAYS * ROW + 13, hour);
    html_raw(html, "\n");
    for (size_t row = 0; row < rows->count; row++)
        week_add_cell(html, rows, row,
                      (rows_number(rows, row, "value") - least) / (most - least));
    html_raw(html, "</svg>\n");
}

static double number(const char *text)
{
    return text != NULL ? strtod(text, NULL) : 0;
}

/* The figures stand beside it in words: nothing for a screen reader. */
void chart_range(struct html *html, const char *value, const char *low, const char *high)
{
    html_raw(html,
             "<svg class=\"m range\" height=\"12\" aria-hidden=\"true\">"
             "<rect class=\"track\" width=\"100%\" y=\"4\" height=\"4\" rx=\"2\"/>");
    if (low != NULL && high != NULL)
        html_rawf(html,
                  "<rect class=\"%s\" x=\"%.2f%%\" width=\"%.2f%%\" y=\"2\" height=\"8\" "
                  "rx=\"4\"/>",
                  value != NULL ? "span" : "band", number(low),
                  larger(number(high) - number(low), 1.6));
    if (value != NULL)
        html_rawf(html, "<circle class=\"dot\" cx=\"%.2f%%\" cy=\"6\" r=\"4\"/>",
                  number(value));
    html_raw(html, "</svg>");
}
