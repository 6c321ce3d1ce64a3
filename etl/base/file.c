/*
 * file.c - whole or not at all.
 */
#include "base/file.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "base/base.h"
#include "base/buf.h"

bool file_replace(const char *path, struct slice bytes, struct err *err)
{
    struct buf beside = { 0 };

    buf_addf(&beside, "%s.%ld.tmp", path, (long)getpid());

    const char *name = buf_cstr(&beside);
    FILE *file = fopen(name, "w");
    bool ok = file != NULL && fwrite(bytes.s, 1, bytes.len, file) == bytes.len;

    if (file != NULL && fclose(file) != 0)
        ok = false;
    ok = ok && rename(name, path) == 0;
    if (!ok) {
        err_set(err, EXIT_INTERNAL, "%s: cannot be written: %s", path, strerror(errno));
        if (file != NULL)
            unlink(name);
    }
    buf_free(&beside);
    return ok;
}
