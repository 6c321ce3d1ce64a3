/*
 * page_tables.c - the report's tables: carriers, what the recomputation changed,
 * outcomes, and where the figures come from.
 */
#include "base/base.h"
#include "report/chart.h"
#include "report/html.h"
#include "report/page_impl.h"

/* A bar of ROW; its tooltip says the same in words. */
static void add_bar(struct buf *out, const struct page_rows *rows, size_t row,
                    const int column[4],
                    void draw(struct buf *, const struct chart_bar *))
{
    static const char *const word[] = { "", ", between ", " and ", "; cause alone: " };
    struct buf title = { 0 };
    const char *text[4];

    buf_add_text(&title, rows_text(rows, row, CARRIER_NAME));
    buf_add_text(&title, ": ");
    for (int i = 0; i < 4; i++) {
        text[i] = column[i] >= 0 ? rows_text(rows, row, (size_t)column[i]) : NULL;
        if (text[i] == NULL)
            continue;
        buf_add_text(&title, word[i]);
        html_percent(&title, text[i]);
    }
    draw(out, &(const struct chart_bar){ text[0], text[1], text[2], text[3],
                                         buf_cstr(&title) });
    buf_free(&title);
}

/* "68.4-95.2 %", or one figure where the two are one. */
static void add_band(struct buf *out, const struct page_rows *rows, size_t row)
{
    const char *low = rows_text(rows, row, CARRIER_NER_LOW);
    const char *high = rows_text(rows, row, CARRIER_NER_HIGH);

    if (low != NULL && high != NULL && strcmp(low, high) != 0) {
        html_decimal(out, low);
        buf_add_text(out, "\xe2\x80\x93");
    }
    html_percent(out, high);
}

static void add_carrier(struct buf *out, const struct page_rows *rows, size_t row)
{
    static const int asr[] = { CARRIER_ASR, CARRIER_ASR_LOW, CARRIER_ASR_HIGH, -1 };
    static const int ner[] = { -1, CARRIER_NER_LOW, CARRIER_NER_HIGH, -1 };

    buf_add_text(out, "<tr><td><strong>");
    html_text(out, rows_text(rows, row, CARRIER_NAME));
    buf_add_text(out, "</strong><span class=\"sub\">");
    html_count(out, rows_text(rows, row, CARRIER_SEIZURES));
    buf_add_text(out, " attempts</span></td><td class=\"bar left\">");
    add_bar(out, rows, row, asr, chart_bar);
    buf_add_text(out, "<span class=\"sub\">");
    html_percent(out, rows_text(rows, row, CARRIER_ASR));
    buf_add_text(out, "</span></td><td class=\"bar left\">");
    add_bar(out, rows, row, ner, chart_bar);
    buf_add_text(out, "<span class=\"sub\">");
    add_band(out, rows, row);
    buf_add_text(out, "</span></td><td class=\"w\">");
    html_decimal(out, rows_text(rows, row, CARRIER_ACD));
    buf_add_text(out, "</td><td class=\"w\">");
    html_decimal(out, rows_text(rows, row, CARRIER_PGAD));
    buf_add_text(out, "</td><td class=\"w\">");
    html_percent(out, rows_text(rows, row, CARRIER_SDR));
    buf_add_text(out, "</td><td class=\"w\">");
    html_percent(out, rows_text(rows, row, CARRIER_AMBIGUITY));
    buf_add_text(out, "</td></tr>\n");
}

void report_carriers(struct buf *out, const struct page_rows *carriers)
{
    html_section(
        out, "Carriers side by side",
        "Where the ranges of two carriers overlap, the difference may be chance. "
        "The network's bar is wide where a carrier's signals leave open what "
        "happened.");
    buf_add_text(out,
                 "<table>\n<tr><th>Carrier</th><th class=\"left\">Answered (ASR)</th>"
                 "<th class=\"left\">Network delivered (NER)</th><th class=\"w\">Call, s"
                 "</th><th class=\"w\">To answer, s</th><th class=\"w\">Short</th>"
                 "<th class=\"w\">Undetermined</th></tr>\n");
    for (size_t row = 0; row < carriers->count; row++)
        add_carrier(out, carriers, row);
    buf_add_text(out, "</table>\n");
    html_section_end(out);
}

