/*
 * look.c - what deserves a look: incidents and other signals, newest first.
 *
 * Columns of the rows: kind, at and until (local, YYYY-MM-DD HH:MM), carrier, word, n,
 * total, value, other; what each kind fills stands with its sentence.
 */
#include "base/base.h"
#include "report/page_impl.h"

enum { LOOK_SHOWN = 10 };

/* Kinds of signals: the colour of the edge, the sentence, and how many there are. */
static const struct look_kind {
    const char *kind, *class, *sentence, *one, *many;
    bool is_day; /* of a day, not of an hour */
} kinds[] = {
    { "incident", "bad",
      LANG_MARK("*{carrier}*: {n} of {total} attempts failed in the network, {value}; "
                "otherwise {other}"),
      LANG_MARK_N("{n} network incident", "{n} network incidents"), false },
    { "missing_hour", "gap",
      LANG_MARK("*No calls*; weeks around have about {other} an hour"),
      LANG_MARK_N("{n} gap", "{n} gaps"), false },
    { "thin_day", "gap", LANG_MARK("*Thin day*: {n} calls, usually {other}"),
      LANG_MARK_N("{n} thin day", "{n} thin days"), true },
    { "thick_day", "gap",
      LANG_MARK("*Thick day*: {n} calls, usually {other}; was something loaded twice?"),
      LANG_MARK_N("{n} thick day", "{n} thick days"), true },
    { "ambiguity", "open",
      LANG_MARK("*{carrier}*: {value} of unanswered attempts stay undetermined, {other} "
                "before"),
      LANG_MARK_N("{n} rise of undetermined outcomes",
                  "{n} rises of undetermined outcomes"),
      true },
    { "new_pair", "pair",
      LANG_MARK(
          "*{carrier}* sends something new: {word}, {n} so far; is a rule missing?"),
      LANG_MARK_N("{n} new combination of codes", "{n} new combinations of codes"),
      false },
};

static size_t kind_of_look(const struct page_rows *look, size_t row)
{
    size_t kind = 0;

    while (kind < COUNTOF(kinds) &&
           strcmp(kinds[kind].kind, rows_text(look, row, "kind")) != 0)
        kind++;
    return kind;
}

static void look_add_time(struct html *html, const struct page_rows *look, size_t row,
                          bool is_day)
{
    html_value(html, is_day ? LANG_DAY_SHORT : LANG_HOUR, rows_text(look, row, "at"));
    if (rows_has(look, row, "until")) {
        html_raw(html, "–");
        html_value(html, LANG_CLOCK, rows_text(look, row, "until"));
    }
}

static void add_signal(struct html *html, const struct page_rows *look, size_t row)
{
    size_t kind = kind_of_look(look, row);

    if (kind == COUNTOF(kinds))
        return;
    html_rawf(html, "<li class=\"m %s\">", kinds[kind].class);
    look_add_time(html, look, row, kinds[kind].is_day);
    html_raw(html, ": ");
    SAY(html, kinds[kind].sentence,
        { "carrier", LANG_NAME, rows_text(look, row, "carrier") },
        { "word", LANG_NAME, rows_text(look, row, "word") },
        { "n", LANG_NUMBER, rows_text(look, row, "n") },
        { "total", LANG_NUMBER, rows_text(look, row, "total") },
        { "value", LANG_PERCENT, rows_text(look, row, "value") },
        { "other",
          strcmp(kinds[kind].kind, "incident") == 0 || kinds[kind].class[0] == 'o'
              ? LANG_PERCENT
              : LANG_NUMBER,
          rows_text(look, row, "other") });
    html_raw(html, "</li>\n");
}

/* "4 gaps, 2 thin days": the rows from FIRST on, by kind. */
static void add_kinds(struct html *html, const struct page_rows *look, size_t first)
{
    const char *before = " ";

    for (size_t kind = 0; kind < COUNTOF(kinds); kind++) {
        size_t count = 0;
        char number[24];

        for (size_t row = first; row < look->count; row++)
            count += kind_of_look(look, row) == kind;
        if (count == 0)
            continue;
        snprintf(number, sizeof number, "%zu", count);
        html_raw(html, before);
        SAY_N(html, kinds[kind].one, kinds[kind].many, count,
              { "n", LANG_NUMBER, number });
        before = ", ";
    }
}

/* What does not fit stands behind a line that says how much and what it is. */
static void add_rest(struct html *html, const struct page_rows *look)
{
    char number[24];

    snprintf(number, sizeof number, "%zu", look->count - LOOK_SHOWN);
    html_raw(html, "<details><summary>");
    SAY(html, "and {n} more:", { "n", LANG_NUMBER, number });
    add_kinds(html, look, LOOK_SHOWN);
    html_raw(html, "</summary>\n<ul class=\"look\">\n");
    for (size_t row = LOOK_SHOWN; row < look->count; row++)
        add_signal(html, look, row);
    html_raw(html, "</ul>\n</details>\n");
}

void page_look(struct html *html, const struct page_rows *look)
{
    if (look->count == 0)
        return;
    html_section(html, LANG_MARK("Worth a look"), NULL);
    html_raw(html, "<ul class=\"look\">\n");
    for (size_t row = 0; row < look->count && row < LOOK_SHOWN; row++)
        add_signal(html, look, row);
    html_raw(html, "</ul>\n");
    if (look->count > LOOK_SHOWN)
        add_rest(html, look);
    html_section_end(html);
}
