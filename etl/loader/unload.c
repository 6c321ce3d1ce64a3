/*
 * unload.c - legs, statistics, rejects, ledger.
 */
#include "loader/unload.h"

#include <stdlib.h>

#include "base/base.h"
#include "base/stop.h"
#include "db/sql.h"
#include "db/txn.h"
#include "loader/partitions.h"
#include "loader/statistics/stat_change.h"

enum { FILE_ID, NAME, SHA256, IS_LOADED, FIRST_AT, LAST_AT, HAS_LEGS };

static void unload_add_file(struct unload_files *files, const struct db_rows *rows,
                            size_t row)
{
    struct slice name = db_value(rows, row, NAME), sha256 = db_value(rows, row, SHA256);

    files->file = xrealloc(files->file, files->count + 1, sizeof *files->file);
    files->file[files->count++] = (struct unload_file){
        .file_id = (int32_t)db_int(rows, row, FILE_ID),
        .name = xstrndup(name.s, name.len),
        .sha256 = xstrndup(sha256.s, sha256.len),
        .is_loaded = db_bool(rows, row, IS_LOADED),
        .first_at = db_int(rows, row, FIRST_AT),
        .last_at = db_int(rows, row, LAST_AT),
        .has_legs = db_bool(rows, row, HAS_LEGS),
    };
}

bool unload_find(struct db *db, const char *sha256, const char *run, const char *name,
                 struct unload_files *files, struct err *err)
{
    struct db_rows *rows = db_query(db, sql_unload_find, DB_ARGS(sha256, run, name), err);

    if (rows == NULL)
        return false;
    for (size_t i = 0; i < db_rows_count(rows); i++)
        unload_add_file(files, rows, i);
    db_rows_free(rows);
    return true;
}

void unload_files_free(struct unload_files *files)
{
    for (size_t i = 0; i < files->count; i++) {
        free(files->file[i].name);
        free(files->file[i].sha256);
    }
    free(files->file);
    *files = (struct unload_files){ 0 };
}

static bool take_legs(struct run *run, struct unload_file *file, struct err *err)
{
    struct row_copy *copy = row_copy_new();
    struct stat_change *change = stat_change_open(run->db, run->settings.taxonomy, err);
    struct merge_job job = {
        .run = run,
        .db = run->db,
        .copy = copy,
        .first_at = file->first_at,
        .last_at = file->last_at,
    };
    bool ok = change != NULL &&
              unmerge_file(&job, file->file_id, change, &file->counts, err) &&
              stat_change_apply(change, true, NULL, err);

    stat_change_free(change);
    row_copy_free(copy);
    return ok;
}

/* In the transaction that is open. */
static bool unload(struct run *run, struct unload_file *file, struct err *err)
{
    struct int_text id = int_text(file->file_id), by = int_text(run->run_id);
    const struct db_args *args = DB_ARGS(id.s, run->run_id != 0 ? by.s : NULL);
    uint64_t marked = 0;

    return (!file->has_legs || take_legs(run, file, err)) &&
           db_run(run->db, sql_unload_file, args, &marked, err) &&
           (marked == 1 ||
            err_set(err, EXIT_LOCKED, "another run has just taken the file back")) &&
           db_run(run->db, sql_unload_rejects, args, &file->rejects, err) &&
           db_run(run->db, sql_unload_reopen, DB_ARGS(id.s), NULL, err);
}

/* The months of its legs can change from now on; no transaction is open. */
static bool unload_open_months(struct run *run, const struct unload_file *file,
                               struct err *err)
{
    return !file->has_legs || partitions_open(run->db, file->first_at, file->last_at,
                                              run->settings.wait, err);
}

bool unload_run(struct run *run, struct unload_file *file, struct err *err)
{
    bool dry_run = run->settings.dry_run;
    bool ok = unload_open_months(run, file, err) &&
              txn_begin_legs(run->db, run->settings.wait, err) &&
              unload(run, file, err) && !stop_asked(err) &&
              (dry_run || txn_commit(run->db, err));

    if (!ok || dry_run)
        txn_rollback(run->db);
    return ok;
}

/*
 * A load that takes FILE back has begun, and done nothing yet: where months of the file
 * are compacted, it begins anew when they are not any more.
 */
static bool unload_begin_again(struct run *run, const struct unload_file *file,
                               struct err *err)
{
    bool are = false;

    if (!file->has_legs)
        return true;
    if (!partitions_are_compacted(run->db, file->first_at, file->last_at, &are, err))
        return false;
    if (!are)
        return true;
    txn_rollback(run->db);
    return unload_open_months(run, file, err) &&
           txn_begin_legs(run->db, run->settings.wait, err);
}

bool unload_known(struct run *run, const unsigned char sha256[static DIGEST_BYTES],
                  struct err *err)
{
    struct unload_files files = { 0 };
    char hex[2 * DIGEST_BYTES + 1];
    bool ok;

    digest_hex(sha256, hex);
    ok = unload_find(run->db, hex, NULL, NULL, &files, err);
    for (size_t i = 0; ok && i < files.count; i++)
        if (files.file[i].is_loaded)
            ok = unload_begin_again(run, &files.file[i], err) &&
                 unload(run, &files.file[i], err);
    unload_files_free(&files);
    return ok;
}
