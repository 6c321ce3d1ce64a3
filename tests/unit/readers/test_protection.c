/* readers/protection: what a spreadsheet puts around a value, layer by layer. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "readers/protection.h"

#define NBSP "\xc2\xa0"
#define LRE  "\xe2\x80\xaa" /* as an address book copies numbers */
#define PDF  "\xe2\x80\xac"

struct protection_case {
    const char *text, *value; /* NULL: nothing is cut */
};

static void cuts(enum field_kind kind, const struct protection_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct slice text = slice_of(cases[i].text);
        bool cut = protection_cut(kind, &text);
        const char *wanted = cases[i].value != NULL ? cases[i].value : cases[i].text;

        cr_expect_eq(cut, cases[i].value != NULL, "%s", cases[i].text);
        cr_expect(slice_is(text, wanted), "%s: " SLICE_FMT, cases[i].text,
                  SLICE_ARG(text));
    }
}

Test(protection, goes_from_numbers)
{
    static const struct protection_case cases[] = {
        { "=\"0636159079\"", "0636159079" },
        { "= \"0636159079\" ", "0636159079" },
        { "=T(\"0636159079\")", "0636159079" },
        { "=t( \"+380636159079\" )", "+380636159079" },
        { "=\xd0\xa2(\"0636159079\")", "0636159079" }, /* as a Russian Excel names T */
        { "=T(TRIM(\"0636159079\"))", "0636159079" },
        { "=\"\"0636159079\"\"", "0636159079" },
        { "'0636159079", "0636159079" },
        { "'+380636159079", "+380636159079" },
        { "''0636159079''", "0636159079" },
        { "\xe2\x80\x99"
          "0636159079",
          "0636159079" },
        { "`0636159079", "0636159079" },
        { "\"0636159079\"", "0636159079" },
        { "\xe2\x80\x9c"
          "0636159079\xe2\x80\x9d",
          "0636159079" },
        { "'=\"0636159079\"", "0636159079" },
        { "=0636159079", "0636159079" },
        { "\t0636159079", "0636159079" },
        { "0636159079\t", "0636159079" },
        { NBSP "0636159079" NBSP, "0636159079" },
        { "\x1f"
          "0636159079",
          "0636159079" },
        { LRE "+380636159079" PDF, "+380636159079" },
        { "=\"\"", "" },
        { "'", "" },
        { "0636159079", NULL },
        { " 0636159079 ", NULL }, /* blanks are no protection */
        { "+380636159079", NULL },
        { "+38 (063) 615-90-79", NULL },
        { "(044) 200-10-00", NULL },
        { "+380***12", NULL },
        { "3,80636E+11", NULL },
    };

    cuts(KIND_NUMBER, cases, COUNTOF(cases));
}

Test(protection, goes_from_ids_times_and_seconds)
{
    static const struct protection_case cases[] = {
        { "=\"01.06.2026, 11:00:00\"", "01.06.2026, 11:00:00" },
        { "'00:00:20", "00:00:20" },
        { "\t1780300800000", "1780300800000" },
        { "-", NULL },
        { "04.11.2020, 8:43:48", NULL },
    };

    cuts(KIND_TIME, cases, COUNTOF(cases));
    cuts(KIND_SECONDS, cases, COUNTOF(cases));
    cuts(KIND_ID, cases, COUNTOF(cases));
}

/* Names may have apostrophes, quotes and signs of their own. */
Test(protection, leaves_names_alone)
{
    static const struct protection_case cases[] = {
        { "=\"USER_BUSY\"", "USER_BUSY" },
        { "=T(\"VIP\")", "VIP" },
        { "'=vip", "=vip" },
        { "'+380", "+380" },
        { "'90s line", NULL },
        { "'quoted'", NULL },
        { "\"Romashka\" Ltd", NULL },
        { "\"Romashka\"", NULL },
        { "= sign", NULL },
        { "=A1&\"x\"", NULL },
        { "=\"a\"&\"b\"", NULL },
        { "[1,2]", NULL },
        { "\xd0\xa2\xd0\x9e\xd0\x92", NULL },
    };

    cuts(KIND_TEXT, cases, COUNTOF(cases));
}
