/*
 * crew.c - the leader: forks, hands out, listens, and tells in the end.
 */
#include "commands/load/crew.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/base.h"
#include "base/stop.h"
#include "commands/load/crew_impl.h"
#include "commands/load/crew_pipe.h"

enum { SHOW_MS = 200 };

/* In the child all ends but its own are closed: so each sees when the other end is. */
static bool fork_worker(struct crew *crew, struct err *err)
{
    struct worker *worker = &crew->worker[crew->nworkers];
    int end[2];

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, end) != 0)
        return err_set(err, EXIT_INTERNAL, "no socket for a worker: %s", strerror(errno));
    worker->pid = fork();
    if (worker->pid == 0) {
        for (size_t i = 0; i < crew->nworkers; i++)
            close(crew->worker[i].fd);
        close(end[0]);
        crew_work(&crew->task, end[1]);
    }
    close(end[1]);
    if (worker->pid < 0) {
        close(end[0]);
        return err_set(err, EXIT_INTERNAL, "no process for a worker: %s",
                       strerror(errno));
    }
    worker->fd = end[0];
    worker->state = WORKER_JOINS;
    crew->nworkers++;
    return true;
}

/* Worker and leader know a file by the same number. */
static void add_spool(struct crew *crew)
{
    const struct spool_run *run = crew->task.spool;
    struct buf path = { 0 };

    for (size_t i = 0; run != NULL && i < run->count; i++) {
        buf_reset(&path);
        spool_run_path(run, i, &path);
        input_add(&crew->task.loading->input, buf_cstr(&path));
    }
    buf_free(&path);
}

struct crew *crew_start(const struct crew_task *task, size_t jobs, struct err *err)
{
    struct crew *crew = xcalloc(1, sizeof *crew);

    crew->task = *task;
    add_spool(crew);
    crew->file = xcalloc(task->loading->input.nfiles, sizeof *crew->file);
    crew->worker = xcalloc(jobs, sizeof *crew->worker);
    while (crew->nworkers < jobs)
        if (!fork_worker(crew, err)) {
            crew_end(crew);
            return NULL;
        }
    return crew;
}

static bool any_is(const struct crew *crew, enum worker_state state)
{
    for (size_t i = 0; i < crew->nworkers; i++)
        if (crew->worker[i].state == state)
            return true;
    return false;
}

/* WHY ends the run; of several files that failed the first is told. */
static void crew_failed(struct crew *crew, size_t file, const struct err *why)
{
    if (crew->failed.code != EXIT_DONE && crew->failed_at <= file)
        return;
    crew->failed = *why;
    crew->failed_at = file;
}

/* The worker is gone, and with it what it had begun. */
static void crew_lost(struct crew *crew, struct worker *worker)
{
    bool had_file = worker->state != WORKER_JOINS && worker->state != WORKER_FREE;
    struct input_options *input = &crew->task.loading->input;
    struct err why = { 0 };
    int status = 0;

    while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR)
        ;
    close(worker->fd);
    worker->fd = -1;
    worker->state = WORKER_GONE;
    err_set(&why, EXIT_INTERNAL,
            "the process that loaded it ended by %s %d: nothing of it was kept, or all; "
            "load it again, which tells",
            WIFSIGNALED(status) ? "signal" : "exit code",
            WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    if (!had_file)
        return;
    (void)input_file_failed(&input->report[worker->file], &why);
    input_log_file(&input->report[worker->file]);
    if (crew->task.spool != NULL && crew->file[worker->file].taken.fd >= 0)
        close(crew->file[worker->file].taken.fd);
    crew->file[worker->file].has_fate = true;
    crew->ndone++;
}

static void crew_answer(struct crew *crew, struct worker *worker, enum worker_state state)
{
    worker->state = state;
    if (!crew_send(worker->fd, CREW_GO, NULL, 0))
        crew_lost(crew, worker);
}

