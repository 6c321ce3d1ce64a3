/*
 * decimal.c - numbers with a fraction or an exponent, as JSON writes them.
 */
#include "leg/time/decimal.h"

#include <math.h>

#include "base/base.h"

enum { DECIMAL_MAX = 63 };

/* Pass over the digits at *S; false when there are none. */
static bool skip_digits(const char **s)
{
    const char *from = *s;

    while (**s >= '0' && **s <= '9')
        (*s)++;
    return *s > from;
}

/* strtod() knows more forms than any export writes: "0x1p3", "inf", " 1", "1.". */
static bool is_decimal(const char *s)
{
    s += *s == '-';
    if (!skip_digits(&s) || (*s == '.' && (s++, !skip_digits(&s))))
        return false;
    if (*s != 'e' && *s != 'E')
        return *s == '\0';
    s++;
    s += *s == '+' || *s == '-';
    return skip_digits(&s) && *s == '\0';
}

bool decimal_read(struct slice text, double *value)
{
    char copy[DECIMAL_MAX + 1];

    if (text.len == 0 || text.len > DECIMAL_MAX)
        return false;
    memcpy(copy, text.s, text.len);
    copy[text.len] = '\0';
    if (!is_decimal(copy))
        return false;
    *value = strtod(copy, NULL);
    return isfinite(*value);
}
