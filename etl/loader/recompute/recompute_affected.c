/*
 * recompute_affected.c - which legs can change at all: the others are counted and not
 * read.
 *
 * A leg says which rule set decided it, and cdr.ruleset_file what that set was.  Where it
 * differs from ours in its rules alone, values of a few columns tell which legs to read.
 * That holds for legs that were decided by this very program, and whose evidence is still
 * the one that was decided: those that lost a number since are always read.  Where no
 * rule differs, all are read: whoever asks for that doubts what is stored.
 */
#include "base/base.h"
#include "db/sql.h"
#include "loader/ledger/stored_rules.h"
#include "loader/recompute/recompute.h"
#include "loader/recompute/recompute_state.h"

/* So many, or one in so many, are read one by one; where more are picked, all are. */
enum { FEW = 256, FEW_OF = 8 };

static const char *const columns[AFFECTED_COLUMNS] = {
    "rule_id", "gateway", "sip_code", "q850", "hangup_cause", "disposition", "provider",
};

static void affected_add(void *to, const char *column, struct slice value)
{
    struct recompute_affected *affected = to;

    for (size_t i = 0; i < COUNTOF(columns); i++)
        if (strcmp(columns[i], column) == 0)
            db_array_add(&affected->value[i], value);
}

/* What cannot be had back, or cannot be read any more, is a set that we do not know. */
static bool affected_add_set(struct recompute *recompute, const char *name,
                             struct err *err)
{
    const struct recompute_settings *settings = recompute->settings;
    struct recompute_affected *affected = &recompute->affected;
    struct db *db = recompute->run->db;
    struct stored_files files = { 0 };
    struct stored_rules set;
    struct err unknown = { 0 };

    if (stored_rules_find(db, name, &set, &unknown) &&
        stored_files_read(db, &set, &files, &unknown) &&
        settings->affected(settings->rules, files.file, files.count, set.identity,
                           affected_add, affected))
        db_array_add(&affected->sets, slice_of(name));
    stored_files_free(&files);
    return !db_is_lost(db) || err_set(err, unknown.code, "%s", unknown.text);
}

bool recompute_affected_open(struct recompute *recompute, struct err *err)
{
    struct recompute_affected *affected = &recompute->affected;

    if (recompute->settings->affected == NULL)
        return true;

    struct db_rows *rows = db_query(recompute->run->db, sql_recompute_sets, NULL, err);
    bool ok = rows != NULL;

    for (size_t i = 0; ok && i < db_rows_count(rows); i++)
        ok = affected_add_set(recompute, db_value(rows, i, 0).s, err);
    db_rows_free(rows);
    if (affected->sets.len > 0)
        buf_add_char(&affected->sets, '}');
    for (size_t i = 0; i < COUNTOF(columns); i++)
        if (affected->value[i].len > 0) {
            buf_add_char(&affected->value[i], '}');
            affected->is_known = ok && affected->sets.len > 0;
        }
    return ok;
}

void recompute_affected_close(struct recompute *recompute)
{
    buf_free(&recompute->affected.sets);
    for (size_t i = 0; i < COUNTOF(columns); i++)
        buf_free(&recompute->affected.value[i]);
}

/* Are those that were picked few?  Then the others are counted. */
static bool count_others(struct recompute *recompute, struct recompute_counts *counts,
                         struct err *err)
{
    struct db_rows *rows = db_query(recompute->run->db, sql_recompute_others, NULL, err);
    uint64_t picked = 0, others = 0;

    if (rows == NULL)
        return false;
    for (size_t i = 0; i < db_rows_count(rows); i++) {
        picked += (uint64_t)db_int(rows, i, 2);
        others += (uint64_t)db_int(rows, i, 1);
    }
    recompute->is_picked = picked <= FEW || picked <= (picked + others) / FEW_OF;
    for (size_t i = 0; recompute->is_picked && i < db_rows_count(rows); i++)
        if (db_int(rows, i, 1) > 0)
            recompute_count_move(counts, db_value(rows, i, 0), db_value(rows, i, 0),
                                 (uint64_t)db_int(rows, i, 1));
    counts->legs += recompute->is_picked ? others : 0;
    db_rows_free(rows);
    return true;
}

bool recompute_pick(struct recompute *recompute, struct recompute_slice *slice,
                    struct err *err)
{
    struct recompute_affected *affected = &recompute->affected;
    struct period_text day = period_text(slice->first, slice->next);
    int64_t end = slice->next + (recompute->crossing > 0 ? MS_PER_DAY : 0);
    struct period_text reach = period_text(slice->next, end);
    struct buf *value = affected->value;
    bool dry_run = recompute->settings->dry_run;

    recompute->is_picked = false;
    if (!affected->is_known)
        return true;

    struct db_rows *others = db_query(recompute->run->db, sql_recompute_others_decided,
                                      DB_ARGS(recompute->texts.program), err);

    if (others == NULL)
        return false;

    bool ok =
        db_run(recompute->run->db, sql_recompute_pick,
               DB_ARGS(day.from, day.to, reach.to, db_value(others, 0, 0).s,
                       dry_run ? NULL : recompute->texts.run.s, buf_cstr(&affected->sets),
                       recompute_array(&value[0]), recompute_array(&value[1]),
                       recompute_array(&value[2]), recompute_array(&value[3]),
                       recompute_array(&value[4]), recompute_array(&value[5]),
                       recompute_array(&value[6]), db_value(others, 0, 1).s),
               NULL, err) &&
        count_others(recompute, &slice->counts, err) &&
        (!recompute->is_picked ||
         db_exec(recompute->run->db, "analyze pg_temp.picked", err));

    db_rows_free(others);
    /* what one day has many of, others will */
    affected->is_known = recompute->is_picked;
    return ok;
}
