/*
 * csv_object.h - JSON inside a cell of CSV.
 *
 * The history UI writes what it cannot name as JSON: {"type":"dest","number":
 * "0636159079"}.  The profile says which member of such an object is the value.
 */
#ifndef ETL_READERS_CSV_CSV_OBJECT_H
#define ETL_READERS_CSV_CSV_OBJECT_H

#include "base/buf.h"
#include "readers/profile/profile.h"

/*
 * The value of CELL of FIELD, which begins with { or [: of an object the member that
 * PROFILE prefers, of an array its first item (of a text only an object); CELL as it
 * stands when there is no such value.  Points into CELL or TEXT, which must have room
 * for as much as CELL is long.
 */
struct slice cell_value(const struct profile *profile, enum field field,
                        struct slice cell, struct buf *text);

#endif
