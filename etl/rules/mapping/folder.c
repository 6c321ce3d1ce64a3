/*
 * folder.c - which files a mapping folder holds.
 */
#include "rules/mapping/folder.h"

#include <errno.h>
#include <fnmatch.h>
#include <glob.h>

#include "base/base.h"
#include "base/buf.h"

/* Where files of a kind stand: at home, and in a carrier's pack; NULL: not there. */
static const struct {
    const char *home, *at_home, *in_pack;
} places[] = {
    [FOLDER_PROVIDERS] = { "providers.json", "", "carriers/*/provider.json" },
    [FOLDER_TABLES] = { "rules", "/*.json", "carriers/*/[0-9]*.json" },
    [FOLDER_CASES] = { "cases", "/*.csv", "carriers/*/*.csv" },
    [FOLDER_PROFILES] = { "fields", "/*.json", NULL },
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

/* The same of files that are not on disk. */
static void add_kept(const struct layers *layers, size_t layer, const char *below,
                     const char *more, struct folder_files *files)
{
    struct buf pattern = { 0 };

    buf_addf(&pattern, "%s%s", below, more);
    (void)buf_cstr(&pattern);
    files->file =
        xrealloc(files->file, files->count + layers->nkept + 1, sizeof *files->file);
    for (size_t i = 0; i < layers->nkept; i++) {
        const struct kept_file *kept = &layers->kept[i];
        char *name = xstrndup(kept->name.s, kept->name.len);

        if (kept->layer == layer &&
            fnmatch(pattern.s, name, FNM_PATHNAME | FNM_PERIOD) == 0 &&
            !slice_ends(kept->name, FOLDER_SHEET))
            files->file[files->count++] = (struct folder_file){ name, layer };
        else
            free(name);
    }
    buf_free(&pattern);
}

static void add_matches(const struct layers *layers, size_t layer, const char *below,
                        const char *more, struct folder_files *files)
{
    const char *dir = layers->dir[layer];
    struct buf pattern = { 0 };
    glob_t found = { 0 };

    if (layers->kept != NULL) {
        add_kept(layers, layer, below, more, files);
        return;
    }
    add_literally(&pattern, dir);
    buf_addf(&pattern, "/%s%s", below, more);
    if (glob(buf_cstr(&pattern), 0, NULL, &found) == 0) {
        files->file =
            xrealloc(files->file, files->count + found.gl_pathc, sizeof *files->file);
        for (size_t i = 0; i < found.gl_pathc; i++)
            if (!slice_ends(slice_of(found.gl_pathv[i]), FOLDER_SHEET))
                files->file[files->count++] =
                    (struct folder_file){ xstrdup(found.gl_pathv[i] + strlen(dir) + 1),
                                          layer };
    }
    globfree(&found);
    buf_free(&pattern);
}

int folder_compare(const char *a, const char *b)
{
    int order = strcmp(path_base(a), path_base(b));

    return order != 0 ? order : strcmp(a, b);
}

static int by_file_name(const void *left, const void *right)
{
    const struct folder_file *a = left, *b = right;
    int order = folder_compare(a->name, b->name);

    return order != 0 ? order : (a->layer > b->layer) - (a->layer < b->layer);
}

bool folder_list(const struct layers *layers, enum folder_kind kind,
                 struct folder_files *files, struct err *err)
{
    *files = (struct folder_files){ 0 };
    for (size_t i = 0; i < layers->count; i++) {
        errno = 0;
        add_matches(layers, i, places[kind].home, places[kind].at_home, files);
        if (files->count == 0)
            return err_set(err, EXIT_MAPPING, "%s/%s: %s", layers->dir[i],
                           places[kind].home,
                           errno != 0 ? strerror(errno) : "no file of its kind is in it");
        if (places[kind].in_pack != NULL)
            add_matches(layers, i, places[kind].in_pack, "", files);
    }
    if (kind == FOLDER_TABLES)
        qsort(files->file, files->count, sizeof *files->file, by_file_name);
    return true;
}

void folder_free(struct folder_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        free(files->file[i].name);
    free(files->file);
    *files = (struct folder_files){ 0 };
}
