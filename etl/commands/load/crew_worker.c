/*
 * crew_worker.c - a process that loads what its leader names.
 */
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/base.h"
#include "base/stop.h"
#include "commands/load/crew_impl.h"
#include "commands/load/crew_pipe.h"
#include "loader/beside/turns.h"

/* Say WORD, and wait until the leader answers it. */
static bool ask_leader(int fd, enum crew_word word, struct err *err)
{
    struct buf none = { 0 };
    enum crew_word answer;
    bool ok = crew_send(fd, word, NULL, 0) && stop_wait(fd, err) &&
              crew_receive(fd, &answer, &none) && answer == CREW_GO;

    buf_free(&none);
    return ok || err_set(err, EXIT_INTERNAL, "the process that leads this load is gone");
}

static bool ask_alone(void *to, struct err *err)
{
    return ask_leader(*(const int *)to, CREW_ALONE, err);
}

static bool ask_together(void *to, struct err *err)
{
    return ask_leader(*(const int *)to, CREW_TOGETHER, err);
}

static bool crew_join(const struct crew_task *task, const struct crew_run *run,
                      struct turns *turns, int fd)
{
    struct err err = { 0 };
    bool ok = loading_connect(task->loading, task->context, &err) &&
              loading_join(task->loading, task->settings, run->run_id, run->ruleset_id,
                           turns, &err);

    return crew_send(fd, CREW_READY, &err, sizeof err) && ok;
}

static bool load_spooled(const struct crew_task *task, const struct crew_job *job,
                         struct err *err)
{
    struct spooled file = { .name = task->spool->name[job->file], .stamp = job->stamp };

    task->loading->spool = task->spool->spool;
    if (!spool_take_again(task->spool->spool, &file)) {
        task->loading->left = "it went away before it was read";
        return true;
    }

    bool ok = loading_spooled(task->loading, job->file, &file, err);

    close(file.fd);
    return ok;
}

static bool crew_load_one(const struct crew_task *task, const struct crew_job *job,
                          int fd)
{
    struct loading *loading = task->loading;
    struct crew_fate fate = { .ok = false };
    struct buf out = { 0 };

    loading->left = NULL;
    fate.ok = task->spool != NULL ? load_spooled(task, job, &fate.err)
                                  : loading_file(loading, job->file, &fate.err);
    fate.left = (char *)loading->left;
    fate.report = loading->input.report[job->file];
    crew_add_fate(&out, &fate);

    bool ok = crew_send(fd, CREW_DONE, out.s, out.len);

    buf_free(&out);
    return ok;
}

_Noreturn void crew_work(const struct crew_task *task, int fd)
{
    struct turns turns = { .alone = ask_alone, .together = ask_together, .to = &fd };
    struct buf order = { 0 };
    enum crew_word word;
    bool goes_on = true;

    stop_watch_anew();
    /* A leader that dies later closes its end, but a file may take long until then. */
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    while (goes_on && crew_receive(fd, &word, &order)) {
        struct crew_run run;
        struct crew_job job;

        if (word == CREW_RUN) {
            memcpy(&run, order.s, sizeof run);
            goes_on = crew_join(task, &run, &turns, fd);
        } else {
            memcpy(&job, order.s, sizeof job);
            goes_on = crew_load_one(task, &job, fd);
        }
    }
    buf_free(&order);
    loading_leave(task->loading);
    _exit(EXIT_DONE);
}
