/* readers/csv: rows and what is wrong with them. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "readers/csv/csv_cells.h"
#include "readers/csv/csv_header.h"
#include "readers/profile/names.h"
#include "support/export.h"

#define HEADER "id;created_at;direction;from;to;destination;duration;cause\n"
#define ID     "11111111-2222-4333-8444-555555555555"

static void told(const char *text, const char *wanted)
{
    const char *got = export_told(text);

    cr_expect_str_eq(got, wanted, "of:\n%s\ngot:\n%s", text, got);
}

/* Everything but the rows themselves. */
static void ends(const char *text, const char *wanted)
{
    const char *got = export_told(text), *end = strstr(got, "end ");

    cr_assert_not_null(end, "%s", got);
    cr_expect_str_eq(end, wanted, "of:\n%s\ngot:\n%s", text, got);
}

static void says(const char *text, const char *word)
{
    const char *got = export_told(text);

    cr_expect_not_null(strstr(got, word), "no \"%s\" in:\n%s", word, got);
}

Test(csv, a_row_is_a_record)
{
    told(HEADER ID ";04.06.2026, 8:43:48;outbound;1000;;0636159079;20;CALL_REJECTED\n",
         "rec 2 59 uuid=" ID " direction=outbound started_at=04.06.2026, 8:43:48 "
         "caller=1000 destination=0636159079 duration=20 hangup_cause=CALL_REJECTED\n"
         "end history UTF-8 lines=2 headers=1 blank=0\n");
}

Test(csv, captions_in_any_case_and_between_blanks)
{
    told("ID ; Created_At:;CAUSE\n1;2;3\n",
         "rec 2 23 uuid=1 started_at=2 hangup_cause=3\n"
         "end history UTF-8 lines=2 headers=1 blank=0\n");
}

Test(csv, line_ends_of_both_kinds_and_none_at_the_end)
{
    told("id;created_at;cause\r\n1;2;3\r\n4;5;6\n7;8;9",
         "rec 2 21 uuid=1 started_at=2 hangup_cause=3\n"
         "rec 3 28 uuid=4 started_at=5 hangup_cause=6\n"
         "rec 4 34 uuid=7 started_at=8 hangup_cause=9\n"
         "end history UTF-8 lines=4 headers=1 blank=0\n");
}

Test(csv, captions_again_and_blank_lines_are_counted)
{
    ends("id;created_at;cause\n1;2;3\nid;created_at;cause\n\n4;5;6\n  \r\n"
         "\xef\xbb\xbfid;created_at;cause\n",
         "end history UTF-8 lines=7 headers=3 blank=2\n");
}

/* Exports put one behind the other: quotes change nothing, another order everything. */
Test(csv, other_captions_in_the_middle)
{
    ends("id;created_at;cause\n1;2;3\n\"id\";\"created_at\";\"cause\"\n4;5;6\n",
         "end history UTF-8 lines=4 headers=2 blank=0\n");
    says("id;created_at;cause\n1;2;3\nid;cause;created_at\n4;5;6\n",
         "line 3 is a caption line with other columns");
    says("id;created_at;cause\n1;2;3\n\xef\xbb\xbfid;created_at;cause;tags\n4;5;6;\n",
         "line 3 is a caption line with other columns");
    ends("id;created_at;cause\n1;2;3\nID;Created_At; Cause\n4;5;6\n",
         "end history UTF-8 lines=4 headers=2 blank=0\n");
    says("id;created_at;cause\n1;2;3\nID;CAUSE;CREATED_AT\n4;5;6\n",
         "line 3 is a caption line with other columns");
    /* Most of its names are those of another export that the profile knows. */
    says("id;created_at;cause\n1;2;3\nid;direction;queue\n4;5;6\n",
         "line 3 is a caption line with other columns");
    told("id;created_at;cause\n1;;cause\n",
         "rec 2 20 uuid=1 hangup_cause=cause\n"
         "end history UTF-8 lines=2 headers=1 blank=0\n");
}

