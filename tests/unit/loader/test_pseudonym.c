/* loader/retention/pseudonym: what becomes a pseudonym, and what must stay. */
#include <criterion/criterion.h>
#include <unistd.h>

#include "base/base.h"
#include "loader/retention/pseudonym.h"

static struct pseudonym *with_key(uint32_t keep)
{
    char path[] = "/tmp/pseudonym-XXXXXX";
    int fd = mkstemp(path);
    struct err err = { 0 };

    cr_assert(fd >= 0 && write(fd, "0123456789abcdef0123456789abcdef\n", 33) == 33);
    close(fd);

    struct pseudonym *pseudonym = pseudonym_open(path, keep, &err);

    unlink(path);
    cr_assert_not_null(pseudonym, "%s", err.text);
    return pseudonym;
}

/* IN becomes OUT, in which * stands for the digits of a pseudonym. */
static void becomes(struct pseudonym *pseudonym, const char *in, const char *out)
{
    struct buf got = { 0 }, shape = { 0 };
    bool found = pseudonym_text(pseudonym, slice_of(in), &got);
    const char *text = buf_cstr(&got);

    for (const char *c = text; *c != '\0';) {
        size_t digits = strspn(c, "0123456789");
        size_t kept = digits > PSEUDONYM_DIGITS ? digits - PSEUDONYM_DIGITS : 0;

        if (digits < PSEUDONYM_DIGITS) {
            buf_add(&shape, c, digits != 0 ? digits : 1);
            c += digits != 0 ? digits : 1;
            continue;
        }
        buf_add(&shape, c, kept);
        buf_add_char(&shape, '*');
        c += digits;
    }
    cr_expect_eq(found, strcmp(in, out) != 0, "%s", in);
    if (found)
        cr_expect_str_eq(buf_cstr(&shape), out, "%s: %s", in, text);
    buf_free(&got);
    buf_free(&shape);
}

Test(pseudonym, numbers_in_every_spelling)
{
    struct pseudonym *pseudonym = with_key(0);

    becomes(pseudonym, "+380 67 123-45-67", "*");
    becomes(pseudonym, "00380671234567", "*");
    becomes(pseudonym, "(067) 123 45 67", "(*");
    becomes(pseudonym, "067.123.45.67", "*");
    becomes(pseudonym, "tel:+380671234567;x", "tel:*;x");
    becomes(pseudonym, "a380671234567b", "a*b");
    becomes(pseudonym, "380671234567 380501112233", "* *");
    becomes(pseudonym, "{\"n\":380671234567,\"m\":5}", "{\"n\":*,\"m\":5}");
    pseudonym_free(pseudonym);
}

Test(pseudonym, what_is_no_number_stays)
{
    static const char *const texts[] = {
        "",
        "100",
        "ext 1234",
        "2026-06-01 10:00:00",
        "2026-06-01T10:00:00.123Z",
        "01.06.2026",
        "10.0.123.45",
        "192.168.100.200",
        "550e8400-e29b-41d4-a716-446655440000",
        "480;text=\"busy\"",
        "3,80636E+11",
    };
    struct pseudonym *pseudonym = with_key(0);

    for (size_t i = 0; i < COUNTOF(texts); i++)
        becomes(pseudonym, texts[i], texts[i]);
    pseudonym_free(pseudonym);
}

Test(pseudonym, one_person_is_one_pseudonym)
{
    struct pseudonym *pseudonym = with_key(5);
    struct number number = { .s = "380671234567" }, other = { .s = "380671234568" };
    struct buf first = { 0 }, again = { 0 };

    cr_assert(pseudonym_text(pseudonym, slice_of("+380 (67) 123-45-67"), &first));
    cr_assert(!pseudonym_text(pseudonym, buf_slice(&first), &again), "made again");
    cr_expect_str_eq(buf_cstr(&first), pseudonym_of(pseudonym, &number));
    cr_expect_str_neq(buf_cstr(&first), pseudonym_of(pseudonym, &other));
    becomes(pseudonym, "380671234567", "38067*");
    becomes(pseudonym, "0671234567", "067*");
    becomes(pseudonym, "6712345", "*");
    buf_free(&first);
    buf_free(&again);
    pseudonym_free(pseudonym);
}
