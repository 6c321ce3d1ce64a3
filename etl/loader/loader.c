/*
 * loader.c - one file, one transaction.
 */
#include "loader/loader_impl.h"

#include <assert.h>

#include "base/base.h"
#include "base/stop.h"
#include "db/sql.h"
#include "db/txn.h"

enum { MESSAGE = 64 << 10 }; /* bytes of a COPY message; more was slower, less too */

/* A file name may be any bytes; the ledger holds text. */
static char *readable(const char *name)
{
    char *copy = xstrdup(name);

    if (!text_is_utf8(slice_of(copy)))
        for (char *c = copy; *c != '\0'; c++)
            if ((unsigned char)*c > 127)
                *c = '?';
    return copy;
}

static void blank_name(struct load *load)
{
    struct buf name = { 0 };

    if (suppression_blank(load->suppression, slice_of(load->name), SUPPRESSION_MASK,
                          &name)) {
        free(load->name);
        load->name = xstrdup(buf_cstr(&name));
        load->file.name = load->name;
    }
    buf_free(&name);
}

/* What must not come in; to be asked under the lock. */
static bool learn(struct load *load, struct err *err)
{
    if (!partitions_load(&load->partitions, load->db, err))
        return false;
    partitions_purged(&load->partitions, &load->purged);
    suppression_free(load->suppression);
    if (!suppression_load(&load->suppression, load->db, err) ||
        !name_key_load(load->db, load->name_key, err))
        return false;
    if (load->suppression != NULL)
        blank_name(load);
    return true;
}

bool load_begin(struct load *load, struct err *err)
{
    bool known = false;

    load->is_open = txn_begin_locked(load->db, load->run->settings.wait, err);
    if (!load->is_open || !ledger_knows(load->db, load->file.sha256, &known, err))
        return false;
    load->is_known = known;
    return known || learn(load, err);
}

void load_roll_back(struct load *load)
{
    if (load->is_open)
        txn_rollback(load->db);
    load->is_open = false;
}

struct load *load_open(struct run *run, const char *name,
                       const unsigned char sha256[static DIGEST_BYTES], struct err *err)
{
    struct load *load = xcalloc(1, sizeof *load);

    load->run = run;
    load->db = run->db;
    load->name = readable(name);
    load->file.name = load->name;
    load->file.run_id = run->run_id;
    memcpy(load->file.sha256, sha256, DIGEST_BYTES);
    load->copy = row_copy_new();
    load->reject_buffer = reject_buffer_new();
    load->key_filter = key_filter_new();
    load->hours = hours_new();
    if (load_begin(load, err) &&
        (load->is_known || ledger_next_id(load->db, &load->file.file_id, err)))
        return load;
    load_close(load);
    return NULL;
}

bool load_is_known(const struct load *load)
{
    return load->is_known;
}

static bool close_rejects(const struct load *load, uint64_t *closed, struct err *err)
{
    const struct run *run = load->run;

    return quarantine_close(load->db, &run->settings.replay, run->run_id,
                            load->file.sha256, closed, err);
}

bool load_keep(struct load *load, struct err *err)
{
    uint64_t closed = 0;

    if (load->run->settings.replay.file_id == 0)
        return true;
    if (!close_rejects(load, &closed, err) || !txn_commit(load->db, err))
        return false;
    load->is_open = false;
    load->run->closed += closed;
    return true;
}

void load_caption(struct load *load, struct slice caption)
{
    buf_reset(&load->caption);
    buf_add_slice(&load->caption, caption);
    load->file.caption = buf_slice(&load->caption);
}

void load_ids(const struct load *load, int32_t *ruleset_id, int32_t *run_id,
              int32_t *file_id)
{
    *ruleset_id = load->run->ruleset_id;
    *run_id = load->run->run_id;
    *file_id = load->file.file_id;
}

struct spans load_purged(const struct load *load)
{
    return load->purged;
}

bool load_begin_pass(struct load *load, struct err *err)
{
    if (load->partitions.nwanted > 0 && !attempt_make_partitions(load, err))
        return false;
    load->route = ROUTE_HEAD;
    load->rows = 0;
    load->stored = 0;
    load->file.first_at = NO_TIME;
    load->file.last_at = NO_TIME;
    load->file.has_gateway = false;
    load->is_copying = false;
    buf_reset(&load->head_keys);
    buf_reset(&load->out);
    row_copy_head(&load->out);
    reject_buffer_clear(load->reject_buffer);
    key_filter_clear(load->key_filter);
    hours_clear(load->hours);
    return true;
}

/* What must be known of every row, wherever it goes. */
static bool note(struct load *load, const struct leg *leg)
{
    struct ledger_file *file = &load->file;

    if (file->first_at == NO_TIME || leg->started_at < file->first_at)
        file->first_at = leg->started_at;
    if (file->last_at == NO_TIME || leg->started_at > file->last_at)
        file->last_at = leg->started_at;
    file->has_gateway |= leg->gateway.len > 0;
    return partitions_note(&load->partitions, leg->started_at);
}

const unsigned char *load_name_key(const struct load *load)
{
    return load->name_key;
}

void load_suppress(void *to, struct leg *leg)
{
    struct load *load = to;

    if (load->suppression != NULL)
        suppression_leg(load->suppression, leg);
}

