/*
 * measure.c - run a program; write its wall time, CPU time and peak memory.
 *
 *   measure FILE PROGRAM ARGUMENT...
 *
 * Appends "wall cpu mebibytes" to FILE and returns the program's status.  The
 * program's own output goes where it would go.
 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

int main(int argc, char **argv)
{
    struct timespec from, to;
    struct rusage use;
    int status;

    if (argc < 3)
        return 2;
    (void)clock_gettime(CLOCK_MONOTONIC, &from);
    pid_t child = fork();
    if (child == 0) {
        (void)execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &use) != child)
        return 2;
    (void)clock_gettime(CLOCK_MONOTONIC, &to);

    FILE *out = fopen(argv[1], "a");
    if (out == NULL)
        return 2;
    double wall =
        (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
    (void)fprintf(out, "%.3f %.3f %.1f\n", wall,
                  seconds(use.ru_utime) + seconds(use.ru_stime),
                  (double)use.ru_maxrss / 1024);
    (void)fclose(out);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
