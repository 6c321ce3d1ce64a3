/*
 * report.c - HTML pages of a period, to be opened from a mail or put on a web server, and
 * their tables as CSV.
 *
 * All questions are asked in one snapshot, so that a page agrees with itself while a load
 * goes on.  A file is written beside its name and renamed: nobody ever opens half of it.
 */
#include "base/base.h"
#include "commands/report/report_parts.h"
#include "commands/shared/command.h"
#include "commands/shared/database.h"
#include "commands/shared/period.h"
#include "db/db.h"
#include "lang/lang.h"
#include "output/file.h"
#include "report/page.h"

enum {
    REPORT_OUT,
    REPORT_SITE,
    REPORT_CSV,
    REPORT_LANG,
    REPORT_BOUNDS,
    REPORT_OPTIONS = REPORT_BOUNDS + PERIOD_OPTIONS
};

static const struct option_row options[] = {
    [REPORT_OUT] = { "out", "FILE", "where to write the page; - is stdout" },
    [REPORT_SITE] = { "site", "DIR", "a page a day, week and month, and an index" },
    [REPORT_CSV] = { "csv", "DIR", "the tables of the page, a file each" },
    [REPORT_LANG] = { "lang", "en|uk|ru", "language of the pages (else en)" },
    PERIOD_ROWS(REPORT_BOUNDS),
};

static bool report_check_options(const struct args *args, int *lang, struct err *err)
{
    const char *const *option = args->option;

    if (args->nwords > 0)
        return err_set(err, EXIT_USAGE, "report takes no arguments");
    if (option[REPORT_OUT] == NULL && option[REPORT_CSV] == NULL &&
        option[REPORT_SITE] == NULL)
        return err_set(err, EXIT_USAGE,
                       "report needs --out FILE, --site DIR or --csv DIR");
    if (option[REPORT_SITE] != NULL && period_is_given(option + REPORT_BOUNDS) &&
        option[REPORT_OUT] == NULL && option[REPORT_CSV] == NULL)
        return err_set(err, EXIT_USAGE,
                       "--site has every day that is known; a period is for --out and "
                       "--csv");
    return options_choice(&options[REPORT_LANG], option[REPORT_LANG], lang, err) &&
           period_check(option + REPORT_BOUNDS, false, err);
}

/* The page of PERIOD and its tables, as far as they are asked for. */
static bool report_make(struct db *db, const struct args *args, enum lang lang,
                        const struct period *period, struct err *err)
{
    struct report_parts parts;
    struct buf page = { 0 };
    bool ok = report_parts_ask(&parts, db, lang, period->from_at, period->to_at, err);

    if (ok && args->option[REPORT_CSV] != NULL)
        ok = report_parts_csv(&parts, args->option[REPORT_CSV], err);
    if (ok && args->option[REPORT_OUT] != NULL) {
        report_write(&page, lang, parts.page, NULL);
        ok = file_give(args->option[REPORT_OUT], buf_slice(&page), err);
    }
    report_parts_free(&parts);
    buf_free(&page);
    return ok;
}

static bool report_make_all(const struct context *context, struct db *db,
                            const struct args *args, enum lang lang, struct err *err)
{
    struct period period;

    if (!period_read(db, args->option + REPORT_BOUNDS, context->tz, &period, err) ||
        !period_warn_empty(db, &period, err))
        return false;
    if ((args->option[REPORT_OUT] != NULL || args->option[REPORT_CSV] != NULL) &&
        !report_make(db, args, lang, &period, err))
        return false;
    return args->option[REPORT_SITE] == NULL ||
           report_site(db, lang, args->option[REPORT_SITE], context->program, err);
}

static enum exit_code report_command(const struct context *context,
                                     const struct args *args, struct err *err)
{
    struct db *db = NULL;
    int lang = LANG_EN;

    if (report_check_options(args, &lang, err) &&
        (db = database_open_reader(context, err)) != NULL &&
        !report_make_all(context, db, args, (enum lang)lang, err))
        err_at(err, "report: ");
    db_close(db);
    return err->code;
}

const struct command command_report = {
    .name = "report",
    .synopsis = "[--out FILE] [--site DIR] [--csv DIR]",
    .summary = "Self-contained HTML pages of a period, and their tables as CSV",
    .options = options,
    .noptions = REPORT_OPTIONS,
    .run = report_command,
};
