/*
 * number.c - reading a number, and writing what finds it.
 */
#include "loader/retention/number.h"

#include "base/base.h"

static bool add_digits(const char *text, char *digits, size_t max)
{
    struct slice rest = slice_of(text);
    size_t len = 0;

    for (size_t at = 0; at < rest.len;) {
        size_t separator = number_separator(rest, at);

        if (separator == 0 && (rest.s[at] < '0' || rest.s[at] > '9' || len == max))
            return false;
        if (separator == 0)
            digits[len++] = rest.s[at++];
        at += separator;
    }
    digits[len] = '\0';
    return true;
}

bool number_read(const char *text, struct number *number, struct err *err)
{
    char digits[NUMBER_MAX + 3] = "";
    const char *first = digits;
    bool plus = text[0] == '+';

    if (!add_digits(text + plus, digits, sizeof digits - 1))
        return err_set(err, EXIT_USAGE,
                       "\"%s\" is no number: digits, with blanks, hyphens, dots, slashes "
                       "or brackets between them and + or 00 in front; what is masked "
                       "cannot be found",
                       text);
    if (!plus && strncmp(digits, "00", 2) == 0)
        first += 2;

    size_t len = strlen(first);

    if (len < NUMBER_MIN || len > NUMBER_MAX || strncmp(first, "00", 2) == 0)
        return err_set(err, EXIT_USAGE,
                       "\"%s\" is no subscriber's number: it has %zu digits, %d to %d "
                       "are possible",
                       text, len, NUMBER_MIN, NUMBER_MAX);
    *number = (struct number){ .is_spelling = false };
    memcpy(number->s, first, len + 1);
    return true;
}

/* The same as number_separator(); the brackets are for an expression's own. */
static const char gap[] = "(?:[- .()/\\u00a0\\u202f\\u2009\\u2010-\\u2014\\u2212]{0,2})";

size_t number_group(const struct number *number, size_t count)
{
    size_t n = 1;

    while (n < count && number[n].is_spelling)
        n++;
    return n;
}

/* How many digits at the end all of them share. */
static size_t shared_end(const struct number *number, size_t count)
{
    size_t len = strlen(number->s);

    for (size_t i = 1; i < count; i++) {
        size_t other = strlen(number[i].s), n = 0;

        while (n < len && n < other &&
               number->s[strlen(number->s) - n - 1] == number[i].s[other - n - 1])
            n++;
        len = n;
    }
    return len;
}

static void add_spaced(struct buf *out, const char *digits, size_t len)
{
    for (size_t i = 0; i < len; i++)
        buf_addf(out, "%s%c", i == 0 ? "" : gap, digits[i]);
}

/* What may stand in front of the last LAST digits, one of them or, perhaps, nothing. */
static void add_fronts(struct buf *out, const struct number *number, size_t count,
                       size_t last)
{
    const char *between = "(?:(?:";
    bool may_miss = false;

    for (size_t i = 0; i < count; i++) {
        size_t front = strlen(number[i].s) - last;

        may_miss |= front == 0;
        if (front == 0)
            continue;
        buf_add_text(out, between);
        add_spaced(out, number[i].s, front);
        between = "|";
    }
    if (*between == '|')
        buf_addf(out, ")%s)%s", gap, may_miss ? "?" : "");
}

void number_pattern(const struct number *number, size_t count, struct buf *out)
{
    size_t last = shared_end(number, count);

    buf_addf(out, "(?<![0-9])(?:\\+|0%s0%s)?", gap, gap);
    add_fronts(out, number, count, last);
    add_spaced(out, number->s + strlen(number->s) - last, last);
    buf_add_text(out, "(?![0-9])");
}