/* Who asks to be alone is, one after the other, as soon as nobody loads. */
static void crew_give_turns(struct crew *crew)
{
    bool somebody_asks = any_is(crew, WORKER_ASKS);

    if (any_is(crew, WORKER_LOADS) || any_is(crew, WORKER_ALONE))
        return;
    for (size_t i = 0; i < crew->nworkers; i++) {
        struct worker *worker = &crew->worker[i];

        if (somebody_asks && worker->state == WORKER_ASKS) {
            crew_answer(crew, worker, WORKER_ALONE);
            return;
        }
        if (!somebody_asks && worker->state == WORKER_RESTS)
            crew_answer(crew, worker, WORKER_LOADS);
    }
}

/* Standard input and pipes give what they have to one process: the first that is left. */
static bool crew_may_hand(const struct crew *crew, const struct worker *worker,
                          size_t file)
{
    const char *name = crew->task.loading->input.file[file];

    if (crew->task.spool != NULL || file_stamp_path(name).is_set)
        return true;
    for (const struct worker *first = crew->worker; first < worker; first++)
        if (first->state != WORKER_GONE)
            return false;
    return true;
}

/* Give WORKER the next file; false: there is none for it. */
static bool hand_one(struct crew *crew, struct worker *worker)
{
    size_t count = crew->task.loading->input.nfiles;

    while (crew->first < count && crew->file[crew->first].is_given)
        crew->first++;
    for (size_t i = crew->first; i < count; i++) {
        struct crew_job job;

        if (crew->file[i].is_given || !crew_may_hand(crew, worker, i) ||
            !crew_take(crew, i))
            continue;
        memset(&job, 0, sizeof job);
        job.file = i;
        job.stamp = crew->file[i].taken.stamp;
        worker->state = WORKER_LOADS;
        worker->file = i;
        if (!crew_send(worker->fd, CREW_FILE, &job, sizeof job))
            crew_lost(crew, worker);
        return true;
    }
    return false;
}

static void crew_hand_out(struct crew *crew)
{
    if (crew->failed.code != EXIT_DONE || crew->is_stopping ||
        any_is(crew, WORKER_JOINS) || any_is(crew, WORKER_ASKS) ||
        any_is(crew, WORKER_ALONE))
        return;
    for (size_t i = 0; i < crew->nworkers; i++)
        if (crew->worker[i].state == WORKER_FREE)
            (void)hand_one(crew, &crew->worker[i]);
}

static void crew_take_fate(struct crew *crew, struct worker *worker, struct slice bytes)
{
    struct loading *loading = crew->task.loading;
    struct report *report = &loading->input.report[worker->file];
    struct crew_fate fate;

    worker->state = WORKER_FREE;
    if (!crew_read_fate(bytes, &fate)) {
        struct err why = { 0 };

        err_set(&why, EXIT_INTERNAL, "a worker's report cannot be read");
        crew_failed(crew, worker->file, &why);
        return;
    }
    report_free(report);
    *report = fate.report;
    crew->file[worker->file].left = fate.left;
    run_add_seconds(loading->run, report);
    if (!fate.ok) {
        crew_failed(crew, worker->file, &fate.err);
        crew->file[worker->file].has_fate = true;
        crew->ndone++;
        return;
    }
    if (fate.left == NULL)
        input_log_file(report);
    crew_settle(crew, worker->file);
}

static void crew_hear(struct crew *crew, struct worker *worker)
{
    struct buf payload = { 0 };
    enum crew_word word;

    if (!crew_receive(worker->fd, &word, &payload))
        crew_lost(crew, worker);
    else if (word == CREW_DONE)
        crew_take_fate(crew, worker, buf_slice(&payload));
    else if (word == CREW_ALONE)
        worker->state = WORKER_ASKS;
    else if (word == CREW_TOGETHER)
        worker->state = WORKER_RESTS;
    else {
        struct err why;

        memcpy(&why, payload.s, sizeof why);
        worker->state = WORKER_FREE;
        if (why.code != EXIT_DONE)
            crew_failed(crew, SIZE_MAX, &why);
    }
    buf_free(&payload);
}

