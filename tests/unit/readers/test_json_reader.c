/* readers/json: records out of documents, and what is wrong with them. */
#include <criterion/criterion.h>

#include <jansson.h>

#include "base/base.h"
#include "readers/json/json_scan.h"
#include "support/export.h"

#define A                                                                                \
    "\"id\":\"a\",\"created_at\":\"1717483428123\",\"cause\":\"USER_BUSY\",\"bill_"      \
    "sec\":1"
#define B                                                                                \
    "\"id\":\"b\",\"created_at\":\"1717483428124\",\"cause\":\"NO_ANSWER\",\"bill_"      \
    "sec\":2"
#define REC_A "uuid=a started_at=1717483428123 bill_seconds=1 hangup_cause=USER_BUSY\n"
#define REC_B "uuid=b started_at=1717483428124 bill_seconds=2 hangup_cause=NO_ANSWER\n"
#define REST  "end rest UTF-8 lines=none\n"

/*
 * What came, without offsets: each is held against TEXT, where a record's must be
 * that of its brace and a reject's the first byte of what was set aside.
 */
static void told(const char *text, const char *wanted)
{
    const char *got = export_told(text), *end;
    struct buf plain = { 0 };

    for (const char *s = got; *s != '\0'; s = end + 1) {
        unsigned long line, offset;
        char code[32];
        int used = 0;

        end = strchr(s, '\n');
        if (sscanf(s, "rec %lu %lu%n", &line, &offset, &used) == 2) {
            cr_expect_eq(text[offset], '{', "%.*s", (int)(end - s), s);
            buf_addf(&plain, "rec %lu", line);
        } else if (sscanf(s, "reject %31s %lu %lu%n", code, &line, &offset, &used) == 3) {
            cr_expect_null(strchr(",]} \n", text[offset]), "%.*s", (int)(end - s), s);
            buf_addf(&plain, "reject %s %lu", code, line);
        }
        buf_add(&plain, s + used, (size_t)(end + 1 - s) - (size_t)used);
    }
    cr_expect_str_eq(buf_cstr(&plain), wanted, "of:\n%s\ngot:\n%s", text, got);
    buf_free(&plain);
}

static void says(const char *text, const char *word)
{
    const char *got = export_told(text);

    cr_expect_not_null(strstr(got, word), "no \"%s\" in:\n%s", word, got);
}

Test(json, every_wrapper)
{
    told("[{" A "},{" B "}]", "rec 0 " REC_A "rec 0 " REC_B REST);
    told("{\"next\":true,\"items\":[{" A "}]}", "rec 0 " REC_A REST);
    told("{\"data\":[{" A "}]}", "rec 0 " REC_A REST);
    told("{" A "}", "rec 0 " REC_A REST);
    told("{" A "}{" B "}", "rec 0 " REC_A "rec 0 " REC_B REST);
    told("{\"items\":[{" A "}]} {\"items\":[{" B "}]}",
         "rec 0 " REC_A "rec 0 " REC_B REST);
    says("{\"items\":[]}", "UTF-8 lines=none\n");
}

Test(json, a_document_of_many_lines_numbers_its_records)
{
    told("[\n  {" A "},\n  {" B "}\n]\n", "rec 2 " REC_A "rec 3 " REC_B REST);
}

Test(json, lines)
{
    told("{" A "}\n\n{" B "}\n",
         "rec 1 " REC_A "rec 3 " REC_B "end rest UTF-8 lines=3 headers=0 blank=1\n");
    told("{" A "}\r\n{" B "}",
         "rec 1 " REC_A "rec 2 " REC_B "end rest UTF-8 lines=2 headers=0 blank=0\n");
}

