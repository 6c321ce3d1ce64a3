/*
 * forget_impl.h - numbers taken out of stored rows: of legs, their versions and records;
 * and new names for legs that had them.
 *
 * Every row comes by once, whatever the count of numbers, is searched as a load searches
 * it (suppression.h), and what is left of the texts of those that hold one is sent back.
 */
#ifndef ETL_LOADER_RETENTION_FORGET_IMPL_H
#define ETL_LOADER_RETENTION_FORGET_IMPL_H

#include "db/db.h"
#include "loader/retention/suppression.h"

/* Whose rows are searched, for which numbers; all borrowed. */
struct forget_search {
    struct db *db;
    struct suppression *suppression;
    bool dry_run; /* they are counted only */
};

/*
 * DECLARE opens the cursor `held` on the rows.  In the caller's transaction, under the
 * lock; those that held a number stand in pg_temp.erased then, *FOUND of them.
 */
bool forget_rows(const struct forget_search *search, const char *declare,
                 const struct db_args *args, uint64_t *found, struct err *err) MUST_USE;

/*
 * Rejects, and what the ledger says of files, are searched likewise, and lose the
 * numbers.  *REJECTS and *FILES: how many held one.
 */
bool forget_texts(const struct forget_search *search, uint64_t *rejects, uint64_t *files,
                  struct err *err) MUST_USE;

/*
 * A leg without id is named by what it says (leg/leg_name.h), numbers included: once a
 * number is erased, whoever has the key could find it again by trying.  So such a leg
 * gets the name of what it says now, which is the name that the loader gives to the same
 * record when it comes again.
 *
 * Rename the legs that start in [FROM, TO), two instants as text, and are not named by
 * what they say; and wherever else their keys stand.  In the caller's transaction, under
 * the lock; doing it again changes nothing.
 */
bool forget_keys(struct db *db, const char *from, const char *to,
                 struct err *err) MUST_USE;

#endif
