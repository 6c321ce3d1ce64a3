/*
 * check.c - the whole way without a database.
 */
#include <inttypes.h>

#include "base/base.h"
#include "commands/shared/command.h"
#include "commands/shared/input_options.h"
#include "commands/shared/reread.h"

enum { CHECK_ROWS = INTAKE_COUNT, CHECK_REJECTS, CHECK_COUNT };
enum { FLUSH_AT = 1 << 16 };

static const struct option_row options[] = {
    INTAKE_OPTIONS,
    [CHECK_ROWS] = { "rows", "csv|ndjson", "print every record with its outcome" },
    [CHECK_REJECTS] = { "rejects", NULL,
                        "with --rows ndjson: print the rejected ones too" },
};

/* Where --rows goes. */
struct printer {
    void (*add)(struct buf *out, const struct row *row);
    struct buf out;
};

static bool check_flush(struct printer *printer, struct err *err)
{
    size_t len = printer->out.len;

    if (len > 0 && fwrite(printer->out.s, 1, len, stdout) != len)
        return err_set(err, EXIT_USAGE, "the rows could not be written to stdout");
    buf_reset(&printer->out);
    return true;
}

static bool print_row(void *to, const struct row *row, struct err *err)
{
    struct printer *printer = to;

    printer->add(&printer->out, row);
    return printer->out.len < FLUSH_AT || check_flush(printer, err);
}

/* What is not UTF-8 cannot stand in JSON: the place tells where to look. */
static void add_reject_text(struct buf *out, const struct reject *reject)
{
    struct slice text = reject->text;

    /* The reader gives the beginning, and cuts where it will. */
    for (int cut = 0; cut < 3 && reject->code == REJECT_TOO_LONG && text.len > 0 &&
                      !text_is_utf8(text);
         cut++)
        text.len--;
    if (text_is_utf8(text))
        buf_add_json(out, text);
    else
        buf_add_text(out, "null");
}

static bool print_reject(void *to, const struct reject *reject, struct err *err)
{
    struct printer *printer = to;
    struct buf *out = &printer->out;

    buf_addf(out, "{\"reject\":{\"code\":\"%s\",\"line\":", reject_name(reject->code));
    if (reject->line != 0)
        buf_addf(out, "%" PRIu64, reject->line);
    else
        buf_add_text(out, "null");
    buf_addf(out, ",\"offset\":%" PRIu64 ",\"column\":", reject->offset);
    buf_add_json_or_null(out, slice_of(reject->column));
    buf_add_text(out, ",\"text\":");
    add_reject_text(out, reject);
    buf_add_text(out, "}}\n");
    return out->len < FLUSH_AT || check_flush(printer, err);
}

/* One reading of the file; FLOW hands on what is printed. */
static bool check_read(const struct input_options *input, const char *path,
                       struct report *report, const struct flow *wish, struct err *err)
{
    struct reader *reader = reader_open(path, input->profiles, &input->options, err);

    if (reader == NULL)
        return false;
    report_restart(report);

    struct flow flow = input_flow(input, reader, report);

    flow.leg_counter = wish->leg_counter;
    flow.to = wish->to;
    flow.put = wish->put;
    flow.put_reject = wish->put_reject;
    leg_counter_begin(flow.leg_counter);

    bool ok = flow_run(&flow, err) && leg_counter_end(flow.leg_counter, err);

    reader_close(reader);
    return ok;
}

static bool check_count(const struct input_options *input, const char *path,
                        struct report *report, const struct flow *wish, struct err *err)
{
    const struct flow silent = { .leg_counter = wish->leg_counter };

    if (!check_read(input, path, report, wish, err) ||
        (leg_counter_wants_again(wish->leg_counter) &&
         !check_read(input, path, report, &silent, err)) ||
        !leg_counter_finish(wish->leg_counter, report, err) ||
        !report_balances(report, err))
        return false;
    report->verdict = VERDICT_LOADED;
    report->code = report_rejected(report) > 0 ? EXIT_REJECTS : EXIT_DONE;
    return true;
}

static bool check_file(const struct input_options *input, size_t i,
                       struct printer *printer, bool rejects, struct err *err)
{
    struct report *report = &input->report[i];
    const char *path = input->file[i];
    struct leg_counter *counter = leg_counter_new(flow_decide, input->rules);
    const struct flow wish = { .leg_counter = counter,
                               .to = printer,
                               .put = printer->add != NULL ? print_row : NULL,
                               .put_reject = rejects ? print_reject : NULL };
    FILE *kept;
    bool ok = (reread_open(&path, &kept, err) &&
               check_count(input, path, report, &wish, err)) ||
              input_file_failed(report, err);

    input_progress_done(input);
    leg_counter_free(counter);
    if (kept != NULL)
        fclose(kept);
    return ok;
}

static bool choose_rows(const struct context *context, const struct args *args,
                        struct printer *printer, struct err *err)
{
    const char *rows = args->option[CHECK_ROWS];

    if (rows == NULL)
        return args->option[CHECK_REJECTS] == NULL ||
               err_set(err, EXIT_USAGE, "--rejects goes with --rows ndjson");
    if (context->json)
        return err_set(err, EXIT_USAGE, "--rows and --json both want stdout: choose one");
    if (strcmp(rows, "csv") == 0 && args->option[CHECK_REJECTS] == NULL) {
        printer->add = row_add_csv;
        row_add_csv_header(&printer->out);
        return true;
    }
    if (strcmp(rows, "ndjson") == 0) {
        printer->add = row_add_json;
        return true;
    }
    return err_set(err, EXIT_USAGE, "--rows is csv or ndjson, and ndjson with --rejects");
}

static enum exit_code check_command(const struct context *context,
                                    const struct args *args, struct err *err)
{
    struct input_options input = { 0 };
    struct printer printer = { 0 };
    enum exit_code code = EXIT_DONE;
    bool ok = choose_rows(context, args, &printer, err) &&
              input_open(&input, context, args, err);

    input.options.skip_digest =
        !context->json; /* only that document has a place for it */
    for (size_t i = 0; ok && i < input.nfiles; i++) {
        ok = check_file(&input, i, &printer, args->option[CHECK_REJECTS] != NULL, err) ||
             err_at(err, "%s: ", input.report[i].name);
        input.ndone += ok;
        if (ok)
            input_log_file(&input.report[i]);
    }
    if (printer.add != NULL)
        code = check_flush(&printer, err) ? input_verdict(&input, err) : err->code;
    else if (ok || input.ndone > 0)
        code = input_print(&input, context, "check", 0, err);
    buf_free(&printer.out);
    input_close(&input);
    return code;
}

const struct command command_check = {
    .name = "check",
    .synopsis = "FILE|DIR|- ...",
    .summary = "Says what a load would do, without a database",
    .options = options,
    .noptions = CHECK_COUNT,
    .has_json = true,
    .run = check_command,
};
