/*
 * csv_header.h - the caption line: which column fills which field.
 */
#ifndef ETL_READERS_CSV_CSV_HEADER_H
#define ETL_READERS_CSV_CSV_HEADER_H

#include "readers/csv/csv_cells.h"
#include "readers/profile/names.h"
#include "readers/profile/profile.h"
#include "record/rec.h"

/* The captions that a profile of CSV knows, folded. */
struct captions {
    const struct profile *profile;
    struct table names; /* to the place in profile->alias */
    size_t longest;     /* bytes of them */
};

/* The caption in CELL: trimmed, without what a spreadsheet put around it. */
struct slice caption_cell(struct slice cell);

void captions_load(struct captions *captions, const struct profile *profile);
void captions_free(struct captions *captions);

/* The alias that CAPTION is, NULL when the profile knows none; FOLDED is scratch. */
const struct alias *captions_find(const struct captions *captions, struct slice caption,
                                  struct buf *folded);

/* False: CAPTION is far too long for any of them, and need not be folded to know it. */
bool captions_may_be(const struct captions *captions, struct slice caption);

/* A column that fills a field, and one that goes to extra. */
struct picked {
    size_t column;
    enum field field;
    bool is_other_name; /* a preferred one of the field stands before it */
};
struct spare {
    size_t column;
    struct slice caption;
};

struct columns {
    size_t count; /* cells a row has */
    char **caption;
    struct picked *picked; /* the preferred ones of a field first */
    size_t npicked;
    size_t nfields; /* FIELD_COUNT, unknown to the compiler: rep stos is slower */
    struct spare *spare;
    size_t nspare;
    const char *name[FIELD_COUNT]; /* as in struct rec */
};

/* Map the cells of the caption line.  Of two columns of one name the first counts. */
void columns_map(struct columns *columns, const struct profile *profile,
                 const struct cells *line);
/* Lines for reader_describe(): columns recognised, unknown and missing. */
void columns_describe(const struct columns *columns, const struct profile *profile,
                      struct buf *out);

void columns_free(struct columns *columns);

#endif
