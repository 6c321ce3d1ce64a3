/*
 * attempt.c - rows on their way: head, route, COPY, and whether they can stay.
 */
#include "loader/attempt.h"

#include <inttypes.h>
#include <time.h>

#include "base/base.h"
#include "db/db_copy.h"
#include "db/sql.h"

enum {
    MESSAGE = 80 << 10, /* bytes that are sent at a time */
    MESSAGE_ROWS = 144, /* rows likewise: as many as a page of the primary key has */
    HEAD = 512 << 10,   /* bytes of the first rows: a small file is known as a whole */
};

void attempt_open(struct attempt *attempt, struct load_txn *txn,
                  struct stat_change *change)
{
    *attempt = (struct attempt){
        .txn = txn,
        .copy = row_copy_new(),
        .keys = key_list_new(),
        .change = change,
    };
}

void attempt_free(struct attempt *attempt)
{
    row_copy_free(attempt->copy);
    stat_calls_free(attempt->calls);
    key_list_free(attempt->keys);
    buf_free(&attempt->out);
    row_order_free(&attempt->order);
}

/* From here on, nothing was counted yet. */
static void count_anew(struct attempt *attempt)
{
    stat_calls_free(attempt->calls);
    stat_change_clear(attempt->change);
    attempt->calls = stat_change_calls(attempt->change, 1);
}

bool attempt_begin(struct attempt *attempt, struct err *err)
{
    if (attempt->txn->partitions.nwanted > 0 &&
        !load_txn_add_partitions(attempt->txn, err))
        return false;
    attempt->route = ROUTE_HEAD;
    attempt->rows = 0;
    attempt->stored = 0;
    attempt->first_at = NO_TIME;
    attempt->last_at = NO_TIME;
    attempt->has_gateway = false;
    attempt->is_copying = false;
    attempt->near_rows = 0;
    buf_reset(&attempt->out);
    row_order_clear(&attempt->order);
    row_copy_head(&attempt->out);
    key_list_clear(attempt->keys);
    count_anew(attempt);
    return true;
}

/* What must be known of every row, wherever it goes; false: its month is not there. */
static bool attempt_note(struct attempt *attempt, const struct leg *leg)
{
    if (attempt->first_at == NO_TIME || leg->started_at < attempt->first_at)
        attempt->first_at = leg->started_at;
    if (attempt->last_at == NO_TIME || leg->started_at > attempt->last_at)
        attempt->last_at = leg->started_at;
    attempt->has_gateway |= leg->gateway.len > 0;
    return partitions_note(&attempt->txn->partitions, leg->started_at);
}

/* Which files may have legs of those put so far?  Who has the lock alone asks once. */
static bool find_near(struct attempt *attempt, struct err *err)
{
    if (attempt->near_rows == attempt->rows)
        return true;
    attempt->near_rows = attempt->rows;
    return near_files_ask(attempt->txn->db, attempt->first_at, attempt->last_at,
                          attempt->keys, &attempt->near, err);
}

/* *SHARES: a leg is stored by another file, from FIRST_AT to LAST_AT. */
static bool shares_leg(struct attempt *attempt, int64_t first_at, int64_t last_at,
                       bool *shares, struct err *err)
{
    struct period_text period = period_text(attempt->first_at, attempt->last_at);
    struct period_text shared = period_text(first_at, last_at);
    struct buf keys = { 0 };
    bool few = !attempt->near.has_unknown && key_list_suspects(attempt->keys, &keys);

    if (!few && attempt->route == ROUTE_HEAD) /* of which no leg is stored yet */
        key_list_first(attempt->keys, &keys);

    bool ok =
        db_ask(attempt->txn->db, sql_load_clash,
               DB_ARGS(period.from, period.to, int_text(attempt->txn->file_id).s,
                       shared.from, shared.to, keys.len > 0 ? buf_cstr(&keys) : NULL),
               shares, err);

    buf_free(&keys);
    return ok;
}

/* Are legs of the head stored already?  A guess that saves a reading. */
static bool head_is_known(struct attempt *attempt, bool *known, struct err *err)
{
    if (!find_near(attempt, err))
        return false;
    if (!attempt->near.may_share)
        return true;
    if (!attempt->txn->has_digest)
        return err_set(err, EXIT_INPUT, "it may be a file that is loaded");
    return shares_leg(attempt, attempt->first_at, attempt->last_at, known, err);
}

/* BEFORE goes with it, statements or "". */
static bool attempt_copy_begin(struct attempt *attempt, const char *before,
                               struct err *err)
{
    struct buf sql = { 0 };

