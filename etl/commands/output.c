/*
 * output.c - results for people.
 */
#include "commands/output.h"

#include <inttypes.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/shown.h"

enum { BAR_WIDTH = 20 };

/* Characters on the screen: UTF-8 continuation bytes take no room. */
static size_t width_of(const char *text)
{
    size_t width = 0;

    for (; *text != '\0'; text++)
        width += ((unsigned char)*text & 0xc0) != 0x80;
    return width;
}

static void print_bar(const char *share)
{
    /* Eighths of a block, so that small shares are seen. */
    static const char *const part[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
    double value = strtod(share, NULL);
    int eighths = (int)(value * BAR_WIDTH * 8 + 0.5);

    for (; eighths >= 8; eighths -= 8)
        fputs("█", stdout);
    fputs(part[eighths > 0 ? eighths : 0], stdout);
}

static void print_shown(const char *text)
{
    char *shown = text_shown(text);

    fputs(shown, stdout);
    free(shown);
}

static void print_cell(const char *cell, size_t width, bool right, bool last)
{
    int gap = (int)(width - width_of(cell));

    if (right)
        printf("%*s%s", gap, "", cell);
    else
        printf("%s%*s", cell, last ? 0 : gap, "");
}

static void print_table(char *const *cells, size_t nrows, size_t ncolumns,
                        const char *align)
{
    size_t *width = xcalloc(ncolumns, sizeof *width);

    for (size_t i = 0; i < nrows * ncolumns; i++)
        if (width_of(cells[i]) > width[i % ncolumns])
            width[i % ncolumns] = width_of(cells[i]);
    for (size_t row = 0; row < nrows; row++) {
        for (size_t column = 0; column < ncolumns; column++) {
            fputs("  ", stdout);
            bool bar = row > 0 && align[column] == 'b';

            if (bar)
                print_bar(cells[row * ncolumns + column]);
            else
                print_cell(cells[row * ncolumns + column], width[column],
                           align[column] == 'r', column + 1 == ncolumns);
        }
        putchar('\n');
    }
    free(width);
}

void output_table(const char *const *cells, size_t nrows, size_t ncolumns,
                  const char *align)
{
    char **shown = xcalloc(nrows * ncolumns, sizeof *shown);

    for (size_t i = 0; i < nrows * ncolumns; i++)
        shown[i] = text_shown(cells[i]);
    print_table(shown, nrows, ncolumns, align);
    for (size_t i = 0; i < nrows * ncolumns; i++)
        free(shown[i]);
    free(shown);
}

static void print_rejected(const struct report *report)
{
    const char *before = "    rejected: ";

    for (int code = 0; code < REJECT_COUNT; code++) {
        if (report->rejected[code] == 0)
            continue;
        printf("%s%s %" PRIu64, before, reject_name((enum reject_code)code),
               report->rejected[code]);
        before = ", ";
    }
    if (*before == ',')
        putchar('\n');
}

static void print_fate(const struct report *report)
{
    if (report->verdict == VERDICT_ALREADY_LOADED)
        fputs("already loaded, nothing to do", stdout);
    else if (report->reason != NULL) {
        fputs(report->verdict == VERDICT_REFUSED ? "refused: " : "rolled back: ", stdout);
        print_shown(report->reason);
    } else
        printf("%" PRIu64 " records (%s, %s): %" PRIu64 " inserted, %" PRIu64
               " updated, %" PRIu64 " unchanged, %" PRIu64 " duplicate, %" PRIu64
               " rejected; %" PRIu64 " calls",
               report->records, report->profile != NULL ? report->profile : "no profile",
               report->encoding != NULL ? report->encoding : "no encoding",
               report->inserted, report->updated, report->unchanged, report->duplicate,
               report_rejected(report), report->calls);
    putchar('\n');
}

static void print_file(const struct report *report)
{
    print_shown(report->name);
    fputs(": ", stdout);
    print_fate(report);
    print_rejected(report);
    if (report->ambiguous_times > 0)
        printf("    %" PRIu64 " times lie in a repeated hour\n", report->ambiguous_times);
    for (size_t i = 0; i < report->nwarnings; i++) {
        fputs("    warning: ", stdout);
        print_shown(report->warnings[i]);
        putchar('\n');
    }
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
        output_table(cell, nrows, 3, "lrr");
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