bool load_put(void *to, const struct row *row, struct err *err)
{
    struct load *load = to;
    bool has_month = note(load, &row->leg);

    load->rows++;
    if (!has_month && load->route == ROUTE_DIRECT && !attempt_abandon(load, err))
        return false;
    if (load->route == ROUTE_DISCARD)
        return true;
    hours_add_ms(load->hours, row->leg.started_at);
    key_filter_add(load->key_filter, &row->leg.key);
    if (load->route == ROUTE_HEAD)
        attempt_add_head_key(load, &row->leg.key);
    row_copy_add(load->copy, &load->out, row);
    return load->out.len < MESSAGE || attempt_flush(load, err);
}

bool load_put_reject(void *to, const struct reject *reject, struct err *err)
{
    struct load *load = to;

    /* There is nothing to mend, and its text is what was to go. */
    if (reject->code == REJECT_PURGED)
        return true;

    struct reject kept = *reject;

    if (load->suppression != NULL && suppression_is_in(load->suppression, reject->text))
        kept.text = slice_of("");
    return reject_buffer_add(load->reject_buffer, load->file.file_id, &kept, err);
}

/* The rows are sent; can they stay? */
static enum load_got end_direct(struct load *load, struct err *err)
{
    struct err refused = { 0 };
    bool clash = true;

    if (!attempt_end_copy(load, NULL, &refused)) {
        if (db_is_lost(load->db)) {
            err_set(err, refused.code, "%s", refused.text);
            return LOAD_FAILED;
        }
    } else if (!attempt_clashes(load, &clash, err)) {
        return LOAD_FAILED;
    }
    if (!clash)
        return LOAD_DONE;
    load->is_staged = true;
    return attempt_abandon(load, err) ? LOAD_AGAIN : LOAD_FAILED;
}

static enum load_got end_staged(struct load *load, struct err *err)
{
    if (!attempt_end_copy(load, NULL, err))
        return LOAD_FAILED;
    return load->partitions.nwanted > 0 ? LOAD_AGAIN : LOAD_DONE;
}

enum load_got load_end_pass(struct load *load, bool whole, struct err *err)
{
    if (!whole || stop_asked(err))
        return LOAD_FAILED;
    if (load->route != ROUTE_DISCARD) {
        row_copy_tail(&load->out);
        if (!attempt_flush(load, err))
            return LOAD_FAILED;
    }
    if (load->route == ROUTE_DIRECT)
        return end_direct(load, err);
    return load->route == ROUTE_STAGED ? end_staged(load, err) : LOAD_AGAIN;
}

static bool store(struct load *load, struct report *report, decide_fn decide,
                  const void *rules, struct err *err)
{
    struct merge_counts counts = { .inserted = load->rows };

    if (load->route == ROUTE_STAGED) {
        if (!merge_staged(load, decide, rules, &counts, err))
            return false;
    } else if (!statistics_add_calls(load, err)) {
        return false;
    }
    report->inserted = counts.inserted;
    report->updated = counts.updated;
    report->unchanged = counts.unchanged;
    report->duplicate = counts.duplicate;
    report->verdict = VERDICT_LOADED;
    return true;
}

/* The ledger took the digest of a first reading; the file must not have changed. */
static bool same_bytes(const struct load *load, const struct report *report,
                       struct err *err)
{
    if (!report->has_sha256 ||
        memcmp(report->sha256, load->file.sha256, DIGEST_BYTES) == 0)
        return true;
    return err_set(err, EXIT_INPUT, "the file changed while it was being read");
}

bool load_finish(struct load *load, struct report *report, decide_fn decide,
                 const void *rules, struct err *err)
{
    assert(load->route == ROUTE_DIRECT || load->route == ROUTE_STAGED);

    uint64_t closed = 0;

    report_phase(report, PHASE_MERGE);
    /* Statistics ask the ledger whether the export has gateways: it goes first. */
    bool ok = same_bytes(load, report, err) && store(load, report, decide, rules, err) &&
              report_balances(report, err) &&
              ledger_write(load->db, &load->file, report, err);

    report_phase(report, PHASE_STATISTICS);
    ok = ok && statistics_rebuild(load->db, load->hours, err) &&
         reject_buffer_send(load->reject_buffer, load->db, err) &&
         close_rejects(load, &closed, err) && !stop_asked(err);
    report_phase(report, PHASE_COMMIT);
    ok = ok && txn_commit(load->db, err);

    if (!ok) {
        load_roll_back(load);
        return false;
    }
    load->is_open = false;
    load->run->closed += closed;
    return true;
}

bool load_refuse(struct load *load, const struct report *report, struct err *err)
{
    load_roll_back(load);
    if (db_is_lost(load->db))
        return err_set(err, EXIT_DATABASE, "the connection to the database is lost");
    load->file.first_at = NO_TIME;
    load->file.last_at = NO_TIME;
    load->file.caption = SLICE_NONE;

    bool ok =
        txn_begin(load->db, err) &&
        (load->file.file_id != 0 || ledger_next_id(load->db, &load->file.file_id, err)) &&
        ledger_write(load->db, &load->file, report, err) && txn_commit(load->db, err);

    if (!ok)
        txn_rollback(load->db);
    return ok;
}

void load_close(struct load *load)
{
    if (load == NULL)
        return;
    load_roll_back(load);
    row_copy_free(load->copy);
    reject_buffer_free(load->reject_buffer);
    key_filter_free(load->key_filter);
    hours_free(load->hours);
    buf_free(&load->head_keys);
    buf_free(&load->out);
    buf_free(&load->caption);
    free(load->purged.span);
    suppression_free(load->suppression);
    free(load->name);
    free(load);
}
