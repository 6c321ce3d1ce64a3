/*
 * pseudonym_options.h - the options that make pseudonyms of numbers, for whoever loads
 * and whoever forgets.
 */
#ifndef ETL_COMMANDS_SHARED_PSEUDONYM_OPTIONS_H
#define ETL_COMMANDS_SHARED_PSEUDONYM_OPTIONS_H

#include "commands/shared/command.h"
#include "loader/retention/pseudonym.h"
#include "rules/rules.h"

/*
 * The carrier that RULES know by NUMBER, as RULES name it: the number is a trunk's, and
 * nobody's but ours.  NULL: it is a person's.
 */
const char *own_number_carrier(const struct rules *rules, const char *number);

/* Rows of an option table; keep the order. */
#define PSEUDONYM_OPTIONS                                                                \
    { "pseudonymise", NULL, "numbers of people are stored as keyed digests" },           \
        { "pseudonym-key", "FILE", "the key of these (else the unit's credential)" },    \
    {                                                                                    \
        "keep-prefix", "DIGITS", "keep so many in front: country, operator (else 0)"     \
    }

enum { PSEUDONYM_OPTION_COUNT = 3 };

/*
 * The three rows from FIRST on, into *PSEUDONYM: NULL when none are wanted, else
 * pseudonym_free() it.  Numbers by which RULES know a carrier stay as they are.  False
 * with ERR (EXIT_USAGE).
 */
bool pseudonym_options(const struct args *args, size_t first, const struct rules *rules,
                       struct pseudonym **pseudonym, struct err *err) MUST_USE;

#endif
