/*
 * crew_files.c - files of a spool that a crew empties.
 */
#include <unistd.h>

#include "base/base.h"
#include "commands/load/crew_impl.h"

static void crew_done(struct crew *crew, size_t i)
{
    crew->file[i].has_fate = true;
    crew->ndone++;
}

bool crew_take(struct crew *crew, size_t i)
{
    const struct spool_run *run = crew->task.spool;
    struct crew_file *file = &crew->file[i];
    struct buf why = { 0 };

    file->is_given = true;
    if (run == NULL)
        return true;

    bool is_taken = spool_take(run->spool, run->name[i], &file->taken, &why);

    if (!is_taken) {
        file->left = xstrdup(buf_cstr(&why));
        crew_done(crew, i);
    } else if (file->taken.fd < 0) {
        spool_run_refuse(crew->task.loading, i, buf_cstr(&why));
        crew_settle(crew, i);
        is_taken = false;
    }
    buf_free(&why);
    return is_taken;
}

void crew_settle(struct crew *crew, size_t i)
{
    struct crew_file *file = &crew->file[i];

    if (crew->task.spool != NULL && file->left == NULL)
        spool_run_settle(crew->task.spool, crew->task.loading, i, &file->taken);
    if (crew->task.spool != NULL && file->taken.fd >= 0)
        close(file->taken.fd);
    crew_done(crew, i);
}
