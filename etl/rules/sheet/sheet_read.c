/*
 * sheet_read.c - CSV as a decision table.
 *
 * Each row becomes a rule of JSON that stands on the row's line of a text, and that text
 * is read as any table is: whatever is wrong is found by the one reader of rules, and
 * named with the line of the sheet.
 */
#include <stdarg.h>

#include "base/base.h"
#include "rules/sheet/sheet_impl.h"

static void sheet_fault(struct sheet_reading *reading, size_t line, const char *column,
                        const char *format, ...) PRINTF_LIKE(4, 5);

static void sheet_fault(struct sheet_reading *reading, size_t line, const char *column,
                        const char *format, ...)
{
    char message[512];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(message, sizeof message, format, args);
    va_end(args);
    buf_addf(reading->found, "%s:%zu: %s: %s\n", reading->path, line, column, message);
    reading->faults++;
}

/* --- captions --- */

static void take_caption(struct sheet_reading *reading, size_t cell, struct slice text)
{
    struct nearest nearest = nearest_to(text);
    char name[64];

    (void)snprintf(name, sizeof name, SLICE_FMT, SLICE_ARG(text));
    for (int i = 0; i < SHEET_COLUMNS; i++)
        if (slice_equal_nocase(text, slice_of(sheet_captions[i])))
            reading->column_of[cell] = i;
    reading->field_of[cell] = (int)rule_field_named(name);
    if (reading->column_of[cell] != NOBODY || reading->field_of[cell] != NOBODY ||
        text.len == 0)
        return;
    for (int i = 0; i < SHEET_COLUMNS; i++)
        nearest_try(&nearest, sheet_captions[i]);
    for (enum rule_field field = 0; field < RULE_FIELD_COUNT; field++)
        nearest_try(&nearest, rule_field_name(field));
    sheet_fault(reading, 1, name, "unknown column%s", nearest_hint(&nearest).text);
}

static void check_captions(struct sheet_reading *reading, size_t count)
{
    static const enum sheet_column needed[] = { SHEET_ID, SHEET_CATEGORY,
                                                SHEET_CONFIDENCE };

    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++)
            if ((reading->column_of[i] != NOBODY &&
                 reading->column_of[i] == reading->column_of[k]) ||
                (reading->field_of[i] != NOBODY &&
                 reading->field_of[i] == reading->field_of[k]))
                sheet_fault(reading, 1, reading->csv.row[0].cell[i],
                            "the column stands twice; take one away");
    for (size_t i = 0; i < COUNTOF(needed); i++) {
        bool found = false;

        for (size_t k = 0; k < count; k++)
            found = found || reading->column_of[k] == (int)needed[i];
        if (!found)
            sheet_fault(reading, 1, sheet_captions[needed[i]],
                        "the column is missing; write the sheet anew with `rules table`");
    }
}

static bool read_captions(struct sheet_reading *reading, struct err *err)
{
    const struct csv_row *head = reading->csv.row;

    if (reading->csv.count == 0 || head->count > CELLS_MAX)
        return err_set(err, EXIT_MAPPING, "%s:1: captions are due, %d at most",
                       reading->path, CELLS_MAX);
    for (size_t i = 0; i < CELLS_MAX; i++)
        reading->column_of[i] = reading->field_of[i] = NOBODY;
    for (size_t i = 0; i < head->count; i++)
        take_caption(reading, i, slice_trim(slice_of(head->cell[i])));
    check_captions(reading, head->count);
    return true;
}

/* --- rows --- */

static struct slice cell_of(const struct sheet_reading *reading,
                            const struct csv_row *row, enum sheet_column column)
{
    for (size_t i = 0; i < CELLS_MAX; i++)
        if (reading->column_of[i] == (int)column)
            return csv_doc_cell(row, i);
    return SLICE_NONE;
}

static void set_text(json_t *object, const char *key, struct slice text)
{
    if (text.s != NULL)
        json_object_set_new(object, key, json_stringn(text.s, text.len));
}