static void add_pair(struct buf *out, const struct page_rows *rows, size_t row)
{
    static const int asr[] = { CARRIER_ASR, -1, -1, CARRIER_NAIVE_ASR };
    static const int ner[] = { -1, CARRIER_NER_LOW, CARRIER_NER_HIGH, CARRIER_NAIVE_NER };

    buf_add_text(out, "<tr><td><strong>");
    html_text(out, rows_text(rows, row, CARRIER_NAME));
    buf_add_text(out, "</strong></td><td class=\"bar left\">");
    add_bar(out, rows, row, asr, chart_pair);
    buf_add_text(out, "<span class=\"sub\">");
    html_percent(out, rows_text(rows, row, CARRIER_NAIVE_ASR));
    buf_add_text(out, " \xe2\x86\x92 ");
    html_percent(out, rows_text(rows, row, CARRIER_ASR));
    buf_add_text(out, "</span></td><td class=\"bar left\">");
    add_bar(out, rows, row, ner, chart_bar);
    buf_add_text(out, "<span class=\"sub\">");
    html_percent(out, rows_text(rows, row, CARRIER_NAIVE_NER));
    buf_add_text(out, " \xe2\x86\x92 ");
    add_band(out, rows, row);
    buf_add_text(out, "</span></td><td class=\"w\">");
    html_percent(out, rows_text(rows, row, CARRIER_RECATEGORISATION));
    buf_add_text(out, "</td></tr>\n");
}

static void add_change(struct buf *out, const struct page_rows *changed, size_t row)
{
    const char *candidates = rows_text(changed, row, 2);

    buf_add_text(out, "<tr><td>");
    html_text(out, rows_text(changed, row, 0));
    buf_add_text(out, "</td><td class=\"left\">");
    html_text(out, rows_text(changed, row, 1));
    if (candidates != NULL && *candidates != '\0') {
        buf_add_text(out, "<span class=\"sub\">");
        html_text(out, candidates);
        buf_add_text(out, "</span>");
    }
    buf_add_text(out, "</td><td>");
    html_count(out, rows_text(changed, row, 3));
    buf_add_text(out, "</td></tr>\n");
}

void report_changed(struct buf *out, const struct page_rows *carriers,
                    const struct page_rows *changed)
{
    html_section(out, "What the recomputation changed",
                 "Carriers give one outcome different codes, and different outcomes one "
                 "code. Grey is what a reader of the hang-up cause alone would report, "
                 "colour is what all the evidence together says.");
    buf_add_text(out,
                 "<table>\n<tr><th>Carrier</th><th class=\"left\">Answered (ASR)</th>"
                 "<th class=\"left\">Network delivered (NER)</th>"
                 "<th class=\"w\">Changed, of unanswered</th></tr>\n");
    for (size_t row = 0; row < carriers->count; row++)
        add_pair(out, carriers, row);
    buf_add_text(out, "</table>\n");
    if (changed->count > 0) {
        buf_add_text(out, "<h3>Unanswered attempts that were told something else</h3>\n"
                          "<table>\n<tr><th>Cause alone</th><th class=\"left\">Evidence"
                          "</th><th>Attempts</th></tr>\n");
        for (size_t row = 0; row < changed->count; row++)
            add_change(out, changed, row);
        buf_add_text(out, "</table>\n");
    }
    html_section_end(out);
}

