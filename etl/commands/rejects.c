/*
 * rejects.c - records that were set aside: look at them, write them back, load them
 * again when they are mended.
 */
#include <errno.h>
#include <inttypes.h>

#include "base/base.h"
#include "base/log.h"
#include "commands/load/loading.h"
#include "commands/shared/database.h"
#include "commands/shared/rows_output.h"
#include "db/sql.h"
#include "output/csv.h"
#include "output/file.h"

enum {
    REJECTS_PSEUDONYMISE = INTAKE_COUNT,
    REJECTS_FILE = REJECTS_PSEUDONYMISE + PSEUDONYM_OPTION_COUNT,
    REJECTS_CODE,
    REJECTS_CSV,
    REJECTS_OUT,
    REJECTS_ALL,
    REJECTS_WAIT,
    REJECTS_COUNT
};

static const struct option_row options[] = {
    INTAKE_OPTIONS,
    PSEUDONYM_OPTIONS,
    [REJECTS_FILE] = { "file", "ID", "the file they stand in, by its number" },
    [REJECTS_CODE] = { "code", "CODE", "only these, e.g. bad_time" },
    [REJECTS_CSV] = { "csv", NULL, "list: as CSV" },
    [REJECTS_OUT] = { "out", "FILE", "export: a new file (else standard output)" },
    [REJECTS_ALL] = { "all", NULL, "replay: close those too that export left out" },
    [REJECTS_WAIT] = { "wait", "SECONDS",
                       "replay: wait so long for another run to end (else 0)" },
};

static bool rejects_check_code(const char *code, struct err *err)
{
    bool known = code == NULL;

    for (int i = 0; !known && i < REJECT_COUNT; i++)
        known = strcmp(code, reject_name((enum reject_code)i)) == 0;
    return known || err_set(err, EXIT_USAGE, "--code: there is no code \"%s\"", code);
}

/* 0 when it is not given. */
static bool rejects_read_file(const struct args *args, int32_t *file_id, struct err *err)
{
    const char *text = args->option[REJECTS_FILE];
    int64_t number = 0;

    if (text != NULL &&
        (!slice_int(slice_of(text), &number) || number < 1 || number > INT32_MAX))
        return err_set(err, EXIT_USAGE, "--file is the number of a file, not \"%s\"",
                       text);
    *file_id = (int32_t)number;
    return true;
}

static bool need_file(const struct args *args, int32_t *file_id, struct err *err)
{
    if (!rejects_read_file(args, file_id, err))
        return false;
    return *file_id != 0 ||
           err_set(err, EXIT_USAGE,
                   "--file ID says whose rejects; `rejects list` shows the numbers");
}

static void rejects_print_table(const struct db_rows *rows)
{
    struct text_cells cells = { 0 };

    if (db_rows_count(rows) == 0) {
        puts("no rejects are open");
        return;
    }
    for (size_t i = 0; i < db_rows_width(rows); i++)
        text_cells_add(&cells, db_column_name(rows, i));
    rows_add_cells(&cells, rows);
    text_cells_print(&cells, "rr3tr2r4lt1l5", TEXT_TABLE_LEFT_OUT);
}

static bool rejects_show(struct db *db, const struct context *context,
                         const struct args *args, struct err *err)
{
    const char *file = args->option[REJECTS_FILE], *code = args->option[REJECTS_CODE];
    struct db_rows *rows = db_query(db, sql_rejects_list, DB_ARGS(file, code), err);
    const struct rows_columns all = { 0 };
    struct buf out = { 0 };

    if (rows == NULL)
        return false;
    if (context->json) {
        rows_add_json(&out, rows, &all);
        printf("{\"rejects\":%s}\n", buf_cstr(&out));
    } else if (args->option[REJECTS_CSV] != NULL) {
        rows_add_csv(&out, rows, &all);
        fputs(buf_cstr(&out), stdout);
    } else {
        rejects_print_table(rows);
    }
    buf_free(&out);
    db_rows_free(rows);
    return true;
}

static enum exit_code rejects_list(const struct context *context, const struct args *args,
                                   struct err *err)
{
    struct db *db = NULL;
    int32_t file_id = 0;
    bool ok = args->nwords == 0 || err_set(err, EXIT_USAGE, "list takes no arguments");

    if (ok && context->json && args->option[REJECTS_CSV] != NULL)
        ok = err_set(err, EXIT_USAGE, "--csv and --json: choose one");
    ok = ok && rejects_read_file(args, &file_id, err) &&
         rejects_check_code(args->option[REJECTS_CODE], err) &&
         (db = database_open_reader(context, err)) != NULL;
    if (ok && !rejects_show(db, context, args, err))
        err_at(err, "rejects: ");
    db_close(db);
    return err->code;
}

/* Where records are written back to. */
struct written {
    FILE *out;
    char delimiter; /* of CSV, whose cells are made harmless; NUL: JSON */
    struct buf row;
};

static bool put_line(void *to, struct slice text, struct err *err)
{
    struct written *written = to;

    buf_reset(&written->row);
    if (written->delimiter != '\0')
        buf_add_csv_row(&written->row, text, written->delimiter);
    else
        buf_add_slice(&written->row, text);
    buf_add_char(&written->row, '\n');
    if (fwrite(written->row.s, 1, written->row.len, written->out) == written->row.len)
        return true;
    return err_set(err, EXIT_USAGE, "the records cannot be written: %s", strerror(errno));
}

