/*
 * load_txn.h - the transaction of a file's load, and what holds while it is open.
 *
 * It begins with the lock that every writer of legs takes.  Under the lock are read: is
 * the file loaded already, which months have partitions, which were purged, which numbers
 * are suppressed, and the key that names legs without id.  No other run can change these
 * until the transaction ends, but for partitions that loads beside this one add.
 *
 * Loads that take turns (turns.h) hold that lock together.  What keeps them apart is,
 * from the beginning, a lock of the file's bytes, and from the moment at which a file is
 * held against others, locks of its days (load_txn_lock_days()).
 */
#ifndef ETL_LOADER_LOAD_TXN_H
#define ETL_LOADER_LOAD_TXN_H

#include "base/digest.h"
#include "db/db.h"
#include "leg/leg_name.h"
#include "loader/beside/turns.h"
#include "loader/ledger/run.h"
#include "loader/partitions.h"
#include "loader/retention/suppression.h"

struct load_txn {
    struct run *run; /* borrowed, like the next two, which are its */
    struct db *db;
    struct turns *turns; /* NULL: nobody loads beside */
    bool has_digest;     /* false: nobody knows it before the file is read */
    unsigned char sha256[DIGEST_BYTES];
    bool is_open;
    bool is_known;   /* the ledger has this file: what is below is not to be used */
    int32_t file_id; /* a number for it, the same when the transaction begins anew */
    int64_t basis;   /* fingerprint of what statistics depend on */
    struct partitions partitions;
    struct spans purged;                  /* periods whose legs were dropped */
    struct suppression *suppression;      /* numbers that must not come in; NULL: none */
    unsigned char name_key[LEG_NAME_KEY]; /* of legs without id */
};

/*
 * Begin, take the lock, look into the ledger and at what must not come in.  False
 * with ERR (EXIT_LOCKED: it says who holds the lock since when; EXIT_DATABASE).  Where
 * the run takes known files back, this one is, if nobody else loads; else ERR is
 * disturbed.
 */
bool load_txn_begin(struct load_txn *txn, struct err *err) MUST_USE;

/*
 * Make the partitions that are wanted in a transaction of their own; this one ends and
 * begins anew, so nothing may have been written in it.  False with ERR: EXIT_LOCKED
 * also when another run has meanwhile changed what rows that wait were held against.
 */
bool load_txn_add_partitions(struct load_txn *txn, struct err *err) MUST_USE;

/*
 * Legs start from FIRST to LAST (ms): from here to the end, or until a savepoint made
 * before is rolled back to, no load beside this one holds legs of these days against
 * others', or commits some; those that did have been committed.  Waits.
 */
bool load_txn_lock_days(struct load_txn *txn, int64_t first, int64_t last,
                        struct err *err) MUST_USE;

bool load_txn_commit(struct load_txn *txn, struct err *err) MUST_USE;

void load_txn_roll_back(struct load_txn *txn); /* when open */
void load_txn_free(struct load_txn *txn); /* rolls back; TXN itself is the caller's */

#endif
