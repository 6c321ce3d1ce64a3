/*
 * recompute.c - decide stored legs again, by the mapping files of today.
 *
 * Shows what goes from which category to which, and writes only what changes.
 */
#include "loader/recompute.h"

#include <inttypes.h>

#include "base/base.h"
#include "commands/command.h"
#include "commands/output.h"
#include "flow.h"
#include "rules/rules.h"

enum {
    RECOMPUTE_FROM,
    RECOMPUTE_TO,
    RECOMPUTE_PROVIDER,
    RECOMPUTE_DRY_RUN,
    RECOMPUTE_UNTESTED,
    RECOMPUTE_WAIT,
    RECOMPUTE_COUNT
};

static const struct option_row options[] = {
    [RECOMPUTE_FROM] = { "from", "T",
                         "first start: a day in --tz (else UTC), an instant" },
    [RECOMPUTE_TO] = { "to", "T", "start behind the last" },
    [RECOMPUTE_PROVIDER] = { "provider", "P", "only legs of that carrier, as stored" },
    [RECOMPUTE_DRY_RUN] = { "dry-run", NULL, "show what would change, write nothing" },
    [RECOMPUTE_UNTESTED] = { "untested-rules", NULL,
                             "go on although the mapping's cases fail" },
    [RECOMPUTE_WAIT] = { "wait", "SECONDS",
                         "wait so long for another run to end (else 0)" },
};

/* A day or wall-clock time in the zone TZ, or an instant that says its own. */
static bool read_time(const char *option, const char *text, const char *tz, int64_t *ms,
                      struct err *err)
{
    int64_t wall = 0, later;
    enum clock_got got =
        text != NULL ? clock_read(slice_of(text), DATE_YMD, &wall) : CLOCK_BAD;

    *ms = wall;
    if (got == CLOCK_INSTANT)
        return true;
    if (got != CLOCK_DAY_ONLY && got != CLOCK_WALL)
        return err_set(err, EXIT_USAGE,
                       "--%s T is needed: a day such as 2026-06-01, or %s", option,
                       "an instant such as 2026-06-01T12:00:00Z");

    struct zone *zone = zone_open(tz != NULL ? tz : "UTC", err);

    if (zone == NULL)
        return false;
    /* Midnight may be skipped by the clock: then the day begins an hour late. */
    while (zone_instants(zone, wall, ms, &later) == WALL_SKIPPED)
        wall += INT64_C(15) * 60 * MS_PER_S;
    zone_free(zone);
    return true;
}

static bool read_options(const struct context *context, const struct args *args,
                         struct recompute_settings *settings, struct err *err)
{
    if (args->nwords > 0)
        return err_set(err, EXIT_USAGE, "recompute takes no arguments");
    settings->provider = args->option[RECOMPUTE_PROVIDER];
    settings->dry_run = args->option[RECOMPUTE_DRY_RUN] != NULL;
    settings->decide = flow_decide;
    if (!read_time("from", args->option[RECOMPUTE_FROM], context->tz, &settings->from,
                   err) ||
        !read_time("to", args->option[RECOMPUTE_TO], context->tz, &settings->to, err))
        return false;
    if (settings->from >= settings->to)
        return err_set(err, EXIT_USAGE, "--from must lie before --to");
    return true;
}

static int by_weight(const void *left, const void *right)
{
    const struct recompute_move *a = left, *b = right;
    int from = strcmp(a->from, b->from);

    if (from != 0)
        return from;
    return (a->legs < b->legs) - (a->legs > b->legs);
}

static void print_moves(const struct recompute_report *report)
{
    size_t nrows = report->nmoves + 1;
    const char **cells = xcalloc(nrows * 3, sizeof *cells);
    char(*number)[24] = xcalloc(nrows, sizeof *number);

    cells[0] = "was";
    cells[1] = "is";
    cells[2] = "legs";
    for (size_t i = 0; i < report->nmoves; i++) {
        snprintf(number[i], sizeof number[i], "%" PRIu64, report->move[i].legs);
        cells[(i + 1) * 3] = report->move[i].from;
        cells[(i + 1) * 3 + 1] = report->move[i].to;
        cells[(i + 1) * 3 + 2] = number[i];
    }
    if (report->nmoves > 0)
        output_table(cells, nrows, 3, "llr");
    free(cells);
    free(number);
}

