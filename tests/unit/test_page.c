/*
 * test_page.c - text from outside stays text, no value is no nought, and charts have
 * a mark a row.
 */
#include <criterion/criterion.h>

#include "base/base.h"
#include "report/chart.h"
#include "report/html.h"
#include "report/page.h"

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

    html_text(&out, "<b a=\"1\">R&D</b>\n");
    expect_text(&out, "&lt;b a=&quot;1&quot;&gt;R&amp;D&lt;/b&gt; ");
    html_text(&out, "Київстар");
    expect_text(&out, "Київстар");
    html_text(&out, NULL);
    expect_text(&out, "–");
    buf_free(&out);
}

Test(html, numbers)
{
    struct buf out = { 0 };

    html_count(&out, "0");
    expect_text(&out, "0");
    html_count(&out, "999");
    expect_text(&out, "999");
    html_count(&out, "1234567");
    expect_text(&out, "1\xe2\x80\xaf"
                      "234\xe2\x80\xaf"
                      "567");
    html_count(&out, NULL);
    expect_text(&out, "–");
    html_percent(&out, "37.11");
    expect_text(&out, "37.1\xe2\x80\xaf%");
    html_percent(&out, NULL);
    expect_text(&out, "–");
    html_decimal(&out, "-0.25");
    expect_text(&out, "-0.2");
    buf_free(&out);
}

Test(rows, values)
{
    const char *cells[] = { "a", "1.5", "a", NULL };
    struct page_rows rows = { 2, 2, cells };

    cr_expect_eq(rows_number(&rows, 0, 1), 1.5);
    cr_expect_eq(rows_number(&rows, 1, 1), 0);
    cr_expect_not(rows_has(&rows, 1, 1));
    cr_expect(rows_same(&rows, 0, 1, 0));
    cr_expect_not(rows_same(&rows, 0, 1, 1));
    cr_expect(rows_same(&rows, 1, 1, 1));
    cr_expect_eq(rows_greatest(&rows, 1), 1.5);
}

Test(chart, marks)
{
    const char *stack[] = { "1",       "Mon", "answered", "10",  "1",        "Mon",
                            "network", "5",   "2",        "Tue", "answered", "0" };
    const char *days[] = { "1", "Mon", "50", "40", "60", "30", "9",
                           "2", "Tue", NULL, NULL, NULL, NULL, "0" };
    const char *week[] = { "1", "0",  "99", "9", "9.1", "4", "20",
                           "7", "23", "1",  "0", "0",   "0", "79" };
    struct buf out = { 0 };

    chart_stack(&out, &(struct page_rows){ 3, 4, stack });
    cr_expect_eq(count_of(&out, "class=\"m "), 3);
    buf_reset(&out);
    chart_days(&out, &(struct page_rows){ 2, 7, days });
    cr_expect_eq(count_of(&out, "class=\"m\""), 2);
    cr_expect_eq(count_of(&out, "class=\"dot\""), 1, "no value, no dot");
    buf_reset(&out);
    chart_week(&out, &(struct page_rows){ 2, 7, week });
    cr_expect_eq(count_of(&out, "class=\"m\""), 2);
    cr_expect_eq(count_of(&out, "class=\"thin\""), 1, "too few to colour");
    buf_reset(&out);
    chart_stack(&out, &(struct page_rows){ 0, 4, NULL });
    chart_days(&out, &(struct page_rows){ 0, 7, NULL });
    chart_week(&out, &(struct page_rows){ 0, 7, NULL });
    cr_expect_eq(count_of(&out, "nan"), 0);
    cr_expect_eq(count_of(&out, "inf"), 0);
    buf_free(&out);
}

Test(report, of_nothing)
{
    struct page_rows part[REPORT_PARTS] = { 0 };
    struct buf out = { 0 };

    report_write(&out, part);
    cr_expect_eq(count_of(&out, "No attempts are known"), 1);
    cr_expect_eq(count_of(&out, "</html>"), 1);
    buf_free(&out);
}
