/*
 * chart_impl.h - what the charts share.
 */
#ifndef ETL_PAGE_CHART_IMPL_H
#define ETL_PAGE_CHART_IMPL_H

#include <stddef.h>

/* COUNT slots side by side, in per cent; a few do not become walls. */
double chart_slot_width(size_t count);
double chart_slot_x(size_t at, size_t count);

static inline double larger(double a, double b)
{
    return a > b ? a : b;
}

static inline double smaller(double a, double b)
{
    return a < b ? a : b;
}

#endif
