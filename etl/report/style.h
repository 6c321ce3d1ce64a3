/*
 * style.h - how the page looks: light, dark, on paper, on a telephone.
 */
#ifndef ETL_REPORT_STYLE_H
#define ETL_REPORT_STYLE_H

/* To be put one after the other; NULL ends them. */
extern const char *const page_style[];

#endif
