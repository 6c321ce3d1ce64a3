/*
 * decimal.h - numbers with a fraction or an exponent, as JSON writes them.
 */
#ifndef ETL_LEG_TIME_DECIMAL_H
#define ETL_LEG_TIME_DECIMAL_H

#include <stdbool.h>

#include "base/text.h"

/*
 * All of TEXT (13, -0.5, 1.6e+15, 16E11) as a number.  False when it is something else,
 * or beyond what a double holds.
 */
bool decimal_read(struct slice text, double *value);

#endif
