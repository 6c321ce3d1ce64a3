/*
 * extension.h - an employee's own number.
 */
#ifndef LEG_NUMBER_EXTENSION_H
#define LEG_NUMBER_EXTENSION_H

#include "record/leg.h"

/* One to LEG_EXTENSION_DIGITS digits and nothing else: no subscriber has so short a one.
 */
bool number_is_extension(struct slice number);

#endif