/*
 * A new file: whoever mends one does not want it back.  They hold numbers of subscribers,
 * which are for nobody else's eyes.
 */
static struct file_out *rejects_create(const char *path, struct err *err)
{
    struct stat st;

    if (lstat(path, &st) == 0 && S_ISREG(st.st_mode)) {
        err_set(err, EXIT_USAGE, "--out %s: the file is there already", path);
        return NULL;
    }
    return file_create(path, 0600, err);
}

static bool write_rejects(struct db *db, const struct quarantined *file, const char *code,
                          FILE *out, struct err *err)
{
    struct slice caption = buf_slice(&file->caption);
    struct written to = { .out = out };

    if (caption.len > 0)
        to.delimiter = csv_delimiter_of(caption);

    bool ok = (caption.len == 0 || put_line(&to, caption, err)) &&
              quarantine_export(db, file->file_id, code, put_line, &to, err);

    buf_free(&to.row);
    return ok;
}

static bool write_to(struct db *db, const struct quarantined *file,
                     const struct args *args, struct err *err)
{
    const char *path = args->option[REJECTS_OUT], *code = args->option[REJECTS_CODE];

    if (path == NULL)
        return write_rejects(db, file, code, stdout, err);

    struct file_out *out = rejects_create(path, err);

    if (out == NULL)
        return false;
    return file_finish(out, write_rejects(db, file, code, file_stream(out), err), err);
}

static bool export_file(struct db *db, const struct quarantined *file,
                        const struct args *args, struct err *err)
{
    if (file->whole == 0)
        return err_set(err, EXIT_USAGE,
                       "file %" PRId32
                       " (%s) has no open reject that can be written back",
                       file->file_id, file->name);
    if (file->whole < file->open)
        log_warn("%" PRIu64 " open rejects of %s are not written: their text was cut or "
                 "is forgotten",
                 file->open - file->whole, file->name);
    return write_to(db, file, args, err);
}

static enum exit_code write_back(const struct context *context, const struct args *args,
                                 struct err *err)
{
    struct quarantined file = { 0 };
    struct db *db = NULL;
    int32_t file_id = 0;
    bool ok = args->nwords == 0 ||
              err_set(err, EXIT_USAGE, "export takes no arguments; --out FILE");

    ok = ok && need_file(args, &file_id, err) &&
         rejects_check_code(args->option[REJECTS_CODE], err) &&
         (db = database_open(context, err)) != NULL;
    if (ok && (!quarantined_load(db, file_id, &file, err) ||
               !export_file(db, &file, args, err)))
        err_at(err, "rejects: ");
    quarantined_free(&file);
    db_close(db);
    return err->code;
}

static bool rejects_begin(struct loading *loading, const struct context *context,
                          const struct args *args, struct run_settings *settings,
                          struct err *err)
{
    if (!need_file(args, &settings->replay.file_id, err) ||
        !rejects_check_code(args->option[REJECTS_CODE], err) ||
        !options_seconds("wait", args->option[REJECTS_WAIT], &settings->wait, err))
        return false;
    settings->replay.code = args->option[REJECTS_CODE];
    settings->replay.all = args->option[REJECTS_ALL] != NULL;
    if (!input_open(&loading->input, context, args, err) ||
        !pseudonym_options(args, REJECTS_PSEUDONYMISE, loading->input.rules,
                           &loading->pseudonym, err))
        return false;
    return loading->input.nfiles == 1 ||
           err_set(err, EXIT_USAGE, "replay takes one file: the mended one");
}

/* Records that stand together here were neighbours of others, where they came from. */
static void rejects_read_as(struct input_options *input, const struct quarantined *file)
{
    input->options.linked = false;
    if (input->options.profile == NULL)
        input->options.profile = file->profile;
}

static enum exit_code replay(const struct context *context, const struct args *args,
                             struct err *err)
{
    struct run_settings settings = { .kind = "replay" };
    struct loading loading = { 0 };
    struct quarantined file = { 0 };
    struct replayed replayed;
    bool ok = rejects_begin(&loading, context, args, &settings, err) &&
              loading_connect(&loading, context, err) &&
              quarantined_load(loading.db, settings.replay.file_id, &file, err);

    if (ok) {
        rejects_read_as(&loading.input, &file);
        ok = loading_start(&loading, &settings, err) && loading_file(&loading, 0, err);
    }
    if (ok) {
        uint64_t closed = loading.run->closed;

        replayed = (struct replayed){ file.name, closed, file.open - closed };
        loading.input.replayed = &replayed;
    }

    enum exit_code code = loading_end(&loading, ok, err);

    quarantined_free(&file);
    return code;
}

static const struct subcommand subcommands[] = {
    { "list", true, rejects_list },
    { "export", false, write_back },
    { "replay", true, replay },
};

static enum exit_code rejects_command(const struct context *context,
                                      const struct args *args, struct err *err)
{
    return subcommand_run(subcommands, COUNTOF(subcommands),
                          "rejects does list, export or replay", context, args, err);
}

const struct command command_rejects = {
    .name = "rejects",
    .synopsis = "list | export --file ID | replay --file ID FILE",
    .summary = "Records set aside: lists them, writes them back, loads them mended",
    .options = options,
    .noptions = REJECTS_COUNT,
    .has_json = true,
    .run = rejects_command,
};
