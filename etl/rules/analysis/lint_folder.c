/*
 * lint_folder.c - files of mapping folders that nobody reads, tables that stand elsewhere
 * than their numbers say, cases that make no sense, and sheets in carriers' packs that
 * wait to be filled in and made a table of.
 */
#include <dirent.h>
#include <sys/stat.h>

#include "base/base.h"
#include "base/table.h"
#include "doc/csv_doc.h"
#include "rules/analysis/analysis_impl.h"
#include "rules/cases/cases.h"

#define NO_COLUMN SIZE_MAX

/* Is PATH, below a folder, the sheet of a carrier's pack? */
static bool lint_is_sheet(const char *path)
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

/* What is still to be filled in of the sheet DIR/PATH. */
static size_t lint_sheet(const char *dir, const char *path, struct buf *out)
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

enum { DEPTH_MAX = 8 };

struct folder_lint {
    const char *dir;
    bool is_shown; /* DIR stands in front of its files' names */
    struct table *read;
    struct buf *out;
    size_t found;
};

static size_t depth_of(const char *path)
{
    return slice_count(slice_of(path), '/');
}

/* What is read by others (profiles, numbers), by nobody's fault, or for people. */
static bool is_passed_over(const char *path)
{
    const char *name = path_base(path);
    struct slice text = slice_of(path), file = slice_of(name);

    return *name == '.' || slice_starts(file, "README") ||
           slice_starts(text, "schema/") || strcmp(path, "numbers.json") == 0 ||
           strcmp(path, "prefixes.json") == 0 || lint_is_sheet(path) ||
           slice_ends(file, ".md") ||
           (slice_starts(text, "fields/") && depth_of(path) == 1 &&
            slice_ends(file, ".json"));
}

static bool ends_nocase(const char *name, const char *ending)
{
    size_t len = strlen(name), tail = strlen(ending);

    return len >= tail && slice_equal_nocase((struct slice){ name + len - tail, tail },
                                             (struct slice){ ending, tail });
}

/* What to do about a file that is not where or what it should be. */
static const char *remedy_of(const char *path)
{
    const char *name = path_base(path);
    struct slice text = slice_of(path);
    bool in_pack = slice_starts(text, "carriers/");

    if (!ends_nocase(name, ".json") && !ends_nocase(name, ".csv"))
        return "mapping files end in .json or .csv; take it away";
    if (!slice_ends(slice_of(name), ".json") && !slice_ends(slice_of(name), ".csv"))
        return "its name must end in .json or .csv, in small letters";
    if (in_pack && depth_of(path) == 1)
        return "a carrier's pack is a folder of its own: carriers/NAME/";
    if (in_pack && depth_of(path) > 2)
        return "a carrier's pack is a folder directly below carriers/";
    if (in_pack)
        return "a pack has provider.json, tables whose names begin with two digits "
               "(65-NAME.json), and cases (NAME.csv)";
    if (depth_of(path) > 1)
        return "files stand directly in rules/, cases/ or fields/";
    if (slice_ends(slice_of(name), ".csv"))
        return "cases stand in cases/";
    return "there are categories, causes, announcements, providers, numbers and "
           "prefixes.json; "
           "tables stand in rules/, kinds of exports in fields/";
}

static void begin_file(struct folder_lint *lint, const char *path)
{
    buf_addf(lint->out, "%s%s%s: ", lint->is_shown ? lint->dir : "",
             lint->is_shown ? "/" : "", path);
    lint->found++;
}

static void lint_file(struct folder_lint *lint, const char *path)
{
    if (lint_is_sheet(path))
        lint->found += lint_sheet(lint->dir, path, lint->out);
    if (is_passed_over(path) || table_find(lint->read, table_hash(0, slice_of(path)),
                                           slice_of(path)) != TABLE_NONE)
        return;
    begin_file(lint, path);
    buf_addf(lint->out, "is read by nobody; %s\n", remedy_of(path));
}

