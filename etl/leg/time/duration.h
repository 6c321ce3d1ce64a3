/*
 * duration.h - the ways in which exports write how long something lasted, and numbers.
 */
#ifndef ETL_LEG_TIME_DURATION_H
#define ETL_LEG_TIME_DURATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

/*
 * TEXT (13, 13.0, 1.3e1, 1,234, 00:00:13, 1:02:03) as whole seconds; hours may exceed
 * 24.  False when it is something else, h:mm for one, or less than nothing.
 */
bool duration_read(struct slice text, int64_t *seconds);

/*
 * All of TEXT (13, -0.5, 1.6e+15, 16E11) as a number, as JSON writes them.  False when it
 * is something else, or beyond what a double holds.
 */
bool decimal_read(struct slice text, double *value);

/* Two digits at S as a number; more than 99 when they are none. */
static inline unsigned decimal_two(const char *s)
{
    unsigned tens = (unsigned char)s[0] - '0', ones = (unsigned char)s[1] - '0';

    return tens <= 9 && ones <= 9 ? 10 * tens + ones : 100;
}

#endif
