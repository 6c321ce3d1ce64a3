/*
 * stop.c - signals as a flag.
 */
#include "base/stop.h"

#include <signal.h>

#include "base/base.h"

static volatile sig_atomic_t caught;

static void raise_flag(int signal)
{
    caught = signal;
}

void stop_watch(void)
{
    struct sigaction action = { .sa_handler = raise_flag, .sa_flags = SA_RESTART };

    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

bool stop_asked(struct err *err)
{
    if (caught == 0)
        return false;
    err_set(err, caught == SIGINT ? EXIT_SIGINT : EXIT_SIGTERM,
            "interrupted; nothing of the current file was kept");
    return true;
}
