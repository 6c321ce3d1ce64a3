/*
 * tables.c - which outcome at which carrier; which carrier, destination, queue and
 * agent; what the recomputation changed.
 */
#include "base/base.h"
#include "report/page_impl.h"
#include "report/table.h"

#define PLAIN NULL, NULL

static const struct table_column carrier_columns[] = {
    { LANG_MARK("Carrier"), "carrier", LANG_NAME, PLAIN },
    { LANG_MARK("Attempts that left"), "seizures", LANG_NUMBER, PLAIN },
    { LANG_MARK("A person answered"), "person", LANG_PERCENT, "person_ci_low",
      "person_ci_high" },
    { LANG_MARK("A machine answered"), "machine", LANG_PERCENT, PLAIN },
    { LANG_MARK("The network answered (ASR)"), "asr", LANG_PERCENT, PLAIN },
    { LANG_MARK("Network delivered (NER)"), NULL, LANG_PERCENT, "ner_low", "ner_high" },
    { LANG_MARK("Undetermined"), "undetermined", LANG_PERCENT, PLAIN },
    { LANG_MARK("Minutes"), "minutes", LANG_NUMBER, PLAIN },
    { LANG_MARK("Average call (ACD)"), "acd", LANG_DURATION, PLAIN },
    { LANG_MARK("Start to answer"), "pgad", LANG_DURATION, PLAIN },
    { LANG_MARK("Short calls"), "sdr", LANG_PERCENT, PLAIN },
};

static const struct table_column destination_columns[] = {
    { LANG_MARK("Operator of the range"), "operator", LANG_NAME, PLAIN },
    { LANG_MARK("Country"), "country", LANG_NAME, PLAIN },
    { LANG_MARK("Attempts that left"), "seizures", LANG_NUMBER, PLAIN },
    { LANG_MARK("A person answered"), "person", LANG_PERCENT, PLAIN },
    { LANG_MARK("The network answered (ASR)"), "asr", LANG_PERCENT, PLAIN },
    { LANG_MARK("Minutes"), "minutes", LANG_NUMBER, PLAIN },
};

static const struct table_column queue_columns[] = {
    { LANG_MARK("Queue"), "queue", LANG_NAME, PLAIN },
    { LANG_MARK("Inbound calls"), "inbound", LANG_NUMBER, PLAIN },
    { LANG_MARK("A person answered"), "person", LANG_PERCENT, "person_ci_low",
      "person_ci_high" },
    { LANG_MARK("Abandoned"), "abandon", LANG_PERCENT, PLAIN },
    { LANG_MARK("Service level"), "service_level", LANG_PERCENT, PLAIN },
    { LANG_MARK("Mean wait"), "mean_wait", LANG_DURATION, PLAIN },
    { LANG_MARK("Handling time"), "aht", LANG_DURATION, PLAIN },
};

static const struct table_column missed_columns[] = {
    { LANG_MARK("Queue"), "key", LANG_NAME, PLAIN },
    { LANG_MARK("Missed"), "missed", LANG_NUMBER, PLAIN },
    { LANG_MARK("Called back"), "called_back", LANG_NUMBER, PLAIN },
    { LANG_MARK("Called again"), "called_again", LANG_NUMBER, PLAIN },
    { LANG_MARK("Still open"), "open", LANG_NUMBER, PLAIN },
    { LANG_MARK("Returned"), "returned_share", LANG_PERCENT, PLAIN },
    { LANG_MARK("Median time"), "median_seconds", LANG_DURATION, PLAIN },
};

static const struct table_column caller_columns[] = {
    { LANG_MARK("Queue"), "key", LANG_NAME, PLAIN },
    { LANG_MARK("Callers"), "callers", LANG_NUMBER, PLAIN },
    { LANG_MARK("Called more than once"), "repeat_callers", LANG_NUMBER, PLAIN },
    { LANG_MARK("Repeat calls"), "repeat_share", LANG_PERCENT, PLAIN },
};

static const struct table_column agent_columns[] = {
    { LANG_MARK("Agent"), "agent", LANG_NAME, PLAIN },
    { LANG_MARK("Offered"), "offered", LANG_NUMBER, PLAIN },
    { LANG_MARK("Answered"), "answered", LANG_NUMBER, PLAIN },
    { LANG_MARK("Missed"), "missed", LANG_NUMBER, PLAIN },
    { LANG_MARK("Placed"), "placed", LANG_NUMBER, PLAIN },
    { LANG_MARK("Talk"), "talk_seconds", LANG_DURATION, PLAIN },
    { LANG_MARK("Hold"), "hold_seconds", LANG_DURATION, PLAIN },
    { LANG_MARK("Handling time"), "aht", LANG_DURATION, PLAIN },
    { LANG_MARK("First call"), "first_at", LANG_CLOCK, PLAIN },
    { LANG_MARK("Last call"), "last_at", LANG_CLOCK, PLAIN },
};

