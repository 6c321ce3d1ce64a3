/* readers/sniff: what stands in front of the captions, and the caption line itself. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "support/export.h"

static void is(const char *text, const char *end)
{
    const char *got = export_told(text);

    cr_expect_not_null(strstr(got, end), "no \"%s\" of:\n%.300s\ngot:\n%.300s", end, text,
                       got);
}

/* The end of a line of which nothing is known, and of one that is known well. */
Test(sniff_head, lines_that_end_in_cr_alone)
{
    static const char said[] = "failed 3 its lines end in CR alone";
    static const char wide[] = "\xff\xfei\0d\0;\0c\0r\0e\0a\0t\0e\0d\0_\0a\0t\0;\0"
                               "c\0a\0u\0s\0e\0;\0t\0o\0\r\0001\0;\0002";
    const struct reader_options options = { .parse_options = { .day = NO_DAY } };
    struct buf text = { 0 };

    cr_expect_not_null(
        strstr(export_read(export_file(wide, sizeof wide), &options), said));
    is("name;price\r1;2\r", said);
    is("id;created_at;cause;from;to\r1;2;3;4;5\r6;7;8;9;0\r", said);
    is("\n\r\n\rid;created_at;cause;from;to\r1;2;3;4;5\r", said);
    is("\"id\";\"created_at\";\"cause\";\"from\"\r\"1\";\"2\";\"3\";\"4\"\r", said);
    is("id;created_at;cause;from;to\r1;2;3;4;5\n6;7;8;9;0\n", said);
    is("created_time;uuid;hangup_cause;billsec\r1;2;3;4;\r", said);
    buf_add_text(&text, "id;created_at;cause;from;to\r");
    while (text.len <= 1 << 20)
        buf_add_text(&text, "1;2;3;4;5\r");
    is(buf_cstr(&text), said);
    buf_free(&text);
    /* One that is in quotes ends no line, and one more in front of a line end is none. */
    is("id;created_at;cause;\"my\rown\"\n1;2;3;4\n", "rec 2 29 uuid=1 ");
    is("id;created_at;cause\r\r\n1;2;3\r\r\n", "rec 2 22 uuid=1 ");
}

Test(sniff_head, quotes_of_the_caption_line)
{
    static const char open[] = "failed 3 a quote that opens in its caption line (line ";

    is("id;created_at;from;\"to;cause;duration\n1;2;3;4;5;6\n", open);
    is("id;created_at;\"from;to;cause\n1;2;3;4;5\n", open);
    is("id;created_at;from;cause;duration;\"to\n1;2;3;4;5;6\n", open);
    is("\nsep=;\n\nid;created_at;\"from;to;cause\n1;2;3;4;5\n", "(line 4) is not closed");
    is("id;created_at;\"from\"x;to;cause\n1;2;3;4;5\n",
       "failed 3 text stands beside a quote in its caption line (line 1)");
    /* Where quotes mean nothing it is a caption like others; and a text is a text. */
    is("created_time;hangup_cause;billsec;uuid;\"mine\n1;2;3;4;5;\n", "rec 2 45 uuid=4 ");
    is("dear all, \"see below\n", "failed 3 its first line is no caption line");
}

/* FRONT, COUNT times C, and TEXT. */
static const char *behind(const char *front, char c, size_t count, const char *text)
{
    static struct buf out;

    buf_reset(&out);
    buf_add_text(&out, front);
    memset(buf_room(&out, count), c, count);
    out.len += count;
    buf_add_text(&out, text);
    return buf_cstr(&out);
}

