/*
 * chart_impl.h - what the charts share.
 */
#ifndef ETL_REPORT_CHART_IMPL_H
#define ETL_REPORT_CHART_IMPL_H

#include "report/html.h"

static inline double larger(double a, double b)
{
    return a > b ? a : b;
}

static inline double smaller(double a, double b)
{
    return a < b ? a : b;
}

/* "<svg ... aria-label=LABEL>": one image HEIGHT pixels high. */
static inline void chart_begin(struct html *html, int height, const char *label)
{
    html_rawf(html, "<svg height=\"%d\" role=\"img\" aria-label=\"", height);
    html_word(html, label);
    html_raw(html, "\">\n");
}

#endif
