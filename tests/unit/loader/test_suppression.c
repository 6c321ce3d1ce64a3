/* loader/number and loader/forgotten: which texts hold a number, and what is left of
 * them. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "loader/retention/suppression.h"

static struct suppression *suppression;

static void forget(const char *text)
{
    unsigned char sum[DIGEST_BYTES];
    struct number number;
    struct err err = { 0 };

    cr_assert(number_read(text, &number, &err), "%s", err.text);
    suppression_sum(suppression, &number, sum);
    suppression_add(suppression, sum);
}

static void setup(void)
{
    suppression = suppression_new("a key", 5);
    forget("+380 67 123-45-67");
}

static void teardown(void)
{
    suppression_free(suppression);
}

TestSuite(suppression, .init = setup, .fini = teardown);

/* What TEXT becomes; NULL: it holds none. */
static void becomes(const char *text, const char *left)
{
    struct buf out = { 0 };
    bool found = suppression_blank(suppression, slice_of(text), "X", &out);

    cr_expect_eq(found, left != NULL, "%s", text);
    cr_expect_str_eq(buf_cstr(&out), left != NULL ? left : "", "%s", text);
    cr_expect_eq(suppression_is_in(suppression, slice_of(text)), left != NULL, "%s",
                 text);
    buf_free(&out);
}

static void reads(const char *text, const char *digits)
{
    struct number number;
    struct err err = { 0 };
    bool ok = number_read(text, &number, &err);

    cr_expect_eq(ok, digits != NULL, "%s: %s", text, err.text);
    if (ok && digits != NULL)
        cr_expect_str_eq(number.s, digits);
    if (!ok)
        cr_expect_eq(err.code, EXIT_USAGE);
}

Test(suppression, numbers_as_people_write_them)
{
    reads("380671234567", "380671234567");
    reads("+380671234567", "380671234567");
    reads("00380671234567", "380671234567");
    reads("+38 (067) 123-45-67", "380671234567");
    reads("38.067.1234567", "380671234567");
    reads("38\302\240067/1234567", "380671234567");
    reads("0671234567", "0671234567");
    reads("1234567", "1234567");
    reads("12345678901234567890", "12345678901234567890");
    reads("0012345678901234567890", "12345678901234567890");
}

Test(suppression, what_is_no_number)
{
    reads("", NULL);
    reads("+", NULL);
    reads("123456", NULL);
    reads("00123456", NULL);
    reads("123456789012345678901", NULL);
    reads("+0012345678", NULL);
    reads("00001234567", NULL);
    reads("+380***4567", NULL);
    reads("38067x234567", NULL);
    reads("380671234567,380671234568", NULL);
    reads("++380671234567", NULL);
}

Test(suppression, every_way_to_write_it)
{
    becomes("380671234567", "X");
    becomes("+380671234567", "X");
    becomes("00380671234567", "X");
    becomes("+380 (67) 123-45-67", "X");
    becomes("380.67.1234567", "X");
    becomes("380\302\24067\302\240\302\2401234567", "X");
    becomes("sip:+380671234567@host", "sip:X@host");
    becomes("{\"to\":380671234567,\"of\":[\"380671234567\"]}",
            "{\"to\":X,\"of\":[\"X\"]}");
    becomes("380671234567 380671234567", "X X");
    becomes("5 380671234567 5", "5 X 5");
    becomes("\xff%2B380671234567", "\xff%2BX");
}

Test(suppression, what_only_looks_like_it)
{
    becomes("", NULL);
    becomes("3806712345678", NULL);
    becomes("1380671234567", NULL);
    becomes("0380671234567", NULL);
    becomes("0671234567", NULL);
    becomes("671234567", NULL);
    becomes("380   671234567", NULL);
    becomes("380,671234567", NULL);
    becomes("380671234568", NULL);
    becomes("38067***4567", NULL);
    becomes("3806712345673806712345673806712345673806712345674", NULL);
}

Test(suppression, answers_do_not_outlive_the_question)
{
    becomes("0671234567", NULL);
    forget("0671234567");
    becomes("0671234567", "X");
    becomes("380671234567", "X");
    cr_expect_eq(suppression_count(suppression), 2);
}

Test(suppression, a_leg_keeps_everything_else)
{
    struct leg leg = { .key = { { 1 } },
                       .call_key = { { 2 } },
                       .started_at = 5,
                       .caller = slice_of("1001"),
                       .destination = slice_of("+380671234567"),
                       .agent = slice_of("380671234567"),
                       .gateway = slice_of("380671234567"),
                       .queue = slice_of("380671234567"),
                       .extra =
                           slice_of("{\"n\":380671234567,\"m\":\"38067 1234567\"}") };
    struct leg blanked = leg;

    cr_assert(suppression_leg(suppression, &blanked));
    cr_expect(slice_is(blanked.caller, "1001"));
    cr_expect(slice_is(blanked.destination, "0000000"));
    cr_expect(slice_is(blanked.agent, "0000000"));
    cr_expect(slice_is(blanked.extra, "{\"n\":0,\"m\":\"0\"}"), SLICE_FMT,
              SLICE_ARG(blanked.extra));
    cr_expect_null(blanked.extension.s);
    /* Statistics are kept by these. */
    cr_expect(slice_is(blanked.gateway, "380671234567"));
    cr_expect(slice_is(blanked.queue, "380671234567"));
    cr_expect(uuid_equal(&blanked.key, &leg.key) &&
              uuid_equal(&blanked.call_key, &leg.call_key) && blanked.started_at == 5);

    leg.destination = leg.agent = leg.extra = slice_of("0501112233");
    cr_expect_not(suppression_leg(suppression, &leg));
}
