/*
 * recount.c - are the statistics what the legs come to?
 */
#include "loader/statistics/recount.h"

#include <inttypes.h>

#include "base/base.h"
#include "commands/shared/command.h"
#include "commands/shared/database.h"
#include "commands/shared/period.h"
#include "record/instant.h"

enum {
    RECOUNT_PERIOD,
    RECOUNT_REPAIR = RECOUNT_PERIOD + PERIOD_OPTIONS,
    RECOUNT_WAIT,
    RECOUNT_COUNT
};

static const struct option_row options[] = {
    PERIOD_ROWS(RECOUNT_PERIOD),
    [RECOUNT_REPAIR] = { "repair", NULL, "build the hours that differ anew" },
    [RECOUNT_WAIT] = { "wait", "SECONDS",
                       "wait so long for another run to end (else 0)" },
};

/* What is asked for. */
struct recount_task {
    int64_t from, to; /* ms since 1970 UTC, half-open */
    bool repair;
};

static bool recount_read_options(const struct args *args, struct recount_task *task,
                                 struct run_settings *settings, struct err *err)
{
    if (args->nwords > 0)
        return err_set(err, EXIT_USAGE, "recount takes no arguments");
    task->repair = args->option[RECOUNT_REPAIR] != NULL;
    settings->dry_run = !task->repair;
    return period_check(args->option + RECOUNT_PERIOD, true, err) &&
           options_seconds("wait", args->option[RECOUNT_WAIT], &settings->wait, err);
}

static bool recount_read_period(struct db *db, const struct context *context,
                                const struct args *args, struct recount_task *task,
                                struct err *err)
{
    struct period period;

    if (!period_read_alone(db, args->option + RECOUNT_PERIOD, context->tz, &period, err))
        return false;
    task->from = period.from;
    task->to = period.to;
    return true;
}

static void recount_print_list(const struct recount_list *list, const char *differ)
{
    char text[25];

    for (size_t i = 0; i < list->count; i++) {
        instant_iso(list->hour[i].hour * 3600 * MS_PER_S, text);
        printf("%.16sZ  %" PRIu64 " %s\n", text, list->hour[i].groups, differ);
    }
}

static void recount_print_text(const struct recount_task *task,
                               const struct recount_report *report)
{
    size_t nhours = report->hours.count, ndays = report->days.count;

    recount_print_list(&report->hours, "groups differ");
    recount_print_list(&report->days, "groups of the day differ from its hours");
    if (nhours == 0 && ndays == 0)
        printf("the statistics are what the legs come to\n");
    if (nhours > 0)
        printf("%zu %s %s\n", nhours, nhours == 1 ? "hour" : "hours",
               task->repair ? "counted anew"
                            : "are not what the legs come to; --repair counts them anew");
    if (ndays > 0)
        printf("%zu %s %s\n", ndays, ndays == 1 ? "day" : "days",
               task->repair ? "added up anew"
                            : "are not the sum of their hours; --repair adds them up");
}

static void recount_print_member(const char *name, const struct recount_list *list)
{
    char text[25];

    printf(",\"%s\":[", name);
    for (size_t i = 0; i < list->count; i++) {
        instant_iso(list->hour[i].hour * 3600 * MS_PER_S, text);
        printf("%s{\"hour\":\"%s\",\"groups\":%" PRIu64 "}", i > 0 ? "," : "", text,
               list->hour[i].groups);
    }
    putchar(']');
}

static void recount_print_json(const struct recount_task *task,
                               const struct recount_report *report)
{
    printf("{\"repaired\":%s", task->repair ? "true" : "false");
    recount_print_member("hours", &report->hours);
    recount_print_member("days", &report->days);
    printf("}\n");
}

static bool recount_run(struct db *db, const struct context *context,
                        const struct run_settings *settings,
                        const struct recount_task *task, bool *differ, struct err *err)
{
    struct recount_report report = { 0 };
    struct run *run = run_start(db, settings, err);
    bool ok =
        run != NULL && recount(run, task->from, task->to, task->repair, &report, err);

    if (ok && context->json)
        recount_print_json(task, &report);
    else if (ok)
        recount_print_text(task, &report);
    *differ = report.hours.count + report.days.count > 0;
    recount_report_free(&report);
    return database_end_run(run, ok, err);
}

static enum exit_code recount_command(const struct context *context,
                                      const struct args *args, struct err *err)
{
    struct run_settings settings = { .kind = "recount", .program = context->program };
    struct recount_task task = { .repair = false };
    struct db *db = NULL;
    bool differ = false;
    bool ok = recount_read_options(args, &task, &settings, err) &&
              (db = database_open(context, err)) != NULL &&
              recount_read_period(db, context, args, &task, err);

    if (ok && !recount_run(db, context, &settings, &task, &differ, err))
        err_at(err, "recount: ");
    db_close(db);
    if (err->code != EXIT_DONE)
        return err->code;
    return differ && !task.repair ? EXIT_REJECTS : EXIT_DONE;
}

const struct command command_recount = {
    .name = "recount",
    .synopsis = "--month 2026-06 [--repair]",
    .summary = "Holds the statistics against the legs; --repair puts them right",
    .options = options,
    .noptions = RECOUNT_COUNT,
    .has_json = true,
    .run = recount_command,
};
