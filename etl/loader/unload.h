/*
 * unload.h - a file taken back: what it brought is gone, its row in the ledger stays.
 *
 * Whatever files were loaded and taken back in whatever order, what is there is what
 * loading the files that are left would make.  The ledger says that the file was loaded,
 * and which run took it back; its rejects are closed, and those that it closed as a
 * replay are open again.
 */
#ifndef ETL_LOADER_UNLOAD_H
#define ETL_LOADER_UNLOAD_H

#include "base/digest.h"
#include "loader/ledger/run.h"
#include "loader/merge/merge.h"

/* A file of the ledger; the texts are owned. */
struct unload_file {
    int32_t file_id;
    char *name, *sha256; /* hex */
    bool is_loaded;      /* else it was taken back before */
    bool has_legs;
    int64_t first_at, last_at; /* ms, where it has legs */
    struct unmerge_counts counts;
    uint64_t rejects; /* that were closed */
};

struct unload_files {
    struct unload_file *file;
    size_t count;
};

/*
 * Append to FILES what the ledger has of a digest that begins with SHA256 (hex), of the
 * run RUN, and of the name NAME; any may be NULL.
 */
bool unload_find(struct db *db, const char *sha256, const char *run, const char *name,
                 struct unload_files *files, struct err *err) MUST_USE;
void unload_files_free(struct unload_files *files);

/*
 * Take FILE back in a transaction of its own; in a dry run, roll it back.  Legs that
 * others have otherwise are decided by RUN's settings.  False with ERR (EXIT_LOCKED,
 * EXIT_DATABASE, a signal): nothing changed.
 */
bool unload_run(struct run *run, struct unload_file *file, struct err *err) MUST_USE;

/* Likewise the loaded file of these bytes, in the transaction that is open. */
bool unload_known(struct run *run, const unsigned char sha256[static DIGEST_BYTES],
                  struct err *err) MUST_USE;

#endif
