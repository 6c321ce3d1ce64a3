/*
 * spool.c - a folder that a nightly job empties.
 */
#include "commands/spool.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>

#include "base/base.h"
#include "base/buf.h"

static bool spool_make(const char *path, struct err *err)
{
    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        return true;
    return err_set(err, EXIT_USAGE, "%s: cannot be made: %s", path, strerror(errno));
}

bool spool_prepare(const char *dir, char **incoming, struct err *err)
{
    static const char *const folders[] = { "processed", "failed", "incoming" };
    struct buf path = { 0 };
    bool ok = true;

    for (size_t i = 0; ok && i < COUNTOF(folders); i++) {
        buf_reset(&path);
        buf_addf(&path, "%s/%s", dir, folders[i]);
        ok = spool_make(buf_cstr(&path), err);
    }
    *incoming = ok ? xstrdup(buf_cstr(&path)) : NULL;
    buf_free(&path);
    return ok;
}

bool spool_is_empty(const char *incoming)
{
    DIR *dir = opendir(incoming);
    struct dirent *entry;
    bool empty = true;

    if (dir == NULL)
        return false; /* whoever lists it says why */
    while (empty && (entry = readdir(dir)) != NULL)
        empty = entry->d_name[0] == '.';
    closedir(dir);
    return empty;
}

bool spool_away(const char *dir, const char *file, bool processed, struct err *err)
{
    const char *slash = strrchr(file, '/');
    const char *name = slash != NULL ? slash + 1 : file;
    struct buf path = { 0 };
    bool taken = true;

    for (int copy = 0; taken; copy++) {
        struct stat st;

        buf_reset(&path);
        buf_addf(&path, "%s/%s/%s", dir, processed ? "processed" : "failed", name);
        if (copy > 0)
            buf_addf(&path, ".%d", copy);
        taken = lstat(buf_cstr(&path), &st) == 0;
    }
    bool ok = rename(file, buf_cstr(&path)) == 0 ||
              err_set(err, EXIT_INTERNAL, "%s: cannot be moved to %s: %s", file,
                      buf_cstr(&path), strerror(errno));
    buf_free(&path);
    return ok;
}
