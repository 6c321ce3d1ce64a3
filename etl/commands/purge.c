/*
 * purge.c - let old things go: legs of old months, whose statistics stay, and exports.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/log.h"
#include "base/stop.h"
#include "commands/shared/command.h"
#include "commands/shared/database.h"
#include "commands/shared/period.h"
#include "leg/time/clock.h"
#include "loader/retention/purge.h"
#include "output/text_table.h"

enum {
    PURGE_BEFORE,
    PURGE_KEEP,
    PURGE_SPOOL,
    PURGE_KEEP_FILES,
    PURGE_DRY_RUN,
    PURGE_WAIT,
    PURGE_COUNT
};

static const struct option_row options[] = {
    [PURGE_BEFORE] = { "before", "T",
                       "drop months that end by then: a day (UTC), an instant" },
    [PURGE_KEEP] = { "keep", "MONTHS",
                     "the same: keep so many whole months before this one" },
    [PURGE_SPOOL] = { "spool", "DIR", "whose processed/ and failed/ are meant" },
    [PURGE_KEEP_FILES] = { "keep-files", "DAYS", "remove exports there that are older" },
    [PURGE_DRY_RUN] = { "dry-run", NULL, "show what would go, drop nothing" },
    [PURGE_WAIT] = { "wait", "SECONDS",
                     "wait so long for other runs, and for readers (else 0)" },
};

/* Months are those of UTC, as the partitions are: so a day is one of UTC too. */
static bool read_before(const char *text, int64_t *before, struct err *err)
{
    int32_t oldest = 0;

    if (!period_instant_utc("before", text, before, err))
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

/* The first day (UTC) of the month that is MONTHS before this one. */
static bool read_keep(const char *text, int64_t *before, struct err *err)
{
    int64_t months = 0, month;
    int32_t day = 0;
    time_t now = time(NULL);
    struct tm utc;

    if (!options_number("keep", text, 1, 400, &months, err))
        return false;
    gmtime_r(&now, &utc);
    month = (int64_t)(utc.tm_year + 1900) * 12 + utc.tm_mon - months;
    clock_day(month / 12, month % 12 + 1, 1, &day);
    *before = day * MS_PER_DAY;
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
    static const char *const head[] = { "month", "legs", "size" };
    struct text_cells cells = { 0 };

    if (report->nmonths > 0)
        text_cells_add_all(&cells, head, COUNTOF(head));
    for (size_t i = 0; i < report->nmonths; i++) {
        const struct purge_month *month = &report->month[i];

        text_cells_add(&cells, month->month);
        text_cells_addf(&cells, "%" PRId64, month->legs);
        text_cells_add(&cells, size_text(month->bytes).s);
    }
    text_cells_print(&cells, "lrr", TEXT_TABLE_LEFT_OUT);
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
             ",\"versions\":%" PRId64 ",\"changes\":%" PRId64 ",\"texts\":%" PRId64
             ",\"truncated_calls\":%" PRId64 "}",
             month->versions, month->changes, month->texts, month->truncated_calls);
}

/* Exports that a spool has kept long enough. */
struct old_exports {
    uint64_t files, bytes;
};

static const int64_t DAY_S = 86400;

static bool old_exports_file(DIR *dir, const char *name, time_t before, bool dry_run,
                             struct old_exports *found)
{
    struct stat st;

    if (fstatat(dirfd(dir), name, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT; /* somebody was faster */
    if (!S_ISREG(st.st_mode) || st.st_mtime >= before)
        return true;
    if (!dry_run && unlinkat(dirfd(dir), name, 0) != 0)
        return false;
    found->files++;
    found->bytes += (uint64_t)st.st_size;
    return true;
}

static bool old_exports_folder(const char *path, time_t before, bool dry_run,
                               struct old_exports *found, struct err *err)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
    struct dirent *entry;
    bool ok = true;

    if (dir == NULL) {
        ok = err_set(err, EXIT_USAGE, "%s: cannot be read: %s", path, strerror(errno));
        if (fd >= 0)
            close(fd);
        return ok;
    }
    while (ok && !stop_asked(err) && (entry = readdir(dir)) != NULL)
        ok = old_exports_file(dir, entry->d_name, before, dry_run, found) ||
             err_set(err, EXIT_USAGE, "%s: old files cannot be removed: %s", path,
                     strerror(errno));
    closedir(dir);
    return ok && err->code == EXIT_DONE;
}

/*
 * Remove the files of SPOOL/processed and SPOOL/failed that were last written more than
 * DAYS days ago, or with DRY_RUN count them.  Links are not followed, folders stay.
 * False with ERR (EXIT_USAGE): a folder or file is not ours to change; FOUND counts what
 * went all the same.
 */
static bool old_exports_remove(const char *spool, int64_t days, bool dry_run,
                               struct old_exports *found, struct err *err)
{
    static const char *const folders[] = { "processed", "failed" };
    time_t before = time(NULL) - (time_t)(days * DAY_S);
    bool ok = true;

