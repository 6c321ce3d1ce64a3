/*
 * lint_sheet.c - sheets in carriers' packs that wait to be filled in and made a table of.
 */
#include "base/base.h"
#include "doc/csv_doc.h"
#include "rules/analysis/analysis_impl.h"

#define NO_COLUMN SIZE_MAX

bool lint_is_sheet(const char *path)
{
    struct slice text = slice_of(path);

    return slice_starts(text, "carriers/") && slice_count(text, '/') == 2 &&
           slice_ends(text, FOLDER_SHEET);
}

static size_t column_called(const struct csv_doc *csv, const char *caption)
{
    for (size_t i = 0; csv->count > 0 && i < csv->row[0].count; i++)
        if (slice_is(csv_doc_cell(&csv->row[0], i), caption))
            return i;
    return (size_t)NO_COLUMN;
}

/* "kolo.486: is blank; 12 legs, today BUSY probable by sip.486" */
static void add_blank(struct buf *out, const char *path, const struct csv_doc *csv,
                      const struct csv_row *row)
{
    struct slice legs = csv_doc_cell(row, column_called(csv, "legs"));
    struct slice today = csv_doc_cell(row, column_called(csv, "today"));
    struct slice id = csv_doc_cell(row, column_called(csv, "id"));

    buf_addf(out, "%s:%zu: " SLICE_FMT ": is blank", path, row->line, SLICE_ARG(id));
    if (legs.s != NULL)
        buf_addf(out, "; " SLICE_FMT " legs, today " SLICE_FMT, SLICE_ARG(legs),
                 SLICE_ARG(today));
    buf_add_text(out, "; write category and confidence, fill in a case that it fits, or "
                      "take the row out\n");
}

/* The folder of carriers/kolo/65-kolo.table.csv; its table: 65-kolo.json */
static void add_remedy(struct buf *out, const char *dir, const char *path)
{
    size_t len = strlen(path) - strlen(FOLDER_SHEET);
    const char *slash = strrchr(path, '/'), *carrier = slash;

    while (carrier > path && carrier[-1] != '/')
        carrier--;
    buf_addf(out,
             "%s: is a sheet, which decides nothing; make a table of it: `cdretl "
             "--mappings %s rules table %.*s --read %s --out %.*s.json`, and take the "
             "sheet away\n",
             path, dir, (int)(slash - carrier), carrier, path, (int)len, path);
}

size_t lint_sheet(const char *dir, const char *path, struct buf *out)
{
    struct buf whole = { 0 };
    struct err err = { 0 };
    struct csv_doc csv;
    size_t found = 1, category;

    buf_addf(&whole, "%s/%s", dir, path);
    if (!csv_doc_read(&csv, buf_cstr(&whole), 0, &err))
        buf_addf(out, "%s\n", err.text);
    category = column_called(&csv, "category");
    for (size_t i = 1; err.code == EXIT_DONE && i < csv.count; i++) {
        if (csv_doc_cell(&csv.row[i], category).s != NULL)
            continue;
        add_blank(out, buf_cstr(&whole), &csv, &csv.row[i]);
        found++;
    }
    if (err.code == EXIT_DONE)
        add_remedy(out, dir, buf_cstr(&whole));
    csv_doc_free(&csv);
    buf_free(&whole);
    return found;
}
