/*
 * attempt.c - one reading of the file, and which way its rows go.
 *
 * The first message's worth of rows waits until it is full: it tells which
 * months are needed, which can be made while nothing has been sent, and
 * whether these legs are known, which saves a reading.
 */
#include "loader/loader_impl.h"

#include <assert.h>
#include <inttypes.h>

#include "base/base.h"
#include "db/sql.h"

struct period_text period_text(int64_t from, int64_t to)
{
    struct period_text text = { "", "" };

    instant_iso(from, text.from);
    instant_iso(to, text.to);
    return text;
}

bool attempt_make_partitions(struct load *load, struct err *err)
{
    size_t npurged = load->partitions.npurged;
    size_t nsuppressed = suppression_count(load->suppression);

    load_roll_back(load);
    if (!partitions_make(&load->partitions, load->db, load->run->settings.wait, err) ||
        !load_begin(load, err))
        return false;
    if (load->is_known)
        return err_set(err, EXIT_LOCKED, "another run has just loaded this file");
    /* Rows that would be refused now, or blanked, wait already. */
    if (load->partitions.npurged != npurged ||
        suppression_count(load->suppression) != nsuppressed)
        return err_set(err, EXIT_LOCKED,
                       "another run has just erased something; try again");
    return true;
}

void attempt_add_head_key(struct load *load, const struct uuid *key)
{
    char text[37];

    uuid_text(key, text);
    buf_add_char(&load->head_keys, load->head_keys.len == 0 ? '{' : ',');
    buf_add_text(&load->head_keys, text);
}

static bool head_is_known(struct load *load, bool *known, struct err *err)
{
    struct period_text period = period_text(load->file.first_at, load->file.last_at);
    bool near = false;

    if (!ledger_is_near(load->db, load->file.first_at, load->file.last_at, &near, err))
        return false;
    if (!near)
        return true;
    buf_add_char(&load->head_keys, '}');
    return db_ask(load->db, sql_text("load/head_known"),
                  DB_ARGS(period.from, period.to, buf_cstr(&load->head_keys)), known,
                  err);
}

static bool copy_begin(struct load *load, struct err *err)
{
    struct buf sql = { 0 };

    buf_addf(&sql, "copy %s (%s) from stdin (format binary)",
             load->route == ROUTE_STAGED ? "pg_temp.stage" : "cdr.leg",
             row_copy_columns(load->copy));
    load->is_copying = db_copy_begin(load->db, buf_cstr(&sql), err);
    buf_free(&sql);
    return load->is_copying;
}

static bool choose_route(struct load *load, struct err *err)
{
    bool known = false;

    if (load->rows > 0)
        partitions_note_around(&load->partitions, load->file.first_at, load->file.last_at,
                               time(NULL) * (int64_t)MS_PER_S);
    if (load->partitions.nwanted > 0 && !attempt_make_partitions(load, err))
        return false;
    if (load->rows > 0 && !load->is_staged && !head_is_known(load, &known, err))
        return false;
    load->is_staged |= known;
    load->route = load->is_staged ? ROUTE_STAGED : ROUTE_DIRECT;
    return db_exec(load->db,
                   load->is_staged ? sql_text("load/stage") : "savepoint direct", err) &&
           copy_begin(load, err);
}

bool attempt_end_copy(struct load *load, const char *reason, struct err *err)
{
    uint64_t rows = 0;
    bool ok = db_copy_end(load->db, reason, &rows, err);

    load->is_copying = false;
    load->stored += rows;
    return ok;
}

bool attempt_abandon(struct load *load, struct err *err)
{
    load->route = ROUTE_DISCARD;
    buf_reset(&load->out);
    /* That it fails is what we ask for. */
    if (load->is_copying && attempt_end_copy(load, "not this way", err))
        return err_set(err, EXIT_INTERNAL, "a COPY that was given up went through");
    return !db_is_lost(load->db) &&
           db_exec(load->db, "rollback to savepoint direct", err);
}

/*
 * The server said something in the middle.  Mostly a row was refused; it may
 * also be news about a setting, after which the rows go on.
 */
static bool on_early_result(struct load *load, struct err *err)
{
    struct err refused = { 0 };

    if (attempt_end_copy(load, NULL, &refused)) {
        row_copy_head(&load->out);
        return copy_begin(load, err);
    }
    if (load->route == ROUTE_DIRECT && !db_is_lost(load->db)) {
        load->is_staged = true;
        return attempt_abandon(load, err);
    }
    return err_set(err, refused.code, "%s", refused.text);
}

bool attempt_flush(struct load *load, struct err *err)
{
    if (load->route == ROUTE_HEAD && !choose_route(load, err))
        return false;

    bool ok = db_copy_put(load->db, load->out.s, load->out.len, err);

    buf_reset(&load->out);
    return ok && (!db_copy_spoke(load->db) || on_early_result(load, err));
}

static bool has_duplicate(struct load *load, const struct period_text *period,
                          const char *file_id, bool *clash, struct err *err)
{
    struct buf keys = { 0 };
    bool few = key_filter_list(load->key_filter, &keys);
    bool ok =
        db_ask(load->db, sql_text("load/clash_inside"),
               DB_ARGS(period->from, period->to, file_id, few ? buf_cstr(&keys) : NULL),
               clash, err);

    buf_free(&keys);
    return ok;
}

bool attempt_clashes(struct load *load, bool *clash, struct err *err)
{
    struct period_text period;
    char file_id[16];

    *clash = false;
    if (load->stored != load->rows)
        return err_set(err, EXIT_INTERNAL,
                       "%" PRIu64 " rows were sent and %" PRIu64 " arrived", load->rows,
                       load->stored);
    if (load->rows == 0)
        return true;
    period = period_text(load->file.first_at, load->file.last_at);
    snprintf(file_id, sizeof file_id, "%" PRId32, load->file.file_id);
    if (key_filter_suspects(load->key_filter) > 0 &&
        !has_duplicate(load, &period, file_id, clash, err))
        return false;
    if (!ledger_is_near(load->db, load->file.first_at, load->file.last_at, &load->is_near,
                        err))
        return false;
    if (*clash || !load->is_near)
        return true;
    return db_ask(load->db, sql_text("load/clash"),
                  DB_ARGS(period.from, period.to, file_id), clash, err);
}