    for (size_t i = 0; ok && i < COUNTOF(folders); i++) {
        struct buf path = { 0 };

        buf_addf(&path, "%s/%s", spool, folders[i]);
        ok = old_exports_folder(buf_cstr(&path), before, dry_run, found, err);
        buf_free(&path);
    }
    return ok;
}

/* What is asked for, and what became of the exports, which go first. */
struct purge_task {
    bool legs, files, dry_run;
    int64_t before; /* ms since 1970 UTC */
    const char *spool;
    int64_t days;
    struct old_exports exports;
};

static void print_exports_text(const struct purge_task *task)
{
    struct size_text size = size_text((int64_t)task->exports.bytes);

    printf("%" PRIu64 " %s (%s) of %s %s\n", task->exports.files,
           task->exports.files == 1 ? "export" : "exports", size.s, task->spool,
           task->dry_run ? "would be removed" : "removed");
}

static void add_exports_json(const struct purge_task *task, struct buf *out)
{
    buf_addf(out, "\"exports\":{\"files\":%" PRIu64 ",\"bytes\":%" PRIu64 "}",
             task->exports.files, task->exports.bytes);
}

static void purge_print_json(const struct run *run, const struct purge_report *report,
                             const struct purge_task *task, enum exit_code code)
{
    struct buf out = { 0 };

    database_add_run(&out, run, code);
    buf_add_text(&out, ",\"months\":[");
    for (size_t i = 0; i < report->nmonths; i++) {
        if (i > 0)
            buf_add_char(&out, ',');
        purge_add_month_json(&out, &report->month[i]);
    }
    buf_add_text(&out, "],\"kept\":");
    buf_add_json_or_null(&out, slice_of(report->kept[0] != '\0' ? report->kept : NULL));
    if (task->files) {
        buf_add_char(&out, ',');
        add_exports_json(task, &out);
    }
    buf_add_char(&out, '}');
    puts(buf_cstr(&out));
    buf_free(&out);
}

/* Months that went are told of, also when a later one could not. */
static bool purge_legs(struct db *db, const struct context *context,
                       const struct run_settings *settings, const struct purge_task *task,
                       struct err *err)
{
    struct purge_report report = { 0 };
    struct run *run = run_start(db, settings, err);
    bool ok = run != NULL && purge_run(run, task->before, task->dry_run, &report, err);

    if (run != NULL && context->json)
        purge_print_json(run, &report, task, err->code);
    else if (ok || report.nmonths > 0)
        purge_print_text(&report, task->dry_run);
    purge_report_free(&report);
    return database_end_run(run, ok, err);
}

static bool purge_exports(const struct context *context, struct purge_task *task,
                          struct err *err)
{
    struct buf out = { 0 };
    bool ok =
        old_exports_remove(task->spool, task->days, task->dry_run, &task->exports, err);

    add_exports_json(task, &out);
    log_event("exports", buf_cstr(&out));
    if (!context->json)
        print_exports_text(task);
    else if (!task->legs)
        printf("{\"dry_run\":%s,%s}\n", task->dry_run ? "true" : "false", buf_cstr(&out));
    buf_free(&out);
    return ok;
}

/* --before beats --keep, which may come from the environment. */
static bool read_task(const struct args *args, struct purge_task *task, struct err *err)
{
    const char *before = args->option[PURGE_BEFORE], *keep = args->option[PURGE_KEEP];
    const char *days = args->option[PURGE_KEEP_FILES];

    task->spool = args->option[PURGE_SPOOL];
    task->dry_run = args->option[PURGE_DRY_RUN] != NULL;
    task->legs = before != NULL || keep != NULL;
    task->files = days != NULL;
    if (args->nwords > 0 || (!task->legs && !task->files))
        return err_set(err, EXIT_USAGE,
                       "purge takes --before T or --keep MONTHS, and --spool DIR with "
                       "--keep-files DAYS");
    if (task->files && task->spool == NULL)
        return err_set(err, EXIT_USAGE, "--keep-files needs --spool DIR");
    return (before == NULL || read_before(before, &task->before, err)) &&
           (before != NULL || keep == NULL || read_keep(keep, &task->before, err)) &&
           options_number("keep-files", days, 1, 36500, &task->days, err);
}

static enum exit_code purge_command(const struct context *context,
                                    const struct args *args, struct err *err)
{
    struct run_settings settings = { .kind = "purge", .program = context->program };
    struct purge_task task = { 0 };
    struct db *db = NULL;
    bool ok = read_task(args, &task, err) &&
              options_seconds("wait", args->option[PURGE_WAIT], &settings.wait, err) &&
              (!task.files || purge_exports(context, &task, err));

    settings.dry_run = task.dry_run;
    ok = ok && task.legs && (db = database_open_writer(context, err)) != NULL;
    if (ok && !purge_legs(db, context, &settings, &task, err))
        err_at(err, "purge: ");
    db_close(db);
    return err->code;
}

const struct command command_purge = {
    .name = "purge",
    .synopsis = "--before T",
    .summary = "Drops the legs of old months, whole, and old exports; statistics stay",
    .options = options,
    .noptions = PURGE_COUNT,
    .has_json = true,
    .run = purge_command,
};
