/*
 * outcomes.c - the matrix of outcomes by carrier.
 */
#include "base/base.h"
#include "report/page_impl.h"
#include "report/table.h"

/* The columns of the first row's category are all there are. */
static void add_carriers(struct html *html, const struct page_rows *outcomes)
{
    html_raw(html, "<thead><tr><th scope=\"col\" class=\"left\">");
    html_word(html, "Outcome");
    html_raw(html, "</th>");
    for (size_t row = 0; row < outcomes->count && rows_same(outcomes, row, 0, "category");
         row++) {
        html_raw(html, "<th scope=\"col\">");
        html_text(html, rows_text(outcomes, row, "carrier"));
        html_raw(html, "</th>");
    }
    html_raw(html, "</tr></thead>\n<tbody>");
}

static void add_share(struct html *html, const struct page_rows *outcomes, size_t row)
{
    double share = rows_number(outcomes, row, "share");
    double most = rows_number(outcomes, row, "share_high");
    double strength = share / 100 * 1.2;

    html_rawf(html, "<td class=\"m\" style=\"--v:%.2f\">",
              strength > 0.6 ? 0.6 : strength);
    if (rows_number(outcomes, row, "n") > 0 || most > share)
        html_value(html, LANG_DECIMAL, rows_text(outcomes, row, "share"));
    if (most > share) {
        html_raw(html, "<small>");
        SAY(html, "to {most}",
            { "most", LANG_NUMBER, rows_text(outcomes, row, "share_high") });
        html_raw(html, "</small>");
    }
    html_raw(html, "</td>");
}

void page_outcomes(struct html *html, const struct page_rows *outcomes)
{
    if (outcomes->count == 0)
        return;
    html_section(
        html, LANG_MARK("Why not: outcomes by carrier"),
        LANG_MARK("Per cent of the carrier's attempts. The small figure is how many "
                  "it may be at most, should all undetermined ones that allow it be "
                  "it."));
    table_begin(html, "matrix",
                LANG_MARK("Outcomes by carrier, per cent of its attempts"));
    add_carriers(html, outcomes);
    for (size_t row = 0; row < outcomes->count; row++) {
        if (row == 0 || !rows_same(outcomes, row, row - 1, "category")) {
            html_raw(html, row == 0 ? "\n<tr><th scope=\"row\">"
                                    : "</tr>\n<tr><th scope=\"row\">");
            html_text(html, rows_text(outcomes, row, "label"));
            html_raw(html, "</th>");
        }
        add_share(html, outcomes, row);
    }
    html_raw(html, "</tr>\n</tbody>\n");
    table_end(html);
    html_section_end(html);
}
