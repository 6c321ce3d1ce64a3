/*
 * A plain record and YAJL: the same text is read by hand, and by YAJL once a tab stands
 * between two of its tokens.  Both must say the same, of what is JSON and what is not.
 */
#include <criterion/criterion.h>

#include "base/base.h"
#include "support/export.h"

#define FIRST                                                                            \
    "{\"id\":\"a\",\"created_at\":\"1717483428123\",\"bill_sec\":1,"                     \
    "\"user\":{\"name\":\"Ольга\"}}\n"

/* What the readers make of RECORD behind another one, with BLANK in front of its brace's
 * end; offsets are the same whatever BLANK is. */
static char *told_with(const char *record, char blank)
{
    struct buf text = { 0 };

    buf_addf(&text, FIRST "%.*s%c}\n", (int)strlen(record) - 1, record, blank);

    char *told = xstrdup(export_told(buf_cstr(&text)));

    buf_free(&text);
    return told;
}

static void expect_same(const char *record)
{
    char *plain = told_with(record, ' '), *fed = told_with(record, '\t');

    cr_expect_str_eq(plain, fed, "%s\nby hand:\n%s\nby YAJL:\n%s", record, plain, fed);
    free(plain);
    free(fed);
}

#define RECORD(members) "{\"id\":\"m\",\"created_at\":\"1717483428124\"" members "}"

Test(json_plain, values_are_those_of_yajl)
{
    static const char *const records[] = {
        RECORD(""),
        RECORD(",\"x\":\"\""),
        RECORD(",\"x\":{}"),
        RECORD(",\"x\":[]"),
        RECORD(",\"x\":[[],{},[{}]]"),
        RECORD(",\"x\":{\"y\":[1,\"two\",{\"z\":null}],\"w\":true}"),
        RECORD(" , \"x\" : [ 1 , 2 ] , \"y\" : { \"z\" : false } "),
        RECORD(",\"x\":0,\"y\":-0,\"z\":-1.5e+10,\"w\":1E9"),
        RECORD(",\"x\":123456789012345678901234567890"),
        RECORD(",\"x\":1,\"x\":2"),
        RECORD(",\"user\":{\"name\":\"Іван\"},\"variables\":{\"sip_code\":486}"),
        RECORD(",\"\":1,\"$oid\":2"),
    };

    for (size_t i = 0; i < COUNTOF(records); i++)
        expect_same(records[i]);
}

Test(json_plain, what_is_no_json_is_refused_in_the_same_words)
{
    static const char *const records[] = {
        RECORD(","),
        RECORD(",,"),
        RECORD(",\"x\""),
        RECORD(",\"x\":"),
        RECORD(",\"x\" 1"),
        RECORD(",\"x\":1 2"),
        RECORD(",\"x\":01"),
        RECORD(",\"x\":-"),
        RECORD(",\"x\":1."),
        RECORD(",\"x\":.5"),
        RECORD(",\"x\":1e"),
        RECORD(",\"x\":+1"),
        RECORD(",\"x\":[1,]"),
        RECORD(",\"x\":[,]"),
        RECORD(",\"x\":{,}"),
        RECORD(",\"x\":tru"),
        RECORD(",\"x\":nullx"),
        RECORD(",\"x\":True"),
        RECORD(",x:1"),
        RECORD(",1:1"),
        RECORD(",\"x\":{\"y\":1,}"),
        RECORD(",\"x\":1e5e5"),
        RECORD(" \"x\":1"),
        RECORD(",\"x\"::1"),
        RECORD(",\"x\":[1 2]"),
        RECORD(",\"x\":[\"y\":1]"),
        RECORD(",\"x\":{\"y\"}"),
        RECORD(",\"x\":[1}"),
        RECORD(",\"x\":{\"y\":1]"),
    };

    for (size_t i = 0; i < COUNTOF(records); i++)
        expect_same(records[i]);
}

/* As deep as records may be, and deeper. */
Test(json_plain, depth_is_that_of_yajl)
{
    for (size_t depth = 60; depth < 68; depth++) {
        struct buf record = { 0 };

        buf_add_text(&record, "{\"id\":\"m\",\"created_at\":\"1717483428124\",\"x\":");
        for (size_t i = 0; i < depth; i++)
            buf_add_char(&record, '[');
        for (size_t i = 0; i < depth; i++)
            buf_add_char(&record, ']');
        buf_add_char(&record, '}');
        expect_same(buf_cstr(&record));
        buf_free(&record);
    }
}
