/*
 * stored_rules.c - rule sets out of the database, file by file.
 */
#include "loader/ledger/stored_rules.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/base.h"
#include "db/row/row_read.h"
#include "db/sql.h"
#include "output/file.h"

enum { IDENTITY_DIGITS_MIN = 6, NAME_MAX_BYTES = 255 };

static bool find_is_name(const char *name)
{
    size_t len = strlen(name);

    return len > 0 && len <= (size_t)2 * DIGEST_BYTES &&
           (strspn(name, "0123456789") == len ||
            (len >= IDENTITY_DIGITS_MIN && strspn(name, "0123456789abcdef") == len));
}

static bool find_take(const struct db_rows *rows, const char *name,
                      struct stored_rules *set, struct err *err)
{
    if (db_rows_count(rows) == 0)
        return err_set(err, EXIT_USAGE,
                       "no rule set is called %s; `rules history` shows them", name);
    if (db_rows_count(rows) > 1)
        return err_set(err, EXIT_USAGE,
                       "%s begins the names of several rule sets; `rules history` shows "
                       "them with their numbers",
                       name);
    snprintf(set->id, sizeof set->id, "%s", db_named(rows, 0, "ruleset_id").s);
    snprintf(set->identity, sizeof set->identity, "%s", db_named(rows, 0, "identity").s);
    return db_bool(rows, 0, db_column(rows, "has_files")) ||
           err_set(err, EXIT_USAGE,
                   "of rule set %s the files were not kept: a version recorded it that "
                   "kept none, or they are too large",
                   set->id);
}

bool stored_rules_find(struct db *db, const char *name, struct stored_rules *set,
                       struct err *err)
{
    if (!find_is_name(name))
        return err_set(err, EXIT_USAGE,
                       "\"%s\" is no rule set: its number, or %d digits of its identity "
                       "at least, as `rules history` shows them",
                       name, IDENTITY_DIGITS_MIN);

    struct db_rows *rows = db_query(db, sql_mapping_ruleset_find, DB_ARGS(name), err);
    bool ok = rows != NULL && find_take(rows, name, set, err);

    db_rows_free(rows);
    return ok;
}

/* Does NAME lead to a place below its folder, and nowhere else? */
static bool is_below(struct slice name)
{
    size_t part = 0; /* bytes since the last slash */

    if (name.len == 0 || name.len > NAME_MAX_BYTES || !text_is_utf8(name))
        return false;
    for (size_t i = 0; i <= name.len; i++) {
        const char *start = name.s + i - part;

        if (i < name.len && name.s[i] != '/') {
            if ((unsigned char)name.s[i] < ' ' || name.s[i] == '\\')
                return false;
            part++;
            continue;
        }
        if (part == 0 || (part == 1 && start[0] == '.') ||
            (part == 2 && start[0] == '.' && start[1] == '.'))
            return false;
        part = 0;
    }
    return true;
}

static bool stored_files_take(struct stored_files *files, size_t row, struct err *err)
{
    struct slice name = db_value(files->rows, row, 1);
    uint32_t folder = (uint32_t)row_value_int(db_value(files->rows, row, 0)); /* from 1 */

    if (!is_below(name))
        return err_set(err, EXIT_DATABASE,
                       "the database names a file \"%.64s\": that is no place in a "
                       "mapping folder, and nothing is written",
                       name.s);
    /* In order, and none left out. */
    if (folder < 1 || folder > LAYERS_MAX || folder > files->folders + 1 ||
        folder < files->folders)
        return err_set(err, EXIT_DATABASE,
                       "the database names a folder %" PRIu32
                       " of the rule set: nothing is written",
                       folder);
    files->folders = folder;
    files->file[files->count++] =
        (struct kept_file){ folder - 1, name, db_value(files->rows, row, 2) };
    return true;
}

bool stored_files_read(struct db *db, const struct stored_rules *set,
                       struct stored_files *files, struct err *err)
{
    *files = (struct stored_files){ 0 };
    files->rows = db_query_binary(db, sql_mapping_ruleset_read, DB_ARGS(set->id), err);
    if (files->rows == NULL)
        return false;
    files->file = xcalloc(db_rows_count(files->rows) + 1, sizeof *files->file);
    for (size_t i = 0; i < db_rows_count(files->rows); i++)
        if (!stored_files_take(files, i, err))
            return false;
    return true;
}

void stored_files_free(struct stored_files *files)
{
    free(files->file);
    db_rows_free(files->rows);
    *files = (struct stored_files){ 0 };
}

static bool write_file(const char *dir, bool is_alone, const struct kept_file *file,
                       struct err *err)
{
    struct buf name = { 0 };

    if (!is_alone)
        buf_addf(&name, "%zu/", file->layer + 1);
    buf_add_slice(&name, file->name);

    bool ok = folder_add_file(dir, buf_cstr(&name), file->text, err);

    buf_free(&name);
    return ok;
}

/* Into a folder of another name, which gets its own when all is there. */
static bool rule_set_write_all(const struct stored_files *files, const char *dir,
                               struct err *err)
{
    char *fresh = folder_new_beside(dir, err);
    bool ok = fresh != NULL;

    for (size_t i = 0; ok && i < files->count; i++)
        ok = write_file(fresh, files->folders == 1, &files->file[i], err);
    ok = ok && (rename(fresh, dir) == 0 ||
                err_set(err, EXIT_USAGE, "%s: %s; a stored rule set needs a new folder",
                        dir, strerror(errno)));
    if (!ok && fresh != NULL)
        folder_remove(fresh);
    free(fresh);
    return ok;
}

bool stored_rules_write(struct db *db, const struct stored_rules *set, const char *dir,
                        struct buf *path, struct err *err)
{
    struct stored_files files;
    bool ok = stored_files_read(db, set, &files, err) && /* all, before one is made */
              rule_set_write_all(&files, dir, err);

    if (ok && files.folders == 1)
        buf_add_text(path, dir);
    for (uint32_t i = 1; ok && files.folders > 1 && i <= files.folders; i++)
        buf_addf(path, "%s%s/%" PRIu32, i > 1 ? ":" : "", dir, i);
    stored_files_free(&files);
    return ok;
}
