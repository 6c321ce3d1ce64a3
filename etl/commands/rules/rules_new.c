/*
 * rules_new.c - `rules new DIR`: a folder for a site's own mappings.
 */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/base.h"
#include "base/buf.h"
#include "commands/rules/rules_command.h"
#include "rules/cases/case_write.h"

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

static bool new_folder(const char *path, struct err *err)
{
    return mkdir(path, 0755) == 0 || errno == EEXIST ||
           err_set(err, EXIT_USAGE, "%s: %s", path, strerror(errno));
}

static bool new_file(const char *path, const char *text, struct err *err)
{
    FILE *file = fopen(path, "wx");

    if (file == NULL)
        return errno == EEXIST ||
               err_set(err, EXIT_USAGE, "%s: %s", path, strerror(errno));

    bool ok = fputs(text, file) >= 0;

    if (fclose(file) != 0 || !ok)
        return err_set(err, EXIT_USAGE, "%s: %s", path, strerror(errno));
    return true;
}

enum exit_code rules_command_new(const struct context *context, const struct args *args,
                                 struct err *err)
{
    struct buf path = { 0 }, captions = { 0 };

    (void)context;
    if (args->nwords != 1) {
        err_set(err, EXIT_USAGE, "rules new takes one folder");
        return err->code;
    }
    for (size_t i = 0; i < COUNTOF(parts) && err->code == EXIT_DONE; i++) {
        buf_reset(&path);
        buf_addf(&path, "%s%s", args->word[0], parts[i].name);
        if (!(parts[i].text == NULL ? new_folder(buf_cstr(&path), err)
                                    : new_file(buf_cstr(&path), parts[i].text, err)))
            break;
    }
    case_add_header(&captions);
    buf_reset(&path);
    buf_addf(&path, "%s%s", args->word[0], exceptions);
    if (err->code == EXIT_DONE)
        (void)new_file(buf_cstr(&path), buf_cstr(&captions), err);
    buf_free(&captions);
    buf_free(&path);
    if (err->code == EXIT_DONE)
        printf("%s lies over the shipped mappings: cdretl --mappings %s rules test\n",
               args->word[0], args->word[0]);
    return err->code;
}
