/*
 * sheet_cases.c - what cases say of rules whose outcome nobody wrote.
 */
#include "base/base.h"
#include "rules/cases/cases.h"
#include "rules/sheet/sheet_impl.h"

static struct sheet_row *row_of(struct sheet_reading *reading, const struct rule *rule)
{
    size_t line = doc_line(&rule->place, NULL);

    for (size_t i = 0; i + 1 < reading->csv.count; i++)
        if (reading->row[i].rule != NULL && reading->row[i].cells->line == line)
            return &reading->row[i];
    return NULL;
}

/* What cases that meet a rule expect, together. */
struct told {
    size_t count;
    struct expected first;
    bool differs;
    category_set all;
    char *why; /* of the first that gives one; owned */
    struct buf ids;
};

static void told_add(struct told *told, const struct taxonomy *taxonomy,
                     const struct rule_case *row, const struct expected *expected)
{
    struct slice why = case_cell(row, CASE_RATIONALE);

    if (told->count++ == 0)
        told->first = *expected;
    told->differs = told->differs || expected->category != told->first.category ||
                    expected->confidence != told->first.confidence ||
                    expected->alternatives != told->first.alternatives;
    told->all |= expected->alternatives;
    if (expected->category != taxonomy->undetermined)
        told->all |= (category_set)1 << expected->category;
    if (told->why == NULL && why.s != NULL && !slice_starts(why, CASE_TODAY))
        told->why = xstrndup(why.s, why.len);
    if (*row->cell[CASE_ID] != '\0' && told->ids.len < 200)
        buf_addf(&told->ids, "%s%s", told->ids.len > 0 ? ", " : "", row->cell[CASE_ID]);
}

static void told_by_file(const struct rules *rules, const struct rule *rule,
                         const char *path, struct told *told)
{
    struct case_file file;
    struct err ignored = { 0 };
    struct buf out = { 0 };

    if (!case_file_read(path, &file, &ignored))
        return;
    for (size_t i = 0; i < file.count; i++) {
        struct expected expected;

        if (case_check(rules, path, &file, &file.row[i], &expected, &out) > 0)
            continue;
        if (case_meets(rules, &file.row[i], rule))
            told_add(told, &rules->taxonomy, &file.row[i], &expected);
    }
    buf_free(&out);
    case_file_free(&file);
}

static json_t *codes_of(const struct taxonomy *taxonomy, category_set set)
{
    json_t *list = json_array();

    for (size_t i = 0; i < taxonomy->count; i++)
        if ((set >> i & 1) != 0)
            json_array_append_new(list, json_string(taxonomy->category[i].code));
    return list;
}

/* Cases that differ leave open which of theirs it is. */
static void set_told(const struct taxonomy *taxonomy, const struct told *told,
                     struct sheet_row *row)
{
    category_set alternatives = told->differs ? told->all : told->first.alternatives;
    size_t category = told->differs ? taxonomy->undetermined : told->first.category;
    enum confidence confidence = told->differs ? AMBIGUOUS : told->first.confidence;
    json_t *then = json_pack("{s:s, s:s}", "category", taxonomy->category[category].code,
                             "confidence", confidence_name(confidence));
    struct buf why = { 0 };

    if (alternatives != 0)
        json_object_set_new(then, "alternatives", codes_of(taxonomy, alternatives));
    json_object_set_new(row->rule, "then", then);
    if (json_object_get(row->rule, "why") == NULL) {
        buf_addf(&why, "%s%s%zu case%s", told->why != NULL ? told->why : "",
                 told->why != NULL ? "; " : "by ", told->count,
                 told->count == 1 ? "" : "s");
        if (told->ids.len > 0)
            buf_addf(&why, ": %.*s", (int)told->ids.len, told->ids.s);
        json_object_set_new(row->rule, "why", json_stringn(why.s, why.len));
    }
    buf_free(&why);
    row->has_cases = true;
}

/* Only the carrier's own: others know nothing of what its trunks mean. */
static bool sheet_is_asked(const struct sheet_reading *reading, const char *path)
{
    struct buf pack = { 0 };
    bool asked;

    buf_addf(&pack, "/carriers/%s/", reading->provider);
    asked = *reading->provider == '\0' || strstr(path, buf_cstr(&pack)) != NULL;
    buf_free(&pack);
    return asked;
}

bool sheet_ask_cases(struct sheet_reading *reading, const struct rules *rules,
                     struct err *err)
{
    struct case_list list;
    bool ok = case_list_load(rules, &list, err);

    for (size_t i = 0; ok && i < rules->count; i++) {
        struct sheet_row *row = row_of(reading, &rules->rule[i]);
        struct told told = { 0 };

        if (row == NULL || !row->is_blank)
            continue;
        for (size_t k = 0; k < list.count; k++)
            if (sheet_is_asked(reading, list.file[k].path))
                told_by_file(rules, &rules->rule[i], list.file[k].path, &told);
        if (told.count > 0)
            set_told(&rules->taxonomy, &told, row);
        free(told.why);
        buf_free(&told.ids);
    }
    case_list_free(&list);
    return ok;
}
