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
    static const char *const head[] = { "category", "legs", "calls" };
    struct text_cells cells = { 0 };

    for (size_t c = 0; c < taxonomy->count; c++) {
        uint64_t legs = 0, calls = 0;

        for (size_t i = 0; i < run->nfiles; i++) {
            legs += run->file[i].by_category[c];
            calls += run->file[i].calls_by_category[c];
        }
        if (legs == 0 && calls == 0)
            continue;
        if (cells.count == 0)
            text_cells_add_all(&cells, head, COUNTOF(head));
        text_cells_add(&cells, taxonomy->category[c].code);
        text_cells_addf(&cells, "%" PRIu64, legs);
        text_cells_addf(&cells, "%" PRIu64, calls);
    }
    if (cells.count == 0)
        return;
    putchar('\n');
    text_cells_print(&cells, "lrr", TEXT_TABLE_LEFT_OUT);
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
