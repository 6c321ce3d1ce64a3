/* readers/json: which line a record stands on, and which files are read line by line. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "readers/format.h"
#include "support/export.h"

#define A "{\"id\":\"a\",\"created_at\":1717483428123,\"cause\":\"USER_BUSY\"}"
#define B "{\"id\":\"b\",\"created_at\":1717483428124,\"cause\":\"NO_ANSWER\"}"

static const char *read_back(const struct buf *text)
{
    const struct reader_options options = { .parse_options = { .day = NO_DAY } };

    return export_read(export_file(text->s, text->len), &options);
}

/* Of a document whose second record holds COUNT line ends: where the third begins. */
static void third_stands(size_t count)
{
    struct buf text = { 0 }, wanted = { 0 };

    buf_add_text(&text, "[" A ",\n{\"n\":[1");
    for (size_t i = 0; i < count; i++)
        buf_add_text(&text, ",\n1");
    buf_add_text(&text, "]},\n" B "]");

    const char *got = read_back(&text);

    buf_addf(&wanted, "reject too_long 2 60\nrec %zu %zu uuid=b", count + 3,
             text.len - strlen(B "]"));
    cr_expect_not_null(strstr(got, buf_cstr(&wanted)), "no %s in:\n%.400s", wanted.s,
                       got);
    buf_free(&text);
    buf_free(&wanted);
}

Test(json_lines, are_counted_through_a_record_over_a_mebibyte)
{
    third_stands(350000);
    third_stands(600000);
    third_stands(1000001);
}

/* How many records and rejects TEXT comes to, and whether it was read to its end. */
static void comes_to(const char *text, size_t records, size_t rejects, bool is_read)
{
    const char *got = export_told(text);

    cr_expect_eq(export_count(got, "rec "), records, "%s\n%s", text, got);
    cr_expect_eq(export_count(got, "reject bad_shape "), rejects, "%s\n%s", text, got);
    cr_expect_eq(strstr(got, "failed 3 ") == NULL, is_read, "%s\n%s", text, got);
}

static void says(const char *text, const char *word)
{
    const char *got = export_told(text);

    cr_expect_not_null(strstr(got, word), "no \"%s\" in:\n%s", word, got);
}

Test(json_lines, a_broken_one_is_set_aside_wherever_it_stands)
{
    comes_to("\n \r\n" A "\n{broken\n" B "\n", 2, 1, true);
    comes_to(A "\nGateway timeout\n" B, 2, 1, true);
    comes_to(A "\n\nnull\n" B "\n", 2, 1, true);
    comes_to(A "\n],\n[\n" B "\n", 2, 2, true);
    comes_to("{broken\n{\"id\":\n\n{\"id\":\"x\n" A "\n" B "\n", 2, 3, true);
    comes_to("{\"id\":\n" A "\n" B "\n{", 2, 2, true);
    comes_to("{broken\n" A "\n", 1, 1, true);
    comes_to(A " x\n" A "\n" B "\n", 3, 1, true);
}

Test(json_lines, a_document_of_many_lines_is_none_of_them)
{
    comes_to("{\n\"items\":[\n" A ",\n" B "\n]\n}\n", 2, 0, true);
    comes_to("{\"items\":[\n" A "\n]}\n", 1, 0, true);
    comes_to("{\"items\":[\n" A "\n,\n" B "\n]}\n", 2, 0, true);
    comes_to("{\n\"id\":\"c\",\n\"created_at\":1,\n\"cause\":\"X\"\n}\n" A "\n" B "\n", 3,
             0, true);
    comes_to("[" A "\n,\n" B "\n]\n[" A "]", 3, 0, true);
    comes_to("{\"items\":[" A "]}\n{\"items\":[" B "]}\n", 2, 0, true);
}

