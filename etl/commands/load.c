/*
 * load.c - files into the database, one transaction each.
 */
#include "base/base.h"
#include "commands/loading.h"
#include "commands/spool.h"

enum { LOAD_SPOOL = INTAKE_COUNT, LOAD_WAIT, LOAD_COUNT };

static const struct option_row options[] = {
    INTAKE_OPTIONS,
    [LOAD_SPOOL] = { "spool", "DIR",
                     "take DIR/incoming, leave files in DIR/processed or DIR/failed" },
    [LOAD_WAIT] = { "wait", "SECONDS", "wait so long for another run to end (else 0)" },
};

static bool load_all(struct loading *loading, const char *spool, struct err *err)
{
    const struct input_options *input = &loading->input;
    bool ok = true;

    for (size_t i = 0; ok && i < input->nfiles; i++) {
        ok = loading_file(loading, i, err);
        if (ok && spool != NULL)
            ok = spool_away(spool, input->file[i], input->report[i].reason == NULL, err);
    }
    return ok;
}

static enum exit_code load_command(const struct context *context, const struct args *args,
                                   struct err *err)
{
    struct run_settings settings = { .kind = "load" };
    struct loading loading = { 0 };
    const char *spool = args->option[LOAD_SPOOL];
    struct args incoming = *args;
    char *folder = NULL;
    bool ok = options_seconds("wait", args->option[LOAD_WAIT], &settings.wait, err);

    if (ok && spool != NULL) {
        ok = args->nwords == 0 ? spool_prepare(spool, &folder, err)
                               : err_set(err, EXIT_USAGE, "--spool takes no file names");
        incoming.word = &folder;
        incoming.nwords = 1;
    }
    if (ok && spool != NULL && spool_is_empty(folder)) {
        free(folder);
        return EXIT_DONE; /* nothing came tonight */
    }
    ok = ok && input_open(&loading.input, context, &incoming, err) &&
         loading_connect(&loading, context, err) &&
         loading_start(&loading, &settings, err) && load_all(&loading, spool, err);

    enum exit_code code = loading_end(&loading, ok, err);

    free(folder);
    return code;
}

const struct command command_load = {
    .name = "load",
    .synopsis = "FILE|DIR|- ...",
    .summary = "Reads exports, decides every leg, stores them; twice is as once",
    .options = options,
    .noptions = LOAD_COUNT,
    .run = load_command,
};
