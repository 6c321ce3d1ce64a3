/*
 * recompute.c - decide stored legs again, by the mapping files of today.
 *
 * Shows what goes from which category to which, and writes only what changes.
 */
#include "loader/recompute/recompute.h"

#include <inttypes.h>

#include "base/base.h"
#include "commands/shared/command.h"
#include "commands/shared/database.h"
#include "commands/shared/period.h"
#include "commands/shared/progress.h"
#include "flow.h"
#include "loader/retention/purge.h"
#include "output/text_table.h"
#include "rules/rules.h"

enum {
    RECOMPUTE_PERIOD,
    RECOMPUTE_PROVIDER = RECOMPUTE_PERIOD + PERIOD_OPTIONS,
    RECOMPUTE_CATEGORY,
    RECOMPUTE_DRY_RUN,
    RECOMPUTE_EVERY_LEG,
    RECOMPUTE_UNTESTED,
    RECOMPUTE_NOTE,
    RECOMPUTE_WAIT,
    RECOMPUTE_COUNT
};

static const struct option_row options[] = {
    PERIOD_ROWS(RECOMPUTE_PERIOD),
    [RECOMPUTE_PROVIDER] = { "provider", "P",
                             "only legs of that carrier, as stored; may be repeated" },
    [RECOMPUTE_CATEGORY] = { "category", "C",
                             "only legs of that category, as stored; may be repeated" },
    [RECOMPUTE_DRY_RUN] = { "dry-run", NULL, "show what would change, write nothing" },
    [RECOMPUTE_EVERY_LEG] = { "every-leg", NULL,
                              "read also legs that the change of rules cannot mean" },
    [RECOMPUTE_UNTESTED] = { "untested-rules", NULL,
                             "go on although the mapping's cases fail" },
    [RECOMPUTE_NOTE] = { "note", "TEXT", RULE_SET_NOTE },
    [RECOMPUTE_WAIT] = { "wait", "SECONDS",
                         "wait so long for another run to end (else 0)" },
};

static bool recompute_read_options(const struct args *args,
                                   struct recompute_settings *settings, struct err *err)
{
    if (args->nwords > 0)
        return err_set(err, EXIT_USAGE, "recompute takes no arguments");
    settings->provider = options_all(args, RECOMPUTE_PROVIDER, &settings->nproviders);
    settings->category = options_all(args, RECOMPUTE_CATEGORY, &settings->ncategories);
    settings->dry_run = args->option[RECOMPUTE_DRY_RUN] != NULL;
    settings->decide = flow_decide;
    settings->affected =
        args->option[RECOMPUTE_EVERY_LEG] == NULL ? rules_affected : NULL;
    return period_check(args->option + RECOMPUTE_PERIOD, true, err);
}

static bool recompute_read_period(struct db *db, const struct context *context,
                                  const struct args *args,
                                  struct recompute_settings *settings, struct err *err)
{
    struct period period;

    if (!period_read_alone(db, args->option + RECOMPUTE_PERIOD, context->tz, &period,
                           err))
        return false;
    settings->from = period.from;
    settings->to = period.to;
    return true;
}

/* How many days are done; *TODO: how many were not done when this run began. */
static size_t days_behind(const struct recompute_report *report, size_t *todo)
{
    size_t behind = 0;

    *todo = 0;
    for (size_t i = 0; i < report->nslices; i++) {
        bool ours = report->slice[i].is_ours || !report->slice[i].is_done;

        *todo += ours;
        behind += ours && i < report->at;
    }
    return behind;
}

static void recompute_show_progress(void *to, const struct recompute_report *report)
{
    const struct recompute_slice *slice = &report->slice[report->at];
    struct progress *progress = to;
    char day[25];
    size_t todo, behind = days_behind(report, &todo);
    uint64_t legs = report->counts.legs + (slice->is_done ? 0 : slice->counts.legs);

    if (!progress_is_due(progress))
        return;
    instant_iso(slice->first, day);
    day[10] = '\0';
    progress_show(progress, day, legs, "legs", behind, todo);
}

static int by_weight(const void *left, const void *right)
{
    const struct recompute_move *a = left, *b = right;
    int from = strcmp(a->from, b->from);

    if (from != 0)
        return from;
    if (a->legs != b->legs)
        return a->legs < b->legs ? 1 : -1;
    return strcmp(a->to, b->to);
}

