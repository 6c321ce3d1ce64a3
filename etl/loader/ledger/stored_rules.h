/*
 * stored_rules.h - rule sets that the database keeps (cdr.ruleset), file by file, and
 * back into folders.
 *
 * Whoever writes the table could name a file ../../.profile: a name that leaves the
 * folder is refused, and files are only made where there are none.
 */
#ifndef ETL_LOADER_LEDGER_STORED_RULES_H
#define ETL_LOADER_LEDGER_STORED_RULES_H

#include "base/digest.h"
#include "db/db.h"
#include "doc/layers.h"

struct stored_rules {
    char id[16]; /* as cdr.leg has it */
    char identity[2 * DIGEST_BYTES + 1];
};

/*
 * The set whose number is NAME, or whose identity begins so, with six digits at least.
 * False with ERR (EXIT_USAGE): there is none, there are several, or its files were not
 * kept.
 */
bool stored_rules_find(struct db *db, const char *name, struct stored_rules *set,
                       struct err *err) MUST_USE;

/* Its files, those of one folder behind the other. */
struct stored_files {
    struct kept_file *file;
    size_t count;
    uint32_t folders;
    struct db_rows *rows; /* what they point into */
};

/* stored_files_free() in any case.  False with ERR (EXIT_DATABASE). */
bool stored_files_read(struct db *db, const struct stored_rules *set,
                       struct stored_files *files, struct err *err) MUST_USE;
void stored_files_free(struct stored_files *files);

/*
 * Write its files below DIR, which is made, or is empty: a set of one folder into DIR
 * itself, one of several into DIR/1, DIR/2 ...  PATH gets the folders as rules_load()
 * takes them.  False with ERR: DIR is as it was.
 */
bool stored_rules_write(struct db *db, const struct stored_rules *set, const char *dir,
                        struct buf *path, struct err *err) MUST_USE;

#endif
