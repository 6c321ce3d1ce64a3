/*
 * mapping_path.c - the shipped folder, and what lies over it.
 */
#include "commands/shared/mapping_path.h"

#include <limits.h>
#include <unistd.h>

#include "base/base.h"
#include "base/buf.h"

static bool has_file(struct slice dir, const char *name)
{
    struct buf path = { 0 };

    buf_addf(&path, SLICE_FMT "/%s", SLICE_ARG(dir), name);

    bool is = access(buf_cstr(&path), R_OK) == 0;

    buf_free(&path);
    return is;
}

static bool is_whole_set(struct slice dir)
{
    return has_file(dir, "categories.json") && has_file(dir, "causes.json") &&
           has_file(dir, "rules") && has_file(dir, "fields");
}

/* The shipped mappings: beside the installed program, or in the tree it was built in. */
static void add_shipped(struct buf *out, const char *prefix)
{
    static const char *const places[] = { "../share/cdretl/mappings", "../../mappings",
                                          "../mappings" };
    char exe[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", exe, sizeof exe - 1);
    const char *slash = len > 0 ? memrchr(exe, '/', (size_t)len) : NULL;

    for (size_t i = 0; slash != NULL && i < COUNTOF(places); i++) {
        buf_reset(out);
        buf_addf(out, "%.*s/%s", (int)(slash - exe), exe, places[i]);
        if (has_file(buf_slice(out), "categories.json"))
            return;
    }
    buf_reset(out);
    buf_addf(out, "%s/share/cdretl/mappings", prefix);
}

/* The folders of PATH, which has colons between. */
static void add_folders(struct buf *out, const char *path, const char *prefix)
{
    while (*path != '\0') {
        struct slice dir = { path, strcspn(path, ":") };

        path += dir.len + (path[dir.len] == ':');
        if (dir.len == 0)
            continue;
        if (out->len == 0 && !is_whole_set(dir))
            add_shipped(out, prefix);
        if (out->len > 0)
            buf_add_char(out, ':');
        buf_add_slice(out, dir);
    }
}

char *mapping_path(const char *const *given, size_t count, const char *prefix)
{
    struct buf out = { 0 };

    for (size_t i = 0; i < count; i++)
        add_folders(&out, given[i], prefix);
    if (out.len == 0) {
        add_shipped(&out, prefix);
        if (access(SITE_MAPPINGS, R_OK) == 0)
            buf_add_text(&out, ":" SITE_MAPPINGS);
    }

    char *path = xstrdup(buf_cstr(&out));

    buf_free(&out);
    return path;
}
