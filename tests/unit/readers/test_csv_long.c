/* readers/csv: rows too long to hold, and CSV as we write it, read again. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "output/csv.h"
#include "support/export.h"

enum { MEBIBYTE = 1 << 20 };

static const char *read_buf(struct buf *text)
{
    const struct reader_options options = { .parse_options = { .day = NO_DAY } };
    const char *path = export_file(text->s, text->len);

    buf_free(text);
    return export_read(path, &options);
}

static void add_many(struct buf *text, char c, size_t count)
{
    memset(buf_room(text, count), c, count);
    text->len += count;
}

/* A row of LEN bytes in its last cell, between two small ones. */
static const char *with_long_row(size_t len, bool quoted)
{
    struct buf text = { 0 };

    buf_add_text(&text, "id;created_at;cause\n1;2;3\n4;5;");
    if (quoted)
        buf_add_text(&text, "\"x\n");
    memset(buf_room(&text, len), 'a', len);
    text.len += len;
    buf_add_text(&text, quoted ? "\"\n7;8;9\n" : "\n7;8;9\n");

    const char *path = export_file(text.s, text.len);
    const struct reader_options options = { .parse_options = { .day = NO_DAY } };

    buf_free(&text);
    return export_read(path, &options);
}

Test(csv_long, a_row_over_a_mebibyte_is_passed_over)
{
    const char *got = with_long_row((1 << 20) + 1, false);

    cr_expect_str_eq(got, "rec 2 20 uuid=1 started_at=2 hangup_cause=3\n"
                          "reject too_long 3 26\n"
                          "rec 4 1048608 uuid=7 started_at=8 hangup_cause=9\n"
                          "end history UTF-8 lines=4 headers=1 blank=0\n");
    got = with_long_row(5 << 20, true);
    cr_expect_not_null(strstr(got, "reject too_long 3 26\nrec 5 "), "%.300s", got);
    cr_expect_not_null(strstr(got, "end history UTF-8 lines=none\n"));
}

Test(csv_long, a_row_just_under_a_mebibyte_is_read)
{
    const char *got = with_long_row((1 << 20) - 100, false);

    cr_expect_eq(export_count(got, "rec "), 3);
    got = with_long_row((1 << 20) - 100, true);
    cr_expect_eq(export_count(got, "rec "), 3);
}

Test(csv_long, an_unclosed_quote_over_a_mebibyte)
{
    struct buf text = { 0 };
    const struct reader_options options = { .parse_options = { .day = NO_DAY } };

    buf_add_text(&text, "id;created_at;cause\n1;2;\"3\n");
    for (int i = 0; i < 300000; i++)
        buf_add_text(&text, "4;5;6\n");

    const char *got = export_read(export_file(text.s, text.len), &options);

    cr_expect_not_null(strstr(got, "the quote that opens in line 2 is never closed"));
    buf_free(&text);
}

/* The limit is on the record; its line end is not of it. */
Test(csv_long, a_row_of_a_mebibyte_with_either_line_end_and_none)
{
    static const char *const ends[] = { "\n", "\r\n", "" };

    for (size_t i = 0; i < 2 * COUNTOF(ends); i++) {
        struct buf text = { 0 };
        size_t over = i % 2;

        buf_add_text(&text, "id;created_at;cause\n4;5;");
        add_many(&text, 'a', MEBIBYTE - 4 + over);
        buf_add_text(&text, ends[i / 2]);

        const char *got = read_buf(&text);

        cr_expect_eq(export_count(got, "rec 2 20 "), 1 - over, "%zu: %.100s", i, got);
        cr_expect_eq(export_count(got, "reject too_long 2 20\n"), over, "%zu", i);
        cr_expect_not_null(strstr(got, "end history UTF-8 lines=2 headers=1 blank=0"));
    }
}

Test(csv_long, a_row_of_several_lines_and_a_mebibyte)
{
    for (size_t over = 0; over < 2; over++) {
        struct buf text = { 0 };

        buf_add_text(&text, "id;created_at;cause\n4;5;\"b\n");
        add_many(&text, 'a', MEBIBYTE - 8 + over);
        buf_add_text(&text, "\"\r\n7;8;9\n");

        const char *got = read_buf(&text);

        cr_expect_eq(export_count(got, "rec "), 2 - over, "%zu", over);
        cr_expect_eq(export_count(got, "reject too_long 2 20\n"), over, "%zu", over);
        cr_expect_not_null(strstr(got, "hangup_cause=9\nend history UTF-8 lines=none"));
    }
}

/* A row that is passed over goes by the rules of quoting that are for all rows. */
static void passes(const char *begins, const char *ends, const char *wanted)
{
    struct buf text = { 0 };

    buf_add_text(&text, "id;created_at;cause\n4;5;");
    buf_add_text(&text, begins);
    add_many(&text, 'a', MEBIBYTE);
    buf_add_text(&text, ends);
    buf_add_text(&text, "7;8;9\n1;2;x\"y\n");

    const char *got = read_buf(&text);

    cr_expect_not_null(strstr(got, wanted), "no \"%s\" in:\n%.300s", wanted, got);
}