/* BELOW the folder: "" or "rules/"; in the order of names. */
static void walk(struct folder_lint *lint, const char *below, int depth)
{
    struct dirent **entry;
    struct buf dir = { 0 };
    int count;

    buf_addf(&dir, "%s/%s", lint->dir, below);
    count = scandir(buf_cstr(&dir), &entry, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        struct buf path = { 0 };
        struct stat st;
        const char *name = entry[i]->d_name;

        buf_addf(&path, "%s/%s%s", lint->dir, below, name);
        if (*name != '.' && stat(buf_cstr(&path), &st) == 0) {
            buf_reset(&path);
            buf_addf(&path, "%s%s%s", below, name, S_ISDIR(st.st_mode) ? "/" : "");
            if (!S_ISDIR(st.st_mode))
                lint_file(lint, buf_cstr(&path));
            else if (depth < DEPTH_MAX)
                walk(lint, buf_cstr(&path), depth + 1);
        }
        buf_free(&path);
        free(entry[i]);
    }
    if (count >= 0)
        free(entry);
    buf_free(&dir);
}

/* Names are compared as texts, so 6- stands behind 50-. */
static void lint_table_name(struct folder_lint *lint, const char *path)
{
    const char *name = path_base(path);
    size_t digits = strspn(name, "0123456789");

    if (digits == 2 && name[digits] == '-')
        return;
    begin_file(lint, path);
    if (digits == 1)
        buf_addf(lint->out,
                 "stands behind 50-...json, for names are read as texts; call it "
                 "0%s\n",
                 name);
    else
        buf_addf(
            lint->out,
            "a table's name begins with two digits and a hyphen, which tell where it "
            "stands; call it 65-%s\n",
            name + digits + (name[digits] == '-'));
}

static void note_read(struct table *read, const struct folder_files *files, size_t layer)
{
    for (size_t i = 0; i < files->count; i++) {
        struct slice name = slice_of(files->file[i].name);

        if (files->file[i].layer == layer &&
            table_find(read, table_hash(0, name), name) == TABLE_NONE)
            table_add(read, table_hash(0, name), name, 1);
    }
}

static size_t lint_layer(const struct rules *rules, size_t layer,
                         const struct folder_files *kinds, struct buf *out)
{
    static const char *const own[] = { "categories.json", "causes.json",
                                       "announcements.json" };
    struct table read = { 0 };
    struct folder_lint lint = {
        .dir = rules->layers.dir[layer], .is_shown = layer > 0, .read = &read, .out = out
    };

    for (size_t i = 0; i < COUNTOF(own); i++)
        table_add(&read, table_hash(0, slice_of(own[i])), slice_of(own[i]), 1);
    for (size_t i = 0; i <= FOLDER_CASES; i++)
        note_read(&read, &kinds[i], layer);
    walk(&lint, "", 0);
    for (size_t i = 0; i < kinds[FOLDER_TABLES].count; i++)
        if (kinds[FOLDER_TABLES].file[i].layer == layer)
            lint_table_name(&lint, kinds[FOLDER_TABLES].file[i].name);
    table_free(&read);
    return lint.found;
}

size_t rules_lint_folders(const struct rules *rules, struct buf *out)
{
    struct folder_files kinds[FOLDER_CASES + 1];
    struct err none = { 0 };
    size_t found = 0;

    for (size_t i = 0; i <= FOLDER_CASES; i++)
        if (!folder_list(&rules->layers, (enum folder_kind)i, &kinds[i], &none))
            none = (struct err){ 0 }; /* loading has said so */
    for (size_t i = 0; i < rules->layers.count; i++)
        found += lint_layer(rules, i, kinds, out);
    for (size_t i = 0; i <= FOLDER_CASES; i++)
        folder_free(&kinds[i]);
    return found;
}

static size_t lint_case_file(const struct rules *rules, const char *path, struct buf *out)
{
    struct case_file file;
    struct err err = { 0 };
    size_t found = 0;

    if (!case_file_read(path, &file, &err)) {
        buf_addf(out, "%s\n", err.text);
        return 1;
    }
    for (size_t i = 0; i < file.count; i++) {
        struct expected expected;

        found += case_check(rules, path, &file, &file.row[i], &expected, out);
    }
    case_file_free(&file);
    return found;
}

size_t rules_lint_cases(const struct rules *rules, struct buf *out)
{
    struct folder_files files;
    struct err none = { 0 };
    size_t found = 0;

    if (!folder_list(&rules->layers, FOLDER_CASES, &files, &none))
        buf_addf(out, "%s\n", none.text);
    found += none.code != EXIT_DONE;
    for (size_t i = 0; i < files.count; i++) {
        struct buf path = { 0 };

        buf_addf(&path, "%s/%s", rules->layers.dir[files.file[i].layer],
                 files.file[i].name);
        found += lint_case_file(rules, buf_cstr(&path), out);
        buf_free(&path);
    }
    folder_free(&files);
    return found;
}
