/*
 * chart.h - charts as inline SVG.
 *
 * Every row that is drawn becomes one mark of class "m" with its figures in a <title>,
 * which browsers show as a tooltip and which tests count.  Across is per cent and down is
 * pixels: text keeps its size on any screen.  A chart is one image to a screen reader,
 * with a sentence that says what it shows.
 */
#ifndef ETL_REPORT_CHART_H
#define ETL_REPORT_CHART_H

#include "report/html.h"
#include "report/rows.h"

/* What a chart says of itself, and what its slots are: LANG_DAY_SHORT or LANG_CLOCK. */
struct chart_axis {
    const char *label;
    enum lang_kind kind;
};

/* A part of a stacked bar: its name in "part" and as a class, and what people call it. */
struct chart_part {
    const char *part, *name;
};

/*
 * Stacked bars: columns at, part, n; the rows of one "at" stand together.  Every part
 * stands in PARTS, whose last is { 0 }.
 */
void chart_stack(struct html *html, const struct page_rows *rows,
                 const struct chart_axis *axis, const struct chart_part *parts);

/* The parts that ROWS have, with their colours. */
void chart_legend(struct html *html, const struct page_rows *rows,
                  const struct chart_part *parts);

/*
 * Columns at, value, low, high, tick, n; per cent.  Dots with their intervals, and a tick
 * for another ratio of the same attempts.
 */
void chart_dots(struct html *html, const struct page_rows *rows,
                const struct chart_axis *axis);

/* A week: weekday 1..7, hour 0..23, n, value, low, high; per cent. */
void chart_week(struct html *html, const struct page_rows *rows, const char *label);

/* A range LOW..HIGH in a cell, and a dot at VALUE; per cent.  NULL: not there. */
void chart_range(struct html *html, const char *value, const char *low, const char *high);

#endif
