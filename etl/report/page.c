/*
 * page.c - the report from above: what it comes to, what to look at, the days.
 */
#include "report/page.h"

#include "base/base.h"
#include "report/chart.h"
#include "report/html.h"
#include "report/page_impl.h"

static const char *total(const struct page_rows *part, size_t column)
{
    return rows_text(&part[REPORT_TOTALS], 0, column);
}

static void add_summary(struct buf *out, const struct page_rows *part)
{
    buf_add_text(out, "<p class=\"summary\"><strong>");
    html_percent(out, total(part, TOTAL_ASR));
    buf_add_text(out, "</strong> of ");
    html_count(out, total(part, TOTAL_SEIZURES));
    buf_add_text(out,
                 " attempts to reach somebody were answered. The hang-up cause alone "
                 "would have told ");
    html_percent(out, total(part, TOTAL_NAIVE_ASR));
    buf_add_text(out, ", and given ");
    html_count(out, total(part, TOTAL_RECATEGORISED));
    buf_add_text(out, " of ");
    html_count(out, total(part, TOTAL_UNANSWERED));
    buf_add_text(out, " unanswered ones an outcome that the evidence does not bear out."
                      "</p>\n");
}

static void add_header(struct buf *out, const struct page_rows *part)
{
    buf_add_text(out, "<header>\n<p class=\"kicker\">Call report</p>\n<h1>");
    html_text(out, total(part, TOTAL_FIRST));
    if (strcmp(total(part, TOTAL_FIRST), total(part, TOTAL_LAST)) != 0) {
        buf_add_text(out, " \xe2\x80\x93 ");
        html_text(out, total(part, TOTAL_LAST));
    }
    buf_add_text(out, "</h1>\n");
    add_summary(out, part);
    buf_add_text(out, "</header>\n");
}

static void begin_card(struct buf *out, const char *name)
{
    buf_addf(out, "<div class=\"card\"><div class=\"k\">%s</div><div class=\"v\">", name);
}

static void add_duration(struct buf *out, const char *seconds)
{
    long value = seconds != NULL ? strtol(seconds, NULL, 10) : 0;

    if (seconds == NULL)
        html_text(out, NULL);
    else if (value < 60)
        buf_addf(out, "%ld s", value);
    else
        buf_addf(out, "%ld min %02ld s", value / 60, value % 60);
}

static void add_cards(struct buf *out, const struct page_rows *part)
{
    buf_add_text(out, "<div class=\"cards\">\n");
    begin_card(out, "Attempts");
    html_count(out, total(part, TOTAL_N));
    buf_add_text(out, "</div><div class=\"s\">calls to carriers; ");
    html_count(out, total(part, TOTAL_CALLS));
    buf_add_text(out, " calls of all kinds</div></div>\n");
    begin_card(out, "Answered (ASR)");
    html_percent(out, total(part, TOTAL_ASR));
    buf_add_text(out, "</div><div class=\"s\">95 % sure between ");
    html_decimal(out, total(part, TOTAL_ASR_LOW));
    buf_add_text(out, " and ");
    html_decimal(out, total(part, TOTAL_ASR_HIGH));
    buf_add_text(out, "</div></div>\n");
    begin_card(out, "Network delivered (NER)");
    if (total(part, TOTAL_NER_LOW) == NULL)
        html_text(out, NULL);
    else
        buf_addf(out, "%.0f\xe2\x80\x93%.0f\xe2\x80\xaf%%",
                 rows_number(&part[REPORT_TOTALS], 0, TOTAL_NER_LOW),
                 rows_number(&part[REPORT_TOTALS], 0, TOTAL_NER_HIGH));
    buf_add_text(out, "</div><div class=\"s\">at least and at most: undetermined "
                      "outcomes lie between</div></div>\n");
    begin_card(out, "Average call (ACD)");
    add_duration(out, total(part, TOTAL_ACD));
    buf_add_text(out, "</div><div class=\"s\">of ");
    html_count(out, total(part, TOTAL_ANSWERED));
    buf_add_text(out, " answered</div></div>\n");
    begin_card(out, "Cause alone misleads");
    html_percent(out, total(part, TOTAL_RECATEGORISATION));
    buf_add_text(out, "</div><div class=\"s\">of unanswered attempts came to something "
                      "else</div></div>\n</div>\n");
}

static void add_incidents(struct buf *out, const struct page_rows *incidents)
{
    for (size_t row = 0; row < incidents->count; row++) {
        buf_add_text(out, "<li><strong>");
        html_text(out, rows_text(incidents, row, 0));
        buf_add_text(out, "</strong>, ");
        html_text(out, rows_text(incidents, row, 1));
        buf_add_text(out, ": ");
        html_count(out, rows_text(incidents, row, 2));
        buf_add_text(out, " of ");
        html_count(out, rows_text(incidents, row, 3));
        buf_add_text(out, " attempts failed in the network, ");
        html_percent(out, rows_text(incidents, row, 4));
        buf_add_text(out, ". Otherwise it is ");
        html_percent(out, rows_text(incidents, row, 5));
        buf_add_text(out, ".</li>\n");
    }
}

