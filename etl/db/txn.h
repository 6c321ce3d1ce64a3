/*
 * txn.h - transactions of ours, and the one lock.
 *
 * Every transaction that writes legs holds an advisory lock until its end: alone, or, a
 * file of a load with several connections, together with others of its kind.  The lock is
 * transaction-level, so that it cannot leak behind a connection pooler; on Citus it is
 * taken at the coordinator, which all loads go through.
 */
#ifndef ETL_DB_TXN_H
#define ETL_DB_TXN_H

#include "db/db.h"

/*
 * BEGIN, and what every writing transaction sets: session.h and the statement load/begin.
 */
bool txn_begin(struct db *db, struct err *err) MUST_USE;

/*
 * BEGIN of a transaction that only reads, and sees one state of the database all along.
 * Closing the connection ends it.
 */
bool txn_begin_read(struct db *db, struct err *err) MUST_USE;

bool txn_commit(struct db *db, struct err *err) MUST_USE;

/* Never fails: a connection that cannot roll back is lost, and so is its work. */
void txn_rollback(struct db *db);

/*
 * txn_begin(), and take the lock, for which it asks every 100 ms for WAIT
 * seconds.  False with ERR, and no transaction is open: EXIT_LOCKED says who holds
 * the lock since when; a signal ends the waiting.
 */
bool txn_begin_locked(struct db *db, uint32_t wait, struct err *err) MUST_USE;

/*
 * The same, for who reads legs to change what is counted from them: on Citus nodes may
 * have to end what a crash left, within a minute.  A load asks for that when its rows
 * come.
 */
bool txn_begin_legs(struct db *db, uint32_t wait, struct err *err) MUST_USE;

/* As txn_begin_locked(), but others may hold the lock too that ask for it so. */
bool txn_begin_shared(struct db *db, uint32_t wait, struct err *err) MUST_USE;

#endif
