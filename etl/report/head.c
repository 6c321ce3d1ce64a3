/*
 * head.c - the period, whether people were reached, and the tiles.
 */
#include "base/base.h"
#include "report/page_impl.h"

/* A figure of REPORT_COMPARED, or NULL. */
static const char *figure(const struct page_rows *part, const char *measure,
                          const char *column)
{
    const struct page_rows *compared = &part[REPORT_COMPARED];
    size_t row = rows_find(compared, "measure", measure);

    return row < compared->count ? rows_text(compared, row, column) : NULL;
}

static bool is_verdict(const char *verdict, const char *word)
{
    return verdict != NULL && strcmp(verdict, word) == 0;
}

/* "...than before": only what intervals bear out. */
static void add_against(struct html *html, const struct page_rows *part)
{
    const char *verdict = figure(part, "person_low", "against_before");
    const char *before = figure(part, "person_low", "before");

    html_raw(html, " ");
    if (is_verdict(verdict, "up"))
        SAY(html, "The period before had {before}: this is more than chance.",
            { "before", LANG_PERCENT, before });
    else if (is_verdict(verdict, "down"))
        SAY(html, "The period before had {before}: this is less, and not by chance.",
            { "before", LANG_PERCENT, before });
    else if (before != NULL)
        SAY(html, "The period before had {before}: the difference may be chance.",
            { "before", LANG_PERCENT, before });
}

static void add_reasons(struct html *html, const struct page_rows *reasons)
{
    if (reasons->count == 0)
        return;
    html_raw(html, "<p class=\"summary\">");
    html_word(html, "Why not:");
    for (size_t row = 0; row < reasons->count; row++) {
        html_raw(html, row == 0 ? " " : ", ");
        SAY(html, "{reason} {share}",
            { "reason", LANG_NAME, rows_text(reasons, row, "label") },
            { "share", LANG_PERCENT, rows_text(reasons, row, "share") });
    }
    html_raw(html, ".</p>\n");
}

static void add_outbound_summary(struct html *html, const struct page_rows *part)
{
    if (figure(part, "asr", "value") == NULL)
        return;
    html_raw(html, "<p class=\"summary\">");
    SAY(html,
        "*{person}* of {n} attempts reached a person. Machines took {machine}, "
        "so the network counts {asr} as answered.",
        { "person", LANG_PERCENT, figure(part, "person_low", "value") },
        { "n", LANG_NUMBER, figure(part, "asr", "n") },
        { "machine", LANG_PERCENT, figure(part, "machine_low", "value") },
        { "asr", LANG_PERCENT, figure(part, "asr", "value") });
    add_against(html, part);
    html_raw(html, "</p>\n");
    add_reasons(html, &part[REPORT_REASONS]);
}

static void add_inbound_summary(struct html *html, const struct page_rows *part)
{
    const char *inbound = figure(part, "inbound", "value");

    if (inbound == NULL || strtod(inbound, NULL) == 0)
        return;
    html_raw(html, "<p class=\"summary\">");
    SAY(html, "People took *{person}* of {n} inbound calls; {abandon} were abandoned.",
        { "person", LANG_PERCENT, figure(part, "inbound_person", "value") },
        { "n", LANG_NUMBER, inbound },
        { "abandon", LANG_PERCENT, figure(part, "inbound_abandon", "value") });
    html_raw(html, "</p>\n");
}

static void add_link(struct html *html, const char *to, const char *word)
{
    if (to == NULL)
        return;
    html_raw(html, "<a href=\"");
    html_text(html, to);
    html_raw(html, "\">");
    html_word(html, word);
    html_raw(html, "</a>\n");
}

static void add_links(struct html *html, const struct page_links *links)
{
    if (links == NULL)
        return;
    html_raw(html, "<nav aria-label=\"");
    html_word(html, "Pages");
    html_raw(html, "\">");
    add_link(html, links->before, LANG_MARK("← before"));
    add_link(html, links->index, LANG_MARK("All periods"));
    add_link(html, links->behind, LANG_MARK("after →"));
    html_raw(html, "</nav>\n");
}

static void add_against_tile(struct html *html, const char *verdict, const char *value,
                             enum lang_kind kind, const char *const sentence[4])
{
    int which = is_verdict(verdict, "up")              ? 1
                : is_verdict(verdict, "down")          ? 2
                : is_verdict(verdict, "may be chance") ? 3
                                                       : 0;

