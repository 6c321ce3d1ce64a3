/*
 * near_files.h - which loaded files may have legs of this one?
 *
 * A leg is looked for a day and two hours from where a file has it, for zones are
 * mistaken: that is far more legs than a small file has.  Of nearly all files in reach
 * the filter of their keys (key_filter.h, kept in cdr.file_keys) says that they have none
 * of ours, whatever zone, precision or export they are of.  Where it may have one, or
 * none is kept, the file's period is searched.
 */
#ifndef ETL_LOADER_NEAR_NEAR_FILES_H
#define ETL_LOADER_NEAR_NEAR_FILES_H

#include "db/db.h"
#include "loader/ledger/ledger.h"
#include "loader/near/key_list.h"

struct near_files {
    bool may_share;            /* one of those in reach may have a leg of ours */
    int64_t first_at, last_at; /* then: the period of those that may, ms */
    bool has_unknown;          /* of one of them no keys are kept */
    bool any;                  /* there is a file in reach of our calls ... */
    bool has_orphans;          /* ... and one of these lacks the A-leg of some */
};

/*
 * Of a file with KEYS, whose legs start from FIRST_AT to LAST_AT (ms).  Those that others
 * may have are the suspects of KEYS then.
 */
bool near_files_ask(struct db *db, int64_t first_at, int64_t last_at,
                    struct key_list *keys, struct near_files *near,
                    struct err *err) MUST_USE;

/*
 * Write FILE's row in the ledger, and with it what the next ones ask for, the filter of
 * KEYS.  Every leg that a file tells counts, also those that were known.
 */
bool near_files_join(struct db *db, const struct ledger_file *file, struct key_list *keys,
                     const struct report *report, struct err *err) MUST_USE;

#endif