Test(csv_long, quotes_of_a_row_that_is_passed_over)
{
    static const char lost_none[] = "hangup_cause=9\nrec 4 ";
    static const char counted[] =
        "hangup_cause=x\"y\nend history UTF-8 lines=4 headers=1 blank=0\n";

    passes("b\"c", "\n", lost_none);
    passes("b\"c", "\n", counted);
    passes("", "\"\n", counted);
    passes("\"b\"\"", "\"\n", counted);
    passes("\"b;", ";\"\r\n", counted);
    passes("\"b\n\"\"\n;", "\";c\n", "reject too_long 2 20\nrec 5 ");
    passes("\"", "\"b\n", "failed 3 line 2: text stands beside a quote");
    passes("\"b\n", "\"b\n", "failed 3 line 3: text stands beside a quote");
    passes("\"", "\n", "failed 3 line 4: text stands beside a quote");
    passes("\"", "\"\"\n", "failed 3 line 4: text stands beside a quote");
}

Test(csv_long, a_blank_line_is_one_line)
{
    struct buf text = { 0 };

    buf_add_text(&text, "id;created_at;cause\n1;2;3\n");
    add_many(&text, ' ', 3 * MEBIBYTE);
    buf_add_text(&text, "\n4;5\n");
    cr_expect_str_eq(read_buf(&text), "rec 2 20 uuid=1 started_at=2 hangup_cause=3\n"
                                      "reject bad_shape 4 3145755\n"
                                      "end history UTF-8 lines=4 headers=1 blank=1\n");
    buf_add_text(&text, "id;created_at;cause\n");
    add_many(&text, ' ', 3 * MEBIBYTE);
    buf_add_text(&text, ";\n4;5;6\n");
    cr_expect_str_eq(read_buf(&text), "reject too_long 2 20\n"
                                      "rec 3 3145750 uuid=4 started_at=5 hangup_cause=6\n"
                                      "end history UTF-8 lines=3 headers=1 blank=0\n");
    buf_add_text(&text, "id;created_at;cause\n1;2;3\n");
    add_many(&text, ' ', 3 * MEBIBYTE);
    cr_expect_str_eq(read_buf(&text), "rec 2 20 uuid=1 started_at=2 hangup_cause=3\n"
                                      "end history UTF-8 lines=3 headers=1 blank=1\n");
}

/* More cells than are kept, and quotes among them: counted, and written nowhere. */
Test(csv_long, a_row_of_too_many_cells)
{
    static const size_t counts[] = { 65530, 65536, 65537, 70000 };

    for (size_t i = 0; i < COUNTOF(counts); i++) {
        struct buf text = { 0 };

        buf_add_text(&text, "id;created_at;cause\n1;2;3\n");
        add_many(&text, ';', counts[i]);
        buf_add_text(&text, "\"a\"\"b\";\"c\"");
        add_many(&text, ';', counts[i]);
        buf_add_text(&text, "\"d\"\n4;5;6\n");

        const char *got = read_buf(&text);

        cr_expect_not_null(strstr(got, "\nreject bad_shape 3 26\nrec 4 "), "%s", got);
        cr_expect_not_null(strstr(got, "lines=4 headers=1 blank=0\n"), "%s", got);
    }
}

Test(csv_written, a_cell_that_would_be_computed_gets_an_apostrophe)
{
    static const struct {
        const char *text, *cell;
    } cases[] = {
        { "plain", "plain" },
        { "=1+1", "'=1+1" },
        { "+380671234567", "'+380671234567" },
        { "-1+1", "'-1+1" },
        { "@SUM(A1)", "'@SUM(A1)" },
        { "\t=1", "'\t=1" },
        { "\r=1", "\"'\r=1\"" },
        { "\n=1", "\"'\n=1\"" },
        { "=a,\"b\"", "\"'=a,\"\"b\"\"\"" },
        { "'=1", "''=1" },
        { "''-", "'''-" },
        { "'tis", "'tis" },
        { "-5", "-5" },
        { "-0.25", "-0.25" },
        { "-", "-" },
        { "a=1", "a=1" },
        { "", "" },
    };

    for (size_t i = 0; i < COUNTOF(cases); i++) {
        struct buf out = { 0 };

        buf_add_csv(&out, slice_of(cases[i].text));
        cr_expect_str_eq(buf_cstr(&out), cases[i].cell, "%s", cases[i].text);
        buf_free(&out);
    }
}

Test(csv_written, a_row_of_an_export_keeps_its_bytes_but_where_a_cell_would_be_computed)
{
    static const struct {
        char delimiter;
        const char *row, *written;
    } cases[] = {
        { ';', "a;b;c", "a;b;c" },
        { ';', "=a;+b;c", "'=a;'+b;c" },
        { ',', "a;=b,-5,-,", "a;=b,-5,-," },
        { ';', "\"=a;\"\"b\";\"+1\"", "\"'=a;\"\"b\";\"'+1\"" },
        { ';', "\"-5\";\"-\"", "\"-5\";\"-\"" },
        { ';', "\"two\nlines\";@x", "\"two\nlines\";'@x" },
        { ';', "two\n=lines;x", "two\n'=lines;x" },
        { ';', "'=a;\"unclosed;=b", "'=a;\"unclosed;=b" },
        { '\t', "=a\t=b", "'=a\t'=b" },
        { ';', ";;", ";;" },
        { ';', "", "" },
    };

    for (size_t i = 0; i < COUNTOF(cases); i++) {
        struct buf out = { 0 };

        buf_add_csv_row(&out, slice_of(cases[i].row), cases[i].delimiter);
        cr_expect_str_eq(buf_cstr(&out), cases[i].written, "%s", cases[i].row);
        buf_free(&out);
    }
    cr_expect_eq(csv_delimiter_of(slice_of("a;b,c;d")), ';');
    cr_expect_eq(csv_delimiter_of(slice_of("a\tb")), '\t');
    cr_expect_eq(csv_delimiter_of(slice_of("alone")), ';');
}
