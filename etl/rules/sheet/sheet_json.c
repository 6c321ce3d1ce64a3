/*
 * sheet_json.c - a sheet in the layout of mapping files.
 */
#include "base/base.h"
#include "rules/sheet/sheet_impl.h"

static void add_member(struct buf *out, const char *before, const char *key,
                       const json_t *value)
{
    char *text = json_dumps(value, JSON_ENCODE_ANY);

    buf_addf(out, "%s\"%s\": %s", before, key, text);
    free(text);
}

static void add_rule(struct buf *out, const json_t *rule)
{
    static const char *const keys[] = { "when", "then", "why", "valid" };

    add_member(out, "    { ", "id", json_object_get(rule, "id"));
    for (size_t i = 0; i < COUNTOF(keys); i++)
        if (json_object_get(rule, keys[i]) != NULL &&
            (i > 0 || json_object_size(json_object_get(rule, keys[i])) > 0))
            add_member(out, ",\n      ", keys[i], json_object_get(rule, keys[i]));
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
            add_member(out, "  ", taken[i], json_object_get(before->root, taken[i]));
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
