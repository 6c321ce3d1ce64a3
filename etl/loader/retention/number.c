/*
 * number.c - reading a number, and writing what finds it.
 */
#include "loader/retention/number.h"

#include "base/base.h"

static bool number_add_digits(const char *text, char *digits, size_t max)
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

    if (!number_add_digits(text + plus, digits, sizeof digits - 1))
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

uint32_t number_hash(const struct number *number)
{
    uint32_t hash = 2166136261u;

    for (const char *c = number->s; *c != '\0'; c++)
        hash = (hash ^ (unsigned char)*c) * 16777619u;
    return hash;
}

size_t number_next_group(struct slice text, size_t at)
{
    for (int i = 0; i < NUMBER_GAP; i++)
        at += number_separator(text, at);
    return at < text.len && text.s[at] >= '0' && text.s[at] <= '9' ? at : text.len;
}
