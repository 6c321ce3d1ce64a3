/*
 * purge.c - drop the legs of old months; statistics stay.
 */
#include "loader/retention/purge.h"

#include <inttypes.h>
#include <time.h>

#include "base/base.h"
#include "base/log.h"
#include "commands/command.h"
#include "commands/output.h"
#include "db/schema.h"
#include "leg/clock.h"

enum { PURGE_BEFORE, PURGE_DRY_RUN, PURGE_WAIT, PURGE_COUNT };

static const struct option_row options[] = {
    [PURGE_BEFORE] = { "before", "T",
                       "drop months that end by then: a day (UTC), an instant" },
    [PURGE_DRY_RUN] = { "dry-run", NULL, "show what would go, drop nothing" },
    [PURGE_WAIT] = { "wait", "SECONDS",
                     "wait so long for other runs, and for readers (else 0)" },
};

/* Months are those of UTC, as the partitions are: so a day is one of UTC too. */
static bool read_before(const char *text, int64_t *before, struct err *err)
{
    int32_t oldest = 0;

    if (!options_time("before", text, "UTC", before, err))
        return false;
    clock_day(1990, 1, 1, &oldest);
    if (*before < oldest * MS_PER_DAY)
        return err_set(err, EXIT_USAGE,
                       "--before %s lies before 1990: no leg is that old", text);
    if (*before > time(NULL) * (int64_t)MS_PER_S)
        return err_set(err, EXIT_USAGE,
                       "--before %s lies in the future: legs that are still to come "
                       "would be refused",
                       text);
    return true;
}

struct size_text {
    char s[24];
};

static struct size_text size_text(int64_t bytes)
{
    static const char *const units[] = { "B", "kB", "MB", "GB", "TB" };
    struct size_text text;
    double size = (double)bytes;
    size_t unit = 0;

    for (; size >= 1024 && unit + 1 < COUNTOF(units); unit++)
        size /= 1024;
    if (bytes < 0)
        snprintf(text.s, sizeof text.s, "-");
    else
        snprintf(text.s, sizeof text.s, "%.*f %s", unit > 0, size, units[unit]);
    return text;
}

static void print_months(const struct purge_report *report)
{
    size_t nrows = report->nmonths + 1;
    const char **cells = xcalloc(nrows * 3, sizeof *cells);
    struct size_text *legs = xcalloc(nrows, sizeof *legs);
    struct size_text *size = xcalloc(nrows, sizeof *size);

    cells[0] = "month";
    cells[1] = "legs";
    cells[2] = "size";
    for (size_t i = 0; i < report->nmonths; i++) {
        const struct purge_month *month = &report->month[i];

        snprintf(legs[i].s, sizeof legs[i].s, "%" PRId64, month->legs);
        size[i] = size_text(month->bytes);
        cells[(i + 1) * 3] = month->month;
        cells[(i + 1) * 3 + 1] = legs[i].s;
        cells[(i + 1) * 3 + 2] = size[i].s;
    }
    if (report->nmonths > 0)
        output_table(cells, nrows, 3, "lrr");
    free(cells);
    free(legs);
    free(size);
}

static void purge_print_text(const struct purge_report *report, bool dry_run)
{
    print_months(report);
    printf("%zu %s %s; statistics stay\n", report->nmonths,
           report->nmonths == 1 ? "month" : "months",
           dry_run ? "would be dropped" : "dropped");
    if (report->kept[0] != '\0')
        printf("%s stays: it was not over then, and months go whole\n", report->kept);
}

static void purge_add_month_json(struct buf *out, const struct purge_month *month)
{
    buf_addf(out, "{\"month\":\"%s\",\"legs\":%" PRId64 ",\"bytes\":", month->month,
             month->legs);
    if (month->bytes < 0)
        buf_add_text(out, "null");
    else
        buf_addf(out, "%" PRId64, month->bytes);
    buf_addf(out,
             ",\"tellings\":%" PRId64 ",\"changes\":%" PRId64 ",\"texts\":%" PRId64
             ",\"cut_calls\":%" PRId64 "}",
             month->tellings, month->changes, month->texts, month->truncated_calls);
}

static void purge_print_json(const struct run *run, const struct purge_report *report,
                             bool dry_run, enum exit_code code)
{
    struct buf out = { 0 };

    buf_addf(&out,
             "{\"run\":{\"id\":%" PRId64 ",\"kind\":\"purge\",\"exit\":%d},\"dry_run\":%s"
             ",\"months\":[",
             run_id(run), (int)code, dry_run ? "true" : "false");
    for (size_t i = 0; i < report->nmonths; i++) {
        if (i > 0)
            buf_add_char(&out, ',');
        purge_add_month_json(&out, &report->month[i]);
    }
    buf_add_text(&out, "],\"kept\":");
    if (report->kept[0] != '\0')
        buf_addf(&out, "\"%s\"}", report->kept);
    else
        buf_add_text(&out, "null}");
    puts(buf_cstr(&out));
    buf_free(&out);
}

/* Months that went are told of, also when a later one could not. */
static bool purge(struct db *db, const struct context *context,
                  const struct run_settings *settings, int64_t before, struct err *err)
{
    struct purge_report report = { 0 };
    struct err closing = { 0 };
    bool dry_run = settings->dry_run;
    struct run *run = run_start(db, settings, err);
    bool ok = run != NULL && purge_run(run, before, dry_run, &report, err);

    if (run != NULL && context->json)
        purge_print_json(run, &report, dry_run, err->code);
    else if (ok || report.nmonths > 0)
        purge_print_text(&report, dry_run);
    purge_report_free(&report);
    if (!run_finish(run, err->code, &closing) && ok)
        ok = err_set(err, closing.code, "%s", closing.text);
    return ok;
}

static enum exit_code purge_command(const struct context *context,
                                    const struct args *args, struct err *err)
{
    struct run_settings settings = { .kind = "purge",
                                     .program = context->program,
                                     .dry_run = args->option[PURGE_DRY_RUN] != NULL };
    struct db *db = NULL;
    int64_t before = 0;
    bool ok = args->nwords == 0 ||
              err_set(err, EXIT_USAGE, "purge takes no arguments; --before T");

    ok = ok && read_before(args->option[PURGE_BEFORE], &before, err) &&
         options_seconds("wait", args->option[PURGE_WAIT], &settings.wait, err) &&
         (db = db_open(context->db, err)) != NULL && schema_check(db, err);
    if (ok && !purge(db, context, &settings, before, err))
        err_at(err, "purge: ");
    db_close(db);
    return err->code;
}

const struct command command_purge = {
    .name = "purge",
    .synopsis = "--before T",
    .summary = "Drops the legs of old months, whole; their statistics stay",
    .options = options,
    .noptions = PURGE_COUNT,
    .run = purge_command,
};
