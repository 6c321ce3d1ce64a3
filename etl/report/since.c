/*
 * since.c - since when, and at which hour.
 */
#include "base/base.h"
#include "report/chart.h"
#include "report/page_impl.h"
#include "report/table.h"

static const struct chart_part attempt_parts[] = {
    { "person", LANG_MARK("a person answered") },
    { "machine", LANG_MARK("a machine answered") },
    { "answered", LANG_MARK("answered, person or machine") },
    { "subscriber", LANG_MARK("not taken: no answer, busy, rejected, unreachable") },
    { "undetermined", LANG_MARK("undetermined") },
    { "caller", LANG_MARK("given up before an answer") },
    { "network", LANG_MARK("the network failed") },
    { "system", LANG_MARK("our platform") },
    { NULL, NULL },
};

static const struct chart_part inbound_parts[] = {
    { "person", LANG_MARK("a person answered") },
    { "machine", LANG_MARK("our menu answered") },
    { "caller", LANG_MARK("abandoned") },
    { "system", LANG_MARK("else unanswered") },
    { NULL, NULL },
};

static const struct table_column day_columns[] = {
    { LANG_MARK("Day"), "day", LANG_DAY_SHORT, NULL, NULL },
    { LANG_MARK("Attempts"), "attempts", LANG_NUMBER, NULL, NULL },
    { LANG_MARK("A person answered"), "person", LANG_PERCENT, NULL, NULL },
    { LANG_MARK("A machine answered"), "machine", LANG_PERCENT, NULL, NULL },
    { LANG_MARK("The network answered (ASR)"), "asr", LANG_PERCENT, NULL, NULL },
    { LANG_MARK("Inbound calls"), "inbound", LANG_NUMBER, NULL, NULL },
    { LANG_MARK("A person answered"), "inbound_person", LANG_PERCENT, NULL, NULL },
    { LANG_MARK("Abandoned"), "abandon", LANG_PERCENT, NULL, NULL },
};

static enum lang_kind slot_kind(const struct page_rows *part)
{
    return page_is_day(part) ? LANG_CLOCK : LANG_DAY_SHORT;
}

static void add_attempts(struct html *html, const struct page_rows *part)
{
    struct chart_axis axis = { LANG_MARK("Stacked bars: attempts by outcome, over time"),
                               slot_kind(part) };

    html_section(html, LANG_MARK("What became of the attempts"), NULL);
    chart_legend(html, &part[REPORT_ATTEMPTS], attempt_parts);
    chart_stack(html, &part[REPORT_ATTEMPTS], &axis, attempt_parts);
    html_section_end(html);
}

static void add_reached(struct html *html, const struct page_rows *part)
{
    struct chart_axis axis = {
        LANG_MARK("Dots: share of attempts that a person answered, over time"),
        slot_kind(part)
    };

    html_section(
        html, LANG_MARK("Reached a person, since when"),
        LANG_MARK("Bars are the range in which the share lies with 95 % certainty: "
                  "where bars overlap the difference may be chance. Ticks are what "
                  "the network counts as answered, machines among it."));
    chart_dots(html, &part[REPORT_REACHED], &axis);
    html_section_end(html);
}

static void add_inbound(struct html *html, const struct page_rows *part)
{
    struct chart_axis axis = {
        LANG_MARK("Stacked bars: inbound calls by outcome, over time"), slot_kind(part)
    };

    html_section(html, LANG_MARK("What became of inbound calls"), NULL);
    chart_legend(html, &part[REPORT_INBOUND], inbound_parts);
    chart_stack(html, &part[REPORT_INBOUND], &axis, inbound_parts);
    html_section_end(html);
}

static void add_figures(struct html *html, const struct page_rows *part)
{
    struct table_column columns[COUNTOF(day_columns)];

    memcpy(columns, day_columns, sizeof columns);
    columns[0].kind = slot_kind(part);
    if (page_is_day(part))
        columns[0].head = LANG_MARK("Hour");
    html_section(html, LANG_MARK("The same in figures"), NULL);
    table_write(html, LANG_MARK("The same in figures"), &part[REPORT_DAYS], columns,
                COUNTOF(columns));
    html_section_end(html);
}

void page_since(struct html *html, const struct page_rows *part)
{
    if (part[REPORT_ATTEMPTS].count > 0) {
        add_attempts(html, part);
        add_reached(html, part);
    }
    if (part[REPORT_INBOUND].count > 0)
        add_inbound(html, part);
    add_figures(html, part);
}

static void add_trunks(struct html *html, const struct page_rows *trunks)
{
    static const struct table_column columns[] = {
        { LANG_MARK("Trunk"), "gateway", LANG_NAME, NULL, NULL },
        { LANG_MARK("Most at once"), "peak", LANG_NUMBER, NULL, NULL },
        { LANG_MARK("When"), "peak_at", LANG_HOUR, NULL, NULL },
        { LANG_MARK("Begun in the busiest minute"), "busiest_minute", LANG_NUMBER, NULL,
          NULL },
    };

    if (trunks->count == 0)
        return;
    html_raw(html, "<div class=\"more\">\n");
    html_section(html, LANG_MARK("How busy the trunks were"), NULL);
    table_write(html, LANG_MARK("How busy the trunks were"), trunks, columns,
                COUNTOF(columns));
    html_section_end(html);
    html_raw(html, "</div>\n");
}

void page_when(struct html *html, const struct page_rows *part)
{
    if (!page_is_day(part) && part[REPORT_HOURS].count > 0) {
        html_section(
            html, LANG_MARK("At which hour people answer"),
            LANG_MARK("Share of attempts that a person answered, in per cent; the "
                      "fuller the colour, the better. Framed cells rest on fewer "
                      "than 30 attempts."));
        chart_week(
            html, &part[REPORT_HOURS],
            LANG_MARK("Heat map: share that a person answered, by weekday and hour"));
        html_section_end(html);
    }
    add_trunks(html, &part[REPORT_TRUNKS]);
}
