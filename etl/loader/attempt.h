/*
 * attempt.h - one reading of a file, and the route its rows take into cdr.leg.
 *
 * The first rows, some hundred kilobytes, wait in memory: they show which months are
 * needed, whose partitions can be made while nothing has been sent, and whether its legs
 * are stored already; a file that was taken for a new one ends here when they may be.
 * Then the rows go directly into the partitions, inside a savepoint, or into
 * pg_temp.stage, from which merge/ takes them.  A direct attempt that meets a leg stored
 * already, or a month without partition, is abandoned: the file is read again and its
 * rows are staged.
 *
 * Calls of direct rows are counted while these pass.  Of calls that the file shares with
 * others, what the parts counted for is taken away again in the end, and what the whole
 * counts for is added.
 */
#ifndef ETL_LOADER_ATTEMPT_H
#define ETL_LOADER_ATTEMPT_H

#include "db/row/row_copy.h"
#include "loader/load_txn.h"
#include "loader/near/key_list.h"
#include "loader/near/near_files.h"
#include "loader/row_order.h"
#include "loader/statistics/stat_change.h"
#include "record/file_report.h"

/* Where the rows of an attempt go. */
enum route {
    ROUTE_HEAD,    /* they wait in memory: the first of them choose the route */
    ROUTE_DIRECT,  /* into the partitions, inside the savepoint `direct` */
    ROUTE_STAGED,  /* into pg_temp.stage */
    ROUTE_DISCARD, /* nowhere: the rest is read to find out which months there are */
};

struct attempt {
    struct load_txn *txn; /* borrowed */

    enum route route;
    bool must_stage; /* of every attempt from now on: direct rows could not stay */
    bool is_copying; /* a COPY of this attempt is open */

    /* of the legs put so far; ms, NO_TIME: none */
    int64_t first_at, last_at;
    bool has_gateway;
    bool repeats;    /* two of them are of one leg */
    uint64_t rows;   /* put */
    uint64_t stored; /* which the server has taken */

    struct near_files near; /* of the first NEAR_ROWS of them, where these are all */
    uint64_t near_rows;

    struct buf out;             /* encoded rows that wait to be sent */
    struct row_order order;     /* in which these go */
    struct row_copy *copy;      /* owned, like the next two */
    struct key_list *keys;      /* of the legs */
    struct stat_calls *calls;   /* of legs that were put, counted into ... */
    struct stat_change *change; /* ... what the statistics gain; borrowed */
};

/* Both are borrowed until attempt_free(). */
void attempt_open(struct attempt *attempt, struct load_txn *txn,
                  struct stat_change *change);
void attempt_free(struct attempt *attempt); /* what it owns; ATTEMPT is the caller's */

/* Begin (again): make the partitions that the last attempt missed, forget its rows. */
bool attempt_begin(struct attempt *attempt, struct err *err) MUST_USE;

bool attempt_put(struct attempt *attempt, const struct row *row,
                 struct err *err) MUST_USE;

/*
 * All rows were put; some REPEAT: two are of one leg.  *AGAIN: they could not stay, read
 * the file again.  False with ERR (EXIT_DATABASE).
 */
bool attempt_end(struct attempt *attempt, bool repeat, bool *again,
                 struct err *err) MUST_USE;

/*
 * The rows are where they stay, and the ledger has the file: bring the statistics up to
 * date.  REPORT: what the file has by itself.
 */
bool attempt_count(struct attempt *attempt, const struct report *report,
                   struct err *err) MUST_USE;

#endif
