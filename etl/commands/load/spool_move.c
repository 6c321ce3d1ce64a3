/*
 * spool_move.c - out of incoming/, on the disk for good, and the notes of failed/.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include "base/base.h"
#include "base/log.h"
#include "commands/load/spool_impl.h"

enum { COPY_CHUNK = 1 << 16 };

/* NAME, or NAME.1 and so on, with MORE behind it, in no more bytes than a name may have.
 */
static const char *spool_place_of(struct buf *place, const char *name, unsigned number,
                                  const char *more)
{
    struct buf end = { 0 };

    if (number > 0)
        buf_addf(&end, ".%u", number);
    buf_add_text(&end, more);
    buf_reset(place);
    buf_add_slice(place, text_cut(slice_of(name), NAME_MAX - end.len));
    buf_add_slice(place, buf_slice(&end));
    buf_free(&end);
    return buf_cstr(place);
}

static bool is_free(int folder, const char *name)
{
    struct stat st;

    return fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT;
}

/* The first PLACE that is free, together with the one of its NOTE when that is wanted. */
static void find_place(int folder, const char *name, struct buf *place, struct buf *note)
{
    for (unsigned number = 0; number < UINT_MAX; number++)
        if (is_free(folder, spool_place_of(place, name, number, "")) &&
            (note == NULL ||
             is_free(folder, spool_place_of(note, name, number, ".note"))))
            break;
}

/* Where the filesystem cannot promise to replace nothing, we have looked. */
static bool rename_to(int from, const char *name, int to, const char *place)
{
    if (renameat2(from, name, to, place, RENAME_NOREPLACE) == 0)
        return true;
    return (errno == EINVAL || errno == ENOSYS) && is_free(to, place) &&
           renameat(from, name, to, place) == 0;
}

static bool copy_bytes(int from, int to, off_t size)
{
    static char chunk[COPY_CHUNK];

    for (off_t at = 0; at < size;) {
        ssize_t got = pread(from, chunk, sizeof chunk, at);

        if (got <= 0)
            return false;
        for (ssize_t put = 0; put < got;) {
            ssize_t written = write(to, chunk + put, (size_t)(got - put));

            if (written < 0)
                return false;
            put += written;
        }
        at += got;
    }
    return true;
}

/* On another filesystem a file is copied beside its place, and takes it whole. */
static bool copy_to(const struct spooled *file, int to, const char *place)
{
    static const char beside[] = ".cdretl-copy"; /* ours alone: we hold the lock */
    const struct timespec times[] = { file->stamp.changed, file->stamp.changed };
    struct stat st;
    int why;

    if (file->fd < 0 || (unlinkat(to, beside, 0) != 0 && errno != ENOENT))
        return false;

    int fd =
        openat(to, beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

    if (fd < 0)
        return false;

    bool ok = fstat(file->fd, &st) == 0 && copy_bytes(file->fd, fd, file->stamp.size) &&
              fchmod(fd, st.st_mode & 0777) == 0 && futimens(fd, times) == 0 &&
              fsync(fd) == 0;

    why = errno;
    if (close(fd) != 0 && ok) {
        why = errno;
        ok = false;
    }
    if (ok && rename_to(to, beside, to, place))
        return true;
    if (ok)
        why = errno;
    unlinkat(to, beside, 0);
    errno = why;
    return false;
}

static bool move_to(const struct spool *spool, const struct spooled *file, int to,
                    const char *place)
{
    int from = spool->folder[SPOOL_INCOMING];

    if (file->fd >= 0 && fsync(file->fd) != 0 && errno != EINVAL && errno != EROFS)
        return false;
    if (rename_to(from, file->name, to, place))
        return file_sync_folder(to) && file_sync_folder(from);
    return errno == EXDEV && copy_to(file, to, place) && file_sync_folder(to) &&
           unlinkat(from, file->name, 0) == 0 && file_sync_folder(from);
}

/* A note that cannot be written does not keep the file from its place. */
static void write_note(const struct spool *spool, const char *name, const char *note)
{
    int folder = spool->folder[SPOOL_FAILED];
    int fd =
        openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    size_t len = strlen(note);
    bool ok = fd >= 0 && write(fd, note, len) == (ssize_t)len && fsync(fd) == 0;

    if (fd >= 0)
        ok = close(fd) == 0 && ok;
    if (!ok || !file_sync_folder(folder))
        log_warn("%s/failed/%s: the note cannot be written: %s", spool->dir, name,
                 strerror(errno));
}

bool spool_move(const struct spool *spool, const struct spooled *file, const char *note,
                struct err *err)
{
    enum spool_folder where = note != NULL ? SPOOL_FAILED : SPOOL_PROCESSED;
    int to = spool->folder[where];
    struct buf place = { 0 }, beside = { 0 };
    bool ok = true;

    find_place(to, file->name, &place, note != NULL ? &beside : NULL);
    if (!spool_is_same(spool, file))
        ok = err_set(err, EXIT_USAGE,
                     "%s/incoming/%s: it changed, or another took its place, after it "
                     "was read; it stays for the next run",
                     spool->dir, file->name);
    else if (!move_to(spool, file, to, place.s))
        ok = err_set(err, EXIT_USAGE,
                     "%s/incoming/%s: it is %s, but cannot be moved to %s/: %s; it stays "
                     "where it is",
                     spool->dir, file->name, note != NULL ? "refused" : "loaded",
                     spool_folder_names[where], strerror(errno));
    if (ok && note != NULL)
        write_note(spool, beside.s, note);
    buf_free(&place);
    buf_free(&beside);
    return ok;
}
