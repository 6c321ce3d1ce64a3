/* loader/members: the members of a jsonb, and none of what is no object. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "loader/merge/jsonb_members.h"

/* "name=value|name=value|" */
static const char *told(struct slice jsonb)
{
    static struct buf out;
    struct jsonb_member member;

    buf_reset(&out);
    for (size_t at = 0; jsonb_members_next(jsonb, &at, &member);) {
        buf_add_slice(&out, member.name);
        buf_add_char(&out, '=');
        buf_add_slice(&out, member.value);
        buf_add_char(&out, '|');
    }
    return buf_cstr(&out);
}

Test(members, every_member_comes_as_it_stands)
{
    static const struct {
        const char *jsonb, *told;
    } cases[] = {
        { "\1{\"a\": 1}", "\"a\"=1|" },
        { "\1{\"a\": \"x\", \"bb\": true, \"c\": null}",
          "\"a\"=\"x\"|\"bb\"=true|\"c\"=null|" },
        { "\1{\"a, }\": \"b: \\\"{\\\\\", \"c\": \"\"}",
          "\"a, }\"=\"b: \\\"{\\\\\"|\"c\"=\"\"|" },
        { "\1{\"a\": {\"b\": [1, \"}\", {}], \"c\": {}}, \"d\": []}",
          "\"a\"={\"b\": [1, \"}\", {}], \"c\": {}}|\"d\"=[]|" },
        { "\1{\"\": -1.5e3}", "\"\"=-1.5e3|" },
        { "\1{}", "" },
        { "\1[1, 2]", "" },
        { "\1\"a\"", "" },
        { "\1", "" },
        { "", "" },
        /* The server never writes these; nothing is read behind their end. */
        { "\1{\"a", "" },
        { "\1{\"a\"", "" },
        { "\1{\"a\": \"x", "\"a\"=\"x|" },
        { "\1{\"a\": \"x\\", "\"a\"=\"x\\|" },
    };

    for (size_t i = 0; i < COUNTOF(cases); i++) {
        /* A copy of its own length, so that a sanitizer sees who reads on. */
        size_t len = strlen(cases[i].jsonb);
        char *copy = xcalloc(len + 1, 1);

        memcpy(copy, cases[i].jsonb, len);
        copy = xrealloc(copy, len > 0 ? len : 1, 1);
        cr_expect_str_eq(told((struct slice){ copy, len }), cases[i].told);
        free(copy);
    }
    cr_expect_str_eq(told(SLICE_NONE), "");
}

Test(members, order_makes_no_difference_and_values_do)
{
    struct slice one = slice_of("\1{\"a\": 1, \"b\": \"2\"}");

    cr_expect(jsonb_members_equal(one, slice_of("\1{\"b\": \"2\", \"a\": 1}")));
    cr_expect_not(jsonb_members_equal(one, slice_of("\1{\"a\": 1, \"b\": \"3\"}")));
    cr_expect_not(jsonb_members_equal(one, slice_of("\1{\"a\": 1, \"c\": \"2\"}")));
    cr_expect_not(jsonb_members_equal(one, slice_of("\1{\"a\": 1}")));
    cr_expect_not(jsonb_members_equal(one, SLICE_NONE));
    cr_expect_not(jsonb_members_equal(SLICE_NONE, one));
    cr_expect(jsonb_members_equal(SLICE_NONE, SLICE_NONE));
}

/* However many there are: each is looked for once, by its name. */
Test(members, as_many_as_a_record_holds)
{
    enum { MANY = 100000 };
    struct buf up = { 0 }, down = { 0 };
    char name[16];

    for (int i = 0; i < MANY; i++) {
        snprintf(name, sizeof name, "\"%07d\"", i);
        jsonb_members_add(&up, &(struct jsonb_member){ slice_of(name), slice_of("1") });
        snprintf(name, sizeof name, "\"%07d\"", MANY - 1 - i);
        jsonb_members_add(&down, &(struct jsonb_member){ slice_of(name), slice_of("1") });
    }
    jsonb_members_close(&up);
    jsonb_members_close(&down);
    cr_expect(jsonb_members_equal(buf_slice(&up), buf_slice(&down)));
    down.s[down.len - 2] = '2';
    cr_expect_not(jsonb_members_equal(buf_slice(&up), buf_slice(&down)));
    buf_free(&up);
    buf_free(&down);
}

Test(members, what_is_added_is_read_again)
{
    struct slice one = slice_of("\1{\"a\": 1, \"b\": {\"c\": \"2\"}}");
    struct buf out = { 0 };
    struct jsonb_member member;

    jsonb_members_close(&out);
    cr_expect_eq(out.len, 0, "no members are no object");
    for (size_t at = 0; jsonb_members_next(one, &at, &member);)
        jsonb_members_add(&out, &member);
    jsonb_members_close(&out);
    cr_expect(slice_equal(buf_slice(&out), one));
    buf_free(&out);
}