/* Once: who is told already is told no more. */
static void pass_signal_on(struct crew *crew)
{
    struct err why = { 0 };

    if (crew->is_stopping || !stop_asked(&why))
        return;
    crew->is_stopping = true;
    for (size_t i = 0; i < crew->nworkers; i++)
        if (crew->worker[i].state != WORKER_GONE)
            kill(crew->worker[i].pid, why.code == EXIT_SIGINT ? SIGINT : SIGTERM);
}

static void crew_show(struct crew *crew)
{
    size_t count = crew->task.loading->input.nfiles;

    if (crew->task.loading->input.progress && progress_is_due(&crew->progress))
        progress_show(&crew->progress, "load", crew->ndone, "files", crew->ndone, count);
}

/* Sleep until somebody says something, and hear it. */
static void crew_wait(struct crew *crew)
{
    size_t count = crew->nworkers;
    struct pollfd *fds = xcalloc(count + 1, sizeof *fds);

    for (size_t i = 0; i < count; i++)
        fds[i] = (struct pollfd){ .fd = crew->worker[i].fd, .events = POLLIN };
    fds[count] = (struct pollfd){ .fd = stop_fd(), .events = POLLIN };

    int got = poll(fds, count + 1, crew->task.loading->input.progress ? SHOW_MS : -1);

    pass_signal_on(crew);
    for (size_t i = 0; got > 0 && i < count; i++)
        if (fds[i].revents != 0)
            crew_hear(crew, &crew->worker[i]);
    free(fds);
    crew_show(crew);
}

static bool is_at_work(const struct crew *crew)
{
    for (size_t i = 0; i < crew->nworkers; i++)
        if (crew->worker[i].state != WORKER_GONE && crew->worker[i].state != WORKER_FREE)
            return true;
    return false;
}

/* As a run with one connection would have left the input. */
static void crew_conclude(struct crew *crew)
{
    struct input_options *input = &crew->task.loading->input;
    bool *is_told = xcalloc(input->nfiles, sizeof *is_told);

    for (size_t i = 0; i < input->nfiles; i++) {
        is_told[i] = crew->file[i].has_fate && crew->file[i].left == NULL;
        if (crew->file[i].left != NULL)
            input_leave(input, input->file[i], crew->file[i].left);
        free(crew->file[i].left);
    }
    input_sort_done(input, is_told);
    while (crew->task.spool != NULL && input->nfiles > input->ndone)
        input_drop(input);
    free(is_told);
}

bool crew_load(struct crew *crew, struct err *err)
{
    const struct run *run = crew->task.loading->run;
    const struct crew_run order = { run->run_id, run->ruleset_id };
    size_t count = crew->task.loading->input.nfiles;

    progress_begin(&crew->progress);
    for (size_t i = 0; i < crew->nworkers; i++)
        if (!crew_send(crew->worker[i].fd, CREW_RUN, &order, sizeof order))
            crew_lost(crew, &crew->worker[i]);
    for (;;) {
        crew_give_turns(crew);
        crew_hand_out(crew);
        if (!is_at_work(crew))
            break;
        crew_wait(crew);
    }
    input_progress_done(&crew->task.loading->input);
    if (crew->failed.code != EXIT_DONE)
        err_pass(err, &crew->failed);
    else if (!crew->is_stopping && crew->ndone < count)
        err_set(err, EXIT_INTERNAL,
                "no process is left to load: %zu files were not, and wait",
                count - crew->ndone);
    else
        stop_asked(err);
    crew_conclude(crew);
    return err->code == EXIT_DONE;
}

void crew_end(struct crew *crew)
{
    if (crew == NULL)
        return;
    for (size_t i = 0; i < crew->nworkers; i++)
        if (crew->worker[i].state != WORKER_GONE) {
            close(crew->worker[i].fd);
            while (waitpid(crew->worker[i].pid, NULL, 0) < 0 && errno == EINTR)
                ;
        }
    free(crew->worker);
    free(crew->file);
    free(crew);
}
