/*
 * case_list.c - which case files there are, and which cases a later folder answers anew.
 */
#include "rules/cases/cases.h"

#include "base/base.h"
#include "doc/csv_doc.h"

/* The cells of a row that are its inputs, as one text: cases alike in it are one. */
static void add_inputs(const struct rule_case *row, struct buf *out)
{
    static const enum case_column inputs[] = {
        CASE_HANGUP_CAUSE, CASE_DISPOSITION, CASE_SIP_CODE, CASE_Q850,
        CASE_PROVIDER,     CASE_DIRECTION,   CASE_BILLSEC,  CASE_DURATION,
        CASE_HEARD,        CASE_LEG,         CASE_EXTRA,
    };

    buf_reset(out);
    for (size_t i = 0; i < COUNTOF(inputs); i++) {
        buf_add_text(out, row->cell[inputs[i]]);
        buf_add_char(out, '\x1f');
    }
}

static void keep_inputs(struct case_list *list, const struct buf *inputs, size_t layer)
{
    uint64_t hash = table_hash(0, buf_slice(inputs));

    if (table_find(&list->inputs, hash, buf_slice(inputs)) != TABLE_NONE)
        return; /* later folders come first */
    list->kept = xrealloc(list->kept, list->nkept + 1, sizeof *list->kept);
    list->kept[list->nkept] = xstrndup(inputs->s, inputs->len);
    table_add(&list->inputs, hash, (struct slice){ list->kept[list->nkept], inputs->len },
              (int)layer);
    list->nkept++;
}

static bool keep_file(struct case_list *list, const struct case_path *from,
                      struct err *err)
{
    struct buf inputs = { 0 };
    struct case_file file;
    bool ok = case_file_read(from->path, &file, err);

    for (size_t i = 0; ok && i < file.count; i++) {
        add_inputs(&file.row[i], &inputs);
        keep_inputs(list, &inputs, from->layer);
    }
    if (ok)
        case_file_free(&file);
    buf_free(&inputs);
    return ok;
}

bool case_list_load(const struct rules *rules, struct case_list *list, struct err *err)
{
    struct folder_files files;
    bool ok = folder_list(&rules->layers, FOLDER_CASES, &files, err);

    *list = (struct case_list){ 0 };
    list->file = xcalloc(files.count + 1, sizeof *list->file);
    for (size_t i = 0; ok && i < files.count; i++) {
        const struct folder_file *file = &files.file[i];
        struct buf path = { 0 };

        buf_addf(&path, "%s/%s", rules->layers.dir[file->layer], file->name);
        list->file[list->count++] =
            (struct case_path){ xstrdup(buf_cstr(&path)), file->layer };
        buf_free(&path);
    }
    folder_free(&files);
    for (size_t i = list->count; ok && i > 0; i--)
        if (list->file[i - 1].layer > 0)
            ok = keep_file(list, &list->file[i - 1], err);
    return ok;
}

void case_list_free(struct case_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->file[i].path);
    for (size_t i = 0; i < list->nkept; i++)
        free(list->kept[i]);
    table_free(&list->inputs);
    free(list->file);
    free(list->kept);
    *list = (struct case_list){ 0 };
}

bool case_list_overrides(const struct case_list *list, size_t layer,
                         const struct rule_case *row)
{
    struct buf inputs = { 0 };
    int last;

    if (list->nkept == 0)
        return false;
    add_inputs(row, &inputs);
    last =
        table_find(&list->inputs, table_hash(0, buf_slice(&inputs)), buf_slice(&inputs));
    buf_free(&inputs);
    return last != TABLE_NONE && (size_t)last > layer;
}

/* Case files, read whole: they are small and written by hand. */

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

/* Which column a cell is: enum case_column, or NOBODY. */
struct case_head {
    int column_of[HEADER_CELLS];
    struct slice unknown; /* the first caption that is none */
    const char *twice;    /* a caption that stands twice */
};

static int column_named(struct slice caption)
{
    for (size_t i = 0; i < COUNTOF(captions); i++)
        if (slice_is(caption, captions[i].text))
            return (int)i;
    return NOBODY;
}

static void read_head(const struct csv_row *row, struct case_head *head)
{
    for (size_t i = 0; i < row->count && i < HEADER_CELLS; i++) {
        struct slice caption = slice_trim(slice_of(row->cell[i]));
        int column = head->column_of[i] = column_named(caption);

        if (column == NOBODY && head->unknown.s == NULL)
            head->unknown = caption;
        for (size_t k = 0; column != NOBODY && k < i; k++)
            if (head->column_of[k] == column && head->twice == NULL)
                head->twice = captions[column].text;
    }
}

static bool check_needed(const char *path, const struct case_head *head, struct err *err)
{
    for (size_t i = 0; i < COUNTOF(captions); i++) {
        bool found = !captions[i].needed;

        for (size_t cell = 0; cell < HEADER_CELLS; cell++)
            found = found || head->column_of[cell] == (int)i;
        if (!found)
            return err_set(err, EXIT_MAPPING, "%s:1: no column \"%s\"", path,
                           captions[i].text);
    }
    return true;
}

static bool check_head(const char *path, const struct case_head *head, size_t cells,
                       struct err *err)
{
    struct nearest nearest = nearest_to(head->unknown);

    for (size_t i = 0; i < COUNTOF(captions); i++)
        nearest_try(&nearest, captions[i].text);
    if (slice_count(head->unknown, ';') > 0)
        return err_set(err, EXIT_MAPPING,
                       "%s:1: its cells have semicolons between them; save it as CSV "
                       "with commas",
                       path);
    if (cells > HEADER_CELLS)
        return err_set(err, EXIT_MAPPING, "%s:1: more than %d columns", path,
                       HEADER_CELLS);
    if (head->twice != NULL)
        return err_set(err, EXIT_MAPPING, "%s:1: column \"%s\" stands twice", path,
                       head->twice);
    if (head->unknown.len > 0)
        return err_set(err, EXIT_MAPPING, "%s:1: unknown column \"" SLICE_FMT "\"%s",
                       path, SLICE_ARG(head->unknown), nearest_hint(&nearest).text);
    return check_needed(path, head, err);
}

static void take_row(const struct case_head *head, const struct csv_row *from,
                     struct rule_case *row)
{
    *row = (struct rule_case){ .line = from->line, .cells = from->count };
    for (size_t i = 0; i < from->count && i < HEADER_CELLS; i++)
        if (head->column_of[i] != NOBODY) {
            row->cell[head->column_of[i]] = from->cell[i];
            from->cell[i] = NULL;
        }
    for (size_t i = 0; i < CASE_COLUMNS; i++)
        if (row->cell[i] == NULL)
            row->cell[i] = xstrdup("");
}

bool case_file_read(const char *path, struct case_file *file, struct err *err)
{
    struct case_head head = { .unknown = SLICE_NONE };
    struct csv_doc csv;
    bool ok = csv_doc_read(&csv, path, ',', err);

    *file = (struct case_file){ .cells = csv.count > 0 ? csv.row[0].count : 0 };
    for (size_t i = 0; i < HEADER_CELLS; i++)
        head.column_of[i] = NOBODY;
    if (ok && csv.count > 0)
        read_head(&csv.row[0], &head);
    ok = ok && check_head(path, &head, file->cells, err);
    file->row = ok ? xcalloc(csv.count + 1, sizeof *file->row) : NULL;
    for (size_t i = 1; ok && i < csv.count; i++)
        take_row(&head, &csv.row[i], &file->row[file->count++]);
    csv_doc_free(&csv);
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
