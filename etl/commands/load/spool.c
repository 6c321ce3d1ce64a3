/*
 * spool.c - the folders, their lock, and which files may be taken.
 */
#include "commands/load/spool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <strings.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/base.h"
#include "base/log.h"
#include "base/stop.h"
#include "commands/load/spool_impl.h"

enum { LOCK_PAUSE_NS = 100000000 };

const char *const spool_folder_names[SPOOL_FOLDERS] = { "incoming", "processed",
                                                        "failed" };

static bool open_folder(struct spool *spool, enum spool_folder which, struct err *err)
{
    const char *name = spool_folder_names[which];

    if (mkdirat(spool->fd, name, 0777) == 0 || errno == EEXIST)
        spool->folder[which] =
            openat(spool->fd, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return spool->folder[which] >= 0 ||
           err_set(err, EXIT_USAGE, "%s/%s: cannot be made or opened: %s", spool->dir,
                   name, strerror(errno));
}

/* The kernel gives the lock back, however we end. */
static bool spool_lock(struct spool *spool, uint32_t wait, struct err *err)
{
    struct timespec pause = { .tv_nsec = LOCK_PAUSE_NS };
    uint64_t tries = 1 + wait * (UINT64_C(1000000000) / LOCK_PAUSE_NS);

    while (flock(spool->fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK)
            return true; /* a filesystem without locks: the database has one */
        if (--tries == 0)
            return err_set(err, EXIT_LOCKED,
                           "%s: another run empties this spool; try again when it ends",
                           spool->dir);
        if (stop_asked(err))
            return false;
        nanosleep(&pause, NULL);
    }
    return true;
}

struct spool *spool_open(const char *dir, uint32_t wait, uint32_t min_age,
                         struct err *err)
{
    struct spool *spool = xcalloc(1, sizeof *spool);
    bool ok = true;

    spool->dir = xstrdup(dir);
    spool->min_age = min_age;
    for (size_t i = 0; i < SPOOL_FOLDERS; i++)
        spool->folder[i] = -1;
    spool->fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (spool->fd < 0)
        ok = err_set(err, EXIT_USAGE, "%s: the spool cannot be opened: %s", dir,
                     strerror(errno));
    ok = ok && spool_lock(spool, wait, err);
    for (size_t i = 0; ok && i < SPOOL_FOLDERS; i++)
        ok = open_folder(spool, (enum spool_folder)i, err);
    if (ok)
        return spool;
    spool_close(spool);
    return NULL;
}

void spool_close(struct spool *spool)
{
    if (spool == NULL)
        return;
    for (size_t i = 0; i < SPOOL_FOLDERS; i++)
        if (spool->folder[i] >= 0)
            close(spool->folder[i]);
    if (spool->fd >= 0)
        close(spool->fd);
    free(spool->dir);
    free(spool);
}

/* Names by which senders say that a file is not whole, and our own notes. */
static bool is_set_apart(const char *name)
{
    static const char *const ends[] = { ".part", ".filepart", ".tmp", ".note" };
    size_t len = strlen(name);

    if (*name == '.')
        return true;
    for (size_t i = 0; i < COUNTOF(ends); i++) {
        size_t end = strlen(ends[i]);

        if (len > end && strcasecmp(name + len - end, ends[i]) == 0)
            return true;
    }
    return false;
}

static int spool_visible(const struct dirent *entry)
{
    return !is_set_apart(entry->d_name);
}

static bool is_file(const struct spool *spool, const char *name)
{
    struct stat st;

    if (fstatat(spool->folder[SPOOL_INCOMING], name, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return false; /* it is gone already */
    if (S_ISREG(st.st_mode))
        return true;
    log_warn("%s/incoming/%s: passed over, it is no regular file but a %s", spool->dir,
             name,
             S_ISDIR(st.st_mode)    ? "folder"
             : S_ISLNK(st.st_mode)  ? "link"
             : S_ISSOCK(st.st_mode) ? "socket"
             : S_ISFIFO(st.st_mode) ? "pipe"
                                    : "device");
    return false;
}

bool spool_list(struct spool *spool, char ***names, size_t *count, struct err *err)
{
    struct dirent **entry;
    int found =
        scandirat(spool->folder[SPOOL_INCOMING], ".", &entry, spool_visible, alphasort);

    *names = NULL;
    *count = 0;
    if (found < 0)
        return err_set(err, EXIT_USAGE, "%s/incoming: cannot be listed: %s", spool->dir,
                       strerror(errno));
    *names = xcalloc((size_t)found, sizeof **names);
    for (int i = 0; i < found; i++) {
        if (is_file(spool, entry[i]->d_name))
            (*names)[(*count)++] = xstrdup(entry[i]->d_name);
        free(entry[i]);
    }
    free(entry);
    return true;
}

/* Seconds since the last write; a clock a day ahead of ours tells nothing. */
static int64_t age_of(const struct file_stamp *stamp)
{
    int64_t age = time(NULL) - stamp->changed.tv_sec;

    return age < -86400 ? INT64_MAX : age;
}

bool spool_may_grow(const struct spooled *file)
{
    return age_of(&file->stamp) < SPOOL_WHOLE_AGE;
}

/* The file is open: may it be taken? */
static bool is_whole(const struct spool *spool, const struct spooled *file,
                     struct buf *why)
{
    int64_t age = age_of(&file->stamp);

    if (!file->stamp.is_set)
        buf_add_text(why, "it is no regular file");
    else if (age < spool->min_age)
        buf_addf(why, "it changed less than %u s ago and may still grow",
                 (unsigned)spool->min_age);
    else if (spool_may_grow(file) && file->stamp.size == 0)
        buf_addf(why,
                 "it is empty, and it changed less than %d min ago: it may still grow",
                 SPOOL_WHOLE_AGE / 60);
    else if (spool_may_grow(file) && !spool_ends_whole(file->fd, file->stamp.size))
        buf_addf(why,
                 "its last line has no end, and it changed less than %d min ago: it may "
                 "still grow",
                 SPOOL_WHOLE_AGE / 60);
    return why->len == 0;
}

/* Gone, or a link by now: it stays.  What is there and cannot be read is refused. */
static bool refuse_unopened(const struct spool *spool, struct spooled *file,
                            struct buf *why)
{
    const char *reason = strerror(errno);
    struct stat st;

    if (fstatat(spool->folder[SPOOL_INCOMING], file->name, &st, AT_SYMLINK_NOFOLLOW) == 0)
        file->stamp = file_stamp_of(&st);
    buf_addf(why, "it cannot be opened: %s", reason);
    return file->stamp.is_set;
}

bool spool_take_again(const struct spool *spool, struct spooled *file)
{
    file->fd = openat(spool->folder[SPOOL_INCOMING], file->name,
                      O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    return file->fd >= 0;
}

bool spool_take(const struct spool *spool, const char *name, struct spooled *file,
                struct buf *why)
{
    *file = (struct spooled){ .name = name };
    buf_reset(why);
    if (!spool_take_again(spool, file))
        return refuse_unopened(spool, file, why);
    file->stamp = file_stamp_fd(file->fd);
    if (is_whole(spool, file, why))
        return true;
    close(file->fd);
    file->fd = -1;
    return false;
}

bool spool_is_same(const struct spool *spool, const struct spooled *file)
{
    struct file_stamp now = file->stamp, named = { 0 };
    struct stat st;

    if (file->fd >= 0)
        now = file_stamp_fd(file->fd);
    if (fstatat(spool->folder[SPOOL_INCOMING], file->name, &st, AT_SYMLINK_NOFOLLOW) == 0)
        named = file_stamp_of(&st);
    return file_stamp_same(&now, &file->stamp) && file_stamp_same(&named, &file->stamp);
}
