/*
 * loading.c - files into the database, for whoever loads.
 */
#include "commands/load/loading.h"

#include <errno.h>
#include <unistd.h>

#include "base/base.h"
#include "base/stop.h"
#include "commands/shared/reread.h"
#include "leg/time/clock.h"
#include "loader/beside/turns.h"

/* A flow of the file into LOAD. */
static struct flow flow_into(const struct loading *loading, struct load *load,
                             struct reader *reader, struct leg_counter *counter,
                             struct report *report)
{
    struct flow flow = input_flow(&loading->input, reader, report);

    flow.leg_counter = counter;
    flow.to = load;
    flow.purged = load_purged(load);
    flow.name_key = load_name_key(load);
    flow.suppress = load_suppress;
    load_ids(load, &flow.ruleset_id, &flow.run_id, &flow.file_id);
    return flow;
}

/*
 * One reading of the file; LOAD_AGAIN asks for another.  IS_COUNTING: its rows are where
 * they stay, and only counted.
 */
static enum load_got read_once(struct loading *loading, struct load *load,
                               struct leg_counter *counter, bool is_counting,
                               struct report *report, struct err *err)
{
    const struct input_options *input = &loading->input;
    struct reader *reader =
        reader_open(loading->path, input->profiles, &input->options, err);
    enum load_got got = LOAD_FAILED;

    if (reader == NULL)
        return LOAD_FAILED;
    report_restart(report);
    load_caption(load, reader_caption(reader));
    leg_counter_begin(counter);
    if (is_counting || load_begin_pass(load, err)) {
        struct flow flow = flow_into(loading, load, reader, counter, report);

        flow.put = is_counting ? NULL : load_put;
        flow.put_reject = is_counting ? NULL : load_put_reject;

        bool whole = flow_run(&flow, err) && leg_counter_end(counter, err);

        if (!is_counting)
            got = load_end_pass(load, whole, leg_counter_repeats(counter), err);
        else if (whole)
            got = LOAD_DONE;
    }
    reader_close(reader);
    return got;
}

/* Has nobody written to the file since it was first looked at? */
static bool loading_is_same(const void *file)
{
    const struct loading *loading = file;
    const char *path = loading->path;

    if (loading->spooled != NULL)
        return spool_is_same(loading->spool, loading->spooled);

    struct file_stamp now =
        strcmp(path, "-") == 0 ? file_stamp_fd(STDIN_FILENO) : file_stamp_path(path);

    return !loading->stamp.is_set || file_stamp_same(&now, &loading->stamp);
}

/* It was taken from a spool, and what it lacks may be on its way. */
static bool loading_may_grow(const struct loading *loading)
{
    return loading->spooled != NULL && spool_may_grow(loading->spooled);
}

/* Read the file until its rows can stay, and count them. */
static bool loading_read(struct loading *loading, struct load *load,
                         struct report *report, struct err *err)
{
    struct leg_counter *counter = leg_counter_new(flow_decide, loading->input.rules);
    enum load_got got;

    do
        got = read_once(loading, load, counter, false, report, err);
    while (got == LOAD_AGAIN);
    /* Every leg is there: what did the file have?  That may take another reading. */
    if (got == LOAD_DONE && leg_counter_wants_again(counter))
        got = read_once(loading, load, counter, true, report, err);

    bool ok = got == LOAD_DONE && leg_counter_finish(counter, report, err);

    leg_counter_free(counter);
    input_progress_done(&loading->input);
    return ok;
}

static bool read_and_commit(struct loading *loading, struct load *load,
                            struct report *report, struct err *err)
{
    bool ok = loading_read(loading, load, report, err);

    if (ok && report->records == 0 && loading_may_grow(loading)) {
        err_set(err, EXIT_INPUT, "it has no records");
        return err_cut(err);
    }
    load_watch(load, loading_is_same, loading);
    if (!ok || !load_finish(load, report, err))
        return false;
    report->verdict = VERDICT_LOADED;
    report->code = report_rejected(report) > 0 ? EXIT_REJECTS : EXIT_DONE;
    return true;
}

