/*
 * number.h - a subscriber's number: its digits, and how they may stand in a text.
 *
 * As they are in a row, or with up to two blanks, hyphens, dots, slashes or brackets
 * between any two; + or 00 in front do not count.  Never inside of a longer number, nor
 * where somebody has masked them.  That 0671234567 is 380671234567 is the number plan's
 * to say: each spelling is a number here.
 */
#ifndef ETL_LOADER_RETENTION_NUMBER_H
#define ETL_LOADER_RETENTION_NUMBER_H

#include "base/buf.h"
#include "leg/number/number_plan.h"

enum {
    NUMBER_MIN = 7, /* digits; fewer are an extension, which is no subscriber's */
    NUMBER_MAX = 20,
    NUMBER_GAP = 2,   /* separators between two digits */
    NUMBER_TEXT = 40, /* room for a pseudonym of one, which is longer */
};

struct number {
    char s[NUMBER_TEXT];
    bool is_spelling; /* of the one that stands before it in a list */
};

/* The digits of a number as a person writes it.  False with ERR (EXIT_USAGE). */
bool number_read(const char *text, struct number *number, struct err *err) MUST_USE;

/* For tables of what is known of numbers. */
uint32_t number_hash(const struct number *number);

/* Where a number goes on behind a group of its digits that ends at AT; TEXT's length:
 * nowhere. */
size_t number_next_group(struct slice text, size_t at);

#endif
