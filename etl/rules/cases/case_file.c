/*
 * case_file.c - case files, read whole: they are small and written by hand.
 *
 * The door to libcsv is here and only for this.
 */
#include <csv.h>
#include <errno.h>

#include "base/base.h"
#include "output/csv.h"
#include "output/file.h"
#include "rules/cases/case_row.h"

struct caption {
    const char *text;
    bool needed;
};

static const struct caption captions[] = {
#define X(constant, caption, needed) { caption, needed },
    COLUMNS_OF_CASES(X)
#undef X
};

const char *case_caption(enum case_column column)
{
    return captions[column].text;
}

enum { HEADER_CELLS = 64, NOBODY = -1 };

struct reading {
    struct case_file *file;
    int column_of[HEADER_CELLS]; /* by cell: enum case_column, or NOBODY */
    size_t cell, line;
    bool in_header, row_ended;
    struct buf unknown; /* the first caption that is none */
    const char *twice;  /* a caption that stands twice */
};

static int column_named(struct slice caption)
{
    for (size_t i = 0; i < COUNTOF(captions); i++)
        if (slice_is(caption, captions[i].text))
            return (int)i;
    return NOBODY;
}

/* The caption of cell number CELL; of what is unknown the first is kept. */
static void take_caption(struct reading *reading, size_t cell, struct slice caption)
{
    int column = column_named(caption);

    for (size_t i = 0; column != NOBODY && i < cell; i++)
        if (reading->column_of[i] == column && reading->twice == NULL)
            reading->twice = captions[column].text;
    if (column == NOBODY && reading->unknown.len == 0)
        buf_add_slice(&reading->unknown, caption);
    reading->column_of[cell] = column;
}

static void take_cell(void *bytes, size_t len, void *to)
{
    struct reading *reading = to;
    struct case_file *file = reading->file;
    size_t cell = reading->cell++;

    if (reading->in_header && cell < HEADER_CELLS) {
        take_caption(reading, cell, slice_trim((struct slice){ bytes, len }));
        return;
    }
    if (cell == 0) {
        file->row = xrealloc(file->row, file->count + 1, sizeof *file->row);
        file->row[file->count++] = (struct rule_case){ .line = reading->line };
    }
    file->row[file->count - 1].cells = cell + 1;
    if (cell < HEADER_CELLS && reading->column_of[cell] != NOBODY) {
        char **place = &file->row[file->count - 1].cell[reading->column_of[cell]];
        struct slice text = csv_unguarded((struct slice){ len != 0 ? bytes : "", len });

        free(*place);
        *place = xstrndup(text.s, text.len);
    }
}

static void take_row(int c, void *to)
{
    struct reading *reading = to;

    (void)c;
    if (reading->in_header)
        reading->file->cells = reading->cell;
    reading->cell = 0;
    reading->in_header = false;
    reading->row_ended = true;
}

/* Without the mark that spreadsheets put in front; what is no UTF-8 is refused. */
static bool check_start(const char *path, char *line, ssize_t *len, struct err *err)
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
static bool read_lines(FILE *from, const char *path, struct reading *reading,
                       struct csv_parser *parser, struct err *err)
{
    char *line = NULL;
    size_t cap = 0, at = 0;
    ssize_t len;
    bool ok = true;

    while (ok && (len = getline(&line, &cap, from)) > 0) {
        if (++at == 1 && !check_start(path, line, &len, err))
            break;
        if (reading->row_ended)
            reading->line = at;
        reading->row_ended = false;
        ok = csv_parse(parser, line, (size_t)len, take_cell, take_row, reading) ==
             (size_t)len;
    }
    free(line);
    return ok && err->code == EXIT_DONE &&
           csv_fini(parser, take_cell, take_row, reading) == 0;
}

static bool check_header(const char *path, struct reading *reading, struct err *err)
{
    struct nearest nearest = nearest_to(buf_slice(&reading->unknown));

    for (size_t i = 0; i < COUNTOF(captions); i++)
        nearest_try(&nearest, captions[i].text);
    if (strchr(buf_cstr(&reading->unknown), ';') != NULL)
        return err_set(err, EXIT_MAPPING,
                       "%s:1: its cells have semicolons between them; save it as CSV "
                       "with commas",
                       path);
    if (reading->file->cells > HEADER_CELLS)
        return err_set(err, EXIT_MAPPING, "%s:1: more than %d columns", path,
                       HEADER_CELLS);
    if (reading->twice != NULL)
        return err_set(err, EXIT_MAPPING, "%s:1: column \"%s\" stands twice", path,
                       reading->twice);
    if (reading->unknown.len > 0)
        return err_set(err, EXIT_MAPPING, "%s:1: unknown column \"%s\"%s", path,
                       buf_cstr(&reading->unknown), nearest_hint(&nearest).text);
    for (size_t i = 0; i < COUNTOF(captions); i++) {
        bool found = !captions[i].needed;

        for (size_t cell = 0; cell < HEADER_CELLS; cell++)
            found = found || reading->column_of[cell] == (int)i;
        if (!found)
            return err_set(err, EXIT_MAPPING, "%s:1: no column \"%s\"", path,
                           captions[i].text);
    }
    return true;
}

bool case_file_read(const char *path, struct case_file *file, struct err *err)
{
    struct reading reading = { .file = file, .in_header = true, .row_ended = true };
    struct csv_parser parser;

    *file = (struct case_file){ 0 };
    for (size_t i = 0; i < HEADER_CELLS; i++)
        reading.column_of[i] = NOBODY;

    FILE *from = file_open(path);

    if (from == NULL)
        return err_set(err, EXIT_MAPPING, "%s: %s", path, strerror(errno));
    (void)csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI);

    bool ok = read_lines(from, path, &reading, &parser, err) ||
              err_set(err, EXIT_MAPPING, "%s:%zu: %s", path, reading.line,
                      csv_strerror(csv_error(&parser)));

    csv_free(&parser);
    (void)fclose(from);
    ok = ok && check_header(path, &reading, err);
    buf_free(&reading.unknown);
    for (size_t i = 0; i < file->count; i++)
        for (size_t c = 0; c < CASE_COLUMNS; c++)
            if (file->row[i].cell[c] == NULL)
                file->row[i].cell[c] = xstrdup("");
    if (!ok)
        case_file_free(file);
    return ok;
}

void case_file_free(struct case_file *file)
{
    for (size_t i = 0; i < file->count; i++)
        for (size_t c = 0; c < CASE_COLUMNS; c++)
            free(file->row[i].cell[c]);
    free(file->row);
    *file = (struct case_file){ 0 };
}
