/* readers/sniff: what a file is, and what it is not. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "support/export.h"

static void is(const char *text, const char *end)
{
    const char *got = export_told(text);

    cr_expect_not_null(strstr(got, end), "no \"%s\" of:\n%.300s\ngot:\n%.300s", end, text,
                       got);
}

static void sample_is(const char *path, const char *end)
{
    const struct reader_options options = { .parse_options = { .day = NO_DAY } };
    const char *got = export_read(path, &options);

    cr_expect_not_null(strstr(got, end), "%s: no \"%s\" in:\n%s", path, end, got);
}

Test(sniff, delimiters_by_known_captions)
{
    static const char delimiters[] = ";,\t|";

    for (const char *d = delimiters; *d != '\0'; d++) {
        struct buf text = { 0 };

        buf_addf(&text, "id%ccreated_at%ccause\n1%c2%c3\n", *d, *d, *d, *d);
        is(buf_cstr(&text), "rec 2 20 uuid=1 started_at=2 hangup_cause=3\n");
        buf_free(&text);
    }
    /* A caption with a comma in it, and more commas than semicolons below. */
    is("Call start time;Bill, sec;Hangup cause\n04.11.2020, 08:43:48;1,2;a,b,c,d\n",
       "started_at=04.11.2020, 08:43:48 bill_seconds=1,2 hangup_cause=a,b,c,d\nend "
       "legacy-grid");
}

Test(sniff, a_delimiter_that_is_named)
{
    const struct reader_options options = { .delimiter = '^',
                                            .parse_options = { .day = NO_DAY } };
    const char *got = export_read(export_text("id^created_at^cause\n1^2^3\n"), &options);

    cr_expect_not_null(strstr(got, "rec 2 20 uuid=1 started_at=2 hangup_cause=3\n"), "%s",
                       got);
}

Test(sniff, a_profile_that_is_named)
{
    struct reader_options options = { .profile = "legacy-grid",
                                      .parse_options = { .day = NO_DAY } };
    const char *text = "uuid;Call start time\n1;2\n";

    is(text, "failed 3 ");
    cr_expect_not_null(
        strstr(export_read(export_text(text), &options), "end legacy-grid"));
    options.profile = "nobody";
    cr_expect_not_null(strstr(export_read(export_text(text), &options),
                              "failed 2 there is no profile nobody"));
    options.profile = "rest";
    cr_expect_not_null(strstr(export_read(export_text(text), &options), "failed 3 "));
}

/* The scripted field of Webitel's Kibana, whose labels say who did it. */
Test(sniff, kibana_hangup_side)
{
    is("created_time;uuid;hangup_cause;hangup_side\n1;2;3;Recieve refuse;\n",
       "hangup_cause=3 disposition=Recieve refuse\nend kibana-discover");
    is("{\"_source\":{\"uuid\":\"2\",\"created_time\":1,\"hangup_cause\":\"3\"},"
       "\"fields\":{\"hangup_side\":[\"Send hangup\"]}}",
       "uuid=2 started_at=1 hangup_cause=3\nend elastic");
}

/* However a script wraps the documents that it fetched. */
Test(sniff, documents_in_any_list)
{
    static const char *const keys[] = { "data",  "rows",    "docs",
                                        "calls", "records", "result" };
    static const struct {
        const char *record, *end;
    } cases[] = {
        { "{\"id\":\"a\",\"created_at\":\"1\",\"bill_sec\":1}", "end rest" },
        { "{\"uuid\":\"a\",\"created_time\":1,\"hangup_cause\":\"X\"}", "end elastic" },
        { "{\"Call start time\":\"1\",\"Call direction\":\"x\",\"Hangup cause\":\"X\"}",
          "end elastic-2016" },
        { "{\"variables\":{\"uuid\":\"a\",\"duration\":\"1\",\"start_epoch\":\"1\"}}",
          "end freeswitch" },
    };
    struct buf text = { 0 };

    for (size_t c = 0; c < COUNTOF(cases); c++)
        for (size_t k = 0; k < COUNTOF(keys); k++) {
            buf_reset(&text);
            buf_addf(&text, "{\"total\":1,\"%s\":[%s]}", keys[k], cases[c].record);
            is(buf_cstr(&text), cases[c].end);
        }
    buf_free(&text);
}

