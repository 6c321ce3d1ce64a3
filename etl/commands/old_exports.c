/*
 * old_exports.c - exports that a spool has kept long enough.
 */
#include "commands/old_exports.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/stop.h"

static const int64_t DAY_S = 86400;

static bool old_exports_file(DIR *dir, const char *name, time_t before, bool dry_run,
                             struct old_exports *found)
{
    struct stat st;

    if (fstatat(dirfd(dir), name, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT; /* somebody was faster */
    if (!S_ISREG(st.st_mode) || st.st_mtime >= before)
        return true;
    if (!dry_run && unlinkat(dirfd(dir), name, 0) != 0)
        return false;
    found->files++;
    found->bytes += (uint64_t)st.st_size;
    return true;
}

static bool old_exports_folder(const char *path, time_t before, bool dry_run,
                               struct old_exports *found, struct err *err)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
    struct dirent *entry;
    bool ok = true;

    if (dir == NULL) {
        ok = err_set(err, EXIT_USAGE, "%s: cannot be read: %s", path, strerror(errno));
        if (fd >= 0)
            close(fd);
        return ok;
    }
    while (ok && !stop_asked(err) && (entry = readdir(dir)) != NULL)
        ok = old_exports_file(dir, entry->d_name, before, dry_run, found) ||
             err_set(err, EXIT_USAGE, "%s: old files cannot be removed: %s", path,
                     strerror(errno));
    closedir(dir);
    return ok && err->code == EXIT_DONE;
}

bool old_exports_remove(const char *spool, int64_t days, bool dry_run,
                        struct old_exports *found, struct err *err)
{
    static const char *const folders[] = { "processed", "failed" };
    time_t before = time(NULL) - (time_t)(days * DAY_S);
    bool ok = true;

    for (size_t i = 0; ok && i < COUNTOF(folders); i++) {
        struct buf path = { 0 };

        buf_addf(&path, "%s/%s", spool, folders[i]);
        ok = old_exports_folder(buf_cstr(&path), before, dry_run, found, err);
        buf_free(&path);
    }
    return ok;
}
