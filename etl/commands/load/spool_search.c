/*
 * spool_search.c - numbers in the exports that a spool keeps.
 */
#include "commands/load/spool.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/stop.h"
#include "input/source.h"
#include "loader/retention/suppression.h"

/* A window's end may cut a number: so much is looked at twice. */
enum { WINDOW = 1 << 18, OVERLAP = 256 };

static bool is_in_export(struct suppression *numbers, const char *path, bool *is_in,
                         struct err *err)
{
    struct source *source = source_open(path, NULL, false, err);
    bool ok = source != NULL, more = ok;

    *is_in = false;
    while (more && ok && !*is_in) {
        ok = !stop_asked(err) && source_want(source, WINDOW, err);
        if (!ok)
            break;

        struct slice window = source_window(source);

        *is_in = suppression_is_in(numbers, window);
        more = !source_ended(source);
        source_skip(source,
                    more && window.len > OVERLAP ? window.len - OVERLAP : window.len);
    }
    source_close(source);
    /* A damaged export holds what can be read of it. */
    if (!ok && err->code == EXIT_INPUT && source != NULL) {
        *err = (struct err){ 0 };
        ok = true;
    }
    return ok;
}

static bool search_file(struct suppression *numbers, const char *path, bool removes,
                        bool dry_run, uint64_t *found, struct err *err)
{
    struct stat st;
    bool is_in = false;

    if (lstat(path, &st) != 0 || !S_ISREG(st.st_mode))
        return true;
    if (!is_in_export(numbers, path, &is_in, err))
        return err_at(err, "%s: ", path);
    if (!is_in)
        return true;
    if (removes && !dry_run && unlink(path) != 0)
        return err_set(err, EXIT_USAGE, "%s: cannot be removed: %s", path,
                       strerror(errno));
    *found += 1;
    return true;
}

static bool search_folder(struct suppression *numbers, const char *folder, bool removes,
                          bool dry_run, uint64_t *found, struct err *err)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    bool ok = true;

    if (dir == NULL)
        return err_set(err, EXIT_USAGE, "%s: cannot be read: %s", folder,
                       strerror(errno));
    while (ok && (entry = readdir(dir)) != NULL) {
        struct buf path = { 0 };

        buf_addf(&path, "%s/%s", folder, entry->d_name);
        ok = search_file(numbers, buf_cstr(&path), removes, dry_run, found, err);
        buf_free(&path);
    }
    closedir(dir);
    return ok;
}

bool spool_search(const char *spool, const struct number *numbers, size_t count,
                  bool dry_run, struct spool_found *found, struct err *err)
{
    static const char *const folders[] = { "incoming", "processed", "failed" };
    /* The list of one search: any key does. */
    struct suppression *wanted = suppression_new("spool", 5);
    bool ok = true;

    for (size_t i = 0; i < count; i++)
        suppression_add_number(wanted, &numbers[i]);
    for (size_t i = 0; ok && i < COUNTOF(folders); i++) {
        struct buf folder = { 0 };

        buf_addf(&folder, "%s/%s", spool, folders[i]);
        ok = search_folder(wanted, buf_cstr(&folder), i > 0, dry_run,
                           i > 0 ? &found->removed : &found->waiting, err);
        buf_free(&folder);
    }
    suppression_free(wanted);
    return ok;
}
