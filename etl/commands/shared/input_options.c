/*
 * input_options.c - what load, check and probe share.
 */
#include "commands/shared/input_options.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <sys/stat.h>

#include "base/base.h"
#include "base/log.h"
#include "commands/shared/command.h"
#include "commands/shared/progress.h"
#include "leg/time/clock.h"

static bool input_options_read_day(const char *text, int32_t *day, struct err *err)
{
    int64_t ms;

    *day = NO_DAY;
    if (text == NULL)
        return true;
    if (clock_read(slice_of(text), DATE_YMD, &ms) != CLOCK_DAY_ONLY)
        return err_set(err, EXIT_USAGE, "--date is a day such as 2026-03-30, not \"%s\"",
                       text);
    *day = (int32_t)(ms / MS_PER_DAY);
    return true;
}

static bool read_delimiter(const char *text, char *delimiter, struct err *err)
{
    if (text == NULL)
        return true;
    if (strcmp(text, "tab") == 0 || strcmp(text, "\\t") == 0)
        text = "\t";
    if (strlen(text) != 1 || *text == '"' || *text == '\n' || *text == '\r')
        return err_set(err, EXIT_USAGE, "--delimiter is one character, or tab");
    *delimiter = *text;
    return true;
}

static bool read_limit(const char *text, struct reject_limit *limit, struct err *err)
{
    char *end = NULL;

    if (text == NULL)
        return true;
    limit->is_set = true;
    limit->percent = -1;
    if (*text >= '0' && *text <= '9') {
        size_t len = strlen(text);

        if (text[len - 1] == '%')
            limit->percent = strtod(text, &end);
        else
            limit->count = strtoull(text, &end, 10);
    }
    if (end == NULL || (*end != '\0' && strcmp(end, "%") != 0) || limit->percent > 100)
        return err_set(err, EXIT_USAGE,
                       "--max-rejects is a number of records or a share such as 5%%, "
                       "not \"%s\"",
                       text);
    return true;
}

static const struct option_row rows[] = { INTAKE_OPTIONS };

/* What was given, for the ledger. */
static char *input_options_json(const struct context *context, const struct args *args)
{
    struct buf out = { 0 };

    for (size_t i = 0; i <= COUNTOF(rows); i++) {
        const char *name = i < COUNTOF(rows) ? rows[i].name : "tz";
        const char *value = i < COUNTOF(rows) ? args->option[i] : context->tz;

        if (value == NULL)
            continue;
        buf_add_char(&out, out.len == 0 ? '{' : ',');
        buf_add_json(&out, slice_of(name));
        buf_add_char(&out, ':');
        if (i < COUNTOF(rows) && rows[i].argument == NULL)
            buf_add_text(&out, "true");
        else
            buf_add_json(&out, slice_of(value));
    }
    buf_add_text(&out, out.len == 0 ? "{}" : "}");

    char *text = xstrdup(buf_cstr(&out));

    buf_free(&out);
    return text;
}

static bool input_options_read_options(struct input_options *input,
                                       const struct context *context,
                                       const struct args *args, struct err *err)
{
    struct parse_options *parse_options = &input->options.parse_options;
    int order = DATE_GUESSED, choice = AMBIGUOUS_EARLIER;
    struct timespec now;

    if (context->tz != NULL && (input->zone = zone_open(context->tz, err)) == NULL)
        return false;
    input->tz = context->tz;
    input->given = input_options_json(context, args);
    clock_gettime(CLOCK_REALTIME, &now);
    parse_options->now = (int64_t)now.tv_sec * MS_PER_S;
    parse_options->zone = input->zone;
    input->options.profile = args->option[INTAKE_PROFILE];
    input->options.encoding = args->option[INTAKE_ENCODING];
    input->options.linked = args->option[INTAKE_NO_ADJACENCY] == NULL;
    input->untested_rules |= args->option[INTAKE_UNTESTED_RULES] != NULL;
    input->progress = context->progress;
    if (!options_choice(&rows[INTAKE_DATE_ORDER], args->option[INTAKE_DATE_ORDER], &order,
                        err) ||
        !options_choice(&rows[INTAKE_AMBIGUOUS_TIME], args->option[INTAKE_AMBIGUOUS_TIME],
                        &choice, err))
        return false;
    parse_options->date_order = (enum date_order)order;
    parse_options->ambiguous_time = (enum ambiguous_time)choice;
    return input_options_read_day(args->option[INTAKE_DATE], &parse_options->day, err) &&
           read_delimiter(args->option[INTAKE_DELIMITER], &input->options.delimiter,
                          err) &&
           read_limit(args->option[INTAKE_MAX_REJECTS], &input->limit, err);
}

