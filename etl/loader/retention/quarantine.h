/*
 * quarantine.h - cdr.reject after the load: writing rejects back, and closing them.
 *
 * A reject is open until a later file took its place; that file's load and the
 * closing are one transaction.
 */
#ifndef ETL_LOADER_RETENTION_QUARANTINE_H
#define ETL_LOADER_RETENTION_QUARANTINE_H

#include "base/digest.h"
#include "db/db.h"

/* A file whose rejects are asked for. */
struct quarantined {
    int32_t file_id;
    char *name, *profile; /* owned; profile may be NULL */
    struct buf caption;   /* of a CSV file; empty for others */
    uint64_t open;        /* rejects */
    uint64_t whole;       /* open ones whose text is there and not cut */
};

/* False with ERR (EXIT_USAGE: the ledger has no file FILE_ID); free() it in any case. */
bool quarantined_load(struct db *db, int32_t file_id, struct quarantined *file,
                      struct err *err) MUST_USE;
void quarantined_free(struct quarantined *file);

/* Takes a record as it stood. */
typedef bool (*put_text_fn)(void *to, struct slice text, struct err *err);

/* Give PUT every whole open reject of the file, or those of CODE unless it is NULL. */
bool quarantine_export(struct db *db, int32_t file_id, const char *code, put_text_fn put,
                       void *to, struct err *err) MUST_USE;

/* Whose rejects a file takes the place of. */
struct replay {
    int32_t file_id;  /* 0: of no file */
    const char *code; /* only those of this code; NULL: of any */
    bool all;         /* also of those that quarantine_export() cannot give */
};

/* Close them, when the file of SHA256 is loaded, in the open transaction. */
bool quarantine_close(struct db *db, const struct replay *replay, int32_t run_id,
                      const unsigned char sha256[static DIGEST_BYTES], uint64_t *closed,
                      struct err *err) MUST_USE;

/*
 * Delete the texts of rejects that are too old by cdr.setting, in a transaction of its
 * own.  It never fails: while another run holds the lock, or the database refuses, the
 * texts stay until the next run, and the log says so.
 */
void quarantine_forget(struct db *db);

#endif