Test(json, a_broken_line_is_set_aside)
{
    told("{" A "}\n{\"id\":\"x\n{" B "}\n42\n\"text\"\n[1,{}]\n{" A "}{" B "}\n{" B "}",
         "rec 1 " REC_A "reject bad_shape 2\nrec 3 " REC_B
         "reject bad_shape 4\nreject bad_shape 5\nreject bad_shape 6\n"
         "rec 7 " REC_A "rec 7 " REC_B "rec 8 " REC_B REST);
    told("{\"id\" \"x\"}\n{" A "}\n{" B "}\n{\"id\":",
         "reject bad_shape 1\nrec 2 " REC_A "rec 3 " REC_B
         "reject bad_shape 4\nend rest UTF-8 lines=4 headers=0 blank=0\n");
}

Test(json, a_line_without_a_record_is_set_aside)
{
    told("{\"_source\":{\"uuid\":\"a\",\"created_time\":1,\"hangup_cause\":\"X\"}}\n"
         "{\"_id\":\"b\"}\n{\"_source\":null}\n{\"_source\":[]}\n",
         "rec 1 uuid=a started_at=1 hangup_cause=X\nreject bad_shape 2\n"
         "reject bad_shape 3\nreject bad_shape 4\n"
         "end elastic UTF-8 lines=4 headers=0 blank=0\n");
}

Test(json, a_document_that_breaks_is_refused)
{
    says("[{" A "},{" B, "failed 3 the JSON ends too soon, after 145 bytes");
    says("[{" A "},", "failed 3 the JSON ends too soon");
    says("[{" A "},{\"id\" 1}]", "failed 3 the JSON breaks near byte 80: ");
    says("[{" A "}]\n] garbage",
         "failed 3 the JSON breaks near byte 75, line 2 (what follows");
    /* YAJL takes them for blanks; RFC 8259 does not. */
    says("[\f{" A "}]", "failed 3 the JSON breaks near byte 1: a vertical tab");
    says("[{\v" A "}]", "failed 3 the JSON breaks near byte 2: a vertical tab");
    says("[{" A "}] 42", "failed 3 the JSON breaks");
    says("{\"items\":[{" A "}]}}", "what follows the document");
}

Test(json, values_that_are_no_objects)
{
    told("[{" A "},42,\"a,b\",null,[1,[2]],true,{" B "},{}]",
         "rec 0 " REC_A "reject bad_shape 0\nreject bad_shape 0\n"
         "reject bad_shape 0\nreject bad_shape 0\nreject bad_shape 0\n"
         "rec 0 " REC_B "rec 0\n" REST);
}

Test(json, legs_of_a_saved_call)
{
    told("{\"leg_a\":{\"variables\":{\"uuid\":\"a\",\"billsec\":\"0\",\"duration\":\"7\"}"
         "},"
         "\"legs_b\":[{\"variables\":{\"uuid\":\"b\"}},null]}"
         "{\"leg_a\":{\"variables\":{\"uuid\":\"c\"}},\"legs_b\":null}",
         "rec 0 uuid=a duration=7 bill_seconds=0\nrec 0 uuid=b\n"
         "reject bad_shape 0\nrec 0 uuid=c\nend freeswitch UTF-8 lines=none\n");
}

Test(json, nested_keys_lists_and_typed_values)
{
    told("{\"_id\":{\"$oid\":\"5f\"},\"variables\":{\"uuid\":\"a\",\"cc_queue\":\"sales@"
         "x.y\","
         "\"webitel_direction\":\"inbound\",\"mine\":\"1\"},\"callflow\":[{\"caller_"
         "profile\":"
         "{\"caller_id_number\":\"1000\"},\"times\":{\"created_time\":{\"$numberLong\":"
         "\"1604471667038000\"},\"hangup_time\":5}},{\"times\":{\"hangup_time\":6}}]}",
         "rec 0 uuid=a direction=inbound started_at=1604471667038000 ended_at=5 "
         "caller=1000 queue=sales extra={\"variables.mine\":\"1\"}\n"
         "end freeswitch UTF-8 lines=none\n");
}

