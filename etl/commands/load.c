/*
 * load.c - files into the database, one transaction each.
 */
#include <errno.h>
#include <unistd.h>

#include "base/base.h"
#include "base/log.h"
#include "commands/intake.h"
#include "commands/spool.h"
#include "loader/loader.h"

enum { LOAD_SPOOL = INTAKE_COUNT, LOAD_WAIT, LOAD_COUNT };

static const struct option_row options[] = {
    INTAKE_OPTIONS,
    [LOAD_SPOOL] = { "spool", "DIR",
                     "take DIR/incoming, leave files in DIR/processed or DIR/failed" },
    [LOAD_WAIT] = { "wait", "SECONDS", "wait so long for another run to end (else 0)" },
};

/* One run of the command. */
struct loading {
    struct intake intake;
    struct db *db;
    struct run *run;
};

/* One reading of the file; LOAD_AGAIN asks for another. */
static enum load_got read_once(struct loading *loading, struct load *load,
                               const char *path, struct report *report, struct err *err)
{
    const struct intake *intake = &loading->intake;
    struct reader *reader = reader_open(path, intake->profiles, &intake->options, err);

    if (reader == NULL)
        return LOAD_FAILED;

    struct flow flow = intake_flow(intake, reader, report);

    flow.census = census_new();
    flow.to = load;
    flow.put = load_put;
    flow.put_reject = load_put_reject;
    load_ids(load, &flow.ruleset_id, &flow.run_id, &flow.file_id);
    enum load_got got = LOAD_FAILED;
    if (load_begin_pass(load, err))
        got = load_end_pass(load, flow_run(&flow, err), err);
    if (got == LOAD_DONE && !census_finish(flow.census, report, err))
        got = LOAD_FAILED;
    census_free(flow.census);
    reader_close(reader);
    return got;
}

/* Rules as the loader wants them: it is blind to what they are. */
static void decide(const void *rules, const struct leg *leg, struct outcome *outcome)
{
    rules_decide(rules, leg, outcome);
}

static bool read_and_commit(struct loading *loading, struct load *load, const char *path,
                            struct report *report, struct err *err)
{
    enum load_got got;

    do {
        report_restart(report);
        got = read_once(loading, load, path, report, err);
    } while (got == LOAD_AGAIN);
    intake_progress_done(&loading->intake);
    if (got != LOAD_DONE ||
        !load_finish(load, report, decide, loading->intake.rules, err))
        return false;
    report->verdict = VERDICT_LOADED;
    report->code = report_rejected(report) > 0 ? EXIT_REJECTS : EXIT_DONE;
    return true;
}

static bool load_one(struct loading *loading, const char *path, struct report *report,
                     struct err *err)
{
    unsigned char sha256[DIGEST_BYTES];

    if (!reader_digest(path, sha256, err))
        return intake_file_failed(report, err);

    struct load *load = load_open(loading->run, report->name, sha256, err);

    if (load == NULL)
        return false;

    bool ok = true;

    if (load_is_known(load)) {
        memcpy(report->sha256, sha256, sizeof sha256);
        report->has_sha256 = true;
        report->verdict = VERDICT_ALREADY_LOADED;
    } else if (!read_and_commit(loading, load, path, report, err)) {
        ok = intake_file_failed(report, err);
        if (ok) /* the refusal is noted; that it cannot be noted ends the run */
            ok = load_refuse(load, report, err);
    }
    load_close(load);
    return ok;
}

/* Standard input is read several times, so it goes to a file of its own first. */
static bool save_stdin(char *path, struct err *err)
{
    static char chunk[1 << 16];
    int fd = mkstemp(path);
    ssize_t got;

    if (fd < 0)
        return err_set(err, EXIT_INTERNAL, "%s: cannot be created: %s", path,
                       strerror(errno));
    while ((got = read(STDIN_FILENO, chunk, sizeof chunk)) > 0) {
        if (write(fd, chunk, (size_t)got) == got)
            continue;
        err_set(err, EXIT_INTERNAL, "%s: cannot be written: %s", path, strerror(errno));
        break;
    }
    if (got < 0)
        err_set(err, EXIT_INPUT, "standard input cannot be read: %s", strerror(errno));
    close(fd);
    return err->code == EXIT_DONE;
}

static bool load_stdin(struct loading *loading, struct report *report, struct err *err)
{
    const char *dir = getenv("TMPDIR");
    struct buf path = { 0 };

    buf_addf(&path, "%s/cdretl-stdin-XXXXXX", dir != NULL && *dir != '\0' ? dir : "/tmp");
    buf_cstr(&path);
    bool ok = save_stdin(path.s, err) && load_one(loading, path.s, report, err);
    unlink(path.s);
    buf_free(&path);
    return ok;
}

static bool start(struct loading *loading, const struct context *context, uint32_t wait,
                  struct err *err)
{
    const struct rules *rules = loading->intake.rules;
    struct run_settings settings = {
        .kind = "load",
        .program = context->program,
        .ruleset_id = rules_identity(rules),
        .taxonomy = rules_taxonomy(rules),
        .untested_rules = loading->intake.untested_rules,
        .wait = wait,
    };

    loading->db = db_open(context->db, err);
    if (loading->db == NULL || !schema_check(loading->db, err))
        return false;
    loading->run = run_start(loading->db, &settings, err);
    if (loading->run == NULL)
        return false;
    for (size_t i = 0; i < rules_provider_count(rules); i++) {
        struct provider_info provider = rules_provider(rules, i);

        if (!run_add_provider(loading->run, provider.id, provider.name, err))
            return false;
    }
    return true;
}

static bool load_all(struct loading *loading, const char *spool, struct err *err)
{
    struct intake *intake = &loading->intake;
    bool ok = true;

    for (size_t i = 0; ok && i < intake->nfiles; i++) {
        struct report *report = &intake->report[i];

        if (strcmp(intake->file[i], "-") == 0)
            ok = load_stdin(loading, report, err);
        else
            ok = load_one(loading, intake->file[i], report, err);
        if (ok && spool != NULL)
            ok = spool_away(spool, intake->file[i], report->reason == NULL, err);
    }
    return ok;
}

static enum exit_code run(const struct context *context, const struct args *args,
                          struct err *err)
{
    struct loading loading = { 0 };
    const char *spool = args->option[LOAD_SPOOL];
    struct args incoming = *args;
    enum exit_code code = EXIT_DONE;
    char *folder = NULL;
    uint32_t wait = 0;
    bool ok = options_seconds("wait", args->option[LOAD_WAIT], &wait, err);

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
    ok = ok && intake_open(&loading.intake, context, &incoming, err) &&
         start(&loading, context, wait, err) && load_all(&loading, spool, err);
    if (ok) {
        intake_print(&loading.intake, context, "load", run_id(loading.run));
        code = intake_verdict(&loading.intake, err);
    }
    struct err closing = { 0 };
    if (!run_finish(loading.run, err->code != EXIT_DONE ? err->code : code, &closing) &&
        ok)
        err_set(err, closing.code, "%s", closing.text);
    db_close(loading.db);
    intake_close(&loading.intake);
    free(folder);
    return code;
}

const struct command command_load = {
    .name = "load",
    .synopsis = "FILE|DIR|- ...",
    .summary = "Reads exports, decides every leg, stores them; twice is as once",
    .options = options,
    .noptions = LOAD_COUNT,
    .run = run,
};
