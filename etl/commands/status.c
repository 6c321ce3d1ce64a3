/*
 * status.c - is the data fresh and whole, and what did the last runs do.
 *
 * Ends with 0 when all is well and with 1 when somebody should look, so that a
 * monitor need not read.  A metrics file is replaced in one step: a collector that
 * comes in between finds the old one or the new one.
 */
#include "base/base.h"
#include "base/buf.h"
#include "commands/shared/command.h"
#include "commands/shared/database.h"
#include "commands/shared/rows_output.h"
#include "db/db.h"
#include "db/sql.h"
#include "output/file.h"

enum { STATUS_METRICS, STATUS_MAX_AGE, STATUS_MAX_DATA_AGE, STATUS_COUNT };

static const struct option_row options[] = {
    [STATUS_METRICS] = { "metrics", "FILE", "write a Prometheus text file too" },
    [STATUS_MAX_AGE] = { "max-age", "HOURS",
                         "a last good run older than this asks for a look (else 26)" },
    [STATUS_MAX_DATA_AGE] = { "max-data-age", "HOURS",
                              "so does a newest leg older than this (else 36 and the "
                              "longest pause of five weeks)" },
};

struct listing {
    const char *sql, *title;
    const char *const *heads; /* of its columns; NULL: none */
    const char *spec;         /* as text_cells_print() wants it */
};

static const char *const run_heads[] = { "run",  "kind",  "began",   "seconds",
                                         "exit", "files", "records", "rejected" };
static const char *const reject_heads[] = { "code", "records", "files" };
static const char *const signal_heads[] = { "signal", "at", "carrier", "" };

static const struct listing listings[] = {
    { sql_status_facts, "Status", NULL, "lt" },
    { sql_status_runs, "Runs", run_heads, "rllr3rr4rr2" },
    { sql_status_rejects, "Rejects open", reject_heads, "lrr" },
    { sql_status_signals, "Worth a look", signal_heads, "lllt" },
};

static void print_listing(const struct listing *listing, const struct db_rows *rows)
{
    bool has_head = listing->heads != NULL;
    struct text_cells cells = { 0 };

    if (has_head)
        text_cells_add_all(&cells, listing->heads, db_rows_width(rows));
    rows_add_cells(&cells, rows);
    printf("%s\n\n", listing->title);
    text_cells_print(&cells, listing->spec, has_head ? TEXT_TABLE_LEFT_OUT : NULL);
    putchar('\n');
}

static bool status_print_text(struct db *db, struct err *err)
{
    for (size_t i = 0; i < COUNTOF(listings); i++) {
        struct db_rows *rows = db_query(db, listings[i].sql, NULL, err);

        if (rows == NULL)
            return false;
        if (db_rows_count(rows) > 0)
            print_listing(&listings[i], rows);
        db_rows_free(rows);
    }
    return true;
}

static bool status_print_json(struct db *db, const struct db_args *ages, struct err *err)
{
    struct db_rows *rows = db_query(db, sql_status_json, ages, err);

    if (rows == NULL)
        return false;
    puts(db_value(rows, 0, 0).s);
    db_rows_free(rows);
    return true;
}

static bool write_metrics(struct db *db, const char *path, const struct db_args *ages,
                          struct err *err)
{
    struct db_rows *rows = db_query(db, sql_status_metrics, ages, err);
    bool ok = rows != NULL && file_replace(path, db_value(rows, 0, 0), err);

    db_rows_free(rows);
    return ok;
}

/* The database does not answer: a collector learns that, and no figure that was true
 * once. */
static void write_metrics_down(const char *path)
{
    struct err ignored = { 0 };

    (void)!file_replace(path,
                        slice_of("# HELP cdretl_up The database answered when this was "
                                 "written.\n"
                                 "# TYPE cdretl_up gauge\n"
                                 "cdretl_up 0\n"),
                        &ignored);
}

/* *CALLS: somebody should look; why, and what to do, is said on stdout unless QUIET. */
static bool check_attention(struct db *db, const struct db_args *ages, bool quiet,
                            bool *calls, struct err *err)
{
    struct db_rows *rows = db_query(db, sql_status_attention, ages, err);
    struct buf line = { 0 };

    if (rows == NULL)
        return false;
    *calls = db_rows_count(rows) > 0;
    for (size_t i = 0; i < db_rows_count(rows) && !quiet; i++) {
        buf_reset(&line);
        buf_addf(&line, "attention: %s", db_value(rows, i, 0).s);
        text_line_print(buf_cstr(&line), 4);
        buf_reset(&line);
        buf_addf(&line, "    -> %s", db_value(rows, i, 1).s);
        text_line_print(buf_cstr(&line), 7);
    }
    buf_free(&line);
    if (*calls && !quiet)
        putchar('\n');
    db_rows_free(rows);
    return true;
}

static bool status_check_options(const struct args *args, struct err *err)
{
    if (args->nwords > 0)
        return err_set(err, EXIT_USAGE, "status takes no arguments");
    return options_hours("max-age", args->option[STATUS_MAX_AGE], err) &&
           options_hours("max-data-age", args->option[STATUS_MAX_DATA_AGE], err);
}

static bool status_show(struct db *db, const struct context *context,
                        const struct args *args, bool *calls, struct err *err)
{
    const char *metrics = args->option[STATUS_METRICS];
    const char *age = args->option[STATUS_MAX_AGE];
    const struct db_args *ages =
        DB_ARGS(age != NULL ? age : "26", args->option[STATUS_MAX_DATA_AGE]);

    return check_attention(db, ages, context->json, calls, err) &&
           (context->json ? status_print_json(db, ages, err)
                          : status_print_text(db, err)) &&
           (metrics == NULL || write_metrics(db, metrics, ages, err));
}

static enum exit_code status_command(const struct context *context,
                                     const struct args *args, struct err *err)
{
    const char *metrics = args->option[STATUS_METRICS];
    struct db *db = NULL;
    bool calls = false;

    if (!status_check_options(args, err))
        return err->code;
    if ((db = database_open_reader(context, err)) != NULL &&
        !status_show(db, context, args, &calls, err))
        err_at(err, "status: ");
    db_close(db);
    if (err->code == EXIT_DONE)
        return calls ? EXIT_REJECTS : EXIT_DONE;
    if (err->code == EXIT_DATABASE && metrics != NULL)
        write_metrics_down(metrics);
    return err->code;
}

const struct command command_status = {
    .name = "status",
    .synopsis = "",
    .summary = "Freshness, last runs, rejects, signals; 1 when somebody should look",
    .options = options,
    .noptions = STATUS_COUNT,
    .has_json = true,
    .run = status_command,
};
