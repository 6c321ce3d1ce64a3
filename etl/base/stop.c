/*
 * stop.c - signals as a flag, and as a pipe for those who sleep.
 */
#include "base/stop.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "base/base.h"

static volatile sig_atomic_t caught;
static int signal_pipe[2] = { -1, -1 }; /* never emptied, so that every poll() sees it */
static bool known;

static void raise_flag(int signal)
{
    int saved = errno;

    caught = signal;
    /* A full pipe rings as well. */
    if (write(signal_pipe[1], "", 1) < 0)
        errno = saved;
}

void stop_watch(void)
{
    struct sigaction action = { .sa_handler = raise_flag, .sa_flags = SA_RESTART };

    /* Without a pipe the flag is still looked at, between two statements. */
    if (pipe2(signal_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        signal_pipe[0] = signal_pipe[1] = -1;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

void stop_watch_anew(void)
{
    close(signal_pipe[0]);
    close(signal_pipe[1]);
    stop_watch();
    if (caught != 0)
        raise_flag(caught);
}

bool stop_asked(struct err *err)
{
    if (caught == 0)
        return false;
    known = true;
    err_set(err, caught == SIGINT ? EXIT_SIGINT : EXIT_SIGTERM,
            "interrupted; nothing that was under way was kept");
    return true;
}

int stop_fd(void)
{
    return known ? -1 : signal_pipe[0];
}

bool stop_wait(int fd, struct err *err)
{
    struct pollfd fds[] = { { .fd = fd, .events = POLLIN },
                            { .fd = stop_fd(), .events = POLLIN } };

    if (stop_asked(err))
        return false;
    while (poll(fds, 2, -1) < 0 && errno == EINTR)
        ;
    return fds[1].revents == 0 || !stop_asked(err);
}

bool stop_is_known(void)
{
    return known && caught != 0;
}

void stop_is_late(void)
{
    known = true;
}
