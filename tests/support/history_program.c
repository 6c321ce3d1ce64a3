/*
 * history_program.c - exports as files, and two of them in one command of the program
 * itself, one after the other or beside each other (--jobs 2).
 */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/base.h"
#include "support/export.h"
#include "support/history.h"

const char *history_write(const struct history_export *export, enum history_dress dress)
{
    struct buf bytes = { 0 }, packed = { 0 };
    const char *path;

    if (export->head != NULL)
        buf_addf(&bytes, "%s\n", export->head);
    for (size_t i = 0; i < export->count; i++) {
        size_t at = dress == DRESS_REVERSED ? export->count - 1 - i : i;

        if (!export->is_out[at])
            buf_addf(&bytes, "%s\n", export->text[at]);
    }
    if (dress == DRESS_RESAVED)
        buf_add_char(&bytes, '\n');
    if (dress == DRESS_GZIP)
        pack_gzip(&packed, buf_slice(&bytes));
    path = dress == DRESS_GZIP ? export_file(packed.s, packed.len)
                               : export_file(bytes.s, bytes.len);
    buf_free(&packed);
    buf_free(&bytes);
    return path;
}

/* Done; done but for records that were rejected; a file was refused. */
static bool is_expected(int status)
{
    return WIFEXITED(status) &&
           (WEXITSTATUS(status) == EXIT_DONE || WEXITSTATUS(status) == EXIT_REJECTS ||
            WEXITSTATUS(status) == EXIT_INPUT);
}

bool history_can_run(const struct history_rules *rules)
{
    return rules->mappings != NULL && getenv("CDRETL") != NULL;
}

bool history_program_load(const struct history_rules *rules,
                          const struct history_step *step, const char *const path[2],
                          struct buf *why)
{
    struct buf command = { 0 }, said = { 0 };
    size_t got;

    buf_addf(&command,
             "'%s' -q --tz Europe/Kyiv --db dbname=cdretl_test_%d --mappings '%s' load "
             "--untested-rules%s --jobs %zu '%s' '%s' 2>&1",
             getenv("CDRETL"), (int)getpid(), rules->mappings,
             step->is_again ? " --again" : "", step->jobs, path[0], path[1]);

    FILE *pipe = popen(buf_cstr(&command), "r"); /* NOLINT(cert-env33-c): our own words */

    if (pipe == NULL)
        abort();
    while ((got = fread(buf_room(&said, 4096), 1, 4096, pipe)) > 0)
        said.len += got;

    bool ok = is_expected(pclose(pipe));

    if (!ok)
        buf_addf(why, "  %s\n  said: %s\n", buf_cstr(&command), buf_cstr(&said));
    buf_free(&said);
    buf_free(&command);
    return ok;
}
