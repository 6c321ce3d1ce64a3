/* readers/json: what stands where records are due and holds none is told, not passed
 * over. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "readers/format.h"
#include "support/export.h"

#define ITEM(id)                                                                         \
    "{\"id\":\"" id "\",\"created_at\":1717483428123,\"cause\":\"USER_BUSY\"}"
#define DOC(id)                                                                          \
    "{\"uuid\":\"" id "\",\"created_time\":1604472228120,\"hangup_cause\":\"X\"}"
#define CDR(id)                                                                          \
    "{\"variables\":{\"uuid\":\"" id                                                     \
    "\",\"start_epoch\":\"1604472228\",\"hangup_cause\":\"X\",\"sip_call_id\":\"1\"}}"

/*
 * TEXT is read to its end, and comes to these RECORDS; what begins with ODD, if anything,
 * is set aside.
 */
static void comes_to(const char *text, size_t records, const char *odd)
{
    const char *got = export_told(text);
    const char *at = odd != NULL ? strstr(text, odd) : text;
    size_t line = strchr(text, '\n') != NULL;
    char reject[64];

    for (const char *s = text; line > 0 && s < at; s++)
        line += *s == '\n';
    (void)snprintf(reject, sizeof reject, "reject bad_shape %zu %zu\n", line,
                   (size_t)(at - text));
    cr_expect_eq(export_count(got, "rec "), records, "of:\n%s\ngot:\n%s", text, got);
    cr_expect_eq(export_count(got, "reject "), odd != NULL, "of:\n%s\ngot:\n%s", text,
                 got);
    cr_expect(odd == NULL || strstr(got, reject) != NULL, "no %s in:\n%s\ngot:\n%s",
              reject, text, got);
    cr_expect_not_null(strstr(got, "end "), "of:\n%s\ngot:\n%s", text, got);
}

Test(json_odd, a_hit_without_its_document)
{
    comes_to("{\"hits\":{\"hits\":[{\"_source\":" DOC("a") "},{\"_id\":\"b\"}]}}", 1,
             "{\"_id\"");
    comes_to("{\"hits\":{\"hits\":[{\"_source\":" DOC("a") "},{\"_source\":null}]}}", 1,
             "{\"_source\":null");
    comes_to("[{\"_source\":" DOC("a") "},{\"fields\":{\"uuid\":[\"b\"]}}]", 1,
             "{\"fields\"");
    comes_to("{\"hits\":{\"hits\":[{\"_source\":" DOC("a") "},17]}}", 1, "17]");
}

Test(json_odd, a_leg_beside_pairs)
{
    comes_to("[{\"leg_a\":" CDR("a") ",\"legs_b\":[" CDR("b") "]},\n" CDR("c") "]", 2,
             CDR("c"));
}

Test(json_odd, what_follows_a_page)
{
    comes_to("{\"hits\":{\n\"hits\":[{\"_source\":" DOC("a") "}]}}\n[\n{\"x\":1}]\n", 1,
             "[\n{\"x\"");
    comes_to(
        "{\"next\":true,\n\"items\":[" ITEM("a") "]}\n{\"id\":\"auth\",\n\"code\":401}\n",
        1, "{\"id\":\"auth\"");
}

/* engine's proto3 leaves out what is empty. */
Test(json_odd, an_empty_page_is_nothing)
{
    comes_to(
        "{\"next\":true,\n\"items\":[" ITEM("a") "]}{\"next\":false}{}{\"items\":[]}", 1,
        NULL);
    comes_to("{\"items\":[" ITEM("a") "]}\n{\"next\":false}\n{\"items\":[]}\n", 1, NULL);
    comes_to("[{\"leg_a\":" CDR("a") ",\"legs_b\":[]},{\"leg_a\":null,\"legs_b\":[]}]", 1,
             NULL);
    comes_to("{\"hits\":{\"hits\":[{\"_source\":" DOC(
                 "a") "}]}}\n"
                      "{\"_scroll_id\":\"x\",\"hits\":{\"hits\":[]}}\n",
             1, NULL);
}

/* Found late, and still told from its beginning; over a mebibyte, at least counted. */
Test(json_odd, a_long_one)
{
    const struct reader_options options = { .parse_options = { .day = NO_DAY } };
    static const size_t sizes[] = { 1000, 20000, 200000 };

    for (size_t i = 0; i < COUNTOF(sizes); i++) {
        struct buf text = { 0 };

        buf_add_text(&text, "[{\"_source\":" DOC("a") "},{\"n\":[0");
        for (size_t n = 0; n < sizes[i]; n++)
            buf_add_text(&text, ",\"word\"");
        buf_add_text(&text, "]},{\"_source\":" DOC("c") "}]");

        const char *got = export_read(export_file(text.s, text.len), &options);
        bool is_long = text.len > RECORD_MAX;

        cr_expect_eq(export_count(got, "rec "), 2, "%s", got);
        cr_expect_not_null(
            strstr(got, is_long ? "reject too_long 0 " : "reject bad_shape 0 74\n"), "%s",
            got);
        buf_free(&text);
    }
}

Test(json_odd, a_line_torn_inside_its_wrapper_is_a_line)
{
    const char *text =
        "{\"_source\":" DOC("a") "}\n{\"_id\":\"b\"\n{\"_source\":" DOC("c") "}\n";

    comes_to(text, 2, "{\"_id\"");
    cr_expect_not_null(strstr(export_told(text), " lines=3 headers=0 blank=0\n"));
}

/* §1.4: decode %XX if start_stamp contains %3A, and only then. */
Test(json_odd, start_stamp_itself_says_whether_it_is_encoded)
{
    static const char head[] = "{\"variables\":{\"uuid\":\"a\",\"start_epoch\":"
                               "\"1604472228\",\"hangup_cause\":\"X\","
                               "\"api_hangup_hook\":\"%24start_stamp%7D\"";
    struct buf text = { 0 };

    buf_addf(&text, "%s,\"start_stamp\" : \"2020-11-04%%2008%%3A43\"}}", head);
    cr_expect_not_null(strstr(export_told(buf_cstr(&text)), "\"$start_stamp}\""));
    buf_reset(&text);
    buf_addf(&text, "%s,\"start_stamp\":\"2020-11-04 08:43\",\"x\":\"%%3A\"}}", head);
    cr_expect_not_null(strstr(export_told(buf_cstr(&text)), "\"%24start_stamp%7D\""));
    buf_free(&text);
}