/* Columns: label, carrier, n, share, share at most. */
static void add_share(struct buf *out, const struct page_rows *outcomes, size_t row)
{
    double share = rows_number(outcomes, row, 3), most = rows_number(outcomes, row, 4);

    buf_addf(out, "<td class=\"m\" style=\"--v:%.2f\">",
             share / 100 * 1.4 > 0.7 ? 0.7 : share / 100 * 1.4);
    if (rows_number(outcomes, row, 2) > 0 || most > share)
        buf_addf(out, "%.1f", share);
    if (most > share)
        buf_addf(out, "<small>to %.0f</small>", most);
    buf_add_text(out, "</td>");
}

void report_outcomes(struct buf *out, const struct page_rows *outcomes)
{
    html_section(
        out, "Outcomes by carrier",
        "Per cent of the carrier's attempts. The small figure is how many it may "
        "be at most, should all undetermined ones that allow it be it.");
    buf_add_text(out, "<div class=\"scroll\">\n<table class=\"matrix\">\n<tr><th></th>");
    for (size_t row = 0;
         row < outcomes->count && (row == 0 || rows_same(outcomes, row, 0, 0)); row++) {
        buf_add_text(out, "<th>");
        html_text(out, rows_text(outcomes, row, 1));
        buf_add_text(out, "</th>");
    }
    for (size_t row = 0; row < outcomes->count; row++) {
        if (row == 0 || !rows_same(outcomes, row, row - 1, 0)) {
            buf_add_text(out, "</tr>\n<tr><td>");
            html_text(out, rows_text(outcomes, row, 0));
            buf_add_text(out, "</td>");
        }
        add_share(out, outcomes, row);
    }
    buf_add_text(out, "</tr>\n</table>\n</div>\n");
    html_section_end(out);
}

static void add_count(struct buf *out, const char *before, const char *count,
                      const char *behind)
{
    buf_add_text(out, before);
    html_count(out, count);
    buf_add_text(out, behind);
}

static void add_load(struct buf *out, const struct page_rows *health)
{
    add_count(out, "<p class=\"lead\">", rows_text(health, 0, 0), " files held ");
    add_count(out, "", rows_text(health, 0, 1), " records: ");
    add_count(out, "", rows_text(health, 0, 2), " new, ");
    add_count(out, "", rows_text(health, 0, 3), " that knew more, ");
    add_count(out, "", rows_text(health, 0, 4), " known already, ");
    add_count(out, "", rows_text(health, 0, 5), " rejected (");
    html_percent(out, rows_text(health, 0, 6));
    add_count(out, "). ", rows_text(health, 0, 8), " rejects are open.");
    if (rows_number(health, 0, 7) > 0)
        add_count(out, " ", rows_text(health, 0, 7),
                  " calls lie in an hour that the clock repeats.");
    buf_add_text(out, "</p>\n");
}

void report_source(struct buf *out, const struct page_rows *part)
{
    const struct page_rows *totals = &part[REPORT_TOTALS];
    const struct page_rows *definitions = &part[REPORT_DEFINITIONS];

    html_section(out, "Where the figures come from", NULL);
    if (part[REPORT_HEALTH].count > 0)
        add_load(out, &part[REPORT_HEALTH]);
    buf_add_text(out, "<dl>\n");
    for (size_t row = 0; row < definitions->count; row++) {
        buf_add_text(out, "<div><dt>");
        html_text(out, rows_text(definitions, row, 0));
        buf_add_text(out, "</dt><dd>");
        html_text(out, rows_text(definitions, row, 1));
        buf_add_text(out, ". ");
        html_text(out, rows_text(definitions, row, 2));
        buf_add_text(out, "</dd></div>\n");
    }
    buf_add_text(out, "</dl>\n<p class=\"note\">");
    if (totals->count > 0 && rows_has(totals, 0, TOTAL_ZONE)) {
        buf_add_text(out, "Days and hours in the zone ");
        html_text(out, rows_text(totals, 0, TOTAL_ZONE));
        buf_add_text(out, ". Rule set ");
        html_text(out, rows_text(totals, 0, TOTAL_RULESET));
        buf_add_text(out, ". ");
    }
    buf_add_text(out, "Made by cdretl.</p>\n");
    html_section_end(out);
}
