/*
 * temp.c - files that are unlinked as soon as they are open.
 */
#include "base/temp.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/base.h"
#include "base/buf.h"

static const char *folder(void)
{
    const char *dir = getenv("TMPDIR");

    return dir != NULL && *dir != '\0' ? dir : "/tmp";
}

FILE *temp_open(struct err *err)
{
    struct buf path = { 0 };

    buf_addf(&path, "%s/cdretl-XXXXXX", folder());
    (void)buf_cstr(&path);

    int fd = mkostemp(path.s, O_CLOEXEC);
    FILE *file = fd >= 0 ? fdopen(fd, "w+") : NULL;

    if (file == NULL)
        err_set(err, EXIT_USAGE, "%s: no temporary file: %s; TMPDIR names another folder",
                folder(), strerror(errno));
    if (fd >= 0)
        unlink(path.s);
    buf_free(&path);
    return file;
}

char *temp_folder(struct err *err)
{
    struct buf path = { 0 };

    buf_addf(&path, "%s/cdretl-XXXXXX", folder());
    (void)buf_cstr(&path);

    char *name = mkdtemp(path.s) != NULL ? xstrdup(path.s) : NULL;

    if (name == NULL)
        err_set(err, EXIT_USAGE,
                "%s: no temporary folder: %s; TMPDIR names another folder", folder(),
                strerror(errno));
    buf_free(&path);
    return name;
}

bool temp_failed(struct err *err)
{
    return err_set(
        err, EXIT_USAGE,
        "%s: a temporary file cannot be written: %s; TMPDIR names another folder",
        folder(), strerror(errno));
}
