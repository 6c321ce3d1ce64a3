/*
 * The CSV reader against the shapes of csv-spectrum, and some of our own, written
 * as the history page would write them: tests/suites/csv.txt.  What must come of an
 * export is a line each:
 *
 *     leg LINE ...KEY STARTED CALLER DESTINATION DURATION BILLED CAUSE extra=...
 *     reject CODE LINE
 *     end PROFILE lines=N headers=N blank=N    ("lines=none": a cell has lines)
 *     refused TEXT                             a refusal that begins like this
 */
#include <criterion/criterion.h>

#include <inttypes.h>

#include "base/base.h"
#include "leg/leg_parser.h"
#include "leg/time/clock.h"
#include "support/export.h"

static void tell_leg(struct buf *out, const struct leg *leg)
{
    char key[37], time[25];
    const char *tail;

    uuid_text(&leg->key, key);
    tail = strrchr(key, '-') + 1;
    instant_iso(leg->started_at, time);
    buf_addf(out, "leg %" PRIu64 " ...%s %s ", leg->line_no, tail + strspn(tail, "0"),
             time);
    buf_addf(out, SLICE_FMT " " SLICE_FMT, SLICE_ARG(leg->caller),
             SLICE_ARG(leg->destination));
    buf_addf(out, " %" PRId32 " %" PRId32 " " SLICE_FMT, leg->duration, leg->bill_seconds,
             SLICE_ARG(leg->hangup_cause));
    if (leg->extra.s != NULL)
        buf_addf(out, " extra=" SLICE_FMT, SLICE_ARG(leg->extra));
    buf_add_char(out, '\n');
}

static void tell_end(struct buf *out, const struct reader *reader, size_t records)
{
    struct report report;

    report_init(&report, "test");
    reader_report(reader, &report);
    buf_addf(out, "end %s lines=", report.profile);
    if (report.has_lines) {
        cr_expect_eq(report.lines, records + report.headers + report.blank);
        buf_addf(out, "%" PRIu64 " headers=%" PRIu64 " blank=%" PRIu64 "\n", report.lines,
                 report.headers, report.blank);
    } else {
        buf_add_text(out, "none\n");
    }
    report_free(&report);
}

/* One record more, as LEG_PARSE understands it. */
static void tell_record(struct buf *out, struct leg_parser *parser, const struct rec *rec)
{
    struct reject reject = { 0 };
    struct leg leg;

    if (leg_parse(parser, rec, &leg, &reject) == LEG_DONE)
        tell_leg(out, &leg);
    else
        buf_addf(out, "reject %s %" PRIu64 "\n", reject_name(reject.code), rec->line);
}

static void tell_all(struct buf *out, struct reader *reader, struct err *err)
{
    struct leg_parser *parser = leg_parser_new(reader_parse_options(reader));
    struct rec rec;
    struct reject reject;
    enum reader_got got;
    size_t records = 0;

    for (; (got = reader_next(reader, &rec, &reject, err)) < READER_END; records++)
        if (got == READER_REC)
            tell_record(out, parser, &rec);
        else
            buf_addf(out, "reject %s %" PRIu64 "\n", reject_name(reject.code),
                     reject.line);
    if (got == READER_END)
        tell_end(out, reader, records);
    leg_parser_free(parser);
}

static void tell_export(struct buf *out, const char *path)
{
    struct err err = { 0 };
    struct zone *kyiv = zone_open("Europe/Kyiv", &err);
    const struct reader_options options = {
        .parse_options = { .zone = kyiv, .day = NO_DAY, .now = INT64_MAX / 2 }
    };
    struct reader *reader = reader_open(path, export_profiles(), &options, &err);

    if (reader != NULL)
        tell_all(out, reader, &err);
    if (err.code != EXIT_DONE)
        buf_addf(out, "refused %s\n", err.text);
    reader_close(reader);
    zone_free(kyiv);
}

static void read_file(struct buf *out, const char *path)
{
    char piece[4096];
    size_t got;
    FILE *file = fopen(path, "rb");

    cr_assert_not_null(file, "%s", path);
    while ((got = fread(piece, 1, sizeof piece, file)) > 0)
        buf_add(out, piece, got);
    (void)fclose(file);
}

/* Equal, but that what is wanted may stop where a refusal goes on. */
static void check_shape(const char *name, struct slice export, struct slice wanted)
{
    struct buf bytes = { 0 }, told = { 0 };
    bool refusal = memmem(wanted.s, wanted.len, "refused ", 8) != NULL;
    size_t len = refusal ? wanted.len - 1 : wanted.len;

    export_decode(&bytes, export);
    tell_export(&told, export_file(bytes.s, bytes.len));
    cr_expect(
        told.len >= len &&
            slice_equal((struct slice){ told.s, len }, (struct slice){ wanted.s, len }) &&
            (refusal || told.len == len),
        "%s: wanted\n" SLICE_FMT "\ngot\n%s", name, SLICE_ARG(wanted), buf_cstr(&told));
    buf_free(&bytes);
    buf_free(&told);
}

/* The text from *AT to the line that begins with MARK, where *AT then stands, or the end.
 */
static struct slice part_until(const char **at, const char *mark)
{
    const char *from = *at, *line = from;

    while (*line != '\0' && strncmp(line, mark, strlen(mark)) != 0)
        line += strcspn(line, "\n") + 1;
    *at = line;
    return (struct slice){ from, (size_t)(line - from) };
}

/* None may be lost on the way: csv-spectrum's twelve, and our own. */
enum { SHAPES = 12 + 16 };

Test(csv_suite, every_shape)
{
    struct buf suite = { 0 };
    const char *at;
    size_t seen = 0;

    read_file(&suite, "tests/suites/csv.txt");
    at = buf_cstr(&suite);
    for (part_until(&at, "= "); *at != '\0'; seen++) {
        char name[64];
        struct slice export, wanted;

        cr_assert_eq(sscanf(at, "= %63[a-z0-9_]\n", name), 1, "%.60s", at);
        at += strcspn(at, "\n") + 1;
        export = part_until(&at, "=>\n");
        at += strlen("=>\n");
        wanted = part_until(&at, "= ");
        check_shape(name, export, wanted);
    }
    cr_expect_eq(seen, SHAPES);
    buf_free(&suite);
}
