/*
 * page.c - the report from above, in the order in which a manager asks: reached or not,
 * why not, since when, which carrier, which queue, which hour.
 */
#include "report/page.h"

#include "base/base.h"
#include "report/page_impl.h"

const char *const report_part_names[REPORT_PARTS] = {
    [REPORT_PERIOD] = "period",
    [REPORT_COMPARED] = "compared",
    [REPORT_REASONS] = "reasons",
    [REPORT_LOOK] = "look",
    [REPORT_ATTEMPTS] = "attempts",
    [REPORT_REACHED] = "reached",
    [REPORT_INBOUND] = "inbound",
    [REPORT_DAYS] = "days",
    [REPORT_CARRIERS] = "carriers",
    [REPORT_OUTCOMES] = "outcomes",
    [REPORT_DESTINATIONS] = "destinations",
    [REPORT_QUEUES] = "queues",
    [REPORT_MISSED] = "missed",
    [REPORT_CALLERS] = "callers",
    [REPORT_AGENTS] = "agents",
    [REPORT_CONTACT] = "contact",
    [REPORT_HOURS] = "hours",
    [REPORT_TRUNKS] = "trunks",
    [REPORT_QUESTIONS] = "questions",
    [REPORT_CHANGED] = "changed",
    [REPORT_HEALTH] = "health",
    [REPORT_DEFINITIONS] = "definitions",
};

bool page_is_day(const struct page_rows *part)
{
    return strcmp(rows_text(&part[REPORT_PERIOD], 0, "bucket"), "hour") == 0;
}

static bool is_known(const struct page_rows *period)
{
    return period->count > 0 && rows_has(period, 0, "first_day");
}

/* "Calls, 1 June 2026 - 7 June 2026" */
static void add_title(struct html *html, const struct page_rows *period)
{
    struct buf title = { 0 };

    lang_add(&title, html->lang, LANG_WORD, LANG_MARK("Calls"));
    if (is_known(period)) {
        buf_add_text(&title, ", ");
        lang_add(&title, html->lang, LANG_DAY, rows_text(period, 0, "first_day"));
        if (strcmp(rows_text(period, 0, "first_day"), rows_text(period, 0, "last_day")) !=
            0) {
            buf_add_text(&title, " – ");
            lang_add(&title, html->lang, LANG_DAY, rows_text(period, 0, "last_day"));
        }
    }
    html_begin(html, buf_cstr(&title),
               is_known(period) && rows_number(period, 0, "days") <= 8 ? "week" : "");
    buf_free(&title);
}

/* A page without calls says of which days there are any. */
static void add_nothing(struct html *html, const struct page_rows *period)
{
    html_raw(html, "<header><p class=\"kicker\">");
    html_word(html, "Call report");
    html_raw(html, "</p><h1>");
    html_word(html, "No calls are known in this period");
    html_raw(html, "</h1>\n");
    if (period->count > 0 && rows_has(period, 0, "first_known")) {
        html_raw(html, "<p>");
        SAY(html, "There are calls from {first} to {last}",
            { "first", LANG_DAY, rows_text(period, 0, "first_known") },
            { "last", LANG_DAY, rows_text(period, 0, "last_known") });
        html_raw(html, "</p>");
    }
    html_raw(html, "</header>\n");
}

void report_write(struct buf *out, enum lang lang, const struct page_rows *part,
                  const struct page_links *links)
{
    struct html html = { out, lang };

    add_title(&html, &part[REPORT_PERIOD]);
    if (is_known(&part[REPORT_PERIOD])) {
        page_head(&html, part, links);
        page_look(&html, &part[REPORT_LOOK]);
        page_outcomes(&html, &part[REPORT_OUTCOMES]);
        html_raw(&html, "<div class=\"pair\">\n");
        page_since(&html, part);
        html_raw(&html, "</div>\n");
        page_carriers(&html, part);
        page_agents(&html, part);
        html_raw(&html, "<div class=\"pair\">\n");
        page_inbound(&html, part);
        page_when(&html, part);
        page_where(&html, part);
        page_changed(&html, part);
        html_raw(&html, "</div>\n");
        page_source(&html, part);
    } else {
        add_nothing(&html, &part[REPORT_PERIOD]);
    }
    html_end(&html);
}
