/*
 * shot.c - preloaded into the program under fire: what it sends, and a signal at one
 * point.
 *
 *   SHOT_TRACE=FILE    gets a line for every send(), its number and how the bytes begin,
 * and for every step of a file's move: "file: " and which SHOT_AT=N          at the Nth
 * of them a signal falls, SHOT_SIGNAL=S      this one, SHOT_WHERE=WORD    before the
 * bytes are sent, after half of them, or after all
 *
 * Between two messages the program and the server do their own work, which
 * a signal at some point of time hits; this here hits what lies between: a statement that
 * was half said, a commit that was sent and not answered, a file that was copied and not
 * yet renamed.
 */
#include <ctype.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SHOWN = 400 };

typedef ssize_t send_fn(int, const void *, size_t, int);
typedef int fsync_fn(int);
typedef int rename_fn(int, const char *, int, const char *, unsigned);
typedef int unlink_fn(int, const char *, int);

/* Ours, found before libc's by whoever calls it. */
ssize_t shot_send(int fd, const void *bytes, size_t len, int flags) __asm__("send");
int shot_fsync(int fd) __asm__("fsync");
int shot_rename(int from, const char *name, int to, const char *place,
                unsigned flags) __asm__("renameat2");
int shot_unlink(int folder, const char *name, int flags) __asm__("unlinkat");

/* How much was done so far. */
static int number;

static void trace(const char *bytes, size_t len)
{
    const char *path = getenv("SHOT_TRACE");
    int file =
        path != NULL ? open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666) : -1;
    char line[SHOWN + 2];
    size_t n = 0;

    if (file < 0)
        return;
    while (n < len && n < SHOWN) {
        line[n] = isprint((unsigned char)bytes[n]) != 0 ? bytes[n] : ' ';
        n++;
    }
    line[n] = '\0';
    dprintf(file, "%d %s\n", number, line);
    close(file);
}

static void fall(void)
{
    const char *signal_number = getenv("SHOT_SIGNAL");

    raise(signal_number != NULL ? atoi(signal_number) : SIGKILL);
}

/* One more: is it the one at which the signal falls? */
static bool is_here(const char *bytes, size_t len)
{
    const char *at = getenv("SHOT_AT");

    number++;
    trace(bytes, len);
    return at != NULL && atoi(at) == number;
}

ssize_t shot_send(int fd, const void *bytes, size_t len, int flags)
{
    send_fn *really;
    const char *where = getenv("SHOT_WHERE");
    void *symbol = dlsym(RTLD_NEXT, "send");

    memcpy(&really, &symbol, sizeof really);
    if (!is_here(bytes, len))
        return really(fd, bytes, len, flags);

    bool half = where != NULL && strcmp(where, "half") == 0 && len > 1;

    if (where != NULL && strcmp(where, "before") == 0)
        fall();

    /* A short count is nothing new to who sends: the rest comes by another call. */
    ssize_t sent = really(fd, bytes, half ? len / 2 : len, flags);

    if (where == NULL || strcmp(where, "before") != 0)
        fall();
    return sent;
}

/* A step of a move, which cannot be half done: the signal falls before it or behind it.
 */
static bool step_begins(const char *step)
{
    const char *where = getenv("SHOT_WHERE");

    if (!is_here(step, strlen(step)))
        return false;
    if (where != NULL && strcmp(where, "before") == 0)
        fall();
    return where == NULL || strcmp(where, "before") != 0;
}

static int step_ends(bool falls, int result)
{
    if (falls)
        fall();
    return result;
}

int shot_fsync(int fd)
{
    fsync_fn *really;
    void *symbol = dlsym(RTLD_NEXT, "fsync");
    bool falls = step_begins("file: fsync");

    memcpy(&really, &symbol, sizeof really);
    return step_ends(falls, really(fd));
}

int shot_rename(int from, const char *name, int to, const char *place, unsigned flags)
{
    rename_fn *really;
    void *symbol = dlsym(RTLD_NEXT, "renameat2");
    bool falls = step_begins("file: rename");

    memcpy(&really, &symbol, sizeof really);
    return step_ends(falls, really(from, name, to, place, flags));
}

int shot_unlink(int folder, const char *name, int flags)
{
    unlink_fn *really;
    void *symbol = dlsym(RTLD_NEXT, "unlinkat");
    bool falls = step_begins("file: unlink");

    memcpy(&really, &symbol, sizeof really);
    return step_ends(falls, really(folder, name, flags));
}
