/*
 * prove.c - a rule set must pass its own cases before it may decide anything.
 */
#include "base/base.h"
#include "base/log.h"
#include "rules/cases/case_list.h"

/* The first line about an undisputed case says what to look at. */
static void first_complaint(struct buf *out, char *line, size_t size)
{
    const char *at = buf_cstr(out);

    while (*at != '\0') {
        size_t len = strcspn(at, "\n");

        (void)snprintf(line, size, "%.*s", (int)len, at);
        if (strstr(line, "(disputed") == NULL)
            return;
        at += len + (at[len] == '\n');
    }
}

static bool prove_file(const struct rules *rules, const struct case_list *list,
                       size_t file, size_t *blank, struct err *err)
{
    struct cases_result result = { 0 };
    struct buf out = { 0 };
    char line[512] = "";
    bool ok = rules_test_listed(rules, list, file, &result, &out, err);

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
