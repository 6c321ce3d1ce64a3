/*
 * loader.c - one file, one transaction.
 */
#include "loader/loader.h"

#include <assert.h>

#include "base/base.h"
#include "base/stop.h"
#include "db/db_copy.h"
#include "db/txn.h"
#include "loader/attempt.h"
#include "loader/beside/day_locks.h"
#include "loader/merge/merge.h"
#include "loader/near/near_files.h"
#include "loader/reject_buffer.h"
#include "loader/retention/pseudonym.h"
#include "loader/statistics/statistics.h"

struct load {
    struct run *run; /* borrowed */
    char *name;      /* as the ledger keeps it, owned */
    struct buf caption;
    struct load_txn txn;
    struct ledger_file file;
    struct attempt attempt;
    struct copy_spool rejects;
    is_same_fn is_same; /* NULL: nobody watches the file */
    const void *watched;
};

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

/* A file name may hold a number that must not come in. */
static void blank_name(struct load *load)
{
    struct buf name = { 0 };

    if (load->txn.suppression != NULL &&
        suppression_blank(load->txn.suppression, slice_of(load->name), SUPPRESSION_MASK,
                          &name)) {
        free(load->name);
        load->name = xstrdup(buf_cstr(&name));
    }
    buf_free(&name);
    load->file.name = load->name;
}

/* To make what counts takes longer than to load a small file: it belongs to the run. */
static bool open_statistics(const struct load *load, struct err *err)
{
    struct run *run = load->run;

    if (run->change == NULL) {
        run->change = stat_change_open(run->db, run->settings.taxonomy, err);
        run->change_free = stat_change_free;
    }
    return run->change != NULL && stat_change_renew(run->change, load->txn.basis, err);
}

struct load *load_open(struct run *run, const char *name, const unsigned char *sha256,
                       struct err *err)
{
    struct load *load = xcalloc(1, sizeof *load);

    load->run = run;
    load->txn.run = run;
    load->txn.db = run->db;
    load->txn.turns = run->settings.turns;
    load->file.options = run->settings.options;
    if (sha256 != NULL) {
        load->txn.has_digest = true;
        memcpy(load->txn.sha256, sha256, DIGEST_BYTES);
        memcpy(load->file.sha256, sha256, DIGEST_BYTES);
    }
    load->file.run_id = run->run_id;
    load->name = readable(name);
    if (load_txn_begin(&load->txn, err)) {
        load->file.file_id = load->txn.file_id;
        blank_name(load);
        if (load->txn.is_known || open_statistics(load, err)) {
            attempt_open(&load->attempt, &load->txn, run->change);
            return load;
        }
    }
    load_close(load);
    return NULL;
}

bool load_is_known(const struct load *load)
{
    return load->txn.is_known;
}

static bool close_rejects(const struct load *load, uint64_t *closed, struct err *err)
{
    const struct run *run = load->run;

    return quarantine_close(run->db, &run->settings.replay, run->run_id,
                            load->file.sha256, closed, err);
}

bool load_keep(struct load *load, struct err *err)
{
    uint64_t closed = 0;

    if (load->run->settings.replay.file_id == 0)
        return true;
    if (!close_rejects(load, &closed, err) || !load_txn_commit(&load->txn, err))
        return false;
    load->run->closed += closed;
    return true;
}

void load_caption(struct load *load, struct slice caption)
{
    buf_reset(&load->caption);
    buf_add_slice(&load->caption, caption);
    load->file.caption = buf_slice(&load->caption);
}

void load_watch(struct load *load, is_same_fn is_same, const void *file)
{
    load->is_same = is_same;
    load->watched = file;
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
    return load->txn.purged;
}

bool load_begin_pass(struct load *load, struct err *err)
{
    copy_spool_free(&load->rejects);
    return attempt_begin(&load->attempt, err);
}

const unsigned char *load_name_key(const struct load *load)
{
    return load->txn.name_key;
}

void load_suppress(void *to, struct leg *leg)
{
    struct load *load = to;

    if (load->txn.suppression != NULL)
        suppression_leg(load->txn.suppression, leg);
    if (load->run->settings.pseudonym != NULL)
        pseudonym_leg(load->run->settings.pseudonym, leg);
}

bool load_put(void *to, const struct row *row, struct err *err)
{
    struct load *load = to;

    return attempt_put(&load->attempt, row, err);
}

bool load_put_reject(void *to, const struct reject *reject, struct err *err)
{
    struct load *load = to;
    struct suppression *suppression = load->txn.suppression;

    /* There is nothing to mend, and its text is what was to go. */
    if (reject->code == REJECT_PURGED)
        return true;

    struct reject kept = *reject;

    if (load->run->settings.pseudonym != NULL ||
        (suppression != NULL && suppression_is_in(suppression, reject->text)))
        kept.text = slice_of("");
    return reject_buffer_add(&load->rejects, load->file.file_id, &kept, err);
}

enum load_got load_end_pass(struct load *load, bool whole, bool repeats, struct err *err)
{
    bool again = false;

