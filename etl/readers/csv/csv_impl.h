/*
 * csv_impl.h - what the files of the CSV reader share.
 */
#ifndef ETL_READERS_CSV_CSV_IMPL_H
#define ETL_READERS_CSV_CSV_IMPL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/table.h"
#include "base/text.h"
#include "readers/csv/csv_cells.h"
#include "readers/csv/csv_header.h"
#include "readers/format.h"
#include "readers/profile/profile.h"

struct csv {
    struct reader reader;
    struct columns columns;
    struct captions captions; /* those that the profile knows */
    char **folded;       /* the captions of the columns, as caption_fold() leaves them */
    struct table places; /* such a one to the first column that has it */
    size_t start;        /* the column of starts */
    struct cells cells;
    struct buf header;  /* the caption line, to know it when it comes again */
    struct buf extra;   /* of the current record */
    struct buf text;    /* the beginning of a record too long to hold; a caption folded */
    size_t used;        /* bytes of the window that the current record takes */
    uint64_t line;      /* where the current record begins */
    uint64_t in_vain;   /* bytes that libcsv looked at for rows that it did not find */
    bool has_bare_line; /* the last line has no line end */
    bool has_long_header; /* captions hold line ends */
};

/*
 * The physical line at offset AT of the window, without its line end; *NEXT is
 * the offset behind it.  The line is as long as there is when it is over
 * RECORD_MAX.  False with ERR: unreadable.
 */
bool csv_line_at(struct csv *csv, size_t at, struct slice *line, size_t *next,
                 struct err *err) MUST_USE;

/* TEXT, of the current row, as a reject. */
enum reader_got csv_reject(const struct csv *csv, enum reject_code code,
                           struct slice text, struct reject *reject);

/* Have its cells the number that the captions ask for?  One more may stand empty. */
bool csv_fits(const struct csv *csv);

/* The next row whose cells are there, in *RAW as it stands. */
enum reader_got csv_next_row(struct csv *csv, struct slice *raw, struct reject *reject,
                             struct err *err) MUST_USE;

/* --- tables that Kibana counted, which hold no calls: csv_aggregate.c --- */

/* Lines that tell: a title, a blank line, captions, a row. */
enum { AGGREGATE_LINES = 4 };

/*
 * Do the first COUNT lines of a file, without their ends, make an aggregate: a table
 * that Kibana drew, known by the captions that it gives to what it counts, or one
 * that it mailed, with a title and a blank line above?
 */
bool is_aggregate(const struct slice *line, size_t count);

/* --- JSON inside a cell: csv_object.c --- */

/*
 * The history UI writes what it cannot name as JSON: {"type":"dest","number":
 * "0636159079"}.  The profile says which member of such an object is the value.
 *
 * The value of CELL of FIELD, which begins with { or [: of an object the member that
 * PROFILE prefers, of an array its first item (of a text only an object); CELL as it
 * stands when there is no such value.  Points into CELL or TEXT, which must have room
 * for as much as CELL is long.
 */
struct slice cell_value(const struct profile *profile, enum field field,
                        struct slice cell, struct buf *text);

#endif
