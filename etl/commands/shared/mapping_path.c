/*
 * mapping_path.c - the shipped folder, and what lies over it.
 */
#include "commands/shared/mapping_path.h"

#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/temp.h"
#include "db/init/schema.h"
#include "loader/ledger/stored_rules.h"
#include "output/file.h"

static bool has_file(struct slice dir, const char *name)
{
    struct buf path = { 0 };

    buf_addf(&path, SLICE_FMT "/%s", SLICE_ARG(dir), name);

    bool is = access(buf_cstr(&path), R_OK) == 0;

    buf_free(&path);
    return is;
}

static bool is_whole_set(struct slice dir)
{
    return has_file(dir, "categories.json") && has_file(dir, "causes.json") &&
           has_file(dir, "rules") && has_file(dir, "fields");
}

/* The shipped mappings: beside the installed program, or in the tree it was built in. */
static void add_shipped(struct buf *out, const char *prefix)
{
    static const char *const places[] = { "../share/cdretl/mappings", "../../mappings",
                                          "../mappings" };
    char exe[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", exe, sizeof exe - 1);
    const char *slash = len > 0 ? memrchr(exe, '/', (size_t)len) : NULL;

    for (size_t i = 0; slash != NULL && i < COUNTOF(places); i++) {
        buf_reset(out);
        buf_addf(out, "%.*s/%s", (int)(slash - exe), exe, places[i]);
        if (has_file(buf_slice(out), "categories.json"))
            return;
    }
    buf_reset(out);
    buf_addf(out, "%s/share/cdretl/mappings", prefix);
}

/* The folders of PATH, which has colons between. */
static void add_folders(struct buf *out, const char *path, const char *prefix)
{
    struct slice rest = slice_of(path), dir;

    while (slice_next(&rest, ':', &dir)) {
        if (dir.len == 0)
            continue;
        if (out->len == 0 && !is_whole_set(dir))
            add_shipped(out, prefix);
        if (out->len > 0)
            buf_add_char(out, ':');
        buf_add_slice(out, dir);
    }
}

char *mapping_path(const char *const *given, size_t count, const char *prefix)
{
    struct buf out = { 0 };

    for (size_t i = 0; i < count; i++)
        add_folders(&out, given[i], prefix);
    if (out.len == 0) {
        add_shipped(&out, prefix);
        if (access(SITE_MAPPINGS, R_OK) == 0)
            buf_add_text(&out, ":" SITE_MAPPINGS);
    }

    char *path = xstrdup(buf_cstr(&out));

    buf_free(&out);
    return path;
}

/* What --mappings names, as folders. */

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
    struct slice rest = slice_of(value), dir;

    while (slice_next(&rest, ':', &dir)) {
        if (out->len > 0 && dir.len > 0)
            buf_add_char(out, ':');
        if (dir.len == 0 || dir.s[0] != STORED) {
            buf_add_slice(out, dir);
            continue;
        }
        if (*db == NULL && (*db = sets_connect(sets, conninfo, err)) == NULL)
            return false;
        if (!add_stored(sets, slice_from(dir, 1), *db, out, err))
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
