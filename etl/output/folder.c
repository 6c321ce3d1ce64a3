/*
 * folder.c - folders of files.
 */
#include "output/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "base/buf.h"

enum { FOLDER_MODE = 0755, FILE_MODE = 0644, OPEN_AT_ONCE = 8 };

static bool folder_failed(const char *path, struct err *err)
{
    return err_set(err, EXIT_USAGE, "%s: %s", path, strerror(errno));
}

char *folder_new_beside(const char *dir, struct err *err)
{
    struct buf name = { 0 };
    size_t len = strlen(dir);

    while (len > 1 && dir[len - 1] == '/')
        len--;
    buf_addf(&name, "%.*s.%ld", (int)len, dir, (long)getpid());

    char *path = xstrdup(buf_cstr(&name));

    buf_free(&name);
    if (mkdir(path, FOLDER_MODE) == 0)
        return path;
    (void)folder_failed(path, err);
    free(path);
    return NULL;
}

/* The folders on the way to PATH, from the byte FROM on. */
static bool make_parents(char *path, size_t from, struct err *err)
{
    for (char *slash = strchr(path + from, '/'); slash != NULL;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(path, FOLDER_MODE) != 0 && errno != EEXIST)
            return folder_failed(path, err);
        *slash = '/';
    }
    return true;
}

static bool folder_write(const char *path, struct slice bytes, struct err *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
    FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;

    if (file == NULL)
        return folder_failed(path, err);

    bool ok = bytes.len == 0 || fwrite(bytes.s, 1, bytes.len, file) == bytes.len;

    return (fclose(file) == 0 && ok) || folder_failed(path, err);
}

bool folder_add_file(const char *dir, const char *name, struct slice bytes,
                     struct err *err)
{
    struct buf path = { 0 };

    buf_addf(&path, "%s/%s", dir, name);
    (void)buf_cstr(&path);

    bool ok = make_parents(path.s, strlen(dir) + 1, err) &&
              folder_write(buf_cstr(&path), bytes, err);

    buf_free(&path);
    return ok;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st;
    (void)type;
    (void)ftw;
    (void)remove(path);
    return 0;
}

void folder_remove(const char *dir)
{
    (void)nftw(dir, remove_one, OPEN_AT_ONCE, FTW_DEPTH | FTW_PHYS);
}
