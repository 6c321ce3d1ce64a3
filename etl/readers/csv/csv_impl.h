/*
 * csv_impl.h - what the files of the CSV reader share.
 */
#ifndef ETL_READERS_CSV_CSV_IMPL_H
#define ETL_READERS_CSV_CSV_IMPL_H

#include "readers/csv/csv_cells.h"
#include "readers/csv/csv_header.h"
#include "readers/format.h"

struct csv {
    struct reader reader;
    struct columns columns;
    struct cells cells;
    struct buf header;    /* the caption line, to know it when it comes again */
    struct buf extra;     /* of the current record */
    struct buf text;      /* the beginning of a record too long to hold */
    size_t used;          /* bytes of the window that the current record takes */
    uint64_t line;        /* where the current record begins */
    uint64_t in_vain;     /* bytes that libcsv looked at for rows that it did not find */
    bool has_bare_line;   /* the last line has no line end */
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

#endif