Test(json_lines, a_document_that_breaks_is_refused_whatever_its_lines)
{
    comes_to("{\"items\":[\n" A ",\n" B, 2, 0, false);
    comes_to("{\"items\":[\n" A, 1, 0, false);
    comes_to("{\"items\":[\n" A ",\n" A "\n" B "\n]}", 2, 0, false);
    comes_to("{\"items\":[" A "]}\nConnection closed\n", 1, 0, false);
    comes_to("[" A ",\n" B ",\n", 2, 0, false);
}

/* Lines with a first record of LEN bytes, and a broken one. */
static void behind_a_long_one(size_t len)
{
    struct buf text = { 0 };

    buf_add_text(&text, "{\"id\":\"c\",\"created_at\":1,\"cause\":\"X\",\"x\":\"");
    for (size_t i = 0; i < len; i++)
        buf_add_char(&text, 'x');
    buf_add_text(&text, "\"}\n{broken\n" A "\n" B "\n");

    const char *got = read_back(&text);

    cr_expect_eq(export_count(got, "rec "), len > RECORD_MAX ? 2 : 3, "%zu", len);
    cr_expect_not_null(strstr(got, "reject bad_shape 2 "), "%zu", len);
    cr_expect_not_null(strstr(got, " lines=4 "), "%zu", len);
    buf_free(&text);
}

Test(json_lines, a_broken_one_behind_a_long_record_is_set_aside)
{
    behind_a_long_one(16 << 10);
    behind_a_long_one(70 << 10);
    behind_a_long_one(RECORD_MAX - 100);
    behind_a_long_one(RECORD_MAX + 1);
}

/* A page without calls is an answer; one whose items say something else is none. */
Test(json_lines, a_page_may_be_empty)
{
    static const char *const empty[] = {
        "{\"took\":3,\"hits\":{\"total\":0,\"max_score\":null,\"hits\":[]}}",
        "{\"hits\":{\"hits\":[]}}",
        "{\"hits\":{\"hits\":[ ],\"total\":{\"value\":0,\"relation\":\"eq\"}}}\n",
        "{\"hits\":{\n\"hits\":[\n]}}",
        "{\"hits\":{\"hits\":[]}}\n{\"hits\":{\"hits\":[]}}\n",
        "[]",
        "{\"items\":[]}",
        "{\"leg_a\":null,\"legs_b\":[]}",
    };
    static const char *const other[] = {
        "{\"hits\":{\"hits\":[{\"_id\":\"a\"}]}}",
        "{\"hits\":{\"hits\":[7]}}",
        "{\"hits\":{\"hits\":[null]}}",
        "{\"hits\":{\"hits\":{}}}",
        ("{\"hits\":{\"total\":9,\"hits\":[]},"
         "\"aggregations\":{\"2\":{\"buckets\":[{\"key\":\"BUSY\",\"doc_count\":9}]}}}"),
        "{\"tags\":[]}",
    };

    for (size_t i = 0; i < COUNTOF(empty); i++)
        cr_expect_not_null(strstr(export_told(empty[i]), "warn there is no record in it"),
                           "%s: %s", empty[i], export_told(empty[i]));
    for (size_t i = 0; i < COUNTOF(other); i++)
        cr_expect_not_null(
            strstr(export_told(other[i]), "failed 3 this is JSON, but no "), "%s: %s",
            other[i], export_told(other[i]));
    says("{\"hits\":{\"total\":0,\"hits\":[]}", "failed 3 the JSON ends too soon");
    comes_to(
        "{\"hits\":{\"hits\":[]}}\n{\"hits\":{\"hits\":[{\"_source\":{\"uuid\":\"a\","
        "\"created_time\":1,\"hangup_cause\":\"X\"}}]}}\n",
        1, 0, true);
}