/*
 * The ledger has the file in another zone than was given now: that changes nothing, and
 * somebody may think that it did.
 */
static bool warn_of_zone(const struct loading *loading, struct report *report,
                         struct err *err)
{
    struct ledger_zone stored = { .zone = "" };
    struct zone *zone = loading->input.zone;

    if (zone == NULL)
        return true;
    if (!ledger_zone_of(loading->db, report->sha256, &stored, err))
        return false;
    if (stored.zone[0] == '\0' ||
        zones_agree(zone, stored.zone, stored.first_at, stored.last_at))
        return true;
    report_warn(report,
                "it is loaded, and its times were read in %s, not in %s: nothing was "
                "changed; cdretl --tz %s load --again %s loads it anew",
                stored.zone, zone_name(zone), zone_name(zone), report->name);
    report->code = EXIT_REJECTS;
    return true;
}

/* Known from the start, or since somebody loaded it while we waited for the lock. */
static bool keep_known(const struct loading *loading, struct load *load,
                       struct report *report,
                       const unsigned char sha256[static DIGEST_BYTES], struct err *err)
{
    *err = (struct err){ 0 };
    report_restart(report);
    memcpy(report->sha256, sha256, DIGEST_BYTES);
    report->has_sha256 = true;
    report->verdict = VERDICT_ALREADY_LOADED;
    return warn_of_zone(loading, report, err) && load_keep(load, err);
}

/* Why a file of a spool that ends in ERR is no failure, but to come again; else NULL. */
static const char *why_left(const struct loading *loading, const struct err *err)
{
    if (err->code != EXIT_INPUT || loading->spooled == NULL)
        return NULL;
    if (!loading_is_same(loading))
        return "it grew while it was read";
    return err->is_cut && loading_may_grow(loading)
               ? "it ends too soon, and it changed within the last hour: it may still "
                 "grow"
               : NULL;
}

/*
 * The file failed.  One of a spool that grows is no failure: nothing is noted of it.  A
 * server that refuses what stands in the file has refused the file.
 */
static bool load_failed(struct loading *loading, struct load *load, struct report *report,
                        struct err *err)
{
    loading->left = why_left(loading, err);
    if (loading->left != NULL) {
        *err = (struct err){ 0 };
        return true;
    }
    if (err->code == EXIT_DATABASE && err->is_data) {
        err->code = EXIT_INPUT;
        err_at(err, "what stands in it was refused by the ");
    }
    if (!input_file_failed(report, err))
        return false;
    /*
     * The refusal is noted; that it cannot be noted ends the run.  A fault of ours is no
     * refusal: the ledger knows nothing of it.
     */
    return load == NULL || report->code == EXIT_INTERNAL ||
           load_refuse(load, report, err);
}

static bool load_digested(struct loading *loading, struct report *report,
                          const unsigned char sha256[static DIGEST_BYTES],
                          struct err *err)
{
    struct load *load = load_open(loading->run, report->name, sha256, err);

    if (load == NULL)
        return false;

    bool ok = load_is_known(load) || read_and_commit(loading, load, report, err);

    if (load_is_known(load)) {
        ok = keep_known(loading, load, report, sha256, err);
    } else if (!ok) {
        ok = load_failed(loading, load, report, err);
    }
    load_close(load);
    return ok;
}

/*
 * The file is large, and nothing is to become of it but a load of its own: it is worth
 * not being read twice when it is new.  Which most are, and the ledger says it in the
 * end.
 */
static bool may_be_new(const struct loading *loading)
{
    const struct run_settings *settings = &loading->run->settings;

    return loading->stamp.is_set && loading->stamp.size >= LOAD_LARGE &&
           settings->turns == NULL && !settings->again && settings->replay.file_id == 0;
}

