/*
 * load_kept.c - made for the first file, freed with the run.
 */
#include "loader/load_kept.h"

#include <stdlib.h>

#include "base/base.h"

struct load_kept {
    struct key_filter *key_filter;
    struct stat_change *change;
};

static void kept_free(struct load_kept *kept)
{
    key_filter_free(kept->key_filter);
    stat_change_free(kept->change);
    free(kept);
}

static struct load_kept *kept_of(struct run *run)
{
    if (run->kept == NULL) {
        run->kept = xcalloc(1, sizeof(struct load_kept));
        run->kept_free = kept_free;
    }
    return run->kept;
}

struct key_filter *load_kept_filter(struct run *run)
{
    struct load_kept *kept = kept_of(run);

    if (kept->key_filter == NULL)
        kept->key_filter = key_filter_new();
    return kept->key_filter;
}

struct stat_change *load_kept_change(struct run *run, int64_t basis, struct err *err)
{
    struct load_kept *kept = kept_of(run);

    if (kept->change == NULL)
        kept->change = stat_change_open(run->db, run->settings.taxonomy, err);
    if (kept->change == NULL || !stat_change_renew(kept->change, basis, err))
        return NULL;
    return kept->change;
}
