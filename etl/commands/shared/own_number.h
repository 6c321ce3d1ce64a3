/*
 * own_number.h - numbers that are nobody's but ours: a trunk's, by which the mappings
 * know its carrier.
 */
#ifndef ETL_COMMANDS_SHARED_OWN_NUMBER_H
#define ETL_COMMANDS_SHARED_OWN_NUMBER_H

#include "rules/rules.h"

/* The carrier that RULES know by NUMBER, as RULES name it; NULL: it is a person's. */
const char *own_number_carrier(const struct rules *rules, const char *number);

#endif