Test(csv, blank_lines_before_the_captions)
{
    told("\n\nid;created_at;cause\n1;2;3\n",
         "rec 4 22 uuid=1 started_at=2 hangup_cause=3\n"
         "end history UTF-8 lines=4 headers=1 blank=2\n");
}

/* Excel's own first line; it counts with the captions. */
Test(csv, a_line_that_names_the_delimiter)
{
    told("sep=;\r\nid;created_at;cause\r\n1;2;3\r\n",
         "rec 3 28 uuid=1 started_at=2 hangup_cause=3\n"
         "end history UTF-8 lines=3 headers=2 blank=0\n");
    told("\"SEP=^\"\n\nid^created_at^cause\n1^2^3\n",
         "rec 4 29 uuid=1 started_at=2 hangup_cause=3\n"
         "end history UTF-8 lines=4 headers=2 blank=1\n");
    told("\xef\xbb\xbfsep=\t\nid\tcreated_at\tcause\n1\t2\t3",
         "rec 3 29 uuid=1 started_at=2 hangup_cause=3\n"
         "end history UTF-8 lines=3 headers=2 blank=0\n");
    /* It is believed, even where the captions say otherwise; and only once. */
    says("sep=,\nid;created_at;cause\n", "failed 3 its first line is no caption line");
    says("sep=;\nsep=;\nid;created_at;cause\n", "failed 3 its first line is no caption");
    says("sep=;\n", "failed 3 its first line is no caption line");
}

Test(csv, of_two_columns_of_one_name_the_first_counts)
{
    told("id;created_at;created_at;cause\n1;2;3;4\n",
         "rec 2 31 uuid=1 started_at=2 hangup_cause=4\n"
         "end history UTF-8 lines=2 headers=1 blank=0\n");
}

Test(csv, the_preferred_name_wins_and_a_null_gives_way)
{
    told("id;created_at;to;destination;cause\n1;2;3;4;5\n6;7;8;;9\n",
         "rec 2 35 uuid=1 started_at=2 destination=4 hangup_cause=5\n"
         "rec 3 45 uuid=6 started_at=7 destination=8 hangup_cause=9\n"
         "end history UTF-8 lines=3 headers=1 blank=0\n");
}

Test(csv, unknown_columns_go_to_extra_and_ignored_ones_nowhere)
{
    told("files;id;created_at;cause;variables.client_id;mine\nx;1;2;3;A-77;\"q\"\"\"\n",
         "rec 2 51 uuid=1 started_at=2 hangup_cause=3 "
         "extra={\"variables.client_id\":\"A-77\",\"mine\":\"q\\\"\"}\n"
         "end history UTF-8 lines=2 headers=1 blank=0\n");
}

Test(csv, too_few_or_too_many_cells)
{
    told("id;created_at;cause\n1;2\n1;2;3;\n1;2;3;4\n1;2;3; \n1\n",
         "reject bad_shape 2 20\n"
         "rec 3 24 uuid=1 started_at=2 hangup_cause=3\n"
         "reject bad_shape 4 31\n"
         "rec 5 39 uuid=1 started_at=2 hangup_cause=3\n"
         "reject bad_shape 6 47\n"
         "end history UTF-8 lines=6 headers=1 blank=0\n");
}

Test(csv, a_delimiter_behind_the_captions)
{
    told("id;created_at;cause;\n1;2;3;\n4;5;6\n",
         "rec 2 21 uuid=1 started_at=2 hangup_cause=3\n"
         "rec 3 28 uuid=4 started_at=5 hangup_cause=6\n"
         "end history UTF-8 lines=3 headers=1 blank=0\n");
}

Test(csv, quoted_cells)
{
    told("id,created_at,cause\n1,\"a, b\",\"c\"\"d\"\n\"\",\"x\",\"\"\n",
         "rec 2 20 uuid=1 started_at=a, b hangup_cause=c\"d\n"
         "rec 3 36 started_at=x\n"
         "end history UTF-8 lines=3 headers=1 blank=0\n");
}

Test(csv, a_quote_inside_bare_text_is_text)
{
    told("id\tcreated_at\tcause\n1\t2\tTOV \"Mak\"\n",
         "rec 2 20 uuid=1 started_at=2 hangup_cause=TOV \"Mak\"\n"
         "end history UTF-8 lines=2 headers=1 blank=0\n");
}

