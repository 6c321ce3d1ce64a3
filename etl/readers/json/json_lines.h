/*
 * json_lines.h - is a line a record?
 *
 * It matters where one breaks: a broken line is set aside and the next one goes on,
 * a broken document is refused.
 */
#ifndef ETL_READERS_JSON_JSON_LINES_H
#define ETL_READERS_JSON_JSON_LINES_H

#include <stdbool.h>

#include "base/text.h"

enum json_lined {
    LINED_NOT, /* documents, however many and however long */
    LINED,
    LINED_OPEN, /* the look is too short to say */
};

/*
 * HEAD is the beginning of the input; with IS_END it is all.
 *
 * Line by line is where the first line is a whole object, and another line begins
 * like one or, further on, is one; and where the first line is none, but two in a
 * row are.  {"items":[ with an object a line has commas behind them and is one
 * document, and so is an object that takes more than one line.  Empty lines do not
 * count.
 */
enum json_lined json_lined(struct slice head, bool is_end);

#endif
