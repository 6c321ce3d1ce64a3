/*
 * probe.c - what a file is: profile, encoding, columns, the first records.
 */
#include <inttypes.h>

#include "base/base.h"
#include "base/unicode.h"
#include "commands/shared/input_options.h"
#include "leg/leg_parser.h"
#include "leg/time/clock.h"

enum { PROBE_RECORDS = 3 };

static const struct option_row options[] = { INTAKE_OPTIONS };

static void print_time(const char *name, int64_t ms)
{
    char text[25];

    if (ms == NO_TIME)
        return;
    instant_iso(ms, text);
    printf("    %-22s %s\n", name, text);
}

static void print_understood(const struct leg *leg)
{
    char key[37];

    uuid_text(&leg->key, key);
    printf("    %-22s %s\n", "leg_key",
           leg->has_id ? key : "none: the database names it by its content");
    print_time("started_at", leg->started_at);
    print_time("answered_at", leg->answered_at);
    print_time("ended_at", leg->ended_at);
    if (leg->duration != NO_SECONDS)
        printf("    %-22s %" PRId32 " s\n", "duration", leg->duration);
    if (leg->bill_seconds != NO_SECONDS)
        printf("    %-22s %" PRId32 " s\n", "bill_seconds", leg->bill_seconds);
    if (leg->sip_code != NO_CODE)
        printf("    %-22s %d\n", "sip_code", leg->sip_code);
}

static void print_text(const char *name, struct slice text, const char *column)
{
    struct buf line = { 0 };

    buf_add_shown(&line, text);
    if (column != NULL) {
        buf_add_text(&line, "   (");
        buf_add_shown(&line, slice_of(column));
        buf_add_char(&line, ')');
    }
    printf("    %-22s %s\n", name, buf_cstr(&line));
    buf_free(&line);
}

/* The fields as the export says them, under the names of its columns. */
static void print_record(const struct rec *rec)
{
    for (int f = 0; f < FIELD_COUNT; f++)
        if (rec->field[f].s != NULL)
            print_text(field_name((enum field)f), rec->field[f],
                       rec->column[f] != NULL ? rec->column[f] : "?");
    if (rec->extra.len > 0)
        print_text("extra", rec->extra, NULL);
}

static void print_one(struct leg_parser *parser, const struct rec *rec)
{
    struct reject reject = { 0 };
    struct leg leg;

    printf("\n  record at %s %" PRIu64 ", as exported:\n",
           rec->line != 0 ? "line" : "byte", rec->line != 0 ? rec->line : rec->offset);
    print_record(rec);
    switch (leg_parse(parser, rec, &leg, &reject)) {
    case LEG_DONE:
        puts("  as understood:");
        print_understood(&leg);
        break;
    case LEG_REJECT:
        printf("  rejected: %s%s%s\n", reject_name(reject.code),
               reject.column != NULL ? " in column " : "",
               reject.column != NULL ? reject.column : "");
        break;
    case LEG_NO_ZONE:
        puts("  its times have no zone: say which one with --tz");
        break;
    }
}

static bool print_first(struct reader *reader, struct err *err)
{
    struct leg_parser *parser = leg_parser_new(reader_parse_options(reader));
    enum reader_got got = READER_REC;

    for (int n = 0; n < PROBE_RECORDS && got != READER_END && got != READER_FAILED; n++) {
        struct rec rec;
        struct reject reject = { 0 };

        got = reader_next(reader, &rec, &reject, err);
        if (got == READER_REC)
            print_one(parser, &rec);
        else if (got == READER_REJECT)
            printf("\n  record at %s %" PRIu64 " rejected: %s\n",
                   reject.line != 0 ? "line" : "byte",
                   reject.line != 0 ? reject.line : reject.offset,
                   reject_name(reject.code));
    }
    leg_parser_free(parser);
    return got != READER_FAILED;
}

static void probe(const char *path, const struct input_options *input, struct err *err)
{
    struct reader *reader = reader_open(path, input->profiles, &input->options, err);

    if (reader != NULL) {
        const struct parse_options *parse_options = reader_parse_options(reader);
        struct buf about = { 0 };

        printf("%s\n", path);
        reader_describe(reader, &about);
        fwrite(about.s, 1, about.len, stdout);
        buf_free(&about);
        printf("  zone       %s\n", parse_options->zone != NULL
                                        ? zone_name(parse_options->zone)
                                        : "none (--tz)");
        print_first(reader, err);
    }
    if (err->code == EXIT_INPUT)
        err_at(err, "%s: ", path);
    reader_close(reader);
}

static enum exit_code probe_command(const struct context *context,
                                    const struct args *args, struct err *err)
{
    struct input_options input = { 0 };

    if (args->nwords != 1)
        err_set(err, EXIT_USAGE, "probe takes one file");
    else if (input_open(&input, context, args, err)) {
        if (input.nfiles == 0)
            err_set(err, EXIT_INPUT, "%s: there is no file in this folder",
                    args->word[0]);
        else if (input.nfiles == 1)
            probe(input.file[0], &input, err);
        else
            err_set(err, EXIT_USAGE, "probe takes one file, and %s holds %zu",
                    args->word[0], input.nfiles);
    }
    input_close(&input);
    return err->code;
}

const struct command command_probe = {
    .name = "probe",
    .synopsis = "FILE",
    .summary = "Says what an export is, and how its first records are understood",
    .options = options,
    .noptions = COUNTOF(options),
    .run = probe_command,
};