    if (!whole || stop_asked(err) || !attempt_end(&load->attempt, repeats, &again, err))
        return LOAD_FAILED;
    return again ? LOAD_AGAIN : LOAD_DONE;
}

/* Loads beside this one count too, and what is far away is theirs. */
static void bound_statistics(const struct load *load)
{
    const struct attempt *attempt = &load->attempt;

    if (!turns_is_alone(load->txn.turns) && attempt->rows > 0)
        stat_change_within(load->run->change, attempt->first_at - DAY_LOCKS_REACH,
                           attempt->last_at + DAY_LOCKS_REACH);
}

/* Calls that reach over days are noted at once, those of all files with them. */
static bool may_go_beside(const struct load *load, const struct report *report,
                          struct err *err)
{
    return turns_is_alone(load->txn.turns) || !report->has_far_calls ||
           turns_disturbed(err, "a call that reaches over days is noted");
}

static bool merge(struct load *load, struct report *report, struct err *err)
{
    const struct attempt *attempt = &load->attempt;
    struct merge_job job = {
        .run = load->run,
        .db = load->run->db,
        .copy = attempt->copy,
        .first_at = attempt->first_at,
        .last_at = attempt->last_at,
        .has_gateway = attempt->has_gateway,
        .rows = attempt->rows,
        .zone = report->zone,
        .may_repeat = attempt->repeats,
    };

    if (attempt->stored != attempt->rows)
        return err_set(err, EXIT_INTERNAL, "%ju rows were staged and %ju arrived",
                       (uintmax_t)attempt->rows, (uintmax_t)attempt->stored);
    return merge_staged(&job, load->run->change, report, err);
}

static bool store(struct load *load, struct report *report, struct err *err)
{
    report->inserted = load->attempt.rows;
    report->updated = report->unchanged = report->duplicate = 0;
    if (load->attempt.route == ROUTE_STAGED && !merge(load, report, err))
        return false;
    report->verdict = VERDICT_LOADED;
    load->file.first_at = load->attempt.first_at;
    load->file.last_at = load->attempt.last_at;
    load->file.has_gateway = load->attempt.has_gateway;
    return true;
}

/*
 * The file must not have changed since it was read for its digest.  One that was not read
 * before has that of what was read now; the ledger's key refuses it when it is known.
 */
static bool take_digest(struct load *load, const struct report *report, struct err *err)
{
    if (!report->has_sha256)
        return load->txn.has_digest || err_set(err, EXIT_INPUT, "it has no digest");
    if (!load->txn.has_digest)
        memcpy(load->file.sha256, report->sha256, DIGEST_BYTES);
    return memcmp(report->sha256, load->file.sha256, DIGEST_BYTES) == 0 ||
           err_set(err, EXIT_INPUT, "the file changed while it was being read");
}

/* Nobody wrote to it while it was read, merged and counted. */
static bool is_unchanged(const struct load *load, struct err *err)
{
    return load->is_same == NULL || load->is_same(load->watched) ||
           err_set(err, EXIT_INPUT, "the file changed while it was being read");
}

bool load_finish(struct load *load, struct report *report, struct err *err)
{
    struct db *db = load->run->db;
    uint64_t closed = 0;

    assert(load->attempt.route == ROUTE_DIRECT || load->attempt.route == ROUTE_STAGED);
    report_phase(report, PHASE_MERGE);
    bound_statistics(load);
    /* Statistics ask the ledger whether the export has gateways: it goes first. */
    bool ok = may_go_beside(load, report, err) && take_digest(load, report, err) &&
              store(load, report, err) && report_balances(report, err) &&
              near_files_join(db, &load->file, load->attempt.keys, report, err);

    report_phase(report, PHASE_STATISTICS);
    ok = ok && attempt_count(&load->attempt, report, err) &&
         (!report->has_far_calls || statistics_note_far_calls(db, err)) &&
         reject_buffer_send(&load->rejects, db, err) &&
         close_rejects(load, &closed, err) && db_copy_settle(db, err) && !stop_asked(err);
    report_phase(report, PHASE_COMMIT);
    ok = ok && is_unchanged(load, err) && load_txn_commit(&load->txn, err);

    if (!ok) {
        load_txn_roll_back(&load->txn);
        return false;
    }
    load->run->closed += closed;
    return true;
}

bool load_refuse(struct load *load, const struct report *report, struct err *err)
{
    struct db *db = load->run->db;

    load_txn_roll_back(&load->txn);
    if (db_is_lost(db))
        return err_set(err, EXIT_DATABASE, "the connection to the database is lost");
    load->file.first_at = NO_TIME;
    load->file.last_at = NO_TIME;
    load->file.caption = SLICE_NONE;

    bool ok = txn_begin(db, err) &&
              ledger_write(db, &load->file, report, SLICE_NONE, err) &&
              txn_commit(db, err);

    if (!ok)
        txn_rollback(db);
    return ok;
}

void load_close(struct load *load)
{
    if (load == NULL)
        return;
    load_txn_free(&load->txn);
    attempt_free(&load->attempt);
    copy_spool_free(&load->rejects);
    buf_free(&load->caption);
    free(load->name);
    free(load);
}