static void print_text(const struct recompute_report *report, bool dry_run)
{
    printf("%" PRIu64 " legs decided again: %" PRIu64 " %s; statistics of %" PRIu64
           " hours built anew\n\n",
           report->legs, report->changed, dry_run ? "would change" : "changed",
           report->hours);
    print_moves(report);
}

static void print_json(const struct run *run, const char *ruleset_id,
                       const struct recompute_report *report, bool dry_run)
{
    struct buf out = { 0 };

    buf_addf(&out, "{\"run\":{\"id\":%" PRId64 ",\"kind\":\"recompute\",\"ruleset_id\":",
             run_id(run));
    buf_add_json(&out, slice_of(ruleset_id));
    buf_addf(&out,
             ",\"exit\":0},\"dry_run\":%s,\"legs\":%" PRIu64 ",\"changed\":%" PRIu64
             ",\"hours\":%" PRIu64 ",\"moves\":[",
             dry_run ? "true" : "false", report->legs, report->changed, report->hours);
    for (size_t i = 0; i < report->nmoves; i++) {
        buf_add_text(&out, i > 0 ? ",{\"from\":" : "{\"from\":");
        buf_add_json(&out, slice_of(report->move[i].from));
        buf_add_text(&out, ",\"to\":");
        buf_add_json(&out, slice_of(report->move[i].to));
        buf_addf(&out, ",\"legs\":%" PRIu64 "}", report->move[i].legs);
    }
    buf_add_text(&out, "]}");
    puts(buf_cstr(&out));
    buf_free(&out);
}

static struct run *start(struct db *db, const struct rules *rules,
                         const struct args *args, struct err *err)
{
    struct run_settings settings = {
        .kind = "recompute",
        .ruleset_id = rules_identity(rules),
        .taxonomy = rules_taxonomy(rules),
        .untested_rules = args->option[RECOMPUTE_UNTESTED] != NULL,
        .unrecorded = args->option[RECOMPUTE_DRY_RUN] != NULL,
    };

    if (!options_seconds("wait", args->option[RECOMPUTE_WAIT], &settings.wait, err))
        return NULL;

    struct run *run = run_start(db, &settings, err);

    for (size_t i = 0; run != NULL && i < rules_provider_count(rules); i++) {
        struct provider_info provider = rules_provider(rules, i);

        if (run_add_provider(run, provider.id, provider.name, err))
            continue;
        (void)run_finish(run, err->code, err);
        return NULL;
    }
    return run;
}

static bool recompute(struct db *db, const struct context *context,
                      const struct args *args, struct recompute_settings *settings,
                      struct err *err)
{
    struct recompute_report report = { 0 };
    struct err closing = { 0 };
    struct run *run = start(db, settings->rules, args, err);
    bool ok = run != NULL && recompute_run(run, settings, &report, err);

    if (report.nmoves > 0)
        qsort(report.move, report.nmoves, sizeof *report.move, by_weight);
    if (ok && context->json)
        print_json(run, rules_identity(settings->rules), &report, settings->dry_run);
    else if (ok)
        print_text(&report, settings->dry_run);
    recompute_report_free(&report);
    if (!run_finish(run, err->code, &closing) && ok)
        ok = err_set(err, closing.code, "%s", closing.text);
    return ok;
}

static enum exit_code run(const struct context *context, const struct args *args,
                          struct err *err)
{
    struct recompute_settings settings = { 0 };
    struct rules *rules = NULL;
    struct db *db = NULL;
    bool ok = read_options(context, args, &settings, err) &&
              (rules = rules_load(context->mappings, err)) != NULL &&
              (args->option[RECOMPUTE_UNTESTED] != NULL ||
               rules_prove(rules, context->mappings, err)) &&
              (db = db_open(context->db, err)) != NULL && schema_check(db, err);

    settings.rules = rules;
    if (ok && !recompute(db, context, args, &settings, err))
        err_at(err, "recompute: ");
    db_close(db);
    rules_free(rules);
    return err->code;
}

const struct command command_recompute = {
    .name = "recompute",
    .synopsis = "--from T --to T",
    .summary = "Decides stored legs again; writes what changes, keeps what was",
    .options = options,
    .noptions = RECOMPUTE_COUNT,
    .run = run,
};
