/*
 * recompute_plan.c - which days there are, and which are done.
 */
#include "loader/recompute/recompute_state.h"

#include "base/base.h"
#include "db/sql.h"
#include "loader/recompute/recompute.h"

enum { MONTH_DAYS = 31 };

/* Names as a text[]; none: null. */
static void add_array(struct buf *out, const char **name, size_t count)
{
    for (size_t i = 0; i < count; i++)
        db_array_add(out, slice_of(name[i]));
    if (count > 0)
        buf_add_char(out, '}');
}

const char *recompute_array(struct buf *array)
{
    return array->len > 0 ? buf_cstr(array) : NULL;
}

void recompute_open_texts(struct recompute *recompute)
{
    const struct recompute_settings *settings = recompute->settings;
    struct recompute_texts *texts = &recompute->texts;
    const struct run *run = recompute->run;

    texts->period = period_text(settings->from, settings->to);
    texts->program = run->settings.program != NULL ? run->settings.program : "cdretl";
    texts->ruleset = int_text(run->ruleset_id);
    texts->run = int_text(run->run_id);
    add_array(&texts->providers, settings->provider, settings->nproviders);
    add_array(&texts->categories, settings->category, settings->ncategories);
}

bool recompute_check_names(struct recompute *recompute, struct err *err)
{
    struct recompute_texts *texts = &recompute->texts;
    struct db_rows *rows = db_query(
        recompute->run->db, sql_recompute_unknown,
        DB_ARGS(recompute_array(&texts->providers), recompute_array(&texts->categories)),
        err);

    if (rows == NULL)
        return false;

    const char *unknown = db_value(rows, 0, 0).s;
    bool ok =
        unknown == NULL || err_set(err, EXIT_USAGE,
                                   "the database knows no %s; \"cdretl stats\" shows "
                                   "those it has",
                                   unknown);

    db_rows_free(rows);
    return ok;
}

static void recompute_plan_add_slice(struct recompute_report *report, int64_t first,
                                     int64_t next)
{
    report->slice = xrealloc(report->slice, report->nslices + 1, sizeof *report->slice);
    report->slice[report->nslices++] =
        (struct recompute_slice){ .first = first, .next = next };
}

/*
 * When the first leg starts from *AT on, inside the period; NO_TIME: there is none.  A
 * month is asked for after the other: the planner looks at every partition that a period
 * holds, and there are as many periods as days.
 */
static bool next_leg(const struct recompute *recompute, int64_t *at, struct err *err)
{
    int64_t to = recompute->settings->to;
    int64_t last = (time(NULL) + (int64_t)MONTH_DAYS * S_PER_DAY) * MS_PER_S;
    int64_t from = *at > EARLIEST_START ? *at : EARLIEST_START;

    /* No leg starts before or behind. */
    to = to < last ? to : last;
    *at = NO_TIME;
    for (; from < to; from += MONTH_DAYS * MS_PER_DAY) {
        int64_t next = from + MONTH_DAYS * MS_PER_DAY;
        struct period_text part = period_text(from, next < to ? next : to);
        struct db_rows *rows = db_query(recompute->run->db, sql_recompute_next,
                                        DB_ARGS(part.from, part.to), err);

        if (rows == NULL)
            return false;

        bool found = db_value(rows, 0, 0).s != NULL;

        if (found)
            *at = db_int(rows, 0, 0);
        db_rows_free(rows);
        if (found)
            return true;
    }
    return true;
}

/* The days that have legs: from leg to leg, for there may be years between two. */
static bool list_slices(const struct recompute *recompute,
                        struct recompute_report *report, struct err *err)
{
    const struct recompute_settings *settings = recompute->settings;
    int64_t at = settings->from;

    while (at < settings->to) {
        if (!next_leg(recompute, &at, err))
            return false;
        if (at == NO_TIME)
            break;

        int64_t day = at - at % MS_PER_DAY, next = day + MS_PER_DAY;

        recompute_plan_add_slice(report, day > settings->from ? day : settings->from,
                                 next < settings->to ? next : settings->to);
        at = next;
    }
    return true;
}

