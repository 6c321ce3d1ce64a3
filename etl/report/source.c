/*
 * source.c - where the figures come from.
 */
#include "base/base.h"
#include "report/page_impl.h"

static void add_files(struct html *html, const struct page_rows *health)
{
    html_raw(html, "<p class=\"lead\">");
    SAY_N(html,
          "{n} file held {records} records: {new} new, {more} that knew more, "
          "{known} known already, {rejected} rejected ({share}).",
          "{n} files held {records} records: {new} new, {more} that knew more, "
          "{known} known already, {rejected} rejected ({share}).",
          (unsigned long)rows_number(health, 0, "files"),
          { "n", LANG_NUMBER, rows_text(health, 0, "files") },
          { "records", LANG_NUMBER, rows_text(health, 0, "records") },
          { "new", LANG_NUMBER, rows_text(health, 0, "inserted") },
          { "more", LANG_NUMBER, rows_text(health, 0, "updated") },
          { "known", LANG_NUMBER, rows_text(health, 0, "known") },
          { "rejected", LANG_NUMBER, rows_text(health, 0, "rejected") },
          { "share", LANG_PERCENT, rows_text(health, 0, "rejected_share") });
    html_raw(html, " ");
    SAY(html, "Rejects still open: {n}.",
        { "n", LANG_NUMBER, rows_text(health, 0, "rejects_open") });
    if (rows_number(health, 0, "ambiguous_times") > 0) {
        html_raw(html, " ");
        SAY(html, "Records in an hour that the clock repeats: {n}.",
            { "n", LANG_NUMBER, rows_text(health, 0, "ambiguous_times") });
    }
    html_raw(html, "</p>\n");
}

static void add_definitions(struct html *html, const struct page_rows *definitions)
{
    html_raw(html, "<dl>\n");
    for (size_t row = 0; row < definitions->count; row++) {
        html_raw(html, "<div><dt>");
        html_word(html, rows_text(definitions, row, "name"));
        html_raw(html, "</dt><dd>");
        html_word(html, rows_text(definitions, row, "formula"));
        html_raw(html, ". ");
        html_word(html, rows_text(definitions, row, "variant"));
        html_raw(html, "</dd></div>\n");
    }
    html_raw(html, "</dl>\n");
}

void page_source(struct html *html, const struct page_rows *part)
{
    html_raw(html, "<div class=\"source\">\n");
    html_section(html, LANG_MARK("Where the figures come from"), NULL);
    if (part[REPORT_HEALTH].count > 0)
        add_files(html, &part[REPORT_HEALTH]);
    add_definitions(html, &part[REPORT_DEFINITIONS]);
    html_raw(html, "<p class=\"note\">");
    if (strcmp(rows_text(&part[REPORT_PERIOD], 0, "has_leg_tables"), "t") != 0) {
        html_word(html,
                  "Agents, missed calls, callers, trunks, destinations and attempts "
                  "until contact are told of up to 100 days.");
        html_raw(html, " ");
    }
    SAY(html,
        "“Before” is the period of equal length just before, “usual” the same "
        "weekdays of the four weeks before. Days and hours are those of {zone}. "
        "Rule set {ruleset}. Made by cdretl.",
        { "zone", LANG_NAME, rows_text(&part[REPORT_PERIOD], 0, "zone") },
        { "ruleset", LANG_NAME, rows_text(&part[REPORT_PERIOD], 0, "ruleset") });
    html_raw(html, "</p>\n");
    html_section_end(html);
    html_raw(html, "</div>\n");
}
