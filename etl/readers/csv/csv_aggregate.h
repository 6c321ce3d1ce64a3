/*
 * csv_aggregate.h - tables that Kibana counted, which hold no calls.
 */
#ifndef ETL_READERS_CSV_CSV_AGGREGATE_H
#define ETL_READERS_CSV_CSV_AGGREGATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/* Lines that tell: a title, a blank line, captions, a row. */
enum { AGGREGATE_LINES = 4 };

/*
 * Do the first COUNT lines of a file, without their ends, make an aggregate: a table
 * that Kibana drew, known by the captions that it gives to what it counts, or one
 * that it mailed, with a title and a blank line above?
 */
bool is_aggregate(const struct slice *line, size_t count);

#endif
