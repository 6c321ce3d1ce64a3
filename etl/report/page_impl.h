/*
 * page_impl.h - the report's sections.
 */
#ifndef ETL_REPORT_PAGE_IMPL_H
#define ETL_REPORT_PAGE_IMPL_H

#include "report/html.h"
#include "report/page.h"

/* The period, what it comes to, and its tiles. */
void page_head(struct html *html, const struct page_rows *part,
               const struct page_links *links);

/* What deserves a look, newest first. */
void page_look(struct html *html, const struct page_rows *look);

/* Since when: days, or the hours of one. */
void page_since(struct html *html, const struct page_rows *part);

/* Which hour: the week, and how busy trunks were. */
void page_when(struct html *html, const struct page_rows *part);

/* Which outcome at which carrier. */
void page_outcomes(struct html *html, const struct page_rows *outcomes);

/* Which carrier, destination, queue, agent: tables. */
void page_carriers(struct html *html, const struct page_rows *part);
void page_inbound(struct html *html, const struct page_rows *part);
void page_where(struct html *html, const struct page_rows *part);
void page_agents(struct html *html, const struct page_rows *part);
void page_changed(struct html *html, const struct page_rows *part);

/* Files, definitions, zone and rule set. */
void page_source(struct html *html, const struct page_rows *part);

/* The period is no longer than a day: its marks are hours. */
bool page_is_day(const struct page_rows *part);

#endif
