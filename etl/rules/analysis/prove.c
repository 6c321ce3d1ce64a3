/*
 * prove.c - a rule set must pass its own cases before it may decide anything.
 */
#include "base/base.h"
#include "rules/mapping/folder.h"
#include "rules/rules_impl.h"

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

static bool prove_file(const struct rules *rules, const char *path, struct err *err)
{
    struct cases_result result = { 0 };
    struct buf out = { 0 };
    char line[512] = "";
    bool ok = rules_test(rules, path, &result, &out, err);

    if (ok) {
        size_t failed = result.cases - result.disputed - result.passed + result.linked -
                        result.linked_passed;

        first_complaint(&out, line, sizeof line);
        ok = failed == 0 ||
             err_set(err, EXIT_MAPPING, "%zu rule case%s fail%s: %s", failed,
                     failed == 1 ? "" : "s", failed == 1 ? "s" : "", line);
    }
    buf_free(&out);
    return ok;
}

bool rules_prove(const struct rules *rules, const char *dir, struct err *err)
{
    struct folder_files files;
    struct buf path = { 0 };
    bool ok = folder_list(dir, FOLDER_CASES, &files, err);

    for (size_t i = 0; ok && i < files.count; i++) {
        buf_reset(&path);
        buf_addf(&path, "%s/%s", dir, files.name[i]);
        ok = prove_file(rules, buf_cstr(&path), err);
    }
    buf_free(&path);
    folder_free(&files);
    return ok;
}
