/* base/csv: cells that a spreadsheet would compute, and the text that comes back. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "output/csv.h"

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
