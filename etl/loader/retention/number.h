/*
 * number.h - a subscriber's number: its digits, and how they may stand in a text.
 *
 * As they are in a row, or with up to two blanks, hyphens, dots, slashes or brackets
 * between any two; + or 00 in front do not count.  Never inside of a longer number, nor
 * in another form (0671234567 is not 380671234567), nor where somebody has masked them.
 */
#ifndef ETL_LOADER_RETENTION_NUMBER_H
#define ETL_LOADER_RETENTION_NUMBER_H

#include "base/buf.h"

enum {
    NUMBER_MIN = 7, /* digits; fewer are an extension, which is no subscriber's */
    NUMBER_MAX = 20,
    NUMBER_GAP = 2, /* separators between two digits */
};

struct number {
    char s[NUMBER_MAX + 1];
};

/* The digits of a number as a person writes it.  False with ERR (EXIT_USAGE). */
bool number_read(const char *text, struct number *number, struct err *err) MUST_USE;

/* How many bytes of TEXT at AT are one separator; 0: none. */
size_t number_separator(struct slice text, size_t at);

/* Append a regular expression of PostgreSQL's that finds the number in a text. */
void number_pattern(const struct number *number, struct buf *out);

#endif