Test(csv, cells_of_several_lines)
{
    told("id;created_at;cause;agent_description\n"
         "1;2;3;\"a\n\nb\"\n"
         "4;5;6;\"c\r\nd\"\"e\"\n",
         "rec 2 38 uuid=1 started_at=2 hangup_cause=3 "
         "extra={\"agent_description\":\"a\\u000a\\u000ab\"}\n"
         "rec 5 51 uuid=4 started_at=5 hangup_cause=6 "
         "extra={\"agent_description\":\"c\\u000d\\u000ad\\\"e\"}\n"
         "end history UTF-8 lines=none\n");
}

Test(csv, json_in_a_cell)
{
    told("id;created_at;cause;from;to;gateway\n"
         "1;2;3;\"{\"\"type\"\":\"\"dest\"\",\"\"number\"\":\"\"0636159079\"\"}\";;"
         "\"{\"\"id\"\":3,\"\"name\"\":\"\"Ve\\u0067a\"\"}\"\n"
         "1;2;3;{\"name\":\"Olha\",\"number\":\"1000\"};[\"a\",\"b\"];{\"x\":1}\n"
         "1;2;3;{a,b};[];{}\n",
         "rec 2 36 uuid=1 started_at=2 caller=0636159079 gateway=Vega hangup_cause=3\n"
         "rec 3 127 uuid=1 started_at=2 caller=1000 destination=a gateway={\"x\":1} "
         "hangup_cause=3\n"
         "rec 4 183 uuid=1 started_at=2 caller={a,b} destination=[] gateway={} "
         "hangup_cause=3\n"
         "end history UTF-8 lines=4 headers=1 blank=0\n");
}

Test(csv, bytes_that_are_no_text)
{
    static const char text[] = "id;created_at;cause\n\xd0\x9e;2;\xff\n4;\0;6\n7;8;9\n";
    const struct reader_options options = { .parse_options = { .day = NO_DAY } };
    const char *got = export_read(export_file(text, sizeof text - 1), &options);

    cr_expect_str_eq(got, "reject bad_encoding 2 20\n"
                          "reject bad_encoding 3 27\n"
                          "rec 4 33 uuid=7 started_at=8 hangup_cause=9\n"
                          "end history UTF-8 lines=4 headers=1 blank=0\n");
}

Test(csv, shape_before_encoding)
{
    says("id;created_at;cause\n\xd0\x9e;2\n\xff;2\n", "reject bad_shape 3");
}

Test(csv, an_unclosed_quote_refuses_the_file_and_says_where)
{
    says("id;created_at;cause\n1;2;3\n4;5;\"6\n7;8;9\n",
         "failed 3 the quote that opens in line 3 is never closed");
    says("id;created_at;cause\n1;2;\"3",
         "failed 3 the quote that opens in line 2 is never closed");
    says("id;created_at;cause\n1;2;\"3\n4;5;\"6\"\n",
         "failed 3 line 3: text stands beside");
    says("id;created_at;cause\n1;\"2\"x;3\n", "failed 3 line 2: text stands beside");
}

Test(csv, where_there_is_no_quoting)
{
    told("created_time;hangup_cause;billsec;uuid;queue.name\n"
         "04.11.2020, 09:36:03;\"x;0;1;sales@example.com;\n"
         "-;NONE;-;2;-;\n",
         "rec 2 50 uuid=1 started_at=04.11.2020, 09:36:03 queue=sales bill_seconds=0 "
         "hangup_cause=\"x\n"
         "rec 3 97 uuid=2 hangup_cause=NONE\n"
         "end kibana-discover UTF-8 lines=3 headers=1 blank=0\n");
}

Test(csv, captions_and_no_row)
{
    told("id;created_at;cause\n", "end history UTF-8 lines=1 headers=1 blank=0\n"
                                  "warn there is no record in it\n");
    told("id;created_at;cause", "end history UTF-8 lines=1 headers=1 blank=0\n"
                                "warn there is no record in it\n");
}