/* TEXT breaks at its first ^, which does not belong to it, and on line LINE. */
static void breaks_at(const char *text, size_t line, bool is_wide)
{
    struct buf plain = { 0 }, wanted = { 0 };
    size_t place = strcspn(text, "^");

    if (is_wide)
        buf_add(&plain, "\xff\xfe", 2);
    for (size_t i = 0; text[i] != '\0'; i++)
        if (i != place) {
            buf_add_char(&plain, text[i]);
            if (is_wide)
                buf_add_char(&plain, '\0');
        }
    buf_addf(&wanted, "failed 3 the JSON breaks near byte %zu",
             is_wide ? 2 + 2 * place : place);
    if (line > 0)
        buf_addf(&wanted, ", line %zu", line);

    const char *got = read_back(&plain), *at = strstr(got, buf_cstr(&wanted));

    cr_expect(at != NULL && strchr(" :", at[wanted.len]) != NULL, "no \"%s\" in:\n%s\n%s",
              wanted.s, got, text);
    buf_free(&plain);
    buf_free(&wanted);
}

Test(json_lines, the_place_of_a_fault_is_named_to_the_byte)
{
    static const struct {
        const char *text;
        size_t line;
    } cases[] = {
        { "[" A ",{\"a\" ^\"b\"}]", 0 },
        { "[" A ",{\"a\":1 ^\"b\":2}]", 0 },
        { "[" A ",{\"a\":\"x\\\"\" ^\"bcd\\\"e\":2}]", 0 },
        { "[" A ",{\"a\":[1 ^23]}]", 0 },
        { "[" A ",{\"a\":0^07}]", 0 },
        { "[" A ",{\"a\":^]}]", 0 },
        { "[" A ",{\"a\":^'b'}]", 0 },
        { "[" A ",{\"a\":\"\\^q\"}]", 0 },
        { "[" A ",\n{\"a\":1,\n\n \"b\":^}}]", 4 },
        { "[" A "\n^" B ",]", 2 },
        { "[\n" A ",\n" A "\n ^\"next\", 1]", 4 },
        { "{\"items\":[" A "],\n \"x\":1\n ^\"y\":2}", 3 },
        { "[" A "]\n\n ^42", 3 },
        { "[" A "]\n\n ^\"some text\"\n", 3 },
        { "[" A "]\n ^]", 2 },
        { "\n\n[" A ",\n ^;]", 4 },
    };

    for (size_t i = 0; i < COUNTOF(cases); i++) {
        breaks_at(cases[i].text, cases[i].line, false);
        breaks_at(cases[i].text, cases[i].line, true);
    }
}

/* Nor where records lie deeper, and the text is no record's. */
Test(json_lines, one_over_a_mebibyte_is_set_aside)
{
    static const char good[] = "{\"_source\":{\"uuid\":\"a\",\"created_time\":1,"
                               "\"hangup_cause\":\"X\"}}\n";
    static const struct {
        const char *open, *filler, *close, *wanted;
    } cases[] = {
        { "{\"x\":\"", "x", "\"}\n", "reject too_long 2 61\nrec 3 " },
        { " {\"x\":\"", "x", "\n", "reject too_long 2 62\nrec 3 " },
        { "{\"x\":[", "1,", "1]}\n", "reject too_long 2 61\nrec 3 " },
        { "", " ", "\n", "rec 3 " },
    };

    for (size_t i = 0; i < COUNTOF(cases); i++)
        for (size_t len = RECORD_MAX - 32; len < RECORD_MAX * 4; len = len * 2 + 64) {
            struct buf text = { 0 };

            buf_addf(&text, "%s%s", good, cases[i].open);
            for (size_t at = 0; at < len; at += strlen(cases[i].filler))
                buf_add_text(&text, cases[i].filler);
            buf_addf(&text, "%s%s", cases[i].close, good);

            const char *got = read_back(&text);

            if (len < RECORD_MAX && i < 3)
                cr_expect_not_null(strstr(got, "reject bad_shape 2 6"), "%zu", i);
            else
                cr_expect_not_null(strstr(got, cases[i].wanted), "%zu: %s", i, got);
            cr_expect_not_null(strstr(got, "\nend elastic"), "%zu: %s", i, got);
            buf_free(&text);
        }
}