Test(sniff, every_era)
{
    sample_is("tests/samples/csv/seed-grid.tsv",
              "end legacy-grid UTF-8 lines=6 headers=1");
    sample_is("tests/samples/csv/kibana-discover.csv",
              "end kibana-discover UTF-8 lines=39");
    sample_is("tests/samples/csv/m0-2020-08.csv", "end history-2020 UTF-8 lines=19");
    sample_is("tests/samples/csv/m1-2023-11-all.csv", "end history UTF-8 lines=25");
    sample_is("tests/samples/csv/m8-2026-06-default.csv", "end history UTF-8 lines=25");
    sample_is("tests/samples/csv/labels-uk.tsv", "end history UTF-8 lines=15");
    sample_is("tests/samples/json/elasticdump.ndjson", "end elastic UTF-8 lines=38");
    sample_is("tests/samples/json/es-hits-fields.json", "end elastic UTF-8");
    sample_is("tests/samples/json/es-named-attributes.json", "end elastic-2016 UTF-8");
    sample_is("tests/samples/json/freeswitch-array.json", "end freeswitch UTF-8");
    sample_is("tests/samples/json/leg-a-legs-b.json", "end freeswitch UTF-8");
    sample_is("tests/samples/json/rest-camel.json", "end rest UTF-8");
    sample_is("tests/samples/json/pg-rows.ndjson", "end history-rows UTF-8 lines=37");
}

/* Every caption of a language that the history UI shows, in its order. */
Test(sniff, captions_of_the_screen)
{
    is("Fecha y hora\tDirección\tDe\tPara\tDestino\tPasarela\tFacturación\tCausa de "
       "colgado\n"
       "1\t2\t3\t4\t5\t6\t7\t8\n",
       "direction=2 started_at=1 caller=3 destination=5 gateway=6 bill_seconds=7 "
       "hangup_cause=8\nend history");
    is("Sana va vaqt\tYo'nalish\tKimdan\tManzil\tYakunlash sababi\n1\t2\t3\t4\t5\n",
       "direction=2 started_at=1 caller=3 destination=4 hangup_cause=5\nend history");
    is("Ngày & giờ\tHướng\tTừ\tĐiểm đến\tLý do kết thúc\tMã SIP\n1\t2\t3\t4\t5\t6\n",
       "direction=2 started_at=1 caller=3 destination=4 hangup_cause=5 sip_code=6\nend "
       "history");
    is("ДАТА І ЧАС\tНапрямок\tЧас з’єднання\tЧас відповіді\n1\t2\t3\t4\n",
       "direction=2 started_at=1 answered_at=3 bridged_at=4\nend history");
}

/* Bytes that no text begins with, and what is said of them. */
static void bytes_are(const void *bytes, size_t len, const char *encoding,
                      const char *end)
{
    const struct reader_options options = { .encoding = encoding,
                                            .parse_options = { .day = NO_DAY } };
    const char *got = export_read(export_file(bytes, len), &options);

    cr_expect_not_null(strstr(got, end), "no \"%s\" in: %s", end, got);
}

#define BYTES_ARE(text, end) bytes_are(text, sizeof(text) - 1, NULL, end)

Test(sniff, what_is_no_text)
{
    static const char wide[] = "i\0d\0;\0c\0r\0e\0a\0t\0e\0d\0_\0a\0t\0\n\0"
                               "1\0;\0"
                               "2\0\n";
    static const char utf32[] = "\xff\xfe\0\0i\0\0\0d\0\0\0\n\0\0\0";
    char tar[300] = "history.csv";

    memcpy(tar + 257, "ustar", 5);
    bytes_are(tar, sizeof tar, NULL, "failed 3 this is a tar archive");
    BYTES_ARE("%PDF-1.7\n", "failed 3 this is a PDF document");
    BYTES_ARE("{\\rtf1\\ansi}", "failed 3 this is a text with its lay-out");
    BYTES_ARE("\x89PNG\r\n\x1a\n\0\0", "failed 3 this is a picture (PNG)");
    BYTES_ARE("SQLite format 3\0\x10", "failed 3 this is an SQLite database");
    BYTES_ARE("\xfd\x37zXZ\0\0", "failed 3 this is packed with xz");
    BYTES_ARE("BZh91AY&SY", "failed 3 this is packed with bzip2");
    BYTES_ARE("--\n-- PostgreSQL database dump\n--\n", "failed 3 this is a dump of Post");
    BYTES_ARE("--\r\n-- PostgreSQL database dump\r\n", "failed 3 this is a dump of Post");
    BYTES_ARE("<\0\0\0\x07_id\0", "failed 3 its first line holds NUL bytes");
    BYTES_ARE("id;created_at;cause;t\0o\n1;2;3;4\n",
              "failed 3 its first line holds NUL b");
    BYTES_ARE(wide, "failed 3 its text looks like UTF-16 without the mark");
    BYTES_ARE(utf32, "failed 3 this is a text in UTF-32: name it with --encoding");
    bytes_are(utf32, sizeof utf32 - 1, "UTF-32", "failed 3 its first line is no caption");
}

Test(sniff, json_without_an_object)
{
    static const char *const values[] = { "null",  "true",        "false", "42",
                                          " -1\n", "\"history\"", "\"\"" };

    for (size_t i = 0; i < COUNTOF(values); i++)
        is(values[i], "failed 3 this is a single value of JSON");
    is("\"id\"\n\"1\"\n", "failed 3 its first line is no caption line");
    is("{}", "failed 3 this is JSON, but no record of a call");
    is("[[]]", "failed 3 this is JSON, but no record of a call");
    is("[1]", "failed 3 this is JSON, but no record of a call");
    is("[]", "warn there is no record in it");
}

