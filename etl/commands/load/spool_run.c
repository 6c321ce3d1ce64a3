/*
 * spool_run.c - take, load, move.
 */
#include "commands/load/spool_run.h"

#include <inttypes.h>
#include <unistd.h>

#include "base/base.h"
#include "base/log.h"
#include "base/unicode.h"

bool spool_run_open(struct spool_run *run, uint32_t wait, struct err *err)
{
    run->spool = spool_open(run->dir, wait, run->min_age, err);
    return run->spool != NULL && spool_list(run->spool, &run->name, &run->count, err);
}

void spool_run_close(struct spool_run *run)
{
    for (size_t i = 0; i < run->count; i++)
        free(run->name[i]);
    free(run->name);
    spool_close(run->spool);
}

/* What stands beside a failed file. */
static void add_note(struct buf *note, const struct report *report, int64_t run)
{
    char hex[2 * DIGEST_BYTES + 1], now[25];
    struct timespec at;

    clock_gettime(CLOCK_REALTIME, &at);
    instant_iso(at.tv_sec * (int64_t)MS_PER_S, now);
    digest_hex(report->sha256, hex);
    buf_add_text(note, "file: ");
    buf_add_shown(note, slice_of(report->name));
    buf_addf(note, "\nwhen: %s\nrun: %" PRId64 "\nverdict: %s\nexit: %d\n", now, run,
             verdict_name(report->verdict), (int)report->code);
    if (report->has_sha256)
        buf_addf(note, "sha256: %s\n", hex);
    buf_add_text(note, "reason: ");
    buf_add_shown(note, slice_of(report->reason));
    buf_add_char(note, '\n');
}

void spool_run_settle(const struct spool_run *run, struct loading *loading, size_t i,
                      const struct spooled *file)
{
    const struct report *report = &loading->input.report[i];
    struct buf note = { 0 };
    struct err err = { 0 };

    if (!spool_is_same(run->spool, file)) {
        input_leave(&loading->input, report->name,
                    "somebody wrote to it after it was read");
        return;
    }
    if (report->reason != NULL)
        add_note(&note, report, loading->run->run_id);
    if (!spool_move(run->spool, file, note.len > 0 ? buf_cstr(&note) : NULL, &err)) {
        log_warn("%s", err.text);
        if (loading->input.other < err.code)
            loading->input.other = err.code;
    }
    buf_free(&note);
}

void spool_run_path(const struct spool_run *run, size_t i, struct buf *path)
{
    buf_addf(path, "%s/incoming/%s", run->dir, run->name[i]);
}

void spool_run_refuse(struct loading *loading, size_t i, const char *why)
{
    struct err err = { 0 };

    err_set(&err, EXIT_INPUT, "%s", why);
    (void)input_file_failed(&loading->input.report[i], &err);
    input_log_file(&loading->input.report[i]);
    loading->input.ndone = i + 1;
}

static bool load_taken(struct spool_run *run, struct loading *loading, const char *path,
                       const struct spooled *file, const char *why, struct err *err)
{
    struct input_options *input = &loading->input;
    size_t i = input_add(input, path);
    bool ok = true;

    if (file->fd < 0)
        spool_run_refuse(loading, i, why);
    else
        ok = loading_spooled(loading, i, file, err);
    if (ok && loading->left != NULL) {
        input_drop(input);
        input_leave(input, path, loading->left);
    } else if (ok) {
        spool_run_settle(run, loading, i, file);
    }
    return ok;
}

bool spool_run_load(struct spool_run *run, struct loading *loading, struct err *err)
{
    struct buf path = { 0 }, why = { 0 };
    bool ok = true;

    loading->spool = run->spool;
    for (size_t i = 0; ok && i < run->count; i++) {
        struct spooled file;

        buf_reset(&path);
        spool_run_path(run, i, &path);
        if (!spool_take(run->spool, run->name[i], &file, &why)) {
            input_leave(&loading->input, buf_cstr(&path), buf_cstr(&why));
            continue;
        }
        loading->left = NULL;
        ok = load_taken(run, loading, buf_cstr(&path), &file, buf_cstr(&why), err);
        if (file.fd >= 0)
            close(file.fd);
    }
    buf_free(&path);
    buf_free(&why);
    return ok;
}