Test(sniff_head, blanks_in_front_however_many)
{
    static const size_t counts[] = { 1, 4095, 4096, 5000, 70000, 3 << 20 };
    struct buf said = { 0 };

    for (size_t i = 0; i < COUNTOF(counts); i++) {
        size_t n = counts[i];

        buf_reset(&said);
        buf_addf(&said, "rec %zu %zu uuid=1 started_at=2 hangup_cause=3\n", n + 2,
                 n + 20);
        buf_addf(&said, "end history UTF-8 lines=%zu headers=1 blank=%zu", n + 2, n);
        is(behind("", '\n', n, "id;created_at;cause\n1;2;3\n"), buf_cstr(&said));
        is(behind("", ' ', n, "\nid;created_at;cause\n1;2;3\n"),
           "end history UTF-8 lines=3 headers=1 blank=1\n");
        is(behind("", ' ', n, "[{\"id\":\"1\",\"created_at\":2,\"sip_code\":486}]"),
           "uuid=1 started_at=2 sip_code=486\nend ");
        buf_reset(&said);
        buf_addf(&said, "rec %zu %zu uuid=1 ", n + 2, n + 2);
        is(behind("", '\n', n, "[\n{\"id\":\"1\",\"created_at\":2,\"sip_code\":486}]"),
           buf_cstr(&said));
        is(behind("\r\n", '\n', n, " \t\r\n"), "failed 3 the file is empty");
        is(behind("\n", ' ', n, ""), "failed 3 the file is empty");
    }
    buf_free(&said);
    /* Tabs in front of captions are cells. */
    is("\n\tid\tcreated_at\tcause\nx\t1\t2\t3\n", "uuid=1 started_at=2 hangup_cause=3");
}

Test(sniff_head, blank_lines_in_front_of_json_by_lines)
{
    is("\n \n{\"id\":\"1\",\"created_at\":2,\"sip_code\":486}\n{broken\n"
       "{\"id\":\"2\",\"created_at\":3,\"sip_code\":486}\n",
       "rec 3 3 uuid=1 started_at=2 sip_code=486\nreject bad_shape 4 44\n"
       "rec 5 52 uuid=2 started_at=3 sip_code=486\n"
       "end history-rows UTF-8 lines=5 headers=0 blank=2\n");
}

Test(sniff_head, a_table_behind_a_long_style)
{
    is(behind("<html><style>", 'x', 200000, "</style><table><tr><td>1"),
       "failed 3 this is an HTML table");
}

Test(sniff_head, a_caption_line_of_a_mebibyte)
{
    enum { MEBIBYTE = 1 << 20 };

    is(behind("id;created_at;cause;", 'x', MEBIBYTE - 20, "\r\n1;2;3;4\n"),
       "rec 2 1048578 uuid=1");
    is(behind("id;created_at;cause;", 'x', MEBIBYTE - 19, "\n1;2;3;4\n"),
       "failed 3 its caption line is over 1 MiB");
}

Test(sniff_head, a_caption_line_over_a_mebibyte)
{
    struct buf text = { 0 };
    const struct reader_options options = { .parse_options = { .day = NO_DAY } };

    buf_add_text(&text, "id;created_at;cause;");
    while (text.len <= 1 << 20)
        buf_add_text(&text, "a caption that is long;");
    cr_expect_not_null(strstr(export_read(export_file(text.s, text.len), &options),
                              "failed 3 its caption line is over 1 MiB"));
    buf_free(&text);
}

Test(sniff_head, many_columns)
{
    struct buf text = { 0 };

    buf_add_text(&text, "id;created_at;cause");
    for (int i = 0; i < 4000; i++)
        buf_addf(&text, ";column %d", i);
    buf_add_text(&text, "\n1;2;3");
    for (int i = 0; i < 4000; i++)
        buf_add_text(&text, i == 3999 ? ";x" : ";");
    is(buf_cstr(&text), "hangup_cause=3 extra={\"column 3999\":\"x\"}\n");
    is(behind("id;created_at;cause", ';', 65532, "\n"), "warn there is no record in it");
    is(behind("id;created_at;cause", ';', 65533, "\n"),
       "failed 3 its caption line has 65536 columns, and 65535 is the most that is read");
    buf_free(&text);
}
