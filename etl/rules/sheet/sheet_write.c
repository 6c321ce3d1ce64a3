/*
 * sheet_write.c - a decision table as CSV, and a sheet in the layout of mapping files.
 */
#include "base/base.h"
#include "output/csv.h"
#include "rules/sheet/sheet.h"
#include "rules/sheet/sheet_impl.h"

const char *const sheet_captions[SHEET_COLUMNS] = {
#define X(constant, caption) [SHEET_##constant] = (caption),
    COLUMNS_OF_SHEETS(X)
#undef X
};

static bool is_called(const struct doc *doc, const char *name)
{
    const char *provider = json_string_value(json_object_get(doc->root, "provider"));

    return strcmp(doc->name, name) == 0 || strcmp(path_base(doc->name), name) == 0 ||
           (provider != NULL && strcmp(provider, name) == 0);
}

const struct doc *sheet_table(const struct rules *rules, const char *name,
                              struct err *err)
{
    const struct doc *found = NULL;

    for (size_t i = 0; i < rules->ndocs; i++) {
        const struct doc *doc = &rules->doc[i];

        if (!json_is_array(json_object_get(doc->root, "rules")) || !is_called(doc, name))
            continue;
        if (found != NULL) {
            err_set(err, EXIT_USAGE, "%s has several tables; name one: %s, %s", name,
                    found->name, doc->name);
            return NULL;
        }
        found = doc;
    }
    if (found == NULL && rules_check_provider(rules, name, err))
        err_set(err, EXIT_USAGE,
                "%s has no table of its own; `cdretl rules new carrier` begins one",
                name);
    return found;
}

/* The fields that any rule of RULES asks. */
static void note_fields(const json_t *rules, bool asked[static RULE_FIELD_COUNT])
{
    const json_t *rule;
    const char *key;
    json_t *value;
    size_t i;

    memset(asked, 0, RULE_FIELD_COUNT * sizeof *asked);
    json_array_foreach(rules, i, rule)
    {
        json_object_foreach(json_object_get(rule, "when"), key, value)
        {
            enum rule_field field = rule_field_named(key);

            if (field != RULE_FIELD_NONE)
                asked[field] = true;
        }
    }
}

static void sheet_add_cell(struct buf *out, struct slice text)
{
    if (out->len > 0 && out->s[out->len - 1] != '\n')
        buf_add_char(out, ',');
    buf_add_csv(out, text);
}

static const char *sheet_text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static void add_alternatives(struct buf *out, const json_t *then)
{
    const json_t *list = json_object_get(then, "alternatives"), *one;
    struct buf text = { 0 };
    size_t i;

    json_array_foreach(list, i, one)
    {
        buf_addf(&text, "%s%s", i > 0 ? " | " : "", json_string_value(one));
    }
    sheet_add_cell(out, buf_slice(&text));
    buf_free(&text);
}

static void add_conditions(struct buf *out, const json_t *when, const bool *asked)
{
    struct buf text = { 0 };

    for (enum rule_field field = 0; field < RULE_FIELD_COUNT; field++) {
        const json_t *value = json_object_get(when, rule_field_name(field));

        if (!asked[field])
            continue;
        buf_reset(&text);
        if (value != NULL)
            sheet_cell_add(&text, field, value);
        sheet_add_cell(out, buf_slice(&text));
    }
    buf_free(&text);
}

static void add_sheet_row(struct buf *out, const json_t *rule, const bool *asked)
{
    const json_t *then = json_object_get(rule, "then");
    const json_t *valid = json_object_get(rule, "valid");

    buf_add_csv(out, slice_of(sheet_text_of(rule, "id")));
    add_conditions(out, json_object_get(rule, "when"), asked);
    sheet_add_cell(out, slice_of(sheet_text_of(then, "category")));
    sheet_add_cell(out, slice_of(sheet_text_of(then, "confidence")));
    add_alternatives(out, then);
    sheet_add_cell(out, slice_of(sheet_text_of(rule, "why")));
    sheet_add_cell(out, slice_of(sheet_text_of(valid, "from")));
    sheet_add_cell(out, slice_of(sheet_text_of(valid, "to")));
    buf_add_char(out, '\n');
}

void sheet_write(const struct doc *doc, struct buf *out)
{
    const json_t *rules = json_object_get(doc->root, "rules"), *rule;
    bool asked[RULE_FIELD_COUNT];
    size_t i;

    note_fields(rules, asked);
    buf_add_text(out, sheet_captions[SHEET_ID]);
    for (enum rule_field field = 0; field < RULE_FIELD_COUNT; field++)
        if (asked[field])
            sheet_add_cell(out, slice_of(rule_field_name(field)));
    for (enum sheet_column i_column = SHEET_CATEGORY; i_column <= SHEET_VALID_TO;
         i_column++)
        sheet_add_cell(out, slice_of(sheet_captions[i_column]));
    buf_add_char(out, '\n');
    json_array_foreach(rules, i, rule)
    {
        add_sheet_row(out, rule, asked);
    }
}

/* A sheet in the layout of mapping files. */

static void sheet_add_member(struct buf *out, const char *before, const char *key,
                             const json_t *value)
{
    char *text = json_dumps(value, JSON_ENCODE_ANY);

    buf_addf(out, "%s\"%s\": %s", before, key, text);
    free(text);
}

static void add_rule(struct buf *out, const json_t *rule)
{
    static const char *const keys[] = { "when", "then", "why", "valid" };

    sheet_add_member(out, "    { ", "id", json_object_get(rule, "id"));
    for (size_t i = 0; i < COUNTOF(keys); i++)
        if (json_object_get(rule, keys[i]) != NULL &&
            (i > 0 || json_object_size(json_object_get(rule, keys[i])) > 0))
            sheet_add_member(out, ",\n      ", keys[i], json_object_get(rule, keys[i]));
    buf_add_text(out, " }");
}

static void add_line_of(struct buf *lines, size_t line)
{
    buf_addf(lines, "%s%zu", lines->len > 0 ? ", " : "", line);
}

void sheet_add_table(const struct sheet_reading *reading, const struct doc *before,
                     struct buf *out, struct sheet_rows *rows)
{
    static const char *const taken[] = { "$schema", "about" };
    const char *between = "\n";

    buf_add_text(out, "{\n");
    for (size_t i = 0; i < COUNTOF(taken); i++)
        if (before != NULL && json_object_get(before->root, taken[i]) != NULL) {
            sheet_add_member(out, "  ", taken[i],
                             json_object_get(before->root, taken[i]));
            buf_add_text(out, ",\n");
        }
    if (*reading->provider != '\0')
        buf_addf(out, "  \"provider\": \"%s\",\n", reading->provider);
    buf_add_text(out, "  \"rules\": [");
    for (size_t i = 0; i + 1 < reading->csv.count; i++) {
        const struct sheet_row *row = &reading->row[i];

        if (row->rule != NULL && row->is_blank && !row->has_cases)
            add_line_of(&rows->blank, row->cells->line);
        if (row->rule == NULL || (row->is_blank && !row->has_cases))
            continue;
        buf_add_text(out, between);
        add_rule(out, row->rule);
        between = ",\n";
        rows->rules++;
        rows->from_cases += row->has_cases;
    }
    buf_add_text(out, "\n  ]\n}\n");
}
