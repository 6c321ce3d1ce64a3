/*
 * cases.c - running rule cases: what the rules say against what people expect.
 */
#include "rules/cases/cases.h"

#include "base/base.h"
#include "base/log.h"
#include "leg/call_rule.h"

struct trial {
    const struct rules *rules;
    const char *path; /* of the case file */
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

    size_t faults =
        case_check(trial->rules, trial->path, file, row, &expected, trial->out);

    if (faults > 0) {
        bool is_blank = faults == 1 && row->cells == file->cells && case_is_blank(row);

        trial->result->cases += !is_blank;
        trial->result->blank += is_blank;
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

bool rules_test(const struct rules *rules, const struct case_list *list, size_t file,
                struct cases_result *result, struct buf *out, struct err *err)
{
    const struct case_path *from = &list->file[file];
    const struct trial trial = { rules, from->path, result, out };
    struct case_file cases;

    *result = (struct cases_result){ 0 };
    if (!case_file_read(from->path, &cases, err))
        return false;
    for (size_t i = 0; i < cases.count; i++) {
        if (case_list_overrides(list, from->layer, &cases.row[i]))
            continue;
        try_row(&trial, &cases, &cases.row[i]);
        if (is_first_of_call(&cases, i))
            try_call(&trial, &cases, i);
    }
    case_file_free(&cases);
    return true;
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

/* A rule set must pass its own cases before it may decide anything. */

/* The first line about an undisputed case says what to look at. */
static void first_complaint(const struct buf *out, char *line, size_t size)
{
    struct slice rest = buf_slice(out), one;

    while (slice_next(&rest, '\n', &one)) {
        (void)snprintf(line, size, SLICE_FMT, SLICE_ARG(one));
        if (strstr(line, "(disputed") == NULL)
            return;
    }
}

static bool prove_file(const struct rules *rules, const struct case_list *list,
                       size_t file, size_t *blank, struct err *err)
{
    struct cases_result result = { 0 };
    struct buf out = { 0 };
    char line[512] = "";
    bool ok = rules_test(rules, list, file, &result, &out, err);

    if (ok) {
        size_t failed = result.cases - result.disputed - result.passed + result.linked -
                        result.linked_passed;

        first_complaint(&out, line, sizeof line);
        ok = failed == 0 ||
             err_set(err, EXIT_MAPPING, "%zu rule case%s fail%s: %s", failed,
                     failed == 1 ? "" : "s", failed == 1 ? "s" : "", line);
    }
    *blank += result.blank;
    buf_free(&out);
    return ok;
}

bool rules_prove(const struct rules *rules, struct err *err)
{
    struct case_list list;
    bool ok = case_list_load(rules, &list, err);
    size_t blank = 0;

    for (size_t i = 0; ok && i < list.count; i++)
        ok = prove_file(rules, &list, i, &blank, err);
    if (ok && blank > 0)
        log_warn("%zu case%s what is expected yet; `cdretl rules test` names %s", blank,
                 blank == 1 ? " says not" : "s say not", blank == 1 ? "it" : "them");
    case_list_free(&list);
    return ok;
}
