/*
 * chart.h - charts as inline SVG.
 *
 * Every row that is drawn becomes one mark of class "m" with its figures in a
 * <title>, which browsers show as a tooltip and which tests count.  Across is per
 * cent and down is pixels: text keeps its size on any screen.
 */
#ifndef ETL_REPORT_CHART_H
#define ETL_REPORT_CHART_H

#include "base/buf.h"
#include "report/rows.h"

/* Columns of stacked bars: key, label, class, n; rows of one key stand together. */
void chart_stack(struct buf *out, const struct page_rows *rows);

/*
 * A day a mark: key, label, value, low, high, raw value, sample.  Dots with their
 * intervals, and a tick for what the raw data says; per cent.
 */
void chart_days(struct buf *out, const struct page_rows *rows);

/* A week: weekday 1..7, hour 0..23, sample, successes, value, low, high; per cent. */
void chart_week(struct buf *out, const struct page_rows *rows);

/* What one row of a table can show, in per cent of its cell. */
struct chart_bar {
    const char *value, *low, *high, *raw; /* NULL: not there */
    const char *title;
};

/* A dot on its interval LOW..HIGH and a tick at RAW; without VALUE a band. */
void chart_bar(struct buf *out, const struct chart_bar *bar);

/* Two bars, one above the other: RAW, and VALUE with its interval. */
void chart_pair(struct buf *out, const struct chart_bar *bar);

/* A legend's entry: a square of CLASS. */
void chart_key(struct buf *out, const char *class, const char *text);

#endif
