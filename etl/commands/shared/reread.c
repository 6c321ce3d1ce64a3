/*
 * reread.c - pipes become files.
 */
#include "commands/shared/reread.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "base/stop.h"
#include "base/temp.h"

/* All of standard input into FILE. */
static bool keep_stdin(FILE *file, struct err *err)
{
    static char chunk[1 << 16];
    ssize_t got = 0;

    while (stop_wait(STDIN_FILENO, err) &&
           (got = read(STDIN_FILENO, chunk, sizeof chunk)) > 0)
        if (fwrite(chunk, 1, (size_t)got, file) != (size_t)got)
            return temp_failed(err);
    if (got < 0)
        err_set(err, EXIT_INPUT, "standard input cannot be read: %s", strerror(errno));
    if (err->code == EXIT_DONE && fflush(file) != 0)
        temp_failed(err);
    return err->code == EXIT_DONE;
}

/* The pipe PATH becomes standard input. */
static bool take_pipe(const char *path, struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (fd < 0 || fcntl(fd, F_SETFL, 0) != 0 || dup2(fd, STDIN_FILENO) < 0)
        err_set(err, EXIT_INPUT, "cannot be opened: %s", strerror(errno));
    if (fd >= 0)
        close(fd);
    return err->code == EXIT_DONE;
}

bool reread_open(const char **path, FILE **kept, struct err *err)
{
    struct stat st;

    *kept = NULL;
    if (strcmp(*path, "-") != 0) {
        if (stat(*path, &st) != 0 || !S_ISFIFO(st.st_mode))
            return true;
        if (!take_pipe(*path, err))
            return false;
        *path = "-";
    }
    if (lseek(STDIN_FILENO, 0, SEEK_CUR) >= 0 || errno != ESPIPE)
        return true;
    *kept = temp_open(err);
    if (*kept == NULL || !keep_stdin(*kept, err))
        return false;
    if (lseek(fileno(*kept), 0, SEEK_SET) != 0 || dup2(fileno(*kept), STDIN_FILENO) < 0)
        return temp_failed(err);
    return true;
}
