/*
 * file.c - whole or not at all.
 */
#include "output/file.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "base/buf.h"

struct file_out {
    FILE *stream;
    char *path, *beside; /* NULL: PATH itself is written to */
};

static bool file_failed(const char *path, struct err *err)
{
    return err_set(err, EXIT_USAGE, "%s: cannot be written: %s", path, strerror(errno));
}

/* A pipe that nobody reads would hold us: without waiting it says so. */
static int open_in_place(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY | O_NONBLOCK,
                  0666);

    if (fd >= 0)
        (void)fcntl(fd, F_SETFL, 0);
    return fd;
}

/* A new file in the folder of PATH; its name is no longer than any, and hidden. */
static int open_beside(const char *path, char **beside)
{
    const char *slash = strrchr(path, '/');
    struct buf name = { 0 };

    if (slash != NULL)
        buf_add(&name, path, (size_t)(slash + 1 - path));
    buf_add_text(&name, ".cdretl-XXXXXX");
    *beside = xstrdup(buf_cstr(&name));
    buf_free(&name);
    return mkostemp(*beside, O_CLOEXEC);
}

/* As the file that was there, whose place it takes; else as a new one. */
static bool take_permissions(int fd, const struct stat *old, mode_t mode)
{
    if (old == NULL) {
        mode_t mask = umask(0);

        umask(mask);
        return fchmod(fd, mode & ~mask) == 0;
    }
    if (geteuid() == 0 && fchown(fd, old->st_uid, old->st_gid) != 0)
        return false;
    return fchmod(fd, old->st_mode & 07777) == 0;
}

struct file_out *file_create(const char *path, mode_t mode, struct err *err)
{
    struct file_out *out = xcalloc(1, sizeof *out);
    struct stat st;
    bool is_there = lstat(path, &st) == 0;
    bool in_place = is_there && !S_ISREG(st.st_mode);
    int fd = in_place ? open_in_place(path) : open_beside(path, &out->beside);

    out->path = xstrdup(path);
    if (fd >= 0 && (in_place || take_permissions(fd, is_there ? &st : NULL, mode)))
        out->stream = fdopen(fd, "w");
    if (out->stream != NULL)
        return out;
    file_failed(path, err);
    if (fd >= 0)
        close(fd);
    (void)file_finish(out, false, err);
    return NULL;
}

FILE *file_stream(struct file_out *out)
{
    return out->stream;
}

/* Devices and pipes have nothing to sync. */
static bool file_sync(int fd)
{
    return fsync(fd) == 0 || errno == EINVAL || errno == EROFS || errno == ENOTSUP;
}

bool file_sync_folder(int fd)
{
    return file_sync(fd);
}

static bool sync_folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder =
        slash == NULL ? xstrdup(".") : xstrndup(path, (size_t)(slash + 1 - path));
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    /* Who may not list a folder may write into it all the same. */
    bool ok = fd >= 0 ? file_sync(fd) : errno == EACCES;

    if (fd >= 0)
        close(fd);
    free(folder);
    return ok;
}

bool file_finish(struct file_out *out, bool whole, struct err *err)
{
    bool ok = whole;

    if (out->stream != NULL) {
        ok = ok && fflush(out->stream) == 0 && ferror(out->stream) == 0 &&
             file_sync(fileno(out->stream));
        ok = fclose(out->stream) == 0 && ok;
    }
    if (out->beside != NULL) {
        ok = ok && rename(out->beside, out->path) == 0 && sync_folder_of(out->path);
        if (!ok) {
            int why = errno;

            unlink(out->beside);
            errno = why;
        }
    }
    if (whole && !ok)
        file_failed(out->path, err);
    free(out->path);
    free(out->beside);
    free(out);
    return ok;
}

bool file_replace(const char *path, struct slice bytes, struct err *err)
{
    struct file_out *out = file_create(path, 0666, err);

    if (out == NULL)
        return false;
    (void)fwrite(bytes.s, 1, bytes.len, out->stream); /* the stream remembers */
    return file_finish(out, true, err);
}

bool file_give(const char *path, struct slice bytes, struct err *err)
{
    if (path != NULL && strcmp(path, "-") != 0)
        return file_replace(path, bytes, err);
    (void)fwrite(bytes.s, 1, bytes.len, stdout);
    return true;
}

FILE *file_open(const char *path)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

    if (fd < 0)
        return NULL;
    (void)fcntl(fd, F_SETFL, 0);
    return fdopen(fd, "rb");
}

struct file_stamp file_stamp_of(const struct stat *st)
{
    return (struct file_stamp){ .is_set = S_ISREG(st->st_mode),
                                .dev = st->st_dev,
                                .ino = st->st_ino,
                                .size = st->st_size,
                                .changed = st->st_mtim,
                                .noted = st->st_ctim };
}

struct file_stamp file_stamp_fd(int fd)
{
    struct stat st;

    return fstat(fd, &st) == 0 ? file_stamp_of(&st) : (struct file_stamp){ 0 };
}

struct file_stamp file_stamp_path(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 ? file_stamp_of(&st) : (struct file_stamp){ 0 };
}

static bool is_same_time(const struct timespec *a, const struct timespec *b)
{
    return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

bool file_stamp_same(const struct file_stamp *a, const struct file_stamp *b)
{
    return a->is_set == b->is_set && a->dev == b->dev && a->ino == b->ino &&
           a->size == b->size && is_same_time(&a->changed, &b->changed) &&
           is_same_time(&a->noted, &b->noted);
}

/* Folders of files. */

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
