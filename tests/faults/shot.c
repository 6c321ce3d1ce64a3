/*
 * shot.c - preloaded into the program under fire: what it sends, and a signal at one
 * point.
 *
 *   SHOT_TRACE=FILE    gets a line for every send(): its number and how the bytes begin
 *   SHOT_AT=N          at the Nth send() a signal falls,
 *   SHOT_SIGNAL=S      this one,
 *   SHOT_WHERE=WORD    before the bytes are sent, after half of them, or after all
 *
 * Between two messages the program and the server do their own work, which
 * a signal at some point of time hits; this here hits what lies between: a statement that
 * was half said, a commit that was sent and not answered.
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

/* Ours, found before libc's by whoever calls it. */
ssize_t shot_send(int fd, const void *bytes, size_t len, int flags) __asm__("send");

static void trace(int number, const char *bytes, size_t len)
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

ssize_t shot_send(int fd, const void *bytes, size_t len, int flags)
{
    static int number;
    send_fn *really;
    const char *at = getenv("SHOT_AT"), *where = getenv("SHOT_WHERE");
    void *symbol = dlsym(RTLD_NEXT, "send");

    memcpy(&really, &symbol, sizeof really);
    number++;
    trace(number, bytes, len);
    if (at == NULL || atoi(at) != number)
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