/* 31.01.2020, as spreadsheets write a day that was 2020-01-31. */
static void set_day(json_t *object, const char *key, struct slice text)
{
    char day[16];

    if (text.len == 10 && text.s[2] == '.' && text.s[5] == '.') {
        (void)snprintf(day, sizeof day, "%.4s-%.2s-%.2s", text.s + 6, text.s + 3, text.s);
        text = slice_of(day);
    }
    set_text(object, key, text);
}

static json_t *conditions_of(struct sheet_reading *reading, const struct csv_row *row)
{
    json_t *when = json_object();
    struct buf why = { 0 };

    for (size_t i = 0; i < row->count && i < CELLS_MAX; i++) {
        struct slice cell = csv_doc_cell(row, i);
        enum rule_field field = (enum rule_field)reading->field_of[i];
        json_t *value;

        if (reading->field_of[i] == NOBODY || cell.s == NULL)
            continue;
        value = sheet_cell_read(field, cell, &why);
        if (value == NULL)
            sheet_fault(reading, row->line, rule_field_name(field), "%s", buf_cstr(&why));
        else
            json_object_set_new(when, rule_field_name(field), value);
    }
    buf_free(&why);
    return when;
}

static json_t *alternatives_of(struct sheet_reading *reading, const struct csv_row *row)
{
    struct slice rest = cell_of(reading, row, SHEET_ALTERNATIVES), code;
    json_t *list = rest.s != NULL ? json_array() : NULL;

    if (slice_count(rest, ',') + slice_count(rest, ';') > 0)
        sheet_fault(reading, row->line, "alternatives",
                    "categories have a | between them");
    while (slice_next(&rest, '|', &code)) {
        code = slice_trim(code);
        json_array_append_new(list, json_stringn(code.s, code.len));
    }
    return list;
}

static json_t *outcome_of(struct sheet_reading *reading, const struct csv_row *row)
{
    json_t *then = json_object(), *alternatives = alternatives_of(reading, row);

    set_text(then, "category", cell_of(reading, row, SHEET_CATEGORY));
    set_text(then, "confidence", cell_of(reading, row, SHEET_CONFIDENCE));
    if (alternatives != NULL)
        json_object_set_new(then, "alternatives", alternatives);
    return then;
}

static bool is_blank_row(const struct csv_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (csv_doc_cell(row, i).s != NULL)
            return false;
    return true;
}

/* Something that can be read in the place of an outcome, until cases tell it. */
static json_t *any_outcome(const struct taxonomy *taxonomy)
{
    return json_pack("{s:s, s:s}", "category",
                     taxonomy->category[taxonomy->answered].code, "confidence",
                     confidence_name(CERTAIN));
}

static void read_row(struct sheet_reading *reading, const struct taxonomy *taxonomy,
                     const struct csv_row *cells, struct sheet_row *row)
{
    json_t *valid = json_object(), *when;
    size_t before = reading->faults;

    row->cells = cells;
    if (is_blank_row(cells)) {
        json_decref(valid);
        return;
    }
    if (cells->count > reading->csv.row[0].count)
        sheet_fault(reading, cells->line, "cells",
                    "there are %zu, and %zu captions; put texts with a comma into \"\"",
                    cells->count, reading->csv.row[0].count);
    if (cell_of(reading, cells, SHEET_ID).s == NULL)
        sheet_fault(reading, cells->line, "id", "is blank; give the rule a name");
    row->is_blank = cell_of(reading, cells, SHEET_CATEGORY).s == NULL &&
                    cell_of(reading, cells, SHEET_CONFIDENCE).s == NULL;
    row->rule = json_object();
    set_text(row->rule, "id", cell_of(reading, cells, SHEET_ID));
    when = conditions_of(reading, cells);
    json_object_set_new(row->rule, "when", when);
    json_object_set_new(row->rule, "then",
                        row->is_blank ? any_outcome(taxonomy)
                                      : outcome_of(reading, cells));
    set_text(row->rule, "why", cell_of(reading, cells, SHEET_WHY));
    set_day(valid, "from", cell_of(reading, cells, SHEET_VALID_FROM));
    set_day(valid, "to", cell_of(reading, cells, SHEET_VALID_TO));
    if (json_object_size(valid) > 0)
        json_object_set(row->rule, "valid", valid);
    json_decref(valid);
    if (reading->faults > before) {
        json_decref(row->rule);
        row->rule = NULL;
    }
}

