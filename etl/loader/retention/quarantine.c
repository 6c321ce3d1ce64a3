/*
 * quarantine.c - rejects after the load.
 */
#include "loader/retention/quarantine.h"

#include "base/base.h"
#include "base/log.h"
#include "db/db_cursor.h"
#include "db/sql.h"
#include "db/txn.h"

bool quarantined_load(struct db *db, int32_t file_id, struct quarantined *file,
                      struct err *err)
{
    struct int_text id = int_text(file_id);
    struct db_rows *rows = db_query_binary(db, sql_rejects_file, DB_ARGS(id.s), err);

    *file = (struct quarantined){ .file_id = file_id };
    if (rows == NULL)
        return false;
    if (db_rows_count(rows) == 0) {
        db_rows_free(rows);
        return err_set(err, EXIT_USAGE,
                       "the ledger has no file %s; `rejects list` shows the numbers",
                       id.s);
    }

    struct slice profile = db_named(rows, 0, "profile");

    file->name = xstrdup(db_named(rows, 0, "name").s);
    if (profile.s != NULL)
        file->profile = xstrdup(profile.s);
    buf_add_slice(&file->caption, db_named(rows, 0, "caption"));
    file->open = (uint64_t)db_int(rows, 0, db_column(rows, "open"));
    file->whole = (uint64_t)db_int(rows, 0, db_column(rows, "whole"));
    db_rows_free(rows);
    return true;
}

void quarantined_free(struct quarantined *file)
{
    free(file->name);
    free(file->profile);
    buf_free(&file->caption);
    *file = (struct quarantined){ 0 };
}

struct texts_to {
    put_text_fn put;
    void *to;
};

static bool give_texts(void *to, const struct db_rows *rows, struct err *err)
{
    const struct texts_to *texts = to;
    bool ok = true;

    for (size_t i = 0; ok && i < db_rows_count(rows); i++)
        ok = texts->put(texts->to, db_value(rows, i, 0), err);
    return ok;
}

bool quarantine_export(struct db *db, int32_t file_id, const char *code, put_text_fn put,
                       void *to, struct err *err)
{
    struct int_text id = int_text(file_id);
    struct texts_to texts = { put, to };
    bool ok = txn_begin(db, err) && db_cursor(db, sql_rejects_texts, DB_ARGS(id.s, code),
                                              give_texts, &texts, err);

    txn_rollback(db);
    return ok;
}

bool quarantine_close(struct db *db, const struct replay *replay, int32_t run_id,
                      const unsigned char sha256[static DIGEST_BYTES], uint64_t *closed,
                      struct err *err)
{
    char hex[2 * DIGEST_BYTES + 1];

    *closed = 0;
    if (replay->file_id == 0)
        return true;
    digest_hex(sha256, hex);
    return db_run(db, sql_rejects_close,
                  DB_ARGS(int_text(replay->file_id).s, int_text(run_id).s, hex,
                          replay->all ? "t" : "f", replay->code),
                  closed, err);
}

static bool quarantine_expire(struct db *db, struct err *err)
{
    int64_t days = 0;

    return db_ask_int(db, sql_rejects_text_days, NULL, &days, err) &&
           db_run(db, sql_rejects_expire, DB_ARGS(int_text(days).s), NULL, err) &&
           txn_commit(db, err);
}

/* Under the lock: two runs that do this at once could deadlock. */
void quarantine_forget(struct db *db)
{
    struct err why = { 0 };

    if (db_is_lost(db))
        return;
    if (!txn_begin_locked(db, 0, &why)) {
        log_note("texts of old rejects stay until the next run: %s", why.text);
        return;
    }
    if (!quarantine_expire(db, &why)) {
        txn_rollback(db);
        log_warn("texts of old rejects were not forgotten: %s", why.text);
    }
}