static void print_moves(const struct recompute_counts *counts)
{
    static const char *const head[] = { "was", "is", "legs" };
    struct text_cells cells = { 0 };

    if (counts->nmoves > 0)
        text_cells_add_all(&cells, head, COUNTOF(head));
    for (size_t i = 0; i < counts->nmoves; i++) {
        text_cells_add(&cells, counts->move[i].from);
        text_cells_add(&cells, counts->move[i].to);
        text_cells_addf(&cells, "%" PRIu64, counts->move[i].legs);
    }
    text_cells_print(&cells, "llr", TEXT_TABLE_LEFT_OUT);
}

/* What an interrupted run had finished before. */
static size_t earlier(const struct recompute_report *report, uint64_t *legs,
                      uint64_t *changed)
{
    size_t days = 0;

    *legs = *changed = 0;
    for (size_t i = 0; i < report->nslices; i++) {
        const struct recompute_slice *slice = &report->slice[i];

        if (!slice->is_done || slice->is_ours)
            continue;
        days++;
        *legs += slice->counts.legs;
        *changed += slice->counts.changed;
    }
    return days;
}

static void recompute_print_text(const struct recompute_report *report, bool dry_run)
{
    const struct recompute_counts *counts = &report->counts;
    uint64_t legs, changed;
    size_t days = earlier(report, &legs, &changed);

    if (dry_run)
        printf("%" PRIu64 " legs decided again: %" PRIu64 " would change\n", counts->legs,
               counts->changed);
    else
        printf("%" PRIu64 " legs decided again: %" PRIu64
               " changed, and the statistics of %" PRIu64 " hours\n",
               counts->legs, counts->changed, counts->hours);
    if (days > 0)
        printf("an earlier run that was interrupted had done %zu of %zu days: %" PRIu64
               " legs decided again, %" PRIu64 " changed\n",
               days, report->nslices, legs, changed);
    putchar('\n');
    print_moves(counts);
}

static void recompute_add_counts_json(struct buf *out,
                                      const struct recompute_counts *counts)
{
    buf_addf(out,
             "\"legs\":%" PRIu64 ",\"changed\":%" PRIu64 ",\"hours\":%" PRIu64
             ",\"moves\":",
             counts->legs, counts->changed, counts->hours);
    recompute_add_moves(out, counts);
}

static void add_names(struct buf *out, const char **name, size_t count)
{
    buf_add_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_add_char(out, ',');
        buf_add_json(out, slice_of(name[i]));
    }
    buf_add_char(out, ']');
}

static void recompute_add_slice(struct buf *out, const struct recompute_slice *slice)
{
    char from[25], to[25];

    instant_iso(slice->first, from);
    instant_iso(slice->next, to);
    buf_addf(out, "{\"from\":\"%s\",\"to\":\"%s\",\"done\":\"%s\",", from, to,
             !slice->is_done  ? "no"
             : slice->is_ours ? "now"
                              : "earlier");
    recompute_add_counts_json(out, &slice->counts);
    buf_add_char(out, '}');
}

static void add_period(struct buf *out, const struct recompute_settings *settings)
{
    char from[25], to[25];

    instant_iso(settings->from, from);
    instant_iso(settings->to, to);
    buf_addf(out, ",\"from\":\"%s\",\"to\":\"%s\",\"providers\":", from, to);
    add_names(out, settings->provider, settings->nproviders);
    buf_add_text(out, ",\"categories\":");
    add_names(out, settings->category, settings->ncategories);
}

static void recompute_print_json(const struct run *run,
                                 const struct recompute_settings *settings,
                                 const struct recompute_report *report,
                                 enum exit_code code)
{
    struct buf out = { 0 };

    buf_addf(&out, "{\"run\":{\"id\":%" PRId32 ",\"kind\":\"recompute\",\"ruleset_id\":",
             run->run_id);
    buf_add_json(&out, slice_of(rules_identity(settings->rules)));
    buf_addf(&out, ",\"exit\":%d},\"dry_run\":%s", (int)code,
             settings->dry_run ? "true" : "false");
    add_period(&out, settings);
    buf_add_char(&out, ',');
    recompute_add_counts_json(&out, &report->counts);
    buf_add_text(&out, ",\"days\":[");
    for (size_t i = 0; i < report->nslices; i++) {
        if (i > 0)
            buf_add_char(&out, ',');
        recompute_add_slice(&out, &report->slice[i]);
    }
    buf_add_text(&out, "]}");
    puts(buf_cstr(&out));
    buf_free(&out);
}