    if (value == NULL)
        return;
    html_raw(html, "<div class=\"s\">");
    SAY(html, sentence[which], { "value", kind, value });
    html_raw(html, "</div>");
}

struct tile {
    const char *measure, *head;
    enum lang_kind kind;
};

static void add_tile(struct html *html, const struct page_rows *part,
                     const struct tile *tile)
{
    static const char *const before[] = { LANG_MARK("before: {value}"),
                                          LANG_MARK("before: {value} – now more"),
                                          LANG_MARK("before: {value} – now less"),
                                          LANG_MARK("before: {value} – may be chance") };
    static const char *const habit[] = { LANG_MARK("usual: {value}"),
                                         LANG_MARK("usual: {value} – now more"),
                                         LANG_MARK("usual: {value} – now less"),
                                         LANG_MARK("usual: {value} – may be chance") };

    html_raw(html, "<div class=\"card\"><div class=\"k\">");
    html_word(html, tile->head);
    html_raw(html, "</div><div class=\"v\">");
    html_value(html, tile->kind, figure(part, tile->measure, "value"));
    html_raw(html, "</div>");
    add_against_tile(html, figure(part, tile->measure, "against_before"),
                     figure(part, tile->measure, "before"), tile->kind, before);
    add_against_tile(html, figure(part, tile->measure, "against_habit"),
                     figure(part, tile->measure, "habit"), tile->kind, habit);
    html_raw(html, "</div>\n");
}

static void add_tiles(struct html *html, const struct page_rows *part,
                      const char *heading, const struct tile *tiles, size_t count)
{
    html_raw(html, "<div><h2 class=\"group\">");
    html_word(html, heading);
    html_rawf(html, "</h2>\n<div class=\"cards\" style=\"--n:%zu\">\n", count);
    for (size_t i = 0; i < count; i++)
        add_tile(html, part, &tiles[i]);
    html_raw(html, "</div></div>\n");
}

static void add_all_tiles(struct html *html, const struct page_rows *part)
{
    static const struct tile outbound[] = {
        { "attempts", LANG_MARK("Attempts"), LANG_NUMBER },
        { "person_low", LANG_MARK("A person answered"), LANG_PERCENT },
        { "machine_low", LANG_MARK("A machine answered"), LANG_PERCENT },
        { "asr", LANG_MARK("The network answered (ASR)"), LANG_PERCENT },
        { "ner_low", LANG_MARK("Network delivered (NER), at least"), LANG_PERCENT },
        { "minutes", LANG_MARK("Minutes"), LANG_NUMBER },
    };
    static const struct tile inbound[] = {
        { "inbound", LANG_MARK("Inbound calls"), LANG_NUMBER },
        { "inbound_person", LANG_MARK("A person answered"), LANG_PERCENT },
        { "inbound_abandon", LANG_MARK("Abandoned"), LANG_PERCENT },
        { "service_level", LANG_MARK("Service level"), LANG_PERCENT },
    };
    const char *calls = figure(part, "inbound", "value");

    html_raw(html, "<div class=\"tiles\">\n");
    if (figure(part, "asr", "value") != NULL)
        add_tiles(html, part, LANG_MARK("Outbound: attempts to reach somebody"), outbound,
                  COUNTOF(outbound));
    if (calls != NULL && strtod(calls, NULL) > 0)
        add_tiles(html, part, LANG_MARK("Inbound: calls to us"), inbound,
                  COUNTOF(inbound));
    html_raw(html, "</div>\n");
}

void page_head(struct html *html, const struct page_rows *part,
               const struct page_links *links)
{
    const struct page_rows *period = &part[REPORT_PERIOD];

    html_raw(html, "<header>\n");
    add_links(html, links);
    html_raw(html, "<p class=\"kicker\">");
    html_word(html, "Call report");
    html_raw(html, "</p>\n<h1>");
    html_value(html, LANG_DAY, rows_text(period, 0, "first_day"));
    if (strcmp(rows_text(period, 0, "first_day"), rows_text(period, 0, "last_day")) !=
        0) {
        html_raw(html, " – ");
        html_value(html, LANG_DAY, rows_text(period, 0, "last_day"));
    }
    html_raw(html, "</h1>\n");
    add_outbound_summary(html, part);
    add_inbound_summary(html, part);
    html_raw(html, "</header>\n");
    add_all_tiles(html, part);
}
