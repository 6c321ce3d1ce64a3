/*
 * folder.c - which files a mapping folder holds.
 */
#include "rules/mapping/folder.h"

#include <errno.h>
#include <glob.h>

#include "base/base.h"
#include "base/buf.h"

/* Where files of a kind stand: at home, and in a carrier's pack. */
static const struct {
    const char *home, *at_home, *in_pack;
} places[] = {
    [FOLDER_PROVIDERS] = { "providers.json", "", "carriers/*/provider.json" },
    [FOLDER_TABLES] = { "rules", "/*.json", "carriers/*/[0-9]*.json" },
    [FOLDER_CASES] = { "cases", "/*.csv", "carriers/*/*.csv" },
};

/* DIR stands for itself, whatever signs are in it. */
static void add_literally(struct buf *pattern, const char *dir)
{
    for (; *dir != '\0'; dir++) {
        if (strchr("\\*?[", *dir) != NULL)
            buf_add_char(pattern, '\\');
        buf_add_char(pattern, *dir);
    }
}

static void add_matches(const char *dir, const char *below, const char *more,
                        struct folder_files *files)
{
    struct buf pattern = { 0 };
    glob_t found = { 0 };

    add_literally(&pattern, dir);
    buf_addf(&pattern, "/%s%s", below, more);
    if (glob(buf_cstr(&pattern), 0, NULL, &found) == 0) {
        files->name =
            xrealloc(files->name, files->count + found.gl_pathc, sizeof *files->name);
        for (size_t i = 0; i < found.gl_pathc; i++)
            files->name[files->count++] = xstrdup(found.gl_pathv[i] + strlen(dir) + 1);
    }
    globfree(&found);
    buf_free(&pattern);
}

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

static int by_file_name(const void *left, const void *right)
{
    const char *a = *(char *const *)left, *b = *(char *const *)right;
    int order = strcmp(file_name(a), file_name(b));

    return order != 0 ? order : strcmp(a, b);
}

bool folder_list(const char *dir, enum folder_kind kind, struct folder_files *files,
                 struct err *err)
{
    *files = (struct folder_files){ 0 };
    errno = 0;
    add_matches(dir, places[kind].home, places[kind].at_home, files);
    if (files->count == 0)
        return err_set(err, EXIT_MAPPING, "%s/%s: %s", dir, places[kind].home,
                       strerror(errno != 0 ? errno : ENOENT));
    add_matches(dir, places[kind].in_pack, "", files);
    if (kind == FOLDER_TABLES)
        qsort(files->name, files->count, sizeof *files->name, by_file_name);
    return true;
}

void folder_free(struct folder_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        free(files->name[i]);
    free(files->name);
    *files = (struct folder_files){ 0 };
}