Test(json, elastic_fields_are_lists_with_dotted_names)
{
    told("{\"hits\":{\"hits\":[{\"_id\":\"a\",\"fields\":{\"uuid\":[\"a\"],\"duration\":["
         "7,8],"
         "\"queue.name\":[\"sales\"],\"mine\":[1,\"two\"]}}]}}",
         "rec 0 uuid=a document_id=a queue=sales duration=7 "
         "extra={\"mine[0]\":1,\"mine[1]\":\"two\"}\n"
         "end elastic UTF-8 lines=none\n");
}

Test(json, both_ways_to_write_keys)
{
    told("{\"id\":\"a\",\"createdAt\":\"1\",\"sipCode\":486,\"hangupBy\":\"A\",\"from\":{"
         "\"type\":"
         "\"user\",\"number\":\"1000\"},\"gateway\":{\"id\":\"3\",\"name\":\"Vega\"}}",
         "rec 0 uuid=a started_at=1 caller=1000 gateway=Vega sip_code=486 "
         "hangup_by=A\n" REST);
}

Test(json, url_encoded_variables)
{
    told("{\"variables\":{\"uuid\":\"a\",\"start_stamp\":\"2020-11-04%2008%3A34%3A27\","
         "\"sip_reason\":\"Q.850%3Bcause%3D16\",\"presence_id\":\"1000%40x\"},"
         "\"callflow\":[{\"caller_profile\":{\"caller_id_number\":\"%31\"}}]}",
         "rec 0 uuid=a started_at=2020-11-04 08:34:27 caller=%31 extension=1000 "
         "sip_reason=Q.850;cause=16\nend freeswitch UTF-8 lines=none\n");
    says("{\"variables\":{\"uuid\":\"a\",\"start_stamp\":\"2020-11-04 08:34:27\","
         "\"sip_reason\":\"100%25\",\"billsec\":\"1\"}}",
         "sip_reason=100%25");
    /* Whoever escapes more than he must says the same. */
    says("{\"variables\":{\"uuid\":\"a\",\"start_st\\u0061mp\":\"2020-11-04%"
         "2008\\u00253A34%3"
         "\\u004127\",\"sip_reason\":\"\\\\u0041%3B\",\"billsec\":\"1\"},"
         "\"callflow\":[{\"caller_profile\":{\"caller_id_number\":\"1\"}}]}",
         "started_at=2020-11-04 08:34:27 caller=1 bill_seconds=1 sip_reason=\\u0041;");
    says("{\"variables\":{\"uuid\":\"a\",\"start_stamp\":\"2020-11-04 08:34:27\","
         "\"sip_reason\":\"100\\u002525\",\"billsec\":\"1\"},"
         "\"callflow\":[{\"caller_profile\":{\"caller_id_number\":\"1\"}}]}",
         "sip_reason=100%25");
}

Test(json, a_key_twice)
{
    told("{" A ",\"cause\":\"SECOND\"}", "rec 0 uuid=a started_at=1717483428123 "
                                         "bill_seconds=1 hangup_cause=SECOND\n" REST);
    told("{" A ",\"cause\":null}",
         "rec 0 uuid=a started_at=1717483428123 bill_seconds=1\n" REST);
}

Test(json, a_key_without_a_name_is_nobodys)
{
    told("{" A ",\"\":\"x\"}", "rec 0 uuid=a started_at=1717483428123 bill_seconds=1 "
                               "hangup_cause=USER_BUSY extra={\"\":\"x\"}\n" REST);
}

/* What stood behind a key last time is only a guess at what stands there now. */
Test(json, records_of_other_orders_and_other_keys)
{
    told("{" A ",\"x\":{\"id\":\"1\",\"y\":\"2\"}}"
         "{\"x\":{\"y\":\"3\",\"id\":\"4\"}," B "}"
         "{" A ",\"id\":\"b\",\"x\":{\"id\":\"5\"},\"y\":\"6\"}",
         "rec 0 uuid=a started_at=1717483428123 bill_seconds=1 hangup_cause=USER_BUSY "
         "extra={\"x.id\":\"1\",\"x.y\":\"2\"}\n"
         "rec 0 uuid=b started_at=1717483428124 bill_seconds=2 hangup_cause=NO_ANSWER "
         "extra={\"x.y\":\"3\",\"x.id\":\"4\"}\n"
         "rec 0 uuid=b started_at=1717483428123 bill_seconds=1 hangup_cause=USER_BUSY "
         "extra={\"x.id\":\"5\",\"y\":\"6\"}\n" REST);
}

