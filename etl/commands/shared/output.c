/*
 * output.c - results for people.
 */
#include "commands/shared/command.h"

#include <inttypes.h>

#include "base/base.h"
#include "base/buf.h"
#include "output/text_table.h"

static void add_rejected(struct buf *line, const struct report *report)
{
    const char *before = "    rejected: ";

    for (int code = 0; code < REJECT_COUNT; code++) {
        if (report->rejected[code] == 0)
            continue;
        buf_addf(line, "%s%s %" PRIu64, before, reject_name((enum reject_code)code),
                 report->rejected[code]);
        before = ", ";
    }
}

static void add_fate(struct buf *line, const struct report *report)
{
    if (report->verdict == VERDICT_ALREADY_LOADED)
        buf_add_text(line, "already loaded, nothing to do");
    else if (report->reason != NULL)
        buf_addf(line, "%s%s",
                 report->verdict == VERDICT_REFUSED ? "refused: " : "rolled back: ",
                 report->reason);
    else
        buf_addf(line,
                 "%" PRIu64 " records (%s, %s): %" PRIu64 " inserted, %" PRIu64
                 " updated, %" PRIu64 " unchanged, %" PRIu64 " duplicate, %" PRIu64
                 " rejected; %" PRIu64 " calls",
                 report->records,
                 report->profile != NULL ? report->profile : "no profile",
                 report->encoding != NULL ? report->encoding : "no encoding",
                 report->inserted, report->updated, report->unchanged, report->duplicate,
                 report_rejected(report), report->calls);
}

/* What is in LINE, which is emptied; nothing when there is nothing. */
static void print_line(struct buf *line)
{
    if (line->len > 0)
        text_line_print(buf_cstr(line), 4);
    buf_reset(line);
}

static void print_file(const struct report *report)
{
    struct buf line = { 0 };

    buf_addf(&line, "%s: ", report->name);
    add_fate(&line, report);
    print_line(&line);
    add_rejected(&line, report);
    print_line(&line);
    if (report->ambiguous_times > 0)
        buf_addf(&line, "    %" PRIu64 " times lie in a repeated hour",
                 report->ambiguous_times);
    print_line(&line);
    for (size_t i = 0; i < report->nwarnings; i++) {
        buf_addf(&line, "    warning: %s", report->warnings[i]);
        print_line(&line);
    }
    buf_free(&line);
}

/* The categories that occur, over all files. */
static void print_categories(const struct run_report *run,
                             const struct taxonomy *taxonomy)
{
    uint64_t legs[CATEGORIES_MAX] = { 0 }, calls[CATEGORIES_MAX] = { 0 };
    char(*number)[2][24] = xcalloc(taxonomy->count, sizeof *number);
    const char **cell = xcalloc((taxonomy->count + 1) * 3, sizeof *cell);
    size_t nrows = 1;

    cell[0] = "category";
    cell[1] = "legs";
    cell[2] = "calls";
    for (size_t i = 0; i < run->nfiles; i++)
        for (size_t c = 0; c < taxonomy->count; c++) {
            legs[c] += run->file[i].by_category[c];
            calls[c] += run->file[i].calls_by_category[c];
        }
    for (size_t c = 0; c < taxonomy->count; c++) {
        if (legs[c] == 0 && calls[c] == 0)
            continue;
        snprintf(number[c][0], sizeof number[c][0], "%" PRIu64, legs[c]);
        snprintf(number[c][1], sizeof number[c][1], "%" PRIu64, calls[c]);
        cell[nrows * 3] = taxonomy->category[c].code;
        cell[nrows * 3 + 1] = number[c][0];
        cell[nrows * 3 + 2] = number[c][1];
        nrows++;
    }
    if (nrows > 1) {
        putchar('\n');
        text_table_print(cell, nrows, "lrr", TEXT_TABLE_LEFT_OUT);
    }
    free(cell);
    free(number);
}

void output_reports(const struct run_report *run)
{
    const struct taxonomy *taxonomy = NULL;

    for (size_t i = 0; i < run->nfiles; i++) {
        /* Why a single file is refused is said once, as the run's error. */
        if (run->nfiles > 1 || run->file[i].reason == NULL)
            print_file(&run->file[i]);
        if (run->file[i].taxonomy != NULL)
            taxonomy = run->file[i].taxonomy;
    }
    if (taxonomy != NULL)
        print_categories(run, taxonomy);
    if (run->replayed != NULL)
        printf("%s: %" PRIu64 " rejects closed, %" PRIu64 " stay open\n",
               run->replayed->name, run->replayed->closed, run->replayed->open);
}
