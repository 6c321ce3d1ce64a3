/*
 * merge.c - staged rows into cdr.leg.
 *
 * Most staged rows are new, or tell exactly what is stored: SQL deals with
 * those by the million.  The legs told by more than one row (the conflicts) come
 * here version by version, are folded (leg_version.h), decided anew where the fold
 * is nobody's own version, and go back in batches.
 *
 * Every count is one that a statement gave, none is what the others leave: so a row
 * that got lost on the way shows when they are held against the records read.
 */
#include "loader/loader_impl.h"

#include <inttypes.h>

#include "base/base.h"
#include "base/stop.h"
#include "db/sql.h"
#include "loader/merge/merge.h"

/* Arguments of most statements here. */
struct merge_args {
    struct period_text period;
    const char *value[3];
};

static const struct db_args *args_of(struct merge_args *args, const struct load *load,
                                     size_t count, struct db_args *out)
{
    args->period = period_text(load->file.first_at, load->file.last_at);
    args->value[0] = args->period.from;
    args->value[1] = args->period.to;
    args->value[2] = load->file.has_gateway ? "t" : "f";
    *out = (struct db_args){ count, args->value };
    return out;
}

/* Carry out the statement NAME; AFFECTED may be NULL. */
static bool merge_run(struct load *load, const char *name, size_t nargs,
                      uint64_t *affected, struct err *err)
{
    struct merge_args args;
    struct db_args out;

    return db_run(load->db, sql_text(name), args_of(&args, load, nargs, &out), affected,
                  err);
}

/* *LEGS that ROWS staged rows are told of, by the statement NAME where some may be twins.
 */
static bool count_legs(struct load *load, const char *name, uint64_t rows, uint64_t *legs,
                       struct err *err)
{
    int64_t count = (int64_t)rows;
    bool ok = rows == 0 || key_filter_suspects(load->key_filter) == 0 ||
              db_ask_int(load->db, sql_text(name), NULL, &count, err);

    *legs = (uint64_t)count;
    return ok;
}

/* Staged rows that are no news go; *LEFT of them are news. */
static bool drop_known(struct load *load, uint64_t *left, struct err *err)
{
    uint64_t same = 0, dropped = 0;

    if (!merge_run(load, "load/merge_same", 3, &same, err))
        return false;
    *left = load->rows - same;
    if (*left == 0 || same == 0)
        return true;
    return merge_run(load, "load/merge_drop_same", 0, &dropped, err);
}

static bool find_conflicts(struct load *load, uint64_t *conflicts, struct err *err)
{
    uint64_t twice = 0;

    if (key_filter_suspects(load->key_filter) > 0 &&
        !merge_run(load, "load/merge_drop_twins", 0, NULL, err))
        return false;
    if (!merge_run(load, "load/merge_crowd_stored", 2, conflicts, err))
        return false;
    if (key_filter_suspects(load->key_filter) > 0 &&
        !merge_run(load, "load/merge_crowd_twice", 0, &twice, err))
        return false;
    *conflicts += twice;
    return true;
}

static bool add_touched_hours(struct load *load, struct err *err)
{
    struct merge_args args;
    struct db_args out;
    struct db_rows *rows = db_query(load->db, sql_text("load/merge_hours"),
                                    args_of(&args, load, 2, &out), err);

    hours_clear(load->hours);
    if (rows == NULL)
        return false;
    for (size_t i = 0; i < db_rows_count(rows); i++)
        hours_add(load->hours, db_int(rows, i, 0));
    db_rows_free(rows);
    return true;
}

/* The server did to fewer legs, or more, what was to be done to EXPECTED. */
static bool all_went(const char *what, uint64_t expected, uint64_t went, struct err *err)
{
    if (expected == went)
        return true;
    return err_set(err, EXIT_INTERNAL,
                   "%" PRIu64 " legs were %s and %" PRIu64 " were to be", went, what,
                   expected);
}

/* Legs of the conflicts that change: out of the table, and in again. */
static bool replace(struct load *load, const struct conflict_counts *counts,
                    struct err *err)
{
    uint64_t gone = 0, come = 0;

    return merge_run(load, "load/merge_touch_old", 2, NULL, err) &&
           merge_run(load, "load/merge_delete", 2, &gone, err) &&
           all_went("taken out", counts->replaced, gone, err) &&
           merge_run(load, "load/merge_insert", 0, &come, err) &&
           all_went("put in", counts->merged, come, err) &&
           db_exec(load->db, sql_text("load/merge_versions"), err);
}

static bool merge_news(const struct fold_settings *settings,
                       struct conflict_counts *counts, uint64_t *fresh, struct err *err)
{
    struct load *load = settings->load;
    uint64_t conflicts = 0;

    return find_conflicts(load, &conflicts, err) &&
           (conflicts == 0 ||
            (merge_conflicts(settings, counts, err) && replace(load, counts, err))) &&
           merge_run(load, "load/merge_touch_new", 0, NULL, err) &&
           merge_run(load, "load/merge_insert_new", 0, fresh, err) &&
           add_touched_hours(load, err);
}

bool merge_staged(struct load *load, decide_fn decide, const void *rules,
                  struct merge_counts *counts, struct err *err)
{
    struct fold_settings settings = { load, decide, rules };
    struct conflict_counts conflicts = { 0 };
    uint64_t keys = 0, left = 0, fresh = 0, same = 0;

    *counts = (struct merge_counts){ 0 };
    hours_clear(load->hours);
    if (load->rows == 0)
        return true;

    bool ok = all_went("staged", load->rows, load->stored, err) &&
              db_exec(load->db, sql_text("load/merge_prepare"), err) &&
              count_legs(load, "load/merge_keys", load->rows, &keys, err) &&
              drop_known(load, &left, err) &&
              (left == 0 || merge_news(&settings, &conflicts, &fresh, err)) &&
              count_legs(load, "load/merge_same_keys", load->rows - left, &same, err);

    counts->inserted = conflicts.inserted + fresh;
    counts->updated = conflicts.updated;
    counts->unchanged = conflicts.unchanged + same;
    counts->duplicate = load->rows - keys;
    return ok;
}
