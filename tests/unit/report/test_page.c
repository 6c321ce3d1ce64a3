/*
 * test_page.c - text from outside stays text, no value is no nought, and charts have
 * a mark a row.
 */
#include <criterion/criterion.h>

#include "base/base.h"
#include "report/chart.h"
#include "report/html.h"
#include "report/page.h"
#include "report/table.h"

static size_t count_of(struct buf *out, const char *what)
{
    size_t count = 0;

    for (const char *at = buf_cstr(out); (at = strstr(at, what)) != NULL; at++)
        count++;
    return count;
}

static void expect_text(struct buf *out, const char *expected)
{
    cr_expect_str_eq(buf_cstr(out), expected);
    buf_reset(out);
}

Test(html, escapes)
{
    struct buf out = { 0 };
    struct html html = { &out, LANG_EN };

    html_text(&html, "<b a=\"1\">R&D</b>\n");
    expect_text(&out, "&lt;b a=&quot;1&quot;&gt;R&amp;D&lt;/b&gt; ");
    html_text(&html, "Київстар");
    expect_text(&out, "Київстар");
    html_text(&html, NULL);
    expect_text(&out, "–");
    buf_free(&out);
}

Test(html, sentences)
{
    struct buf out = { 0 };
    struct html html = { &out, LANG_EN };

    SAY(&html, "*{name}*: {n} & {gone} {other}", { "name", LANG_NAME, "<*{n}*>" },
        { "n", LANG_NUMBER, "1234" }, { "gone", LANG_PERCENT, NULL });
    expect_text(&out, "<strong>&lt;*{n}*&gt;</strong>: 1,234 &amp; – {other}");
    SAY_N(&html, "{n} gap", "{n} gaps", 1, { "n", LANG_NUMBER, "1" });
    expect_text(&out, "1 gap");
    buf_free(&out);
}

Test(rows, values)
{
    const char *names[] = { "name", "n" }, *cells[] = { "a", "1.5", "a", NULL };
    struct page_rows rows = { 2, 2, names, cells };

    cr_expect_eq(rows_number(&rows, 0, "n"), 1.5);
    cr_expect_eq(rows_number(&rows, 1, "n"), 0);
    cr_expect_not(rows_has(&rows, 1, "n"));
    cr_expect(rows_same(&rows, 0, 1, "name"));
    cr_expect_not(rows_same(&rows, 0, 1, "n"));
    cr_expect(rows_same(&rows, 1, 1, "n"));
    cr_expect_eq(rows_greatest(&rows, "n"), 1.5);
    cr_expect_eq(rows_find(&rows, "n", "1.5"), 0);
    cr_expect_eq(rows_find(&rows, "n", "2"), 2);
}

static const struct chart_axis axis = { "bars", LANG_DAY_SHORT };
static const struct chart_part parts[] = { { "person", "a person answered" },
                                           { "network", "the network failed" },
                                           { NULL, NULL } };

Test(chart, marks)
{
    const char *stack_names[] = { "at", "part", "n" };
    const char *stack[] = { "2026-06-01", "person",     "10",     "2026-06-01", "network",
                            "5",          "2026-06-02", "person", "0" };
    const char *dot_names[] = { "at", "value", "low", "high", "tick", "n" };
    const char *dots[] = { "2026-06-01", "50", "40", "60", "30", "9",
                           "2026-06-02", NULL, NULL, NULL, NULL, "0" };
    const char *week_names[] = { "weekday", "hour", "n", "value", "low", "high" };
    const char *week[] = { "1", "0",  "99", "9.1", "4", "20",
                           "7", "22", "1",  "0",   "0", "79" };
    struct buf out = { 0 };
    struct html html = { &out, LANG_EN };

    chart_stack(&html, &(struct page_rows){ 3, 3, stack_names, stack }, &axis, parts);
    cr_expect_eq(count_of(&out, "class=\"m "), 3);
    cr_expect_eq(count_of(&out, "<title>Mon 1 Jun: 10 – a person answered</title>"), 1);
    cr_expect_eq(count_of(&out, "role=\"img\" aria-label=\"bars\""), 1);
    buf_reset(&out);
    chart_dots(&html, &(struct page_rows){ 2, 6, dot_names, dots }, &axis);
    cr_expect_eq(count_of(&out, "class=\"m\""), 2);
    cr_expect_eq(count_of(&out, "class=\"dot\""), 1, "no value, no dot");
    buf_reset(&out);
    chart_week(&html, &(struct page_rows){ 2, 6, week_names, week }, "week");
    cr_expect_eq(count_of(&out, "class=\"m\""), 2);
    cr_expect_eq(count_of(&out, "class=\"thin\""), 1, "too few to colour");
    cr_expect_eq(count_of(&out, "x=\"92.25%\""), 2, "an hour stands below its cells");
    buf_free(&out);
}

Test(chart, of_nothing)
{
    const char *names[] = { "at", "part", "n", "value", "low", "high", "tick" };
    struct page_rows rows = { 0, COUNTOF(names), names, NULL };
    struct buf out = { 0 };
    struct html html = { &out, LANG_EN };

    chart_stack(&html, &rows, &axis, parts);
    chart_dots(&html, &rows, &axis);
    chart_week(&html, &rows, "week");
    cr_expect_eq(count_of(&out, "nan"), 0);
    cr_expect_eq(count_of(&out, "inf"), 0);
    buf_free(&out);
}

Test(table, cells)
{
    static const struct table_column columns[] = {
        { "Carrier", "carrier", LANG_NAME, NULL, NULL },
        { "ASR", "asr", LANG_PERCENT, "low", "high" },
        { "NER", NULL, LANG_PERCENT, "low", "high" },
    };
    const char *names[] = { "carrier", "asr", "low", "high" };
    const char *cells[] = { "<Vega>", "5", "4", "6", NULL, NULL, NULL, NULL };
    struct page_rows rows = { 2, 4, names, cells };
    struct buf out = { 0 };
    struct html html = { &out, LANG_EN };

    table_write(&html, "Carriers", &rows, columns, COUNTOF(columns));
    cr_expect_eq(count_of(&out, "<th scope=\"col\""), 3);
    cr_expect_eq(count_of(&out, "<th scope=\"row\">&lt;Vega&gt;</th>"), 1);
    cr_expect_eq(count_of(&out, "4.0–6.0%"), 1, "a band");
    cr_expect_eq(count_of(&out, "<td>–</td>"), 2, "no value, no range");
    buf_reset(&out);
    table_headed(&html, "more", "Carriers", &(struct page_rows){ 0, 4, names, NULL },
                 columns, COUNTOF(columns));
    expect_text(&out, "");
    buf_free(&out);
}

Test(report, of_nothing)
{
    struct page_rows part[REPORT_PARTS] = { 0 }, none = { 0 };
    struct buf out = { 0 };

    report_write(&out, LANG_EN, part, NULL);
    cr_expect_eq(count_of(&out, "No calls are known"), 1);
    cr_expect_eq(count_of(&out, "</html>"), 1);
    buf_reset(&out);
    site_index_write(&out, LANG_UK, &none);
    cr_expect_eq(count_of(&out, "<html lang=\"uk\">"), 1);
    cr_expect_eq(count_of(&out, "Дзвінків ще немає"), 1);
    buf_free(&out);
}