    buf_addf(&sql, "%scopy %s (%s) from stdin (format binary)", before,
             attempt->route == ROUTE_STAGED ? "pg_temp.stage" : "cdr.leg",
             row_copy_columns(attempt->copy));
    attempt->is_copying = db_copy_begin(attempt->txn->db, buf_cstr(&sql), err);
    buf_free(&sql);
    return attempt->is_copying;
}

static bool choose_route(struct attempt *attempt, struct err *err)
{
    struct partitions *partitions = &attempt->txn->partitions;
    bool known = false;

    if (attempt->rows > 0)
        partitions_note_around(partitions, attempt->first_at, attempt->last_at,
                               time(NULL) * (int64_t)MS_PER_S);
    if (partitions->nwanted > 0 && !load_txn_add_partitions(attempt->txn, err))
        return false;
    if (attempt->rows > 0 && !attempt->must_stage && !head_is_known(attempt, &known, err))
        return false;
    attempt->must_stage |= known;
    attempt->route = attempt->must_stage ? ROUTE_STAGED : ROUTE_DIRECT;
    if (attempt->must_stage)
        count_anew(attempt); /* by the merge */
    return attempt_copy_begin(
        attempt, attempt->must_stage ? sql_load_stage : sql_load_direct, err);
}

/* End the COPY, for REASON or NULL: whole; false when its rows cannot stay. */
static bool attempt_copy_end(struct attempt *attempt, const char *reason, struct err *err)
{
    uint64_t rows = 0;
    bool ok = db_copy_end(attempt->txn->db, reason, &rows, err);

    attempt->is_copying = false;
    attempt->stored += rows;
    return ok;
}

/* The direct route is closed: forget its rows, read the rest for its months only. */
static bool attempt_abandon(struct attempt *attempt, struct err *err)
{
    struct db *db = attempt->txn->db;

    attempt->route = ROUTE_DISCARD;
    buf_reset(&attempt->out);
    /* That it fails is what we ask for. */
    if (attempt->is_copying && attempt_copy_end(attempt, "abandoned", err))
        return err_set(err, EXIT_INTERNAL, "a COPY that was abandoned went through");
    return !db_is_lost(db) && db_exec(db, "rollback to savepoint direct", err);
}

/*
 * The server answered before the COPY ended.  Mostly a row was refused; it may also be
 * news about a setting, after which the rows go on.
 */
static bool on_early_result(struct attempt *attempt, struct err *err)
{
    struct err refused = { 0 };

    if (attempt_copy_end(attempt, NULL, &refused)) {
        row_copy_head(&attempt->out);
        return attempt_copy_begin(attempt, "", err);
    }
    if (attempt->route == ROUTE_DIRECT && !db_is_lost(attempt->txn->db)) {
        attempt->must_stage = true;
        return attempt_abandon(attempt, err);
    }
    return err_pass(err, &refused);
}

/* Send what waits; the first message of an attempt chooses its route. */
static bool attempt_send(struct attempt *attempt, struct err *err)
{
    if (attempt->route == ROUTE_HEAD && !choose_route(attempt, err))
        return false;

    struct slice out = row_order_sort(&attempt->order, buf_slice(&attempt->out));
    bool ok = db_copy_put(attempt->txn->db, out.s, out.len, err);

    buf_reset(&attempt->out);
    return ok;
}

/* More is to come: is it still wanted? */
static bool attempt_flush(struct attempt *attempt, struct err *err)
{
    return attempt_send(attempt, err) &&
           (!db_copy_answered(attempt->txn->db) || on_early_result(attempt, err));
}

static bool is_full(const struct attempt *attempt)
{
    return attempt->route == ROUTE_HEAD
               ? attempt->out.len >= HEAD
               : attempt->out.len >= MESSAGE || attempt->order.count >= MESSAGE_ROWS;
}

bool attempt_put(struct attempt *attempt, const struct row *row, struct err *err)
{
    bool has_month = attempt_note(attempt, &row->leg);

    attempt->rows++;
    if (!has_month && attempt->route == ROUTE_DIRECT && !attempt_abandon(attempt, err))
        return false;
    if (attempt->route == ROUTE_DISCARD)
        return true;
    if (!key_list_add(attempt->keys, &row->leg.key, err))
        return false;
    row_order_add(&attempt->order, row->leg.started_at, attempt->out.len);
    row_copy_add(attempt->copy, &attempt->out, row);
    if (attempt->route != ROUTE_STAGED &&
        !stat_calls_add(attempt->calls, row, STAT_GATEWAY_UNKNOWN, true, err))
        return false;
    return !is_full(attempt) || attempt_flush(attempt, err);
}