/* A hidden misspelling of the source document is an alias like any other. */
Test(sniff, misspelt_captions)
{
    is("Call start "
       "time\tvariables.md_result\tvariables.md_cause\twebitel_acc_schema_name\t"
       "variables.poto_specific_hangup_cause\n1\tHUMAN\tx\tUkraine\tsip:486\n",
       "started_at=1 sip_code=sip:486 amd_result=HUMAN amd_cause=x "
       "schema_name=Ukraine\n");
}

Test(sniff, what_it_is_and_what_to_export_instead)
{
    is("PK\x03\x04\x14..[Content_Types].xml",
       "failed 3 this is an Excel workbook (.xlsx), whatever its name");
    is("PK\x03\x04\x14..mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
       "failed 3 this is a LibreOffice document (.ods)");
    is("PK\x03\x04\x14..mimetypeapplication/vnd.oasis.opendocument.text",
       "failed 3 this is a LibreOffice document (.odt and the like)");
    is("PK\x03\x04\x14..[Content_Types].xml PK\x03\x04 word/document.xml",
       "failed 3 this is a document of Word");
    is("PK\x03\x04\x14..history.csv", "failed 3 this is a zip archive");
    is("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
       "failed 3 this is an old Excel workbook (.xls)");
    is("<html><body><table>", "failed 3 this is an HTML table");
    is("<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head>"
       "<meta name=ProgId content=Excel.Sheet></head><body><table>",
       "failed 3 this is an HTML table");
    is("<html><form action=login><table><tr><td>Password",
       "failed 3 this is a page of H");
    is(" <!DOCTYPE html><html>Please log in", "failed 3 this is a page of HTML");
    is("<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>",
       "failed 3 this is SpreadsheetML");
    is("<?xml version=\"1.0\"?><a/>", "failed 3 this is XML");
    is("Name;Call success;Id;Priority;Number;Call time\n1;2;3;4;5;6\n",
       "failed 3 this is a dialer's member list");
    is("id,uuid,parent_uuid,created_at,size,event\n1,a,,2020-11-04,2,{}\n",
       "failed 3 this is a copy of the tables cdr_a or cdr_b");
    is("# cdretl\n\nIt reads exports, CSV or JSON.\nIt loads them, too.\n",
       "failed 3 its first line is no caption line");
    is("1;2;3\n4;5;6\n", "failed 3 its first line is no caption line");
    is("id;cause;duration\n1;2;3\n", "failed 3 no column tells when a call began");
    is("{\"name\":\"x\"}", "failed 3 this is JSON, but no record of a call");
    is("[[[[", "failed 3 the JSON ends too soon");
    is("\"id;created_at;cause\n1;2;3\n",
       "failed 3 a quote that opens in its caption line");
    is("id;created_at;cause;\xff;\xd0\x9e\n",
       "failed 3 its caption line is not in UTF-8");
}

Test(sniff, ids_are_there_or_not)
{
    static const struct {
        const char *text;
        bool has_ids;
    } cases[] = {
        { "id;created_at;cause\n", true },
        { "Call start time;Direction;Duration\n", false },
        { "{\"id\":\"a\",\"created_at\":1,\"sip_code\":486}", true },
        { "{\"created_at\":1,\"sip_code\":486,\"hangup_by\":\"A\"}", false },
    };

    for (size_t i = 0; i < COUNTOF(cases); i++) {
        const struct reader_options options = { .parse_options = { .day = NO_DAY } };
        struct err err = { 0 };
        struct reader *reader =
            reader_open(export_text(cases[i].text), export_profiles(), &options, &err);

        cr_assert_not_null(reader, "%s: %s", cases[i].text, err.text);
        cr_expect_eq(reader_has_ids(reader), cases[i].has_ids, "%s", cases[i].text);
        reader_close(reader);
    }
}

Test(sniff, described_for_people)
{
    const struct reader_options options = { .parse_options = { .day = NO_DAY } };
    struct err err = { 0 };
    struct reader *reader =
        reader_open("tests/samples/csv/seed-grid.tsv", export_profiles(), &options, &err);
    struct buf about = { 0 };

    cr_assert_not_null(reader, "%s", err.text);
    reader_describe(reader, &about);
    cr_expect_not_null(strstr(buf_cstr(&about), "  profile    legacy-grid: "));
    cr_expect_not_null(strstr(buf_cstr(&about), "  delimiter  tab\n"));
    cr_expect_not_null(
        strstr(buf_cstr(&about), "talksec                  bridge_seconds\n"));
    cr_expect_not_null(strstr(buf_cstr(&about), " uuid"), "%s", buf_cstr(&about));
    buf_free(&about);
    reader_close(reader);
}
