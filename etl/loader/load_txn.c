/*
 * load_txn.c - begin, learn what holds, begin anew.
 */
#include "loader/load_txn.h"

#include <stdlib.h>

#include "base/digest.h"
#include "db/sql.h"
#include "db/txn.h"
#include "loader/beside/day_locks.h"
#include "loader/keys.h"
#include "loader/unload.h"

/* What ROWS of load/learn say. */
static bool load_txn_read(struct load_txn *txn, const struct db_rows *rows, bool *known,
                          struct err *err)
{
    struct slice key = db_named(rows, 0, "name_key");

    *known = db_bool(rows, 0, db_column(rows, "is_known"));
    if (txn->file_id == 0)
        txn->file_id = (int32_t)db_int(rows, 0, db_column(rows, "file_id"));
    txn->basis = db_int(rows, 0, db_column(rows, "basis"));
    partitions_read(&txn->partitions, rows);
    partitions_purged(&txn->partitions, &txn->purged);
    suppression_free(txn->suppression);
    txn->suppression = NULL;
    return *known || name_key_read(key, txn->name_key, err);
}

/* What holds, under the lock. */
static bool load_txn_learn(struct load_txn *txn, bool *known, struct err *err)
{
    char hex[2 * DIGEST_BYTES + 1] = ""; /* of no file */

    if (txn->has_digest)
        digest_hex(txn->sha256, hex);

    struct db_rows *rows = db_query(txn->db, sql_load_learn,
                                    DB_ARGS(hex, txn->file_id == 0 ? "t" : "f"), err);

    if (rows == NULL)
        return false;

    bool ok = load_txn_read(txn, rows, known, err);
    bool has_suppressed = db_bool(rows, 0, db_column(rows, "has_suppressed"));

    db_rows_free(rows);
    return ok && (!has_suppressed || suppression_load(&txn->suppression, txn->db, err));
}

static bool load_txn_lock(struct load_txn *txn, struct err *err)
{
    bool is_alone = turns_is_alone(txn->turns);
    uint32_t wait = turns_wait(txn->turns, txn->run->settings.wait);

    txn->is_open = is_alone ? txn_begin_locked(txn->db, wait, err)
                            : txn_begin_shared(txn->db, wait, err);
    return txn->is_open && (is_alone || day_locks_file(txn->db, txn->sha256, err));
}

bool load_txn_begin(struct load_txn *txn, struct err *err)
{
    bool known = false;

    if (!load_txn_lock(txn, err) || !load_txn_learn(txn, &known, err))
        return false;
    if (known && txn->run->settings.again) {
        if (!turns_is_alone(txn->turns))
            return turns_disturbed(err, "a file is taken back");
        /* Then it is none that is loaded. */
        if (!unload_known(txn->run, txn->sha256, err) ||
            !load_txn_learn(txn, &known, err))
            return false;
    }
    txn->is_known = known;
    return true;
}

/* Making a partition locks the whole table: nobody else of ours reads or writes it. */
static bool load_txn_make_partitions(struct load_txn *txn, struct err *err)
{
    bool was_alone = turns_is_alone(txn->turns);

    return (was_alone || turns_alone(txn->turns, err)) &&
           partitions_make(&txn->partitions, txn->db,
                           turns_wait(txn->turns, txn->run->settings.wait), err) &&
           (was_alone || turns_together(txn->turns, err));
}

bool load_txn_add_partitions(struct load_txn *txn, struct err *err)
{
    size_t npurged = txn->partitions.npurged;
    size_t nsuppressed = suppression_count(txn->suppression);

    load_txn_roll_back(txn);
    if (!load_txn_make_partitions(txn, err) || !load_txn_begin(txn, err))
        return false;
    if (txn->is_known)
        return err_set(err, EXIT_LOCKED, "another run has just loaded this file");
    /* Rows that would be refused now, or blanked, wait already. */
    if (txn->partitions.npurged != npurged ||
        suppression_count(txn->suppression) != nsuppressed)
        return err_set(err, EXIT_LOCKED,
                       "another run has just erased something; try again");
    return true;
}

bool load_txn_lock_days(struct load_txn *txn, int64_t first, int64_t last,
                        struct err *err)
{
    return turns_is_alone(txn->turns) || day_locks_take(txn->db, first, last, err);
}

bool load_txn_commit(struct load_txn *txn, struct err *err)
{
    if (!txn_commit(txn->db, err))
        return false;
    txn->is_open = false;
    return true;
}

void load_txn_roll_back(struct load_txn *txn)
{
    if (txn->is_open)
        txn_rollback(txn->db);
    txn->is_open = false;
}

void load_txn_free(struct load_txn *txn)
{
    load_txn_roll_back(txn);
    free(txn->purged.span);
    suppression_free(txn->suppression);
}
