/*
 * extension.c - an employee's own number.
 */
#include "leg/number/extension.h"

bool number_is_extension(struct slice number)
{
    size_t digits = 0;

    while (digits < number.len && number.s[digits] >= '0' && number.s[digits] <= '9')
        digits++;
    return digits == number.len && digits > 0 && digits <= LEG_EXTENSION_DIGITS;
}