Test(json, the_preferred_name_wins_in_any_order)
{
    static const char *const text[] = {
        "{\"id\":\"a\",\"created_at\":1,\"to\":{\"number\":\"2\"},\"destination\":\"1\"}",
        "{\"id\":\"a\",\"created_at\":1,\"destination\":\"1\",\"to\":{\"number\":\"2\"}}",
    };

    for (size_t i = 0; i < COUNTOF(text); i++)
        says(text[i], "destination=1\n");
    says("{\"id\":\"a\",\"created_at\":1,\"destination\":\"\",\"to\":{\"number\":\"2\"}}",
         "destination=2\n");
}

Test(json, numbers_keep_their_digits)
{
    told("{\"id\":\"a\",\"created_at\":1.60447166e12,\"duration\":007}\n"
         "{\"id\":\"b\",\"created_at\":1e400,\"duration\":99999999999999999999}\n"
         "{\"id\":\"c\",\"created_at\":1,\"x\":1e999,\"y\":-12.50,\"z\":true,\"w\":NaN}\n"
         "{\"id\":\"d\",\"created_at\":1,\"x\":1e999,\"y\":-12.50,\"z\":true}",
         "reject bad_shape 1\n"
         "rec 2 uuid=b started_at=1e400 duration=99999999999999999999\n"
         "reject bad_shape 3\n"
         "rec 4 uuid=d started_at=1 extra={\"x\":\"1e999\",\"y\":-12.50,\"z\":true}\n"
         "end rest UTF-8 lines=4 headers=0 blank=0\n");
}

Test(json, characters_that_are_none)
{
    static const char *const bad[] = { "\\u0000", "\\ud800",        "a\\udfffb",
                                       "\xff",    "\\ud83d\\u0041", "\\ud800\\ud800" };
    struct buf text = { 0 };

    for (size_t i = 0; i < COUNTOF(bad); i++) {
        buf_reset(&text);
        buf_addf(&text, "[{" A ",\"\u0416\":\"%s\"},{" B "}]", bad[i]);

        const char *got = export_told(buf_cstr(&text));

        cr_expect_not_null(strstr(got, "reject bad_encoding 0 1\nrec 0 "), "%s: %s",
                           bad[i], got);
    }
    buf_free(&text);
    says("{" A ",\"n\":\"\\u0416\\ud83d\\ude00\\\\u0000\"}",
         "\"n\":\"\xd0\x96\xf0\x9f\x98\x80\\\\u0000\"");
}

/* A record of which DEPTH maps are open at once. */
static const char *nested(size_t depth)
{
    static struct buf text;

    buf_reset(&text);
    buf_add_text(&text, "[{" A ",\"n\":");
    for (size_t i = 1; i < depth; i++)
        buf_add_text(&text, "[");
    for (size_t i = 1; i < depth; i++)
        buf_add_text(&text, "]");
    buf_add_text(&text, depth == 1 ? "1},{" B "}]" : "},{" B "}]");
    return buf_cstr(&text);
}

Test(json, depth)
{
    says(nested(64), "rec 0 1 " REC_A);
    says(nested(65), "reject bad_nesting 0 1\nrec 0 ");
    says(nested(100000), "reject bad_nesting 0 1\nrec 0 200077 " REC_B);
}

/* A document with a string of LEN bytes in a record between two others. */
static const char *with_long_record(const char *format, size_t len)
{
    struct buf text = { 0 };
    char *filler = xcalloc(len + 1, 1);
    const struct reader_options options = { .parse_options = { .day = NO_DAY } };

    memset(filler, '{', len);
    buf_addf(&text, format, filler);
    free(filler);

    const char *path = export_file(text.s, text.len);

    buf_free(&text);
    return export_read(path, &options);
}

