/*
 * mapping_sets.c - what --mappings names, as folders.
 */
#include "commands/shared/mapping_sets.h"

#include <errno.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/temp.h"
#include "commands/shared/mapping_path.h"
#include "db/init/schema.h"
#include "loader/ledger/stored_rules.h"
#include "output/folder.h"

enum { STORED = '@' };

/* The stored set NAME, in a folder of its own below the temporary one, behind OUT. */
static bool add_stored(struct mapping_sets *sets, struct slice name, struct db *db,
                       struct buf *out, struct err *err)
{
    struct stored_rules set;
    struct buf text = { 0 }, dir = { 0 };

    buf_add_slice(&text, name);

    bool ok = stored_rules_find(db, buf_cstr(&text), &set, err);

    if (ok) {
        buf_addf(&dir, "%s/set-%s", sets->folder, set.id);
        ok = stored_rules_write(db, &set, buf_cstr(&dir), out, err);
    }
    buf_free(&text);
    buf_free(&dir);
    return ok;
}

static struct db *sets_connect(struct mapping_sets *sets, const char *conninfo,
                               struct err *err)
{
    struct db *db = db_open(conninfo, err);

    if (db != NULL && schema_check(db, err) && (sets->folder = temp_folder(err)) != NULL)
        return db;
    db_close(db);
    return NULL;
}

/* The folders of VALUE behind OUT, with colons between. */
static bool sets_add(struct mapping_sets *sets, const char *value, const char *conninfo,
                     struct db **db, struct buf *out, struct err *err)
{
    for (size_t len; *value != '\0'; value += len + (value[len] == ':')) {
        len = strcspn(value, ":");
        if (out->len > 0 && len > 0)
            buf_add_char(out, ':');
        if (*value != STORED) {
            buf_add(out, value, len);
            continue;
        }
        if (*db == NULL && (*db = sets_connect(sets, conninfo, err)) == NULL)
            return false;
        if (!add_stored(sets, (struct slice){ value + 1, len - 1 }, *db, out, err))
            return false;
    }
    return true;
}

bool mapping_sets_open(const char *const *given, size_t count, const char *conninfo,
                       const char *prefix, struct mapping_sets *sets, struct err *err)
{
    struct buf folders = { 0 };
    struct db *db = NULL;
    bool ok = true;

    *sets = (struct mapping_sets){ 0 };
    for (size_t i = 0; ok && i < count; i++)
        ok = sets_add(sets, given[i], conninfo, &db, &folders, err);
    db_close(db);
    if (ok) {
        const char *all = buf_cstr(&folders);

        sets->path = mapping_path(&all, folders.len > 0, prefix);
    }
    buf_free(&folders);
    return ok;
}

void mapping_sets_close(struct mapping_sets *sets)
{
    if (sets->folder != NULL)
        folder_remove(sets->folder);
    free(sets->folder);
    free(sets->path);
    *sets = (struct mapping_sets){ 0 };
}