/* Every row that is split by hand must have the cells that libcsv finds. */
static void same_cells(const char *line)
{
    struct cells by_hand, by_lib;
    struct buf with_end = { 0 };

    buf_addf(&with_end, "%s\n", line);
    cells_init(&by_hand, ',', true);
    cells_init(&by_lib, ',', true);
    if (cells_split(&by_hand, slice_of(line))) {
        cr_assert_eq(cells_line(&by_lib, buf_slice(&with_end), true, false), CELLS_ROW,
                     "%s", line);
        cr_assert_eq(by_hand.count, by_lib.count, "%s: %zu and %zu cells", line,
                     by_hand.count, by_lib.count);
        for (size_t i = 0; i < by_hand.count; i++)
            cr_expect(slice_equal(by_hand.cell[i], by_lib.cell[i]), "%s: cell %zu", line,
                      i);
    }
    cells_free(&by_hand);
    cells_free(&by_lib);
    buf_free(&with_end);
}

Test(csv, splitting_by_hand_agrees_with_libcsv)
{
    static const char *const part[] = {
        "",           "a",        "bc d",
        "\"q\"",      "\"\"",     "\"a,b\"",
        "\"a\"\"b\"", "\"\"\"\"", "longer than eight bytes"
    };
    struct buf line = { 0 };

    for (size_t n = 0; n < 9 * 9 * 9 * 9; n++) {
        buf_reset(&line);
        for (size_t i = 0, rest = n; i < 4; i++, rest /= 9)
            buf_addf(&line, "%s%s", i > 0 ? "," : "", part[rest % 9]);
        if (line.len > 0)
            same_cells(buf_cstr(&line));
    }
    buf_free(&line);
}

/* Two doubled quotes in a cell, at all places of twenty, and a cell behind or none. */
Test(csv, doubled_quotes_at_any_place)
{
    static const char *const behind[] = { "", ",", ",b", ",\"c\"" };
    struct buf line = { 0 };

    for (size_t n = 0; n < 20 * 20 * COUNTOF(behind); n++) {
        size_t one = n % 20, two = n / 20 % 20;

        buf_reset(&line);
        buf_add_char(&line, '"');
        for (size_t i = 0; i < 20; i++)
            buf_addf(&line, "%c%s", (char)('a' + i), i == one || i == two ? "\"\"" : "");
        buf_addf(&line, "\"%s", behind[n / 400]);
        same_cells(buf_cstr(&line));
    }
    buf_free(&line);
}

Test(csv, doubtful_rows_are_left_to_libcsv)
{
    static const char *const lines[] = {
        "\"open",          "a,\"open",    "\"a\"b,c",       "\"a\" ,b",
        "\"a\"\"open\"\"", "\"a\"\"b\"c", "\"0123456\"\"7",
    };
    struct cells cells;

    cells_init(&cells, ',', true);
    for (size_t i = 0; i < COUNTOF(lines); i++)
        cr_expect_not(cells_split(&cells, slice_of(lines[i])), "%s", lines[i]);
    cells_free(&cells);
}

static void folds(const char *caption, const char *wanted)
{
    struct buf out = { 0 };

    caption_fold(&out, slice_of(caption));
    cr_expect_str_eq(buf_cstr(&out), wanted, "%s: %s", caption, buf_cstr(&out));
    buf_free(&out);
}

Test(caption, folding)
{
    folds("  Call start\ttime : ", "call start time");
    folds("Час З\xe2\x80\x99ЄДНАННЯ", "час з'єднання");
    folds("Час з`єднання", "час з'єднання");
    folds("ҚОСЫЛУ Уақыты", "қосылу уақыты");
    folds("DIRECCIÓN", "dirección");
    folds("UŻYTKOWNIK ŁĄCZNIE", "użytkownik łącznie");
    folds("ȘI ȚARĂ", "și țară");
    folds("HƯỚNG", "hướng");
    folds("Ї", "ї");
    folds("\xd1\x96\xcc\x88", "ї"); /* i and two dots, as macOS writes it */
    folds("", "");
    folds(" : ", "");
}
