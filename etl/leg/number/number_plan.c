/*
 * number_plan.c - prefix after prefix, the country's own forms first.
 */
#include "base/base.h"
#include "leg/number/number_plan_impl.h"

enum { E164_DIGITS_MIN = 8, GATEWAY_MAX = 128 };

/* Digits alone, out of a text as people write numbers. */
struct dialled {
    char digit[DIGITS_MAX];
    size_t count;
    bool plus;
};

/* What parts digits besides ASCII: blanks that do not break or are narrow, hyphens. */
static const char *const separators[] = {
    "\xc2\xa0",     "\xe2\x80\xaf", "\xe2\x80\x89", "\xe2\x80\x90", "\xe2\x80\x91",
    "\xe2\x80\x92", "\xe2\x80\x93", "\xe2\x80\x94", "\xe2\x88\x92",
};

size_t number_separator(struct slice text, size_t at)
{
    struct slice rest = { text.s + at, text.len - at };

    if (rest.len == 0)
        return 0;
    if ((unsigned char)*rest.s < 0x80)
        return memchr(" -.()/", *rest.s, 6) != NULL ? 1 : 0;
    for (size_t i = 0; i < COUNTOF(separators); i++)
        if (slice_starts(rest, separators[i]))
            return strlen(separators[i]);
    return 0;
}

static bool dialled_read(struct slice text, struct dialled *dialled)
{
    size_t at = 0, n;

    dialled->count = 0;
    dialled->plus = false;
    if (text.len > 0 && (text.s[0] == 't' || text.s[0] == 's') &&
        (slice_starts(text, "tel:") || slice_starts(text, "sip:")))
        at = 4;
    if (at < text.len && text.s[at] == '+') {
        dialled->plus = true;
        at++;
    }
    for (; at < text.len; at += n) {
        n = text_leading_digits(slice_from(text, at));
        if (n == 0 && (n = number_separator(text, at)) != 0)
            continue;
        if (n == 0 || n > DIGITS_MAX - dialled->count)
            return false;
        memcpy(dialled->digit + dialled->count, text.s + at, n);
        dialled->count += n;
    }
    return true;
}

static bool starts_with(struct slice digits, struct slice prefix)
{
    return digits.len > prefix.len && bytes_equal(digits.s, prefix.s, prefix.len);
}

/* DIGITS, or what a prefix leaves of them, are a number of COUNTRY. */
static bool is_number_of(const struct country *country, struct slice digits)
{
    for (size_t i = 0; i < country->nforms; i++) {
        const struct number_form *form = &country->form[i];
        bool begins = form->starts.count == 0;

        if (digits.len != form->digits || (form->first >> (digits.s[0] - '0') & 1) == 0)
            continue;
        for (size_t j = 0; !begins && j < form->starts.count; j++)
            begins = starts_with(digits, form->starts.text[j]);
        if (begins)
            return true;
    }
    return false;
}

static bool set_e164(struct slice code, struct slice number, char e164[static E164_SIZE])
{
    if (code.len + number.len > E164_DIGITS)
        return false;
    e164[0] = '+';
    memcpy(e164 + 1, code.s, code.len);
    memcpy(e164 + 1 + code.len, number.s, number.len);
    e164[1 + code.len + number.len] = '\0';
    return true;
}

/* With a prefix of the country's own in front: 0636159079. */
static bool is_national(const struct country *country, struct slice digits,
                        struct slice *number)
{
    for (size_t i = 0; i < country->national.count; i++) {
        *number = slice_from(digits, country->national.text[i].len);
        if (starts_with(digits, country->national.text[i]) &&
            is_number_of(country, *number))
            return true;
    }
    return false;
}

/* With the country's code in front, and perhaps what is dialled at home: +380 (0) 63. */
static bool is_coded(const struct country *country, struct slice digits,
                     struct slice *number)
{
    if (!starts_with(digits, country->code))
        return false;
    digits = slice_from(digits, country->code.len);
    *number = digits;
    return is_number_of(country, digits) || is_national(country, digits, number);
}

static bool any_coded(const struct number_plan *plan, struct slice digits,
                      char e164[static E164_SIZE])
{
    size_t first = (size_t)(digits.s[0] - '0');
    struct slice number;

    for (size_t i = 0; i < plan->ncoded[first]; i++)
        if (is_coded(plan->coded[first][i], digits, &number))
            return set_e164(plan->coded[first][i]->code, number, e164);
    return false;
}

/* A number that says its country's code is one of any country. */
static bool is_international(const struct number_plan *plan, struct slice digits,
                             char e164[static E164_SIZE])
{
    if (digits.len < E164_DIGITS_MIN || digits.s[0] == '0')
        return false;
    return any_coded(plan, digits, e164) ||
           set_e164((struct slice){ "", 0 }, digits, e164);
}

static bool e164_of(const struct number_plan *plan, const struct country *country,
                    struct slice digits, char e164[static E164_SIZE])
{
    struct slice number;

    if (is_coded(country, digits, &number) || is_national(country, digits, &number))
        return set_e164(country->code, number, e164);
    if (country->bare && is_number_of(country, digits))
        return set_e164(country->code, digits, e164);
    for (size_t i = 0; i < country->international.count; i++)
        if (starts_with(digits, country->international.text[i]) &&
            is_international(plan, slice_from(digits, country->international.text[i].len),
                             e164))
            return true;
    return any_coded(plan, digits, e164);
}

static bool pattern_holds(const struct trunk_pattern *pattern, struct slice gateway)
{
    switch (pattern->match) {
    case TRUNK_IS:
        return slice_is(gateway, pattern->text);
    case TRUNK_PREFIX:
        return slice_starts(gateway, pattern->text);
    case TRUNK_GLOB:
        return text_glob(gateway, slice_of(pattern->text));
    }
    return false;
}

