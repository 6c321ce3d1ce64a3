/*
 * cases.c - running rule cases: what the rules say against what people expect.
 *
 * The door to libcsv is here and only for this: case files are small, written by
 * hand, and read whole.
 */
#include <csv.h>
#include <errno.h>

#include "base/base.h"
#include "leg/call_rule.h"
#include "output/file.h"
#include "rules/cases/case_list.h"
#include "rules/cases/case_row.h"

/* --- the file --- */

struct caption {
    const char *text;
    bool needed;
};

static const struct caption captions[] = {
#define X(constant, caption, needed) { caption, needed },
    COLUMNS_OF_CASES(X)
#undef X
};

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

        free(*place);
        *place = xstrndup(len != 0 ? bytes : "", len);
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

/* --- the cases --- */

struct trial {
    const struct rules *rules;
    const char *path;
    const struct case_list *list; /* NULL: no case is passed over */
    size_t layer;
    struct cases_result *result;
    struct buf *out;
};

static bool is_disputed(const struct rule_case *row)
{
    return strcmp(row->cell[CASE_DISPUTED], "yes") == 0;
}

static void describe(const struct trial *trial, const struct rule_case *row,
                     const struct expected *expected, const struct outcome *got,
                     bool right)
{
    const struct taxonomy *taxonomy = &trial->rules->taxonomy;

    buf_addf(trial->out, "%s:%zu: %s%sexpected ", trial->path, row->line,
             row->cell[CASE_ID], *row->cell[CASE_ID] != '\0' ? ": " : "");
    outcome_add(trial->out, taxonomy, expected->category, expected->confidence,
                expected->alternatives);
    buf_add_text(trial->out, ", got ");
    outcome_add(trial->out, taxonomy, got->category, got->confidence, got->alternatives);
    if (*row->cell[CASE_GROUP] != '\0' && strcmp(row->cell[CASE_GROUP], got->group) != 0)
        buf_addf(trial->out, " of group %s, not %s", got->group, row->cell[CASE_GROUP]);
    buf_addf(trial->out, " by rule %s", got->rule_id);
    if (is_disputed(row)) {
        const char *why = trial->rules->rule[got->rule].why;

        buf_addf(trial->out, ": %s %s", why != NULL ? why : "",
                 right ? "(disputed, alike)" : "(disputed)");
    }
    buf_add_char(trial->out, '\n');
}

/* A row that makes no sense is one that fails. */
static void try_row(const struct trial *trial, const struct case_file *file,
                    const struct rule_case *row)
{
    struct buf scratch = { 0 };
    struct expected expected;
    struct outcome got;
    struct leg leg;

    if (case_check(trial->rules, trial->path, file, row, &expected, trial->out) > 0) {
        trial->result->cases++;
        return;
    }
    case_leg(row, &leg, &scratch);
    case_decide(trial->rules, row, &leg, &got);
    buf_free(&scratch);

    bool right =
        got.category == expected.category && got.confidence == expected.confidence &&
        got.alternatives == expected.alternatives &&
        (*row->cell[CASE_GROUP] == '\0' || strcmp(row->cell[CASE_GROUP], got.group) == 0);

    trial->result->cases++;
    trial->result->passed += right && !is_disputed(row);
    trial->result->disputed += is_disputed(row);
    trial->result->disputed_passed += right && is_disputed(row);
    if (!right || is_disputed(row))
        describe(trial, row, &expected, &got, right);
}

/* --- calls: the rows of one call_ref together --- */

enum { CALL_LEGS_MAX = 64 };

static size_t legs_of_call(const struct trial *trial, const struct case_file *file,
                           size_t first, struct call_leg *legs)
{
    size_t count = 0;

    for (size_t i = first; i < file->count && count < CALL_LEGS_MAX; i++) {
        struct buf scratch = { 0 };
        struct outcome outcome;
        struct leg leg;

        if (strcmp(file->row[i].cell[CASE_CALL], file->row[first].cell[CASE_CALL]) != 0)
            continue;
        case_leg(&file->row[i], &leg, &scratch);
        case_decide(trial->rules, &file->row[i], &leg, &outcome);
        /* rows tell no times: a call's legs end in the order in which they stand */
        leg.started_at = leg.ended_at = (int64_t)i;
        leg.linked_by = leg.side == 'b' ? LINK_ID : LINK_NONE;
        legs[count++] = callrule_leg(&leg, &outcome);
        buf_free(&scratch);
    }
    return count;
}

static bool is_first_of_call(const struct case_file *file, size_t row)
{
    const char *call = file->row[row].cell[CASE_CALL];

    for (size_t i = 0; i < row; i++)
        if (strcmp(file->row[i].cell[CASE_CALL], call) == 0)
            return false;
    return *call != '\0' && *file->row[row].cell[CASE_LINKED] != '\0';
}

/* Both legs must be there: half a call shows nothing about linking. */
static void try_call(const struct trial *trial, const struct case_file *file, size_t row)
{
    const struct rule_case *first = &file->row[row];
    const struct taxonomy *taxonomy = &trial->rules->taxonomy;
    struct call_leg legs[CALL_LEGS_MAX];
    size_t count = legs_of_call(trial, file, row, legs);
    size_t expected = taxonomy_find(taxonomy, first->cell[CASE_LINKED]);

    if (count < 2 || expected == taxonomy->count)
        return;

    struct call got = callrule_decide(taxonomy, legs, count);

    trial->result->linked++;
    trial->result->linked_passed += got.category == expected;
    if (got.category != expected)
        buf_addf(trial->out, "%s:%zu: call %s: expected %s, got %s\n", trial->path,
                 first->line, first->cell[CASE_CALL], first->cell[CASE_LINKED],
                 taxonomy->category[got.category].code);
}

static bool try_file(const struct trial *trial, struct err *err)
{
    struct case_file file;

    *trial->result = (struct cases_result){ 0 };
    if (!case_file_read(trial->path, &file, err))
        return false;
    for (size_t i = 0; i < file.count; i++) {
        if (case_list_overrides(trial->list, trial->layer, &file.row[i]))
            continue;
        try_row(trial, &file, &file.row[i]);
        if (is_first_of_call(&file, i))
            try_call(trial, &file, i);
    }
    case_file_free(&file);
    return true;
}

bool rules_test(const struct rules *rules, const char *path, struct cases_result *result,
                struct buf *out, struct err *err)
{
    struct trial trial = { .rules = rules, .path = path, .result = result, .out = out };

    return try_file(&trial, err);
}

bool rules_test_listed(const struct rules *rules, const struct case_list *list,
                       size_t file, struct cases_result *result, struct buf *out,
                       struct err *err)
{
    struct trial trial = { .rules = rules,
                           .path = list->file[file].path,
                           .list = list,
                           .layer = list->file[file].layer,
                           .result = result,
                           .out = out };

    return try_file(&trial, err);
}

bool rules_cover(const struct rules *rules, const char *path, uint64_t *hits,
                 struct err *err)
{
    struct case_file file;

    if (!case_file_read(path, &file, err))
        return false;
    for (size_t i = 0; i < file.count; i++) {
        struct buf scratch = { 0 };
        struct outcome outcome;
        struct leg leg;

        case_leg(&file.row[i], &leg, &scratch);
        case_decide(rules, &file.row[i], &leg, &outcome);
        hits[outcome.rule]++;
        buf_free(&scratch);
    }
    case_file_free(&file);
    return true;
}
