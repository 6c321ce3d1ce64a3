/*
 * prove.c - a rule set must pass its own cases before it may decide anything.
 */
#include <dirent.h>
#include <errno.h>

#include "base/base.h"
#include "rules/rules_impl.h"

static int is_case_file(const struct dirent *entry)
{
    return slice_ends(slice_of(entry->d_name), ".csv") && entry->d_name[0] != '.';
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* The first line about an undisputed case says what to look at. */
static void first_complaint(struct buf *out, char *line, size_t size)
{
    const char *at = buf_cstr(out);

    while (*at != '\0') {
        size_t len = strcspn(at, "\n");

        (void)snprintf(line, size, "%.*s", (int)len, at);
        if (strstr(line, "(disputed)") == NULL)
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
    char path[4096];
    struct dirent **entry;

    (void)snprintf(path, sizeof path, "%s/cases", dir);

    int count = scandir(path, &entry, is_case_file, by_bytes);

    if (count < 0)
        return err_set(err, EXIT_MAPPING, "%s: %s", path, strerror(errno));

    bool ok = true;

    for (int i = 0; i < count; i++) {
        (void)snprintf(path, sizeof path, "%s/cases/%s", dir, entry[i]->d_name);
        free(entry[i]);
        ok = ok && prove_file(rules, path, err);
    }
    free(entry);
    return ok;
}