/* --- the table --- */

/* The rules as JSON, each on its row's line. */
static void add_on_lines(const struct sheet_reading *reading, struct buf *text)
{
    size_t line = 1;
    const char *between = "";

    buf_add_char(text, '{');
    if (*reading->provider != '\0')
        buf_addf(text, "\"provider\":\"%s\",", reading->provider);
    buf_add_text(text, "\"rules\":[");
    for (size_t i = 0; i + 1 < reading->csv.count; i++) {
        const struct sheet_row *row = &reading->row[i];
        char *rule;

        if (row->rule == NULL)
            continue;
        buf_add_text(text, between);
        for (between = ","; line < row->cells->line; line++)
            buf_add_char(text, '\n');
        rule = json_dumps(row->rule, JSON_COMPACT);
        buf_add_text(text, rule);
        free(rule);
    }
    buf_add_text(text, "]}");
}

/* Two rules of one id, and rules that an earlier one hides. */
static void check_together(struct sheet_reading *reading, const struct rules *rules)
{
    for (size_t later = 1; later < rules->count; later++) {
        const struct rule *rule = &rules->rule[later];

        for (size_t i = 0; i < later; i++) {
            const struct rule *earlier = &rules->rule[i];

            if (strcmp(earlier->id, rule->id) == 0)
                sheet_fault(reading, doc_line(&rule->place, NULL), rule->id,
                            "is the id of line %zu too; give it another one",
                            doc_line(&earlier->place, NULL));
            else if (rule_covers(rules, earlier, rule))
                sheet_fault(reading, doc_line(&rule->place, NULL), rule->id,
                            "is never reached: %s on line %zu always decides before",
                            earlier->id, doc_line(&earlier->place, NULL));
        }
    }
}

static bool read_rows(struct sheet_reading *reading, const char *mappings,
                      struct err *err)
{
    struct doc_faults faults = { .out = reading->found };
    struct rules *rules = rules_facts(mappings, &faults, err);
    struct buf text = { 0 };
    bool ok = rules != NULL;

    for (size_t i = 0; ok && i + 1 < reading->csv.count; i++)
        read_row(reading, &rules->taxonomy, &reading->csv.row[i + 1], &reading->row[i]);
    add_on_lines(reading, &text);
    ok = ok && rules_add_table(rules, reading->path, buf_slice(&text), err);
    reading->faults += faults.count;
    if (ok) {
        rules_end_faults(rules);
        check_together(reading, rules);
    }
    if (ok && reading->faults == 0) {
        index_build(rules);
        ok = sheet_ask_cases(reading, rules, err);
    }
    rules_free(rules);
    buf_free(&text);
    return ok;
}

bool sheet_read(const char *mappings, const struct sheet_source *source, struct buf *out,
                struct sheet_rows *rows, struct err *err)
{
    const char *path = source->path;
    struct sheet_reading reading = { .path = path,
                                     .provider = source->provider,
                                     .found = &rows->found };
    bool ok = csv_doc_read(&reading.csv, path, 0, err) && read_captions(&reading, err);

    reading.row = xcalloc(reading.csv.count + 1, sizeof *reading.row);
    ok = ok && reading.faults == 0 ? read_rows(&reading, mappings, err) : ok;
    if (ok && reading.faults == 0)
        sheet_add_table(&reading, source->before, out, rows);
    for (size_t i = 0; i + 1 < reading.csv.count; i++)
        json_decref(reading.row[i].rule);
    free(reading.row);
    csv_doc_free(&reading.csv);
    if (ok && reading.faults > 0)
        return err_set(err, EXIT_MAPPING, "%s: %zu fault%s", path, reading.faults,
                       reading.faults == 1 ? "" : "s");
    return ok;
}
