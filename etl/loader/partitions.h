/*
 * partitions.h - which months have a partition, which need one, which were purged.
 *
 * Dates were checked before they come here: 1990 to tomorrow.  So the set is small,
 * and a wrong date in an export does not make a thousand partitions.
 */
#ifndef ETL_LOADER_PARTITIONS_H
#define ETL_LOADER_PARTITIONS_H

#include "db/db.h"
#include "record/instant.h"

enum { MONTHS_FROM_YEAR = 1970, MONTHS_MAX = 200 * 12 };

struct partitions {
    bool is_there[MONTHS_MAX]; /* and its rows may change: it is not compacted */
    bool is_compacted[MONTHS_MAX];
    bool is_wanted[MONTHS_MAX]; /* wanted, and not there */
    bool is_purged[MONTHS_MAX]; /* its legs were dropped: never wanted again */
    size_t nwanted, npurged;
    int last; /* the month noted last, kept because the next leg has it too */
    int64_t last_from, last_to;
};

/* Forget everything, and read which are there from ROWS of load/months or load/learn. */
void partitions_read(struct partitions *partitions, const struct db_rows *rows);

/* The purged months, those in a row as one, into SPANS: *SPANS' memory is used again. */
void partitions_purged(const struct partitions *partitions, struct spans *spans);

/* A leg starts at MS: is its month there?  When not, it is wanted from now on. */
bool partitions_note(struct partitions *partitions, int64_t ms);

/*
 * Want the months before FIRST's and after LAST's too, unless no leg can start there
 * (before EARLIEST_START, or after NOW): a month by the local clock reaches into them,
 * which the file's first rows do not show.
 */
void partitions_note_around(struct partitions *partitions, int64_t first, int64_t last,
                            int64_t now);

/*
 * Make the wanted months, in a transaction of their own: none may be open.  False
 * with ERR; EXIT_LOCKED as txn_begin_locked() says it.
 */
bool partitions_make(struct partitions *partitions, struct db *db, uint32_t wait,
                     struct err *err) MUST_USE;

/*
 * A month may be compacted: stored by columns, where no row can change.  Only on Citus is
 * there any.  Below, a period [FROM, TO) or from FIRST to LAST, ms, is that of legs that
 * change, and months are meant in which they lie, or legs that change with them.
 */

/* Want those that are compacted: partitions_make() stores them as they came. */
void partitions_note_compacted(struct partitions *partitions, int64_t first,
                               int64_t last);

bool partitions_are_compacted(struct db *db, int64_t from, int64_t to, bool *are,
                              struct err *err) MUST_USE;

/*
 * Store those that are compacted as they came, in a transaction of their own: none may be
 * open.  False with ERR; EXIT_LOCKED as txn_begin_locked() says it.
 */
bool partitions_open(struct db *db, int64_t from, int64_t to, uint32_t wait,
                     struct err *err) MUST_USE;

#endif