/*
 * Load it as a new one.  False with ERR empty: it may be none, or is to be refused, which
 * is noted by its digest.
 */
static bool load_new(struct loading *loading, struct report *report, struct err *err)
{
    struct load *load = load_open(loading->run, report->name, NULL, err);
    bool ok = load != NULL && read_and_commit(loading, load, report, err);

    load_close(load);
    if (ok || !(err->code == EXIT_INPUT || err->code == EXIT_TOO_MANY || err->is_data))
        return ok;
    *err = (struct err){ 0 };
    report_restart(report);
    report_phase(report, PHASE_READ);
    return false;
}

/* What others load at the same time was in the way, and nothing was kept: once more. */
static bool load_alone(struct loading *loading, struct report *report,
                       const unsigned char sha256[static DIGEST_BYTES], struct err *err)
{
    struct turns *turns = loading->run->settings.turns;
    struct err ignored = { 0 };

    *err = (struct err){ 0 };
    report_restart(report);
    report_phase(report, PHASE_READ);

    bool ok = turns_alone(turns, err) && load_digested(loading, report, sha256, err);

    if (!turns_is_alone(turns))
        return false;
    return turns_together(turns, ok ? err : &ignored) && ok;
}

static bool load_one(struct loading *loading, const char *path, struct report *report,
                     struct err *err)
{
    unsigned char sha256[DIGEST_BYTES];

    if (loading->input.progress)
        phases_watch(&loading->phases, loading->db, report);
    report_phase(report, PHASE_READ);
    loading->path = path;
    loading->stamp =
        strcmp(path, "-") == 0 ? file_stamp_fd(STDIN_FILENO) : file_stamp_path(path);
    if (may_be_new(loading)) {
        if (load_new(loading, report, err))
            return true;
        if (err->code != EXIT_DONE)
            return load_failed(loading, NULL, report, err);
    }
    if (!reader_digest(path, sha256, err))
        return load_failed(loading, NULL, report, err);

    bool ok = load_digested(loading, report, sha256, err);

    if (!ok && err->is_disturbed && !turns_is_alone(loading->run->settings.turns))
        ok = load_alone(loading, report, sha256, err);
    return ok;
}

static bool load_named(struct loading *loading, const char *file, struct report *report,
                       struct err *err)
{
    FILE *kept;
    bool ok = reread_open(&file, &kept, err) ? load_one(loading, file, report, err)
                                             : input_file_failed(report, err);

    if (kept != NULL)
        fclose(kept);
    return ok;
}

/* File I is done, or the run ends with it: then it says where it was. */
static bool loading_done(struct loading *loading, size_t i, bool ok, struct err *err)
{
    struct report *report = &loading->input.report[i];

    loading->input.ndone = i + 1;
    report_phase(report, PHASE_COUNT);
    if (loading->input.progress)
        phases_end(&loading->phases, loading->db, report);
    if (loading->run != NULL)
        run_add_seconds(loading->run, report);
    if (ok && loading->left == NULL && !loading->is_joined)
        input_log_file(report);
    if (ok)
        return true;
    input_run_failed(report, err);
    return err_at(err, "%s: ", report->name);
}

bool loading_file(struct loading *loading, size_t i, struct err *err)
{
    bool ok = load_named(loading, loading->input.file[i], &loading->input.report[i], err);

    return loading_done(loading, i, ok, err);
}

bool loading_spooled(struct loading *loading, size_t i, const struct spooled *file,
                     struct err *err)
{
    struct report *report = &loading->input.report[i];

    loading->spooled = file;
    loading->left = NULL;

    /* What is read was opened once, and is no name any more. */
    bool ok = (dup2(file->fd, STDIN_FILENO) >= 0 ||
               err_set(err, EXIT_INTERNAL, "cannot be read: %s", strerror(errno))) &&
              load_one(loading, "-", report, err);

    loading->spooled = NULL;
    return loading_done(loading, i, ok, err);
}