static struct recompute_slice *slice_named(const struct recompute_report *report,
                                           int64_t first, int64_t next)
{
    for (size_t i = 0; i < report->nslices; i++)
        if (report->slice[i].first == first && report->slice[i].next == next)
            return &report->slice[i];
    return NULL;
}

/* Columns of recompute/done. */
enum { DONE_FIRST, DONE_NEXT, DONE_LEGS, DONE_CHANGED, DONE_COLUMNS };

static const char *const done_columns[] = {
    [DONE_FIRST] = "first_ms",
    [DONE_NEXT] = "next_ms",
    [DONE_LEGS] = "legs",
    [DONE_CHANGED] = "changed",
};

static void mark(struct recompute_report *report, const struct db_rows *rows, size_t row,
                 const size_t *column)
{
    struct recompute_slice *slice =
        slice_named(report, db_int(rows, row, column[DONE_FIRST]),
                    db_int(rows, row, column[DONE_NEXT]));

    if (slice == NULL)
        return;
    slice->is_done = true;
    /* What this run has done itself it knows better. */
    if (slice->is_ours)
        return;
    slice->counts.legs = (uint64_t)db_int(rows, row, column[DONE_LEGS]);
    slice->counts.changed = (uint64_t)db_int(rows, row, column[DONE_CHANGED]);
}

/* Mark what is done, by us or by a run that was interrupted. */
static bool mark_done(struct recompute *recompute, struct recompute_report *report,
                      struct err *err)
{
    struct recompute_texts *texts = &recompute->texts;
    struct db_rows *rows = db_query(
        recompute->run->db, sql_recompute_done,
        DB_ARGS(texts->ruleset.s, texts->program, texts->period.from, texts->period.to,
                recompute_array(&texts->providers), recompute_array(&texts->categories)),
        err);

    size_t column[DONE_COLUMNS];

    if (rows == NULL)
        return false;
    db_columns(rows, done_columns, DONE_COLUMNS, column);
    for (size_t i = 0; i < db_rows_count(rows); i++)
        mark(report, rows, i, column);
    db_rows_free(rows);
    return true;
}

/* What this run has counted moves from one list to the other. */
static void keep_counts(struct recompute_report *from, struct recompute_report *to)
{
    for (size_t i = 0; i < from->nslices; i++) {
        struct recompute_slice *old = &from->slice[i];
        struct recompute_slice *slice = slice_named(to, old->first, old->next);

        if (slice != NULL && old->is_ours) {
            slice->is_ours = true;
            slice->counts = old->counts;
            old->counts = (struct recompute_counts){ 0 };
        }
    }
}

bool recompute_plan(struct recompute *recompute, struct err *err)
{
    struct recompute_report *report = recompute->report, fresh = { 0 };
    bool ok = list_slices(recompute, &fresh, err);

    keep_counts(report, &fresh);
    ok = ok && (recompute->settings->dry_run || mark_done(recompute, &fresh, err));
    recompute_slices_free(report);
    report->slice = fresh.slice;
    report->nslices = fresh.nslices;
    return ok;
}

bool recompute_note(struct recompute *recompute, const struct recompute_slice *slice,
                    struct err *err)
{
    const struct recompute_counts *counts = &slice->counts;
    struct period_text day = period_text(slice->first, slice->next);
    struct recompute_texts *texts = &recompute->texts;
    struct buf moves = { 0 };

    recompute_add_moves(&moves, counts);

    bool ok = db_run(recompute->run->db, sql_recompute_slice_done,
                     DB_ARGS(texts->run.s, texts->period.from, texts->period.to,
                             recompute_array(&texts->providers),
                             recompute_array(&texts->categories), day.from, day.to,
                             int_text((int64_t)counts->legs).s,
                             int_text((int64_t)counts->changed).s,
                             int_text((int64_t)counts->hours).s, buf_cstr(&moves)),
                     NULL, err);

    buf_free(&moves);
    return ok;
}

bool recompute_close(struct recompute *recompute, struct err *err)
{
    struct recompute_texts *texts = &recompute->texts;

    return db_run(recompute->run->db, sql_recompute_close,
                  DB_ARGS(texts->run.s, texts->ruleset.s, texts->program,
                          texts->period.from, texts->period.to,
                          recompute_array(&texts->providers),
                          recompute_array(&texts->categories)),
                  NULL, err);
}