/* What a signal is called, and the colour of its edge. */
static const char *signal_name(const char *signal, const char **class)
{
    static const struct {
        const char *signal, *class, *name;
    } names[] = {
        { "missing_hour", "gap", "No calls" },
        { "thin_day", "gap", "Thin day" },
        { "ambiguity", "open", "More undetermined outcomes" },
        { "new_pair", "pair", "New from a carrier" },
    };

    for (size_t i = 0; i < COUNTOF(names); i++) {
        *class = names[i].class;
        if (strcmp(names[i].signal, signal) == 0)
            return names[i].name;
    }
    return signal;
}

static void add_signals(struct buf *out, const struct page_rows *signals)
{
    for (size_t row = 0; row < signals->count; row++) {
        const char *class = "", *name = signal_name(rows_text(signals, row, 0), &class);

        buf_addf(out, "<li class=\"%s\"><strong>", class);
        html_text(out, name);
        buf_add_text(out, "</strong>, ");
        html_text(out, rows_text(signals, row, 1));
        if (rows_has(signals, row, 2)) {
            buf_add_text(out, ", ");
            html_text(out, rows_text(signals, row, 2));
        }
        buf_add_text(out, ": ");
        html_text(out, rows_text(signals, row, 3));
        buf_add_text(out, "</li>\n");
    }
    if (signals->count > 0 && rows_number(signals, 0, 4) > (double)signals->count)
        buf_addf(out, "<li>and %.0f more, see cdr.signal</li>\n",
                 rows_number(signals, 0, 4) - (double)signals->count);
}

static void add_look(struct buf *out, const struct page_rows *part)
{
    if (part[REPORT_INCIDENTS].count + part[REPORT_SIGNALS].count == 0)
        return;
    html_section(out, "Worth a look", NULL);
    buf_add_text(out, "<ul class=\"look\">\n");
    add_incidents(out, &part[REPORT_INCIDENTS]);
    add_signals(out, &part[REPORT_SIGNALS]);
    buf_add_text(out, "</ul>\n");
    html_section_end(out);
}

static void add_days(struct buf *out, const struct page_rows *part)
{
    static const char *const groups[][2] = {
        { "answered", "Answered" },
        { "subscriber", "The called side: no answer, busy, rejected, unreachable" },
        { "undetermined", "Undetermined" },
        { "caller", "The caller gave up" },
        { "network", "The network failed" },
        { "system", "The platform" },
    };

    html_section(out, "What became of the attempts", NULL);
    buf_add_text(out, "<ul class=\"key\">");
    for (size_t i = 0; i < COUNTOF(groups); i++)
        chart_key(out, groups[i][0], groups[i][1]);
    buf_add_text(out, "</ul>\n");
    chart_stack(out, &part[REPORT_DAYS]);
    html_section_end(out);
    html_section(out, "Answered, day by day",
                 "Dots are the answer ratio, bars the range in which it lies with 95 % "
                 "certainty: days whose bars overlap may differ by chance alone. Ticks "
                 "are what the hang-up cause alone would have told.");
    chart_days(out, &part[REPORT_ASR_DAYS]);
    html_section_end(out);
}

static void add_week(struct buf *out, const struct page_rows *part)
{
    html_section(out, "When people answer",
                 "Answer ratio by weekday and hour, in per cent; the fuller the colour, "
                 "the better. "
                 "Framed cells rest on fewer than 30 attempts.");
    chart_week(out, &part[REPORT_HOURS]);
    html_section_end(out);
}

void report_write(struct buf *out, const struct page_rows *part)
{
    bool known = part[REPORT_TOTALS].count > 0 && total(part, TOTAL_N) != NULL;
    struct buf title = { 0 };

    buf_add_text(&title, "Calls");
    if (known)
        buf_addf(&title, " %s \xe2\x80\x93 %s", total(part, TOTAL_FIRST),
                 total(part, TOTAL_LAST));
    html_begin(out, buf_cstr(&title));
    buf_free(&title);
    if (known) {
        add_header(out, part);
        add_cards(out, part);
        add_look(out, part);
        add_days(out, part);
        report_carriers(out, &part[REPORT_CARRIERS]);
        report_changed(out, &part[REPORT_CARRIERS], &part[REPORT_CHANGED]);
        report_outcomes(out, &part[REPORT_OUTCOMES]);
        add_week(out, part);
    } else {
        buf_add_text(out,
                     "<header><p class=\"kicker\">Call report</p><h1>No attempts are "
                     "known in this period</h1></header>\n");
    }
    report_source(out, part);
    html_end(out);
}
