/*
 * duration.c - seconds and clocks.
 */
#include "leg/time/duration.h"

#include <math.h>

#include "base/base.h"

/* More seconds than anything lasts, and an exact integer in a double. */
static const double most_seconds = 1e15;

/* A part of a clock or of a grouped number: digits, and no sign. */
static bool read_part(struct slice part, int64_t *value)
{
    return part.len > 0 && part.s[0] >= '0' && part.s[0] <= '9' && slice_int(part, value);
}

/* 00:00:13, 1:02:03; hours may exceed 24.  h:mm is no duration we know. */
static bool read_clock(struct slice text, int64_t *seconds)
{
    int64_t value;
    int parts = 0;

    *seconds = 0;
    for (;; parts++) {
        struct slice part = slice_before(text, ':');

        if (parts == 3 || !read_part(part, &value) ||
            (parts > 0 && (value > 59 || part.len != 2)))
            return false;
        *seconds = *seconds * 60 + value;
        if (part.len == text.len)
            return parts == 2;
        text.s += part.len + 1;
        text.len -= part.len + 1;
    }
}

/* 1,234: as stock Kibana groups digits. */
static bool read_grouped(struct slice text, int64_t *seconds)
{
    struct slice group = slice_before(text, ',');
    int64_t value;

    *seconds = 0;
    for (bool first = true;; first = false) {
        if ((first ? group.len > 3 : group.len != 3) || !read_part(group, &value) ||
            text.len > 16)
            return false;
        *seconds = *seconds * 1000 + value;
        if (group.len == text.len)
            return true;
        text = (struct slice){ text.s + group.len + 1, text.len - group.len - 1 };
        group = slice_before(text, ',');
    }
}

/* 00:00:13 to the letter, as nearly every clock is written. */
static bool read_plain_clock(struct slice text, int64_t *seconds)
{
    if (text.len != 8 || text.s[2] != ':' || text.s[5] != ':')
        return false;

    unsigned hour = decimal_two(text.s), minute = decimal_two(text.s + 3);
    unsigned second = decimal_two(text.s + 6);

    *seconds = ((int64_t)hour * 60 + minute) * 60 + second;
    return hour <= 99 && minute <= 59 && second <= 59;
}

/* 13.0, 1.5e2: whole seconds, the rest of one cut off. */
static bool read_number(struct slice text, int64_t *seconds)
{
    double number;

    if (!decimal_read(text, &number) || number < 0 || number > most_seconds)
        return false;
    *seconds = (int64_t)number;
    return true;
}

bool duration_read(struct slice text, int64_t *seconds)
{
    if (read_plain_clock(text, seconds))
        return true;
    if (slice_int(text, seconds))
        return *seconds >= 0;
    if (memchr(text.s, ':', text.len) != NULL)
        return read_clock(text, seconds);
    if (memchr(text.s, ',', text.len) != NULL)
        return read_grouped(text, seconds);
    return read_number(text, seconds);
}

/* Numbers with a fraction or an exponent, as JSON writes them. */

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
