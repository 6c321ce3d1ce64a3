/*
 * report.c - one HTML page of a period, to be opened from a mail.
 *
 * All questions are asked in one snapshot, so that the page agrees with itself
 * while a load goes on.  The file is written beside its name and renamed: nobody
 * ever opens half of it.
 */
#include "report/page.h"

#include "base/base.h"
#include "commands/command.h"
#include "commands/period.h"
#include "db/db.h"
#include "db/schema.h"
#include "db/sql.h"
#include "db/txn.h"
#include "output/file.h"

enum { REPORT_OUT, REPORT_PERIOD, REPORT_OPTIONS = REPORT_PERIOD + PERIOD_OPTIONS };

static const struct option_row options[] = {
    [REPORT_OUT] = { "out", "FILE", "where to write it; - is stdout" },
    PERIOD_ROWS(REPORT_PERIOD),
};

static const struct {
    const char *sql;
    size_t nargs;
} questions[] = {
    [REPORT_TOTALS] = { sql_report_totals, 3 },
    [REPORT_DAYS] = { sql_report_days, 3 },
    [REPORT_ASR_DAYS] = { sql_report_asr_days, 3 },
    [REPORT_CARRIERS] = { sql_report_carriers, 3 },
    [REPORT_OUTCOMES] = { sql_report_outcomes, 3 },
    [REPORT_HOURS] = { sql_report_hours, 3 },
    [REPORT_CHANGED] = { sql_report_changed, 3 },
    [REPORT_INCIDENTS] = { sql_report_incidents, 2 },
    [REPORT_SIGNALS] = { sql_report_signals, 2 },
    [REPORT_HEALTH] = { sql_report_health, 2 },
    [REPORT_DEFINITIONS] = { sql_report_definitions, 0 },
};
_Static_assert(COUNTOF(questions) == REPORT_PARTS, "a question a part");

/* What the database answered, and the same as the page wants it. */
struct answer {
    struct db_rows *rows;
    const char **cell;
};

static void report_take(struct answer *answer, const struct report_columns *columns,
                        struct page_rows *page)
{
    size_t width = columns->count, count = db_rows_count(answer->rows);

    answer->cell = xcalloc(count * width + 1, sizeof *answer->cell);
    for (size_t i = 0; i < width; i++) {
        size_t column = db_column(answer->rows, columns->name[i]);

        for (size_t row = 0; row < count; row++)
            answer->cell[row * width + i] = db_value(answer->rows, row, column).s;
    }
    *page = (struct page_rows){ count, width, answer->cell };
}

static bool ask_all(struct db *db, const struct period *period, struct answer *answer,
                    struct page_rows *page, struct err *err)
{
    const char *values[] = { period->from_at, period->to_at, "attempt" };

    /* Compiling the queries would take longer than they do. */
    if (!db_exec(db,
                 "begin transaction isolation level repeatable read, read only;"
                 "set local jit = off",
                 err))
        return false;
    for (size_t i = 0; i < REPORT_PARTS; i++) {
        struct db_args query = { questions[i].nargs, values };

        answer[i].rows = db_query(db, questions[i].sql, &query, err);
        if (answer[i].rows == NULL)
            return false;
        report_take(&answer[i], &report_columns[i], &page[i]);
    }
    return db_exec(db, "commit", err);
}

static bool report_compose(struct db *db, const struct period *period, struct buf *out,
                           struct err *err)
{
    struct answer answer[REPORT_PARTS] = { 0 };
    struct page_rows page[REPORT_PARTS] = { 0 };
    bool ok = ask_all(db, period, answer, page, err);

    if (ok)
        report_write(out, page);
    for (size_t i = 0; i < REPORT_PARTS; i++) {
        db_rows_free(answer[i].rows);
        free(answer[i].cell);
    }
    return ok;
}

static bool report_check_options(const struct args *args, struct err *err)
{
    if (args->nwords > 0)
        return err_set(err, EXIT_USAGE, "report takes no arguments");
    if (args->option[REPORT_OUT] == NULL)
        return err_set(err, EXIT_USAGE, "report needs --out FILE");
    return period_check(args->option + REPORT_PERIOD, false, err);
}

static bool report_give(const struct args *args, const struct buf *page, struct err *err)
{
    const char *path = args->option[REPORT_OUT];

    if (strcmp(path, "-") != 0)
        return file_replace(path, buf_slice(page), err);
    fwrite(page->s, 1, page->len, stdout);
    return true;
}

static enum exit_code report_command(const struct context *context,
                                     const struct args *args, struct err *err)
{
    struct db *db = NULL;
    struct period period;
    struct buf page = { 0 };

    if (report_check_options(args, err) && (db = db_open(context->db, err)) != NULL &&
        schema_check(db, err) && txn_begin_read(db, err) &&
        !(period_read(db, args->option + REPORT_PERIOD, context->tz, &period, err) &&
          period_warn_empty(db, &period, err) &&
          report_compose(db, &period, &page, err) && report_give(args, &page, err)))
        err_at(err, "report: ");
    db_close(db);
    buf_free(&page);
    return err->code;
}

const struct command command_report = {
    .name = "report",
    .synopsis = "--out FILE",
    .summary = "One self-contained HTML page of a period",
    .options = options,
    .noptions = REPORT_OPTIONS,
    .run = report_command,
};
