/*
 * chart.c - charts over days.
 */
#include "report/chart.h"

#include "base/base.h"
#include "report/chart_impl.h"
#include "report/html.h"

enum { TOP = 18, HEIGHT = 190, LABELS = 10, LABELS_NARROW = 4, SLOTS_LEAST = 7 };
enum { GUTTER = 5 }; /* per cent, for the numbers of the scale */

/* COUNT slots side by side, in per cent; a few do not become walls. */
static double slot_width(size_t count)
{
    return (100.0 - GUTTER) / (double)(count > SLOTS_LEAST ? count : SLOTS_LEAST);
}

static double slot_x(size_t at, size_t count)
{
    return GUTTER + (double)at * slot_width(count);
}

/* Down to VALUE on a scale that ends at TOP_VALUE. */
static double down_to(double value, double top_value)
{
    return TOP + HEIGHT - value / top_value * HEIGHT;
}

void chart_key(struct buf *out, const char *class, const char *text)
{
    buf_addf(out,
             "<li><svg><rect width=\"11\" height=\"11\" rx=\"2\" class=\"%s\"/></svg>",
             class);
    html_text(out, text);
    buf_add_text(out, "</li>");
}

/* A round number not below VALUE that halves well. */
static double round_up(double value)
{
    static const double steps[] = { 1, 2, 4, 6, 8, 10 };
    double unit = 1;

    while (unit * 10 < value)
        unit *= 10;
    for (size_t i = 0; i < COUNTOF(steps); i++)
        if (steps[i] * unit >= value)
            return steps[i] * unit;
    return 10 * unit;
}

/* Lines at nought, half and TOP; UNIT follows the number. */
static void add_grid(struct buf *out, double top, const char *unit)
{
    for (int i = 0; i <= 2; i++) {
        int y = TOP + HEIGHT - HEIGHT * i / 2;
        char number[32];

        buf_addf(out, "<line class=\"g\" x1=\"0\" x2=\"100%%\" y1=\"%d\" y2=\"%d\"/>", y,
                 y);
        if (i == 0)
            continue;
        snprintf(number, sizeof number, "%.0f", top * i / 2);
        buf_addf(out, "<text class=\"scale\" x=\"0\" y=\"%d\">", y - 4);
        html_count(out, number);
        buf_addf(out, "%s</text>", unit);
    }
}

/* The label of slot AT of COUNT: fewer on a narrow screen. */
static void add_label(struct buf *out, const char *label, size_t at, size_t count)
{
    size_t step = (count + LABELS - 1) / LABELS;
    size_t narrow = (count + LABELS_NARROW - 1) / LABELS_NARROW;

    narrow = (narrow + step - 1) / step * step;
    if (at % step != 0)
        return;
    buf_addf(out, "<text x=\"%.2f%%\" y=\"%d\"%s>", slot_x(at, count), TOP + HEIGHT + 18,
             at % narrow != 0 || (count - at) * 4 < narrow * 3 ? " class=\"w\"" : "");
    html_text(out, label);
    buf_add_text(out, "</text>");
}

/* How many keys the rows have, and the greatest sum of one. */
static size_t count_keys(const struct page_rows *rows, double *greatest)
{
    size_t keys = 0;
    double sum = 0;

    *greatest = 0;
    for (size_t row = 0; row < rows->count; row++) {
        if (row == 0 || !rows_same(rows, row, row - 1, 0)) {
            keys++;
            sum = 0;
        }
        sum += rows_number(rows, row, 3);
        *greatest = larger(*greatest, sum);
    }
    return keys;
}

static void chart_add_part(struct buf *out, const struct page_rows *rows, size_t row,
                           const double place[4])
{
    buf_addf(out,
             "<rect class=\"m %s\" x=\"%.2f%%\" width=\"%.2f%%\" y=\"%.1f\" "
             "height=\"%.1f\"><title>",
             rows_text(rows, row, 2), place[0], place[1], place[2], place[3]);
    html_text(out, rows_text(rows, row, 1));
    buf_add_text(out, ": ");
    html_count(out, rows_text(rows, row, 3));
    buf_addf(out, " %s</title></rect>\n", rows_text(rows, row, 2));
}

void chart_stack(struct buf *out, const struct page_rows *rows)
{
    double greatest, base = TOP + HEIGHT;
    size_t count = count_keys(rows, &greatest), at = 0;
    double top = round_up(greatest), wide = slot_width(count);

    buf_addf(out, "<svg height=\"%d\" role=\"img\" aria-label=\"Stacked bars by day\">\n",
             TOP + HEIGHT + 26);
    add_grid(out, top, "");
    for (size_t row = 0; row < rows->count; row++) {
        double high = rows_number(rows, row, 3) / top * HEIGHT;

        if (row == 0 || !rows_same(rows, row, row - 1, 0)) {
            base = TOP + HEIGHT;
            at += row != 0;
            add_label(out, rows_text(rows, row, 1), at, count);
        }
        base -= high;
        chart_add_part(out, rows, row,
                       (const double[]){ slot_x(at, count), wide * 0.78, base,
                                         larger(high - 0.6, 0.4) });
    }
    buf_add_text(out, "</svg>\n");
}

static void chart_add_day(struct buf *out, const struct page_rows *rows, size_t row,
                          double top)
{
    double wide = slot_width(rows->count);
    double left = slot_x(row, rows->count), middle = left + wide * 0.39;
    double low = down_to(rows_number(rows, row, 3), top);
    double high = down_to(rows_number(rows, row, 4), top);

    buf_add_text(out, "<g class=\"m\"><title>");
    html_text(out, rows_text(rows, row, 1));
    buf_add_text(out, ": ");
    html_percent(out, rows_text(rows, row, 2));
    buf_add_text(out, " of ");
    html_count(out, rows_text(rows, row, 6));
    buf_add_text(out, ", between ");
    html_percent(out, rows_text(rows, row, 3));
    buf_add_text(out, " and ");
    html_percent(out, rows_text(rows, row, 4));
    buf_add_text(out, "; cause alone: ");
    html_percent(out, rows_text(rows, row, 5));
    buf_add_text(out, "</title>");
    if (rows_has(rows, row, 2))
        buf_addf(out,
                 "<rect class=\"span\" x=\"%.2f%%\" width=\"%.2f%%\" y=\"%.1f\" "
                 "height=\"%.1f\" rx=\"3\"/>"
                 "<circle class=\"dot\" cx=\"%.2f%%\" cy=\"%.1f\" r=\"5\"/>",
                 left, wide * 0.78, high, low - high, middle,
                 down_to(rows_number(rows, row, 2), top));
    if (rows_has(rows, row, 5))
        buf_addf(
            out,
            "<line class=\"tick\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%.1f\" y2=\"%.1f\"/>",
            left, left + wide * 0.78, down_to(rows_number(rows, row, 5), top),
            down_to(rows_number(rows, row, 5), top));
    buf_add_text(out, "</g>\n");
}

void chart_days(struct buf *out, const struct page_rows *rows)
{
    double top =
        smaller(100, round_up(larger(rows_greatest(rows, 4), rows_greatest(rows, 5))));

    buf_addf(out, "<svg height=\"%d\" role=\"img\" aria-label=\"Ratio by day\">\n",
             TOP + HEIGHT + 26);
    add_grid(out, top, "\xe2\x80\xaf%");
    for (size_t row = 0; row < rows->count; row++) {
        add_label(out, rows_text(rows, row, 1), row, rows->count);
        chart_add_day(out, rows, row, top);
    }
    buf_add_text(out, "</svg>\n");
}
