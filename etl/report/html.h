/*
 * html.h - a page that is being written: text, numbers and sentences in its language.
 *
 * Names of carriers, queues and causes come from outside: whatever is put into a page
 * goes through html_text().  The page has no script and asks for nothing outside of
 * itself; its policy says so to the browser.
 */
#ifndef ETL_REPORT_HTML_H
#define ETL_REPORT_HTML_H

#include "base/buf.h"
#include "lang/lang.h"

struct html {
    struct buf *out;
    enum lang lang;
};

/* Mark-up of ours, as it is. */
void html_raw(struct html *html, const char *mark_up);
void html_rawf(struct html *html, const char *format, ...) PRINTF_LIKE(2, 3);

/* TEXT as text or as the value of an attribute in double quotes; NULL: a dash. */
void html_text(struct html *html, const char *text);

/* A sentence of ours in the page's language; what stands between *stars* is strong. */
void html_word(struct html *html, const char *english);
void html_say(struct html *html, const char *sentence, const struct lang_value *values);

/* html_say() of SENTENCE, looked up, with at least one value { "name", LANG_..., text }.
 */
#define SAY(html, english, ...)                                                          \
    html_say(html, lang_text((html)->lang, english),                                     \
             (const struct lang_value[]){ __VA_ARGS__, { NULL, LANG_NAME, NULL } })

/* The same in the form for N things. */
#define SAY_N(html, one, many, n, ...)                                                   \
    html_say(html, lang_plural((html)->lang, one, many, n),                              \
             (const struct lang_value[]){ __VA_ARGS__, { NULL, LANG_NAME, NULL } })

/* One value; NULL: a dash. */
void html_value(struct html *html, enum lang_kind kind, const char *text);

/*
 * The page up to its first section, and from its last.  CLASS: "week" for a period that
 * is no longer, else "".
 */
void html_begin(struct html *html, const char *title, const char *class);
void html_end(struct html *html);

/* A section under a heading; LEAD (may be NULL) says what is to be seen. */
void html_section(struct html *html, const char *heading, const char *lead);
void html_section_end(struct html *html);

/*
 * How the page looks: light, dark, on paper, on a telephone.  To be put one after the
 * other; NULL ends them.
 */
extern const char *const page_style[];

#endif
