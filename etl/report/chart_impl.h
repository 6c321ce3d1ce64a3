/*
 * chart_impl.h - what the charts share.
 */
#ifndef ETL_REPORT_CHART_IMPL_H
#define ETL_REPORT_CHART_IMPL_H

static inline double larger(double a, double b)
{
    return a > b ? a : b;
}

static inline double smaller(double a, double b)
{
    return a < b ? a : b;
}

#endif
