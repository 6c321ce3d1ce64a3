/*
 * page.c - the report from above, in the order in which a manager asks: reached or not,
 * why not, since when, which carrier, which queue, which hour.
 */
#include "report/page.h"

#include "base/base.h"
#include "report/html.h"
#include "report/page_impl.h"
#include "report/table.h"

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

/* Calendars whose days, weeks and months are links. */

enum { DAYS = 7 };

static const char *text_of(const struct page_rows *periods, size_t row,
                           const char *column)
{
    return rows_text(periods, row, column);
}

static bool is_kind(const struct page_rows *periods, size_t row, const char *kind)
{
    return strcmp(text_of(periods, row, "kind"), kind) == 0;
}

static void begin_link(struct html *html, const char *name)
{
    html_raw(html, "<a href=\"");
    html_text(html, name);
    html_raw(html, ".html\">");
}

/* "5,441 attempts, 36.2% reached a person; ..." */
static void index_add_figures(struct html *html, const struct page_rows *periods,
                              size_t row)
{
    SAY(html,
        "attempts {attempts}, a person answered {person}; inbound {inbound}, abandoned "
        "{abandon}",
        { "attempts", LANG_NUMBER, text_of(periods, row, "attempts") },
        { "person", LANG_PERCENT, text_of(periods, row, "person") },
        { "inbound", LANG_NUMBER, text_of(periods, row, "inbound") },
        { "abandon", LANG_PERCENT, text_of(periods, row, "abandon") });
}

static void add_day(struct html *html, const struct page_rows *periods, size_t row)
{
    html_rawf(html, "<td class=\"m\" style=\"--v:%.2f\">",
              rows_number(periods, row, "person") / 150);
    begin_link(html, text_of(periods, row, "name"));
    html_text(html, text_of(periods, row, "day_of_month"));
    html_raw(html, "</a><small>");
    html_value(html, LANG_WHOLE_PERCENT, text_of(periods, row, "person"));
    html_raw(html, "</small><span class=\"sub\">");
    html_value(html, LANG_NUMBER, text_of(periods, row, "attempts"));
    html_raw(html, "</span></td>");
}

/* Of the days in MONTH those of WEEK, each below its weekday. */
static void add_week(struct html *html, const struct page_rows *periods,
                     const char *month, const char *week)
{
    html_raw(html, "<tr><th scope=\"row\">");
    begin_link(html, week);
    SAY(html, "Week {week}", { "week", LANG_NAME, week + strlen("YYYY-W") });
    html_raw(html, "</a></th>");
    for (int weekday = 1; weekday <= DAYS; weekday++) {
        size_t row = 0;

        while (row < periods->count &&
               !(is_kind(periods, row, "day") &&
                 (int)rows_number(periods, row, "weekday") == weekday &&
                 strcmp(text_of(periods, row, "week"), week) == 0 &&
                 strcmp(text_of(periods, row, "month"), month) == 0))
            row++;
        if (row < periods->count)
            add_day(html, periods, row);
        else
            html_raw(html, "<td></td>");
    }
    html_raw(html, "</tr>\n");
}

static void add_weekdays(struct html *html)
{
    static const char *const weekdays[DAYS] = {
        LANG_MARK("Mon"), LANG_MARK("Tue"), LANG_MARK("Wed"), LANG_MARK("Thu"),
        LANG_MARK("Fri"), LANG_MARK("Sat"), LANG_MARK("Sun"),
    };

    html_raw(html, "<thead><tr><td></td>");
    for (int day = 0; day < DAYS; day++) {
        html_raw(html, "<th scope=\"col\">");
        html_word(html, weekdays[day]);
        html_raw(html, "</th>");
    }
    html_raw(html, "</tr></thead>\n<tbody>\n");
}

static void add_month(struct html *html, const struct page_rows *periods, size_t month)
{
    const char *name = text_of(periods, month, "name"), *week = "";

    html_raw(html, "<section>\n<h2>");
    begin_link(html, name);
    html_value(html, LANG_MONTH, name);
    html_raw(html, "</a></h2>\n<p class=\"lead\">");
    index_add_figures(html, periods, month);
    html_raw(html, "</p>\n");
    table_begin(html, "matrix",
                LANG_MARK("Days: share that a person answered, and attempts"));
    add_weekdays(html);
    for (size_t row = 0; row < periods->count; row++) {
        if (!is_kind(periods, row, "day") ||
            strcmp(text_of(periods, row, "month"), name) != 0 ||
            strcmp(text_of(periods, row, "week"), week) == 0)
            continue;
        week = text_of(periods, row, "week");
        add_week(html, periods, name, week);
    }
    html_raw(html, "</tbody>\n");
    table_end(html);
    html_raw(html, "</section>\n");
}

void site_index_write(struct buf *out, enum lang lang, const struct page_rows *periods)
{
    struct html html = { out, lang };

    html_begin(&html, lang_text(lang, LANG_MARK("Call reports")), "");
    html_raw(&html, "<header><p class=\"kicker\">");
    html_word(&html, "Call reports");
    html_raw(&html, "</p><h1>");
    html_word(&html, periods->count > 0 ? LANG_MARK("All periods")
                                        : LANG_MARK("No calls are known yet"));
    html_raw(&html, "</h1>\n<p class=\"lead\">");
    html_word(&html,
              "Of each day: the share of attempts that a person answered, and how many "
              "attempts there were.");
    html_raw(&html, "</p></header>\n");
    for (size_t row = 0; row < periods->count; row++)
        if (is_kind(periods, row, "month"))
            add_month(&html, periods, row);
    html_end(&html);
}
