/*
 * load.c - files into the database, one transaction each.
 */
#include "base/base.h"
#include "commands/load/crew.h"
#include "commands/load/loading.h"
#include "commands/load/spool_run.h"

enum {
    LOAD_PSEUDONYMISE = INTAKE_COUNT,
    LOAD_SPOOL = LOAD_PSEUDONYMISE + PSEUDONYM_OPTION_COUNT,
    LOAD_MIN_AGE,
    LOAD_WAIT,
    LOAD_ANEW,
    LOAD_NOTE,
    LOAD_JOBS,
    LOAD_COUNT
};

static const struct option_row options[] = {
    INTAKE_OPTIONS,
    PSEUDONYM_OPTIONS,
    [LOAD_SPOOL] = { "spool", "DIR",
                     "take DIR/incoming, leave files in DIR/processed or DIR/failed" },
    [LOAD_MIN_AGE] = { "min-age", "SECONDS",
                       "spool: leave files that changed since (else 60)" },
    [LOAD_ANEW] = { "again", NULL,
                    "take a file that is loaded back first, and load it anew" },
    [LOAD_NOTE] = { "note", "TEXT", RULE_SET_NOTE },
    [LOAD_JOBS] = { "jobs", "N",
                    "so many files at once, each with a connection and memory of its own "
                    "(else 1)" },
    [LOAD_WAIT] = { "wait", "SECONDS", "wait so long for another run to end (else 0)" },
};

static bool load_each(struct loading *loading, struct err *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < loading->input.nfiles; i++)
        ok = loading_file(loading, i, err);
    return ok;
}

/* What is loaded, and how numbers come in. */
static bool load_prepare(const struct context *context, const struct args *args,
                         struct loading *loading, struct err *err)
{
    return input_open(&loading->input, context, args, err) &&
           pseudonym_options(args, LOAD_PSEUDONYMISE, loading->input.rules,
                             &loading->pseudonym, err);
}

/*
 * The run, from its connection to its last file: with one job the files of the input or
 * of SPOOL (NULL: none) one after the other, else with a crew.
 */
static bool load_run(const struct crew_task *task, struct spool_run *spool, size_t jobs,
                     struct err *err)
{
    struct loading *loading = task->loading;
    size_t count = spool != NULL ? spool->count : loading->input.nfiles;
    struct crew *crew = NULL;
    bool ok = true;

    if (jobs > count)
        jobs = count;
    if (jobs > 1) {
        crew = crew_start(task, jobs, err);
        ok = crew != NULL;
    }
    ok = ok && loading_connect(loading, task->context, err) &&
         loading_start(loading, task->settings, err);
    if (crew != NULL)
        ok = ok && crew_load(crew, err);
    else if (spool != NULL)
        ok = ok && spool_run_load(spool, loading, err);
    else
        ok = ok && load_each(loading, err);
    crew_end(crew);
    return ok;
}

static bool load_files(const struct context *context, const struct args *args,
                       const struct run_settings *settings, size_t jobs,
                       struct loading *loading, struct err *err)
{
    const struct crew_task task = { loading, context, settings, NULL };

    return load_prepare(context, args, loading, err) &&
           (loading->input.nfiles == 0 || load_run(&task, NULL, jobs, err));
}

static bool load_spool(const struct context *context, const struct args *args,
                       const struct run_settings *settings, size_t jobs,
                       struct loading *loading, struct err *err)
{
    struct spool_run run = { .dir = args->option[LOAD_SPOOL], .min_age = SPOOL_MIN_AGE };

    const struct crew_task task = { loading, context, settings, &run };

    if (args->nwords > 0)
        return err_set(err, EXIT_USAGE, "--spool takes no file names");
    loading->input.spooled = true;

    bool ok =
        (args->option[LOAD_MIN_AGE] == NULL ||
         options_seconds("min-age", args->option[LOAD_MIN_AGE], &run.min_age, err)) &&
        spool_run_open(&run, settings->wait, err) &&
        (run.count == 0 ||
         (load_prepare(context, args, loading, err) && load_run(&task, &run, jobs, err)));

    spool_run_close(&run);
    return ok;
}

static enum exit_code load_command(const struct context *context, const struct args *args,
                                   struct err *err)
{
    struct run_settings settings = { .kind = "load",
                                     .note = args->option[LOAD_NOTE],
                                     .again = args->option[LOAD_ANEW] != NULL };
    struct loading loading = { .context = context, .kind = settings.kind };
    int64_t jobs = 1;
    bool ok =
        options_seconds("wait", args->option[LOAD_WAIT], &settings.wait, err) &&
        options_number("jobs", args->option[LOAD_JOBS], 1, CREW_JOBS_MAX, &jobs, err);

    if (args->option[LOAD_SPOOL] != NULL)
        ok = ok && load_spool(context, args, &settings, (size_t)jobs, &loading, err);
    else
        ok = ok && load_files(context, args, &settings, (size_t)jobs, &loading, err);
    return loading_end(&loading, ok, err);
}

const struct command command_load = {
    .name = "load",
    .synopsis = "FILE|DIR|- ...",
    .summary = "Reads exports, decides every leg, stores them; twice is as once",
    .options = options,
    .noptions = LOAD_COUNT,
    .has_json = true,
    .run = load_command,
};
