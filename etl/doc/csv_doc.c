/*
 * csv_doc.c - the door to libcsv for files of ours.
 */
#include "doc/csv_doc.h"

#include <csv.h>
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/base.h"
#include "output/csv.h"
#include "output/file.h"

struct csv_reading {
    struct csv_doc *doc;
    size_t line;
    bool in_row, row_ended; /* the row has a cell; the next line begins a row */
};

static void csv_doc_take_cell(void *bytes, size_t len, void *to)
{
    struct csv_reading *reading = to;
    struct csv_doc *doc = reading->doc;
    struct slice text = csv_unguarded((struct slice){ len != 0 ? bytes : "", len });
    struct csv_row *row;

    if (!reading->in_row) {
        doc->row = xrealloc(doc->row, doc->count + 1, sizeof *doc->row);
        doc->row[doc->count++] = (struct csv_row){ .line = reading->line };
    }
    reading->in_row = true;
    row = &doc->row[doc->count - 1];
    row->cell = xrealloc(row->cell, row->count + 1, sizeof *row->cell);
    row->cell[row->count++] = xstrndup(text.s, text.len);
}

static void csv_doc_take_row(int c, void *to)
{
    struct csv_reading *reading = to;

    (void)c;
    reading->in_row = false;
    reading->row_ended = true;
}

/* Without the mark that spreadsheets put in front; what is no UTF-8 is refused. */
static bool csv_doc_check_start(const char *path, char *line, ssize_t *len,
                                struct err *err)
{
    static const char mark[] = "\xef\xbb\xbf";
    size_t skip = strncmp(line, mark, sizeof mark - 1) == 0 ? sizeof mark - 1 : 0;
    const char *remedy;

    *len -= (ssize_t)skip;
    memmove(line, line + skip, (size_t)*len + 1);
    remedy = text_encoding_remedy((struct slice){ line, (size_t)*len });
    return remedy == NULL || err_set(err, EXIT_MAPPING, "%s:1: %s", path, remedy);
}

/* A line at a time, so that line numbers are the file's. */
static bool csv_doc_read_lines(FILE *from, const char *path, char delimiter,
                               struct csv_reading *reading, struct csv_parser *parser,
                               struct err *err)
{
    char *line = NULL;
    size_t cap = 0, at = 0;
    ssize_t len;
    bool ok = true;

    while (ok && (len = getline(&line, &cap, from)) > 0) {
        if (++at == 1) {
            if (!csv_doc_check_start(path, line, &len, err))
                break;
            if (delimiter == 0)
                delimiter = csv_delimiter_of((struct slice){ line, (size_t)len });
            csv_set_delim(parser, (unsigned char)delimiter);
        }
        if (reading->row_ended)
            reading->line = at;
        reading->row_ended = false;
        if (!text_is_utf8((struct slice){ line, (size_t)len }))
            ok = err_set(err, EXIT_MAPPING, "%s:%zu: is no UTF-8; save it as UTF-8", path,
                         at);
        else
            ok = csv_parse(parser, line, (size_t)len, csv_doc_take_cell, csv_doc_take_row,
                           reading) == (size_t)len;
    }
    free(line);
    return ok && err->code == EXIT_DONE &&
           csv_fini(parser, csv_doc_take_cell, csv_doc_take_row, reading) == 0;
}

/* A pipe ends; a device may go on for ever, and a folder has no lines. */
static bool csv_doc_is_file(FILE *from)
{
    struct stat st;

    return fstat(fileno(from), &st) == 0 && (S_ISREG(st.st_mode) || S_ISFIFO(st.st_mode));
}

bool csv_doc_read(struct csv_doc *doc, const char *path, char delimiter, struct err *err)
{
    struct csv_reading reading = { .doc = doc, .row_ended = true };
    struct csv_parser parser;
    FILE *from = file_open(path);

    *doc = (struct csv_doc){ 0 };
    if (from == NULL)
        return err_set(err, EXIT_MAPPING, "%s: %s", path, strerror(errno));
    if (!csv_doc_is_file(from)) {
        (void)fclose(from);
        return err_set(err, EXIT_MAPPING, "%s: is no regular file", path);
    }
    (void)csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI);

    bool ok = csv_doc_read_lines(from, path, delimiter, &reading, &parser, err) ||
              err_set(err, EXIT_MAPPING, "%s:%zu: %s", path, reading.line,
                      csv_strerror(csv_error(&parser)));

    csv_free(&parser);
    (void)fclose(from);
    return ok;
}

void csv_doc_free(struct csv_doc *doc)
{
    for (size_t i = 0; i < doc->count; i++) {
        for (size_t k = 0; k < doc->row[i].count; k++)
            free(doc->row[i].cell[k]);
        free(doc->row[i].cell);
    }
    free(doc->row);
    *doc = (struct csv_doc){ 0 };
}

struct slice csv_doc_cell(const struct csv_row *row, size_t cell)
{
    struct slice text =
        cell < row->count ? slice_trim(slice_of(row->cell[cell])) : SLICE_NONE;

    return text.len != 0 ? text : SLICE_NONE;
}
