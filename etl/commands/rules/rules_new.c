/*
 * rules_new.c - `rules new DIR`: a folder for a site's own mappings.
 */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/log.h"
#include "commands/rules/rules_command.h"
#include "rules/cases/cases.h"

/* Folders end in a slash; an existing folder or file is left as it is. */
static const struct {
    const char *name, *text;
} parts[] = {
    { "", NULL },
    { "/rules/", NULL },
    { "/cases/", NULL },
    { "/carriers/", NULL },
    { "/fields/", NULL },
    { "/rules/05-exceptions.json",
      "{\n"
      "  \"about\": \"Exceptions of this site; they are asked before the shipped rules. "
      "Days in 'valid' are UTC.\",\n"
      "  \"rules\": []\n"
      "}\n" },
};

static const char exceptions[] = "/cases/exceptions.csv";

bool rules_new_folder(const char *path, struct err *err)
{
    return mkdir(path, 0755) == 0 || errno == EEXIST ||
           err_set(err, EXIT_USAGE, "%s: %s", path, strerror(errno));
}

bool rules_new_file(const char *path, struct slice text, struct err *err)
{
    FILE *file = fopen(path, "wx");

    if (file == NULL && errno == EEXIST) {
        log_note("%s: is there already, and stays as it is", path);
        return true;
    }
    if (file == NULL)
        return err_set(err, EXIT_USAGE, "%s: %s", path, strerror(errno));

    bool ok = fwrite(text.s, 1, text.len, file) == text.len;

    if (fclose(file) != 0 || !ok)
        return err_set(err, EXIT_USAGE, "%s: %s", path, strerror(errno));
    return true;
}

static bool new_part(const char *dir, const char *name, struct slice text,
                     struct err *err)
{
    struct buf path = { 0 };
    bool ok;

    buf_addf(&path, "%s%s", dir, name);
    ok = text.s == NULL ? rules_new_folder(buf_cstr(&path), err)
                        : rules_new_file(buf_cstr(&path), text, err);
    buf_free(&path);
    return ok;
}

enum exit_code rules_command_new(const struct context *context, const struct args *args,
                                 struct err *err)
{
    struct buf captions = { 0 };
    const char *dir = args->nwords > 0 ? args->word[0] : "";
    bool ok = true;

    if (args->nwords > 0 && strcmp(dir, "carrier") == 0)
        return rules_new_carrier(context, args, err);
    if (args->nwords != 1 || args->option[RULES_GATEWAY] != NULL ||
        period_is_given(args->option + RULES_PERIOD)) {
        err_set(err, EXIT_USAGE,
                "rules new takes one folder, or carrier NAME --from FILE");
        return err->code;
    }
    for (size_t i = 0; ok && i < COUNTOF(parts); i++)
        ok = new_part(dir, parts[i].name, slice_of(parts[i].text), err);
    case_add_header(&captions);
    ok = ok && new_part(dir, exceptions, buf_slice(&captions), err);
    buf_free(&captions);
    if (ok)
        printf("%s lies over the shipped mappings: cdretl --mappings %s rules test\n",
               dir, dir);
    return err->code;
}