static struct run *recompute_start(struct db *db, const char *program,
                                   const struct rules *rules, const struct args *args,
                                   struct err *err)
{
    struct run_settings settings = {
        .kind = "recompute",
        .program = program,
        .note = args->option[RECOMPUTE_NOTE],
        .untested_rules = args->option[RECOMPUTE_UNTESTED] != NULL,
        .dry_run = args->option[RECOMPUTE_DRY_RUN] != NULL,
    };

    if (!options_seconds("wait", args->option[RECOMPUTE_WAIT], &settings.wait, err))
        return NULL;
    return database_start_run(db, &settings, rules, err);
}

/* An end before the end: what is done, and how to go on. */
static void say_how_far(const struct recompute_settings *settings,
                        const struct recompute_report *report, struct err *err)
{
    struct err why = *err;
    int64_t next = settings->from;
    size_t done = recompute_done(report, &next);
    char text[25];

    if (why.code == EXIT_USAGE)
        return;
    if (why.code == EXIT_SIGINT || why.code == EXIT_SIGTERM)
        snprintf(why.text, sizeof why.text, "interrupted");
    *err = (struct err){ 0 };
    if (settings->dry_run || done == 0) {
        err_set(err, why.code, "%s; nothing was written", why.text);
        return;
    }
    instant_iso(next, text);
    err_set(err, why.code,
            "%s; %zu of %zu days are done, all before %s: the same command goes on there",
            why.text, done, report->nslices, text);
}

static void recompute_print(const struct context *context, const struct run *run,
                            const struct recompute_settings *settings,
                            struct recompute_report *report, enum exit_code code)
{
    if (context->progress)
        progress_wipe();
    if (report->counts.nmoves > 0)
        qsort(report->counts.move, report->counts.nmoves, sizeof *report->counts.move,
              by_weight);
    if (context->json)
        recompute_print_json(run, settings, report, code);
    else if (code == EXIT_DONE || report->counts.legs > 0)
        recompute_print_text(report, settings->dry_run);
}

static bool recompute(struct db *db, const struct context *context,
                      const struct args *args, struct recompute_settings *settings,
                      struct err *err)
{
    struct recompute_report report = { 0 };
    struct run *run = recompute_start(db, context->program, settings->rules, args, err);

    if (run == NULL)
        return false;

    bool ok = recompute_run(run, settings, &report, err) &&
              purge_warn(db, settings->from, settings->to,
                         "so nothing is decided again there", err);

    if (!ok)
        say_how_far(settings, &report, err);
    recompute_print(context, run, settings, &report, err->code);
    recompute_report_free(&report);
    return database_end_run(run, ok, err);
}

static enum exit_code recompute_command(const struct context *context,
                                        const struct args *args, struct err *err)
{
    struct progress progress = { 0 };
    struct recompute_settings settings = {
        .progress = context->progress ? recompute_show_progress : NULL,
        .progress_to = &progress,
    };
    struct rules *rules = NULL;
    struct db *db = NULL;
    bool ok = recompute_read_options(args, &settings, err) &&
              (rules = rules_load(context->mappings, err)) != NULL &&
              (args->option[RECOMPUTE_UNTESTED] != NULL || rules_prove(rules, err)) &&
              (db = database_open_writer(context, err)) != NULL &&
              recompute_read_period(db, context, args, &settings, err);

    settings.rules = rules;
    if (ok && !recompute(db, context, args, &settings, err))
        err_at(err, "recompute: ");
    db_close(db);
    rules_free(rules);
    free(settings.provider);
    free(settings.category);
    return err->code;
}

const struct command command_recompute = {
    .name = "recompute",
    .synopsis = "--month 2026-06",
    .summary = "Decides stored legs again; writes what changes, keeps what was",
    .options = options,
    .noptions = RECOMPUTE_COUNT,
    .has_json = true,
    .run = recompute_command,
};
