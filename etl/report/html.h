/*
 * html.h - text and numbers for a page.
 *
 * Names of carriers, queues and causes come from outside: whatever is put into a
 * page goes through html_text().  The page has no script and asks for nothing
 * outside of itself; its policy says so to the browser.
 */
#ifndef ETL_REPORT_HTML_H
#define ETL_REPORT_HTML_H

#include "base/buf.h"

/* TEXT as text or as the value of an attribute in double quotes; NULL: a dash. */
void html_text(struct buf *out, const char *text);

/* A count with thin spaces between thousands; NULL: a dash. */
void html_count(struct buf *out, const char *number);

/* One decimal and the sign of per cent; NULL: a dash. */
void html_percent(struct buf *out, const char *number);

/* One decimal; NULL: a dash. */
void html_decimal(struct buf *out, const char *number);

/* The page up to its first section, and from its last. */
void html_begin(struct buf *out, const char *title);
void html_end(struct buf *out);

/* A section under a heading; LEAD (may be NULL) says what is to be seen. */
void html_section(struct buf *out, const char *heading, const char *lead);
void html_section_end(struct buf *out);

#endif