size_t input_add(struct input_options *input, const char *file)
{
    size_t i = input->nfiles++;

    input->file = xrealloc(input->file, input->nfiles, sizeof *input->file);
    input->report = xrealloc(input->report, input->nfiles, sizeof *input->report);
    input->file[i] = xstrdup(file);
    report_init(&input->report[i], file);
    return i;
}

void input_drop(struct input_options *input)
{
    input->nfiles--;
    if (input->ndone > input->nfiles)
        input->ndone = input->nfiles;
    free(input->file[input->nfiles]);
    report_free(&input->report[input->nfiles]);
}

void input_sort_done(struct input_options *input, const bool *have)
{
    size_t count = input->nfiles, to = 0;
    char **file = input->file;
    struct report *report = input->report;

    input->file = xcalloc(count, sizeof *input->file);
    input->report = xcalloc(count, sizeof *input->report);
    for (int done = 1; done >= 0; done--) {
        for (size_t i = 0; i < count; i++)
            if (have[i] == (done == 1)) {
                input->file[to] = file[i];
                input->report[to++] = report[i];
            }
        if (done == 1)
            input->ndone = to;
    }
    free(file);
    free(report);
}

void input_leave(struct input_options *input, const char *name, const char *why)
{
    log_warn("%s: left for the next run: %s", name, why);
    input->left = xrealloc(input->left, input->nleft + 1, sizeof *input->left);
    input->left[input->nleft++] = (struct left){ text_mended(name), xstrdup(why) };
}

static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* A folder's files; what else is there is passed over, and so is an empty folder. */
static bool add_directory(struct input_options *input, const char *dir, struct err *err)
{
    struct dirent **entry;
    int count = scandir(dir, &entry, visible, alphasort);

    if (count < 0)
        return err_set(err, EXIT_INPUT, "%s: cannot be listed: %s", dir, strerror(errno));
    for (int i = 0; i < count; i++) {
        struct buf path = { 0 };
        struct stat st;

        buf_addf(&path, "%s/%s", dir, entry[i]->d_name);
        if (stat(buf_cstr(&path), &st) == 0 && S_ISREG(st.st_mode))
            input_add(input, path.s);
        else
            log_warn("%s: passed over, it is no file", path.s);
        buf_free(&path);
        free(entry[i]);
    }
    free(entry);
    return true;
}

static bool list_files(struct input_options *input, const struct args *args,
                       struct err *err)
{
    if (input->spooled)
        return true;
    if (args->nwords == 0)
        return err_set(err, EXIT_USAGE, "no file is given; - reads standard input");
    for (size_t i = 0; i < args->nwords; i++) {
        struct stat st;
        bool is_directory = stat(args->word[i], &st) == 0 && S_ISDIR(st.st_mode);

        if (!is_directory)
            input_add(input, args->word[i]);
        else if (!add_directory(input, args->word[i], err))
            return false;
    }
    return true;
}

bool input_open(struct input_options *input, const struct context *context,
                const struct args *args, struct err *err)
{
    if (!input_options_read_options(input, context, args, err) ||
        !list_files(input, args, err))
        return false;
    input->rules = rules_load(context->mappings, err);
    if (input->rules == NULL)
        return false;
    input->profiles = profiles_load(context->mappings, err);
    if (input->profiles == NULL)
        return false;
    input->numbers = number_plan_load(context->mappings, err);
    if (input->numbers == NULL)
        return false;
    input->options.parse_options.numbers = input->numbers;
    return input->untested_rules || rules_prove(input->rules, err);
}

