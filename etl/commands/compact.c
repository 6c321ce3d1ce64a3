/*
 * compact.c - old months into storage by columns, on Citus.
 */
#include "loader/retention/compact.h"

#include <inttypes.h>

#include "base/base.h"
#include "commands/shared/command.h"
#include "commands/shared/database.h"
#include "commands/shared/period.h"
#include "output/text_table.h"

enum { COMPACT_BEFORE, COMPACT_DRY_RUN, COMPACT_WAIT, COMPACT_COUNT };

static const struct option_row options[] = {
    [COMPACT_BEFORE] = { "before", "T",
                         "compact months that end by then: a day (UTC), an instant" },
    [COMPACT_DRY_RUN] = { "dry-run", NULL, "show which would be, compact none" },
    [COMPACT_WAIT] = { "wait", "SECONDS", "wait so long for other runs (else 0)" },
};

static void compact_print_text(const struct compact_report *report, bool dry_run)
{
    static const char *const head[] = { "month", "was", "is" };
    struct text_cells cells = { 0 };

    if (!report->is_possible) {
        puts("Citus is not in this database: nothing to compact");
        return;
    }
    if (report->nmonths > 0)
        text_cells_add_all(&cells, head, COUNTOF(head));
    for (size_t i = 0; i < report->nmonths; i++) {
        text_cells_add(&cells, report->month[i].month);
        text_cells_add(&cells, report->month[i].was);
        text_cells_add(&cells, dry_run ? "-" : report->month[i].is);
    }
    text_cells_print(&cells, "lrr", TEXT_TABLE_LEFT_OUT);
    printf("%zu %s %s\n", report->nmonths, report->nmonths == 1 ? "month" : "months",
           dry_run ? "would be compacted" : "compacted");
}

static void compact_print_json(const struct compact_report *report, bool dry_run)
{
    printf("{\"possible\":%s,\"dry_run\":%s,\"months\":[",
           report->is_possible ? "true" : "false", dry_run ? "true" : "false");
    for (size_t i = 0; i < report->nmonths; i++) {
        printf("%s{\"month\":\"%s\",\"bytes_before\":%" PRId64 ",\"bytes_after\":",
               i > 0 ? "," : "", report->month[i].month, report->month[i].before);
        if (dry_run)
            printf("null}");
        else
            printf("%" PRId64 "}", report->month[i].after);
    }
    puts("]}");
}

/* Months that were done are told of, also when a later one could not. */
static bool compact_months(const struct context *context, int64_t before, uint32_t wait,
                           bool dry_run, struct err *err)
{
    struct compact_report report = { 0 };
    struct db *db = database_open_writer(context, err);
    bool ok = db != NULL && compact_run(db, before, wait, dry_run, &report, err);

    if (ok && context->json)
        compact_print_json(&report, dry_run);
    else if (ok || report.nmonths > 0)
        compact_print_text(&report, dry_run);
    compact_report_free(&report);
    db_close(db);
    return ok;
}

static enum exit_code compact_command(const struct context *context,
                                      const struct args *args, struct err *err)
{
    const char *text = args->option[COMPACT_BEFORE];
    int64_t before = 0;
    uint32_t wait = 0;

    if (args->nwords > 0 || text == NULL)
        err_set(err, EXIT_USAGE, "compact takes --before T");
    else if (period_instant_utc("before", text, &before, err) &&
             options_seconds("wait", args->option[COMPACT_WAIT], &wait, err) &&
             !compact_months(context, before, wait, args->option[COMPACT_DRY_RUN] != NULL,
                             err))
        err_at(err, "compact: ");
    return err->code;
}

const struct command command_compact = {
    .name = "compact",
    .synopsis = "--before T",
    .summary = "Stores the legs of old months by columns, on Citus",
    .options = options,
    .noptions = COMPACT_COUNT,
    .has_json = true,
    .run = compact_command,
};