/* *CLASH: a leg that took the direct route is stored by another file too. */
static bool attempt_clashes(struct attempt *attempt, bool *clash, struct err *err)
{
    /* Who commits a neighbour meanwhile has done so when we look for it. */
    if (!load_txn_lock_days(attempt->txn, attempt->first_at, attempt->last_at, err))
        return false;
    if (!turns_is_alone(attempt->txn->turns))
        attempt->near_rows = 0;
    if (!find_near(attempt, err))
        return false;
    return !attempt->near.may_share ||
           shares_leg(attempt, attempt->near.first_at, attempt->near.last_at, clash, err);
}

/* The server took every row; are they all of different legs? */
static bool attempt_check(struct attempt *attempt, bool *clash, struct err *err)
{
    *clash = attempt->repeats;
    if (attempt->stored != attempt->rows)
        return err_set(err, EXIT_INTERNAL,
                       "%" PRIu64 " rows were sent and %" PRIu64 " arrived",
                       attempt->rows, attempt->stored);
    return attempt->rows == 0 || *clash || attempt_clashes(attempt, clash, err);
}

static bool end_direct(struct attempt *attempt, bool *again, struct err *err)
{
    struct err refused = { 0 };

    *again = true;
    if (!attempt_copy_end(attempt, NULL, &refused)) {
        if (db_is_lost(attempt->txn->db))
            return err_pass(err, &refused);
    } else if (!attempt_check(attempt, again, err)) {
        return false;
    }
    attempt->must_stage |= *again;
    return !*again || attempt_abandon(attempt, err);
}

bool attempt_end(struct attempt *attempt, bool repeat, bool *again, struct err *err)
{
    attempt->repeats = repeat;
    *again = true;
    if (attempt->route == ROUTE_DISCARD)
        return true;
    row_order_add(&attempt->order, INT64_MAX, attempt->out.len);
    row_copy_tail(&attempt->out);
    if (!attempt_send(attempt, err))
        return false;
    if (attempt->route == ROUTE_DIRECT)
        return end_direct(attempt, again, err);
    if (attempt->rows > 0)
        partitions_note_compacted(&attempt->txn->partitions, attempt->first_at,
                                  attempt->last_at);
    *again = attempt->txn->partitions.nwanted > 0;
    return attempt_copy_end(attempt, NULL, err) &&
           (*again || attempt->rows == 0 ||
            load_txn_lock_days(attempt->txn, attempt->first_at, attempt->last_at, err));
}

/* Where the first part of a call was purged, the rest is none: streaming cannot see it.
 */
static bool may_be_truncated(const struct attempt *attempt)
{
    const struct spans *purged = &attempt->txn->purged;

    for (size_t i = 0; i < purged->count; i++)
        if (attempt->first_at < purged->span[i].to + 2 * MS_PER_DAY &&
            attempt->last_at >= purged->span[i].to)
            return true;
    return false;
}

/*
 * May a call have legs of ours and of loaded files?  Its A-leg is in one of two files at
 * most: so the other one, of which we are HAS_ORPHANS, has legs that lack it.
 */
static bool shares_calls(const struct attempt *attempt, bool has_orphans)
{
    return attempt->near.any && (has_orphans || attempt->near.has_orphans);
}

/* Count the calls that SQL chooses with the legs that other files have of them. */
static bool join_others(struct attempt *attempt, const char *sql, bool were_counted,
                        struct err *err)
{
    struct period_text period = period_text(attempt->first_at, attempt->last_at);
    int32_t file_id = attempt->txn->file_id;

    return stat_change_choose(attempt->change, sql,
                              DB_ARGS(period.from, period.to, int_text(file_id).s),
                              err) &&
           stat_change_join(attempt->change, file_id, were_counted, err);
}

/* Where streaming cannot tell calls, or counted some in parts, they are counted as they
 * are stored. */
static bool count_direct(struct attempt *attempt, const struct report *report,
                         struct err *err)
{
    uint64_t counted = 0;
    bool ok = stat_calls_finish(attempt->calls, &counted, err);

    if (counted != report->calls || may_be_truncated(attempt)) {
        stat_change_clear(attempt->change);
        ok = ok && join_others(attempt, sql_statistics_file_calls, false, err);
    } else if (shares_calls(attempt, report->has_orphans)) {
        ok = ok && join_others(attempt, sql_statistics_shared_calls, true, err);
    }
    stat_change_whole(attempt->change, attempt->first_at, attempt->last_at);
    return ok;
}

bool attempt_count(struct attempt *attempt, const struct report *report, struct err *err)
{
    return attempt->rows == 0 ||
           ((attempt->route == ROUTE_STAGED ? stat_change_count(attempt->change, 1, err)
                                            : count_direct(attempt, report, err)) &&
            stat_change_apply(attempt->change, attempt->has_gateway, NULL, err));
}
