/*
 * test_lang.c - sentences, numbers and dates in three languages, whatever the locale.
 */
#include <criterion/criterion.h>

#include "base/base.h"
#include "lang/lang.h"

#define NARROW "\xe2\x80\xaf"

static void expect_value(enum lang lang, enum lang_kind kind, const char *text,
                         const char *expected)
{
    struct buf out = { 0 };

    lang_add(&out, lang, kind, text);
    cr_expect_str_eq(buf_cstr(&out), expected);
    buf_free(&out);
}

Test(lang, numbers)
{
    expect_value(LANG_EN, LANG_NUMBER, "0", "0");
    expect_value(LANG_EN, LANG_NUMBER, "1234567", "1,234,567");
    expect_value(LANG_UK, LANG_NUMBER, "1234567", "1" NARROW "234" NARROW "567");
    expect_value(LANG_EN, LANG_PERCENT, "37.11", "37.1%");
    expect_value(LANG_RU, LANG_PERCENT, "37.11", "37,1" NARROW "%");
    expect_value(LANG_UK, LANG_WHOLE_PERCENT, "99.6", "100" NARROW "%");
    expect_value(LANG_EN, LANG_DECIMAL, "-0.26", "−0.3");
    expect_value(LANG_EN, LANG_DECIMAL, "-0.01", "0.0");
    expect_value(LANG_RU, LANG_DECIMAL, "12345.67", "12" NARROW "345,7");
    expect_value(LANG_EN, LANG_PERCENT, NULL, "–");
}

Test(lang, durations)
{
    expect_value(LANG_EN, LANG_DURATION, "59.4", "59 s");
    expect_value(LANG_EN, LANG_DURATION, "59.6", "1 min 00 s");
    expect_value(LANG_UK, LANG_DURATION, "125", "2 хв 05 с");
    expect_value(LANG_RU, LANG_DURATION, "7322", "2 ч 02 мин");
    expect_value(LANG_RU, LANG_DURATION, NULL, "–");
}

Test(lang, dates)
{
    expect_value(LANG_EN, LANG_DAY, "2026-06-05", "5 June 2026");
    expect_value(LANG_UK, LANG_DAY, "2026-06-05", "5 червня 2026 р.");
    expect_value(LANG_RU, LANG_DAY, "2026-05-31", "31 мая 2026 г.");
    expect_value(LANG_UK, LANG_MONTH, "2026-06", "червень 2026 р.");
    expect_value(LANG_EN, LANG_DAY_SHORT, "2026-06-05", "Fri 5 Jun");
    expect_value(LANG_UK, LANG_DAY_SHORT, "2026-06-07 11:00", "нд, 7 черв.");
    expect_value(LANG_EN, LANG_HOUR, "2026-06-05 14:00", "Fri 5 Jun, 14:00");
    expect_value(LANG_EN, LANG_CLOCK, "2026-06-05 14:00", "14:00");
    expect_value(LANG_EN, LANG_DAY, "no day", "no day");
}

/* The rule of both Slavic languages: 1, 21; 2 to 4; 11 to 14 and the rest. */
Test(lang, plurals)
{
    static const struct {
        unsigned long n;
        const char *form;
    } cases[] = { { 1, "{n} прогалина" },  { 2, "{n} прогалини" },
                  { 5, "{n} прогалин" },   { 11, "{n} прогалин" },
                  { 12, "{n} прогалин" },  { 21, "{n} прогалина" },
                  { 22, "{n} прогалини" }, { 111, "{n} прогалин" },
                  { 0, "{n} прогалин" } };

    for (size_t i = 0; i < COUNTOF(cases); i++)
        cr_expect_str_eq(lang_plural(LANG_UK, "{n} gap", "{n} gaps", cases[i].n),
                         cases[i].form);
    cr_expect_str_eq(lang_plural(LANG_EN, "{n} gap", "{n} gaps", 21), "{n} gaps");
    cr_expect_str_eq(lang_plural(LANG_RU, "one", "many", 1), "one", "not in a catalogue");
}

Test(lang, sentences)
{
    const struct lang_value values[] = { { "n", LANG_NUMBER, "4000" },
                                         { "word", LANG_WORD, "Mon" },
                                         { NULL, LANG_NAME, NULL } };
    struct buf out = { 0 };

    lang_say(&out, LANG_RU, "{word} {n} {x} {", values);
    cr_expect_str_eq(buf_cstr(&out), "пн 4" NARROW "000 {x} {");
    cr_expect_str_eq(lang_text(LANG_UK, "Queue"), "Черга");
    cr_expect_str_eq(lang_text(LANG_EN, "Queue"), "Queue");
    buf_free(&out);
}