void input_close(struct input_options *input)
{
    for (size_t i = 0; i < input->nfiles; i++) {
        report_free(&input->report[i]);
        free(input->file[i]);
    }
    for (size_t i = 0; i < input->nleft; i++) {
        free(input->left[i].name);
        free(input->left[i].why);
    }
    free(input->file);
    free(input->given);
    free(input->report);
    free(input->left);
    rules_free(input->rules);
    profiles_free(input->profiles);
    number_plan_free(input->numbers);
    zone_free(input->zone);
}

static void input_options_show_progress(const struct flow *flow)
{
    static struct progress progress;
    static const struct report *of; /* the file that PROGRESS belongs to */
    uint64_t done, total;

    if (of == NULL || of != flow->report)
        progress_begin(&progress);
    of = flow->report;
    if (!progress_is_due(&progress))
        return;
    reader_progress(flow->reader, &done, &total);
    progress_show(&progress, flow->report->name, flow->report->records, "rows", done,
                  total);
}

void input_progress_done(const struct input_options *input)
{
    if (input->progress)
        progress_wipe();
}

struct flow input_flow(const struct input_options *input, struct reader *reader,
                       struct report *report)
{
    return (struct flow){
        .reader = reader,
        .rules = input->rules,
        .report = report,
        .adjacency = input->options.linked && !reader_has_ids(reader),
        .limit = input->limit,
        .progress = input->progress ? input_options_show_progress : NULL,
    };
}

/* Nothing of it was kept: only what was read is told. */
static void input_options_clear(struct report *report, enum verdict verdict,
                                const struct err *err)
{
    report->verdict = verdict;
    report->code = err->code;
    free(report->reason);
    report->reason = text_mended(err->text); /* it may be cut */
    report->inserted = report->updated = report->unchanged = report->duplicate = 0;
    report->calls = report->ambiguous_times = 0;
    memset(report->by_category, 0, sizeof report->by_category);
    memset(report->calls_by_category, 0, sizeof report->calls_by_category);
}

bool input_file_failed(struct report *report, struct err *err)
{
    if (err->code != EXIT_INPUT && err->code != EXIT_TOO_MANY &&
        err->code != EXIT_INTERNAL)
        return false;
    input_options_clear(
        report, err->code == EXIT_INPUT ? VERDICT_REFUSED : VERDICT_ROLLED_BACK, err);
    *err = (struct err){ 0 };
    return true;
}

void input_run_failed(struct report *report, const struct err *err)
{
    input_options_clear(report, VERDICT_ROLLED_BACK, err);
}

enum exit_code input_verdict(const struct input_options *input, struct err *err)
{
    enum exit_code worst = input->other;
    const struct report *last = NULL;
    size_t failed = 0;

    for (size_t i = 0; i < input->ndone; i++) {
        const struct report *report = &input->report[i];

        if (report->code > worst)
            worst = report->code;
        if (report->reason != NULL) {
            last = report;
            failed++;
        }
    }
    if (failed == 0 && input->other != EXIT_DONE)
        err_set(err, worst,
                "not every file could be moved out of incoming/: the warnings "
                "say which and why");
    else if (failed == 1)
        err_set(err, worst, "%s: %s", last->name, last->reason);
    else if (failed > 1)
        err_set(err, worst, "%zu of %zu files were refused; the last, %s: %s", failed,
                input->nfiles, last->name, last->reason);
    return worst;
}

void input_log_file(const struct report *report)
{
    if (!log_is_json())
        return;

    char *members = report_members(report);

    log_event("file", members);
    free(members);
}

enum exit_code input_print(const struct input_options *input,
                           const struct context *context, const char *kind,
                           int64_t run_id, struct err *err)
{
    enum exit_code code = err->code;

    if (code == EXIT_DONE)
        code = input_verdict(input, err);

    struct run_report run = {
        .run_id = run_id,
        .kind = kind,
        .ruleset_id = input->rules != NULL ? rules_identity(input->rules) : NULL,
        .exit = code,
        .file = input->report,
        .nfiles = input->ndone,
        .left = input->left,
        .nleft = input->nleft,
        .replayed = input->replayed,
    };

    if (context->json) {
        char *text = report_json(&run);

        puts(text);
        free(text);
    } else {
        output_reports(&run);
    }
    return code;
}