static const struct table_column contact_columns[] = {
    { LANG_MARK("Attempt"), "attempt", LANG_NAME, PLAIN },
    { LANG_MARK("Numbers tried"), "numbers", LANG_NUMBER, PLAIN },
    { LANG_MARK("Reached a person"), "reached", LANG_NUMBER, PLAIN },
    { LANG_MARK("Share"), "reached_share", LANG_PERCENT, "reached_share_ci_low",
      "reached_share_ci_high" },
};

static const struct table_column question_columns[] = {
    { LANG_MARK("Question"), "question", LANG_WORD, PLAIN },
    { LANG_MARK("Cause alone"), "naive_share", LANG_PERCENT, PLAIN },
    { LANG_MARK("All evidence"), NULL, LANG_PERCENT, "low_share", "high_share" },
    { LANG_MARK("Only the evidence says yes"), "gained", LANG_NUMBER, PLAIN },
    { LANG_MARK("Only the cause says yes"), "lost", LANG_NUMBER, PLAIN },
};

static const struct table_column changed_columns[] = {
    { LANG_MARK("Cause alone"), "naive", LANG_NAME, PLAIN },
    { LANG_MARK("All evidence"), "recomputed", LANG_NAME, PLAIN },
    { LANG_MARK("One of"), "candidates", LANG_NAME, PLAIN },
    { LANG_MARK("Attempts"), "n", LANG_NUMBER, PLAIN },
};

#define TABLE(name) name##_columns, COUNTOF(name##_columns)

void page_carriers(struct html *html, const struct page_rows *part)
{
    if (part[REPORT_CARRIERS].count == 0)
        return;
    html_section(
        html, LANG_MARK("Carriers side by side"),
        LANG_MARK("Where the ranges of two carriers overlap, the difference may be "
                  "chance. The range of NER is wide where a carrier's signals leave "
                  "open what happened."));
    table_write(html, LANG_MARK("Carriers side by side"), &part[REPORT_CARRIERS],
                TABLE(carrier));
    html_section_end(html);
}

void page_inbound(struct html *html, const struct page_rows *part)
{
    if (part[REPORT_QUEUES].count + part[REPORT_MISSED].count == 0)
        return;
    html_section(html, LANG_MARK("Inbound by queue"), NULL);
    if (part[REPORT_QUEUES].count > 0)
        table_write(html, LANG_MARK("Inbound by queue"), &part[REPORT_QUEUES],
                    TABLE(queue));
    table_headed(html, "", LANG_MARK("Missed calls, and whether they were returned"),
                 &part[REPORT_MISSED], TABLE(missed));
    table_headed(html, "more", LANG_MARK("Callers, and who had to call again"),
                 &part[REPORT_CALLERS], TABLE(caller));
    html_section_end(html);
}

/* The last two columns, the first and the last call, say something of one day. */
void page_agents(struct html *html, const struct page_rows *part)
{
    size_t count = COUNTOF(agent_columns) - (page_is_day(part) ? 0 : 2);

    if (part[REPORT_AGENTS].count == 0)
        return;
    html_section(html, LANG_MARK("Agents"), NULL);
    table_write(html, LANG_MARK("Agents"), &part[REPORT_AGENTS], agent_columns, count);
    html_section_end(html);
}

void page_where(struct html *html, const struct page_rows *part)
{
    if (part[REPORT_CONTACT].count + part[REPORT_DESTINATIONS].count == 0)
        return;
    html_raw(html, "<div class=\"more\">\n");
    html_section(
        html, LANG_MARK("Where to, and at which attempt"),
        LANG_MARK("The operator is who was given the range of numbers; a subscriber "
                  "may have taken his number to another one."));
    table_headed(html, "", LANG_MARK("Destinations"), &part[REPORT_DESTINATIONS],
                 TABLE(destination));
    table_headed(html, "", LANG_MARK("Attempts until a person was reached"),
                 &part[REPORT_CONTACT], TABLE(contact));
    html_section_end(html);
    html_raw(html, "</div>\n");
}

void page_changed(struct html *html, const struct page_rows *part)
{
    if (part[REPORT_QUESTIONS].count == 0)
        return;
    html_section(
        html, LANG_MARK("What the recomputation changed"),
        LANG_MARK("Carriers give one outcome different codes, and different outcomes "
                  "one code. A reader of the hang-up cause alone takes every answer "
                  "for a person."));
    table_write(html, LANG_MARK("What the recomputation changed"),
                &part[REPORT_QUESTIONS], TABLE(question));
    table_headed(html, "more", LANG_MARK("Unanswered attempts that are something else"),
                 &part[REPORT_CHANGED], TABLE(changed));
    html_section_end(html);
}

/* The matrix of outcomes by carrier. */

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