const struct trunk *number_plan_trunk(const struct number_plan *plan,
                                      struct slice gateway)
{
    char lower[GATEWAY_MAX];

    if (plan->ntrunks == 0 || gateway.len == 0 || gateway.len > sizeof lower)
        return NULL;
    for (size_t i = 0; i < gateway.len; i++)
        lower[i] = ascii_lower(gateway.s[i]);
    gateway.s = lower;
    for (size_t i = 0; i < plan->ntrunks; i++)
        for (size_t j = 0; j < plan->trunk[i].ngateways; j++)
            if (pattern_holds(&plan->trunk[i].gateway[j], gateway))
                return &plan->trunk[i];
    return NULL;
}

/* DIGITS as they go over TRUNK: with its own prefix, or without the area's code. */
static bool e164_over(const struct number_plan *plan, const struct trunk *trunk,
                      struct slice digits, char e164[static E164_SIZE])
{
    char local[DIGITS_MAX];
    size_t area = trunk->area.len;

    if (area != 0 && digits.len == trunk->local_digits) {
        memcpy(local, trunk->area.s, area);
        memcpy(local + area, digits.s, digits.len);
        return set_e164(trunk->country->code, (struct slice){ local, area + digits.len },
                        e164);
    }
    for (size_t i = 0; i < trunk->strip.count; i++)
        if (starts_with(digits, trunk->strip.text[i]) &&
            e164_of(plan, trunk->country, slice_from(digits, trunk->strip.text[i].len),
                    e164))
            return true;
    return false;
}

bool number_plan_e164(const struct number_plan *plan, const struct trunk *trunk,
                      struct slice number, char e164[static E164_SIZE])
{
    struct dialled dialled;

    e164[0] = '\0';
    if (number.len < E164_DIGITS_MIN - 2 || !dialled_read(number, &dialled) ||
        dialled.count == 0)
        return false;

    struct slice digits = { dialled.digit, dialled.count };

    if (dialled.plus && is_international(plan, digits, e164))
        return true;

    const struct country *country = trunk != NULL ? trunk->country : plan->home;

    return e164_of(plan, country, digits, e164) ||
           (trunk != NULL && e164_over(plan, trunk, digits, e164));
}

bool number_plan_any(const struct number_plan *plan, struct slice number,
                     char e164[static E164_SIZE])
{
    struct dialled dialled;
    bool found = number_plan_e164(plan, NULL, number, e164);

    if (found || !dialled_read(number, &dialled) || dialled.count == 0)
        return found;
    for (size_t i = 0; !found && i < plan->ncountries; i++)
        found = e164_of(plan, &plan->country[i],
                        (struct slice){ dialled.digit, dialled.count }, e164);
    return found;
}

/* Spellings on their way into the caller's list. */
struct spellings {
    struct spelling *spelling;
    size_t count;
};

static void spell(struct spellings *all, struct slice prefix, struct slice middle,
                  struct slice number)
{
    struct spelling *next = &all->spelling[all->count];

    if (all->count == SPELLINGS_MAX ||
        prefix.len + middle.len + number.len >= sizeof next->s)
        return;
    snprintf(next->s, sizeof next->s, SLICE_FMT SLICE_FMT SLICE_FMT, SLICE_ARG(prefix),
             SLICE_ARG(middle), SLICE_ARG(number));
    for (size_t i = 0; i < all->count; i++)
        if (strcmp(all->spelling[i].s, next->s) == 0)
            return;
    all->count++;
}

/* NUMBER of COUNTRY behind PREFIX: with what may stand between. */
static void spell_in(struct spellings *all, const struct country *country,
                     struct slice prefix, struct slice number)
{
    spell(all, prefix, country->code, number);
    if (country->bare)
        spell(all, prefix, SLICE_NONE, number);
    for (size_t i = 0; i < country->national.count; i++)
        spell(all, prefix, country->national.text[i], number);
}

static void spell_country(struct spellings *all, const struct number_plan *plan,
                          const struct country *country, struct slice number)
{
    spell_in(all, country, SLICE_NONE, number);
    for (size_t i = 0; i < country->national.count; i++)
        spell(all, country->code, country->national.text[i], number);
    for (size_t i = 0; i < plan->ntrunks; i++)
        for (size_t j = 0; j < plan->trunk[i].strip.count; j++)
            spell_in(all, country, plan->trunk[i].strip.text[j], number);
}

size_t number_plan_spellings(const struct number_plan *plan, const char *e164,
                             struct spelling spelling[static SPELLINGS_MAX])
{
    struct spellings all = { .spelling = spelling };
    struct slice digits = slice_of(e164 + 1), number;

    spell(&all, SLICE_NONE, SLICE_NONE, digits);
    for (size_t i = 0; i < plan->ncountries; i++)
        if (is_coded(&plan->country[i], digits, &number))
            spell_country(&all, plan, &plan->country[i], number);
    for (size_t i = 0; i < plan->ncountries; i++)
        for (size_t j = 0; j < plan->country[i].international.count; j++)
            spell(&all, plan->country[i].international.text[j], SLICE_NONE, digits);
    return all.count;
}

/* An employee's own number. */

bool number_is_extension(struct slice number)
{
    size_t digits = 0;

    while (digits < number.len && number.s[digits] >= '0' && number.s[digits] <= '9')
        digits++;
    return digits == number.len && digits > 0 && digits <= LEG_EXTENSION_DIGITS;
}