Test(json, a_record_over_a_mebibyte_is_passed_over)
{
    const char *array = "[{" A "},{\"n\":\"%s\"},{" B "}]";
    const char *lines = "{" A "}\n{\"n\":\"%s\"}\n{" B "}\n";
    const char *got = with_long_record(array, 3 << 20);

    cr_expect_str_eq(got,
                     "rec 0 1 " REC_A "reject too_long 0 74\nrec 0 3145811 " REC_B REST);
    got = with_long_record(lines, 3 << 20);
    cr_expect_str_eq(got, "rec 1 0 " REC_A "reject too_long 2 73\nrec 3 3145810 " REC_B
                          "end rest UTF-8 lines=3 headers=0 blank=0\n");
    got = with_long_record(array, (1 << 20) - 100);
    cr_expect_eq(export_count(got, "rec "), 3);
    cr_expect_eq(export_count(got, "reject "), 0);
}

Test(json, a_broken_line_over_a_mebibyte)
{
    const char *got =
        with_long_record("{" A "}\n{" B "}\n{\"n\":\"%s\n{" B "}\n", 3 << 20);

    cr_expect_not_null(strstr(got, "reject too_long 3 146\nrec 4 3145881 " REC_B),
                       "%.400s", got);
}

Test(json, a_text_over_a_mebibyte_outside_of_records)
{
    const char *got = with_long_record("{\"items\":[{" A "}],\"n\":\"%s\"}", 3 << 20);

    cr_expect_not_null(strstr(got, "failed 3 the JSON holds a text of over 1 MiB"),
                       "%.400s", got);
}

Test(json, escapes)
{
    static const struct {
        const char *text;
        bool bad;
    } cases[] = {
        { "\"plain\"", false },
        { "\"\\\\u0000\"", false },
        { "\"\\u0000\"", true },
        { "\"\\u00e9\"", false },
        { "\"\\uD83D\\uDE00\"", false },
        { "\"\\uD83D\"", true },
        { "\"\\uDE00\"", true },
        { "\"\\uD83D\\n\"", true },
        { "\"\\", false },
        { "\"\\u12", false },
    };

    for (size_t i = 0; i < COUNTOF(cases); i++)
        cr_expect_eq(json_has_bad_escape(slice_of(cases[i].text)), cases[i].bad, "%s",
                     cases[i].text);
}

/* What jansson makes of the same bytes: the values of KEY in the items, in order. */
static void same_as_jansson(const char *path, const char *key, const char *field)
{
    const struct reader_options options = { .parse_options = { .day = NO_DAY } };
    json_t *document = json_load_file(path, 0, NULL);
    const json_t *item, *items = json_object_get(document, "items");
    const char *got = export_read(path, &options);
    struct buf wanted = { 0 };
    size_t i;

    cr_assert_not_null(document, "%s", path);
    json_array_foreach(items, i, item)
    {
        buf_reset(&wanted);
        buf_addf(&wanted, " %s=%s", field, json_string_value(json_object_get(item, key)));
        got = strstr(got, buf_cstr(&wanted));
        cr_assert_not_null(got, "%s: item %zu: no%s", path, i, buf_cstr(&wanted));
        got += wanted.len;
    }
    cr_expect_gt(json_array_size(items), 7);
    json_decref(document);
    buf_free(&wanted);
}

Test(json, jansson_reads_the_same)
{
    same_as_jansson("tests/samples/json/rest-page.json", "id", "uuid");
    same_as_jansson("tests/samples/json/rest-page.json", "created_at", "started_at");
    same_as_jansson("tests/samples/json/rest-page.json", "cause", "hangup_cause");
    same_as_jansson("tests/samples/json/clock-back.json", "destination", "destination");
}
