/* readers/json: which line a record stands on, and which files are read line by line. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "support/export.h"

#define A "{\"id\":\"a\",\"created_at\":1717483428123,\"cause\":\"USER_BUSY\"}"
#define B "{\"id\":\"b\",\"created_at\":1717483428124,\"cause\":\"NO_ANSWER\"}"

static const char *read_back(const struct buf *text)
{
    const struct reader_options options = { .traits = { .day = NO_DAY } };

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
