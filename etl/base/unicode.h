/*
 * unicode.h - characters as Unicode knows them: shown on a terminal, folded where case
 * does not count, digits or not.
 *
 * Names and cells may hold what a terminal obeys.  Shown text holds printable
 * characters only: control characters, marks that turn the direction of writing, and
 * bytes that are no UTF-8 stand as \n, \t, \r, \xNN or \uNNNN.
 */
#ifndef ETL_BASE_UNICODE_H
#define ETL_BASE_UNICODE_H

#include "base/buf.h"
#include "base/text.h"

void buf_add_shown(struct buf *buf, struct slice text);

/*
 * Columns that shown TEXT takes on a terminal: letters of East Asian scripts take two,
 * marks that stand on the letter before them none.
 */
size_t text_width(struct slice text);

/* What of TEXT, from its beginning, takes at most COLUMNS; no letter loses its marks. */
struct slice text_columns(struct slice text, size_t columns);

/* A copy of the string S as it is shown; free() it. */
char *text_shown(const char *s);

/*
 * TEXT folded into OUT, which is emptied first: Unicode's full case folding, letters
 * composed (NFC), by utf8proc: in no locale, so the same everywhere.  Text that is no
 * UTF-8 is folded in its ASCII letters alone.
 */
void fold_text(struct buf *out, struct slice text);

/* How many digits TEXT has, of any script, superscripts and circled ones included. */
size_t text_digits(struct slice text);

#endif
