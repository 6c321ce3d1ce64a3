/*
 * stat_load.c - groups of a file, and of calls that it shares with others.
 */
#include "loader/statistics/stat_load.h"

#include <inttypes.h>

#include "base/base.h"
#include "db/sql.h"
#include "loader/statistics/stat_calls.h"
#include "loader/statistics/stat_change.h"
#include "record/instant.h"

struct stat_load {
    struct db *db;
    struct stat_change *change;
    struct stat_calls *calls;
};

struct stat_load *stat_load_open(struct db *db, const struct taxonomy *taxonomy,
                                 struct err *err)
{
    struct stat_change *change = stat_change_open(db, taxonomy, err);

    if (change == NULL)
        return NULL;

    struct stat_load *load = xcalloc(1, sizeof *load);

    load->db = db;
    load->change = change;
    stat_load_clear(load);
    return load;
}

void stat_load_free(struct stat_load *load)
{
    if (load == NULL)
        return;
    stat_calls_free(load->calls);
    stat_change_free(load->change);
    free(load);
}

void stat_load_clear(struct stat_load *load)
{
    stat_calls_free(load->calls);
    stat_change_clear(load->change);
    load->calls =
        stat_calls_new(stat_change_basis(load->change), stat_change_groups(load->change));
}

bool stat_load_add(struct stat_load *load, const struct row *row, struct err *err)
{
    return stat_calls_add(load->calls, row, err);
}

/* The calls that have legs of other files too: counted as one, and no longer as two. */
static bool count_shared(struct stat_load *load, const struct stat_loaded *loaded,
                         struct err *err)
{
    struct period_text period = period_text(loaded->first_at, loaded->last_at);
    struct stat_change *change = load->change;
    struct db *db = load->db;
    uint64_t shared = 0;
    char file_id[16];

    snprintf(file_id, sizeof file_id, "%" PRId32, loaded->file_id);

    const struct db_args *args = DB_ARGS(period.from, period.to, file_id);

    return stat_change_prepare(db, err) &&
           db_run(db, sql_statistics_shared_others, args, &shared, err) &&
           (shared == 0 || (stat_change_count(change, -1, err) &&
                            db_exec(db, sql_statistics_shared_aside, err) &&
                            db_run(db, sql_statistics_shared_own, args, NULL, err) &&
                            stat_change_count(change, -1, err) &&
                            db_exec(db, sql_statistics_shared_back, err) &&
                            stat_change_count(change, 1, err)));
}

bool stat_load_store(struct stat_load *load, const struct stat_loaded *loaded, bool *done,
                     struct err *err)
{
    uint64_t counted = 0;

    if (!stat_calls_finish(load->calls, &counted, err))
        return false;
    *done = counted == loaded->calls;
    return !*done || ((!loaded->shares_calls || count_shared(load, loaded, err)) &&
                      stat_change_apply(load->change, loaded->has_gateway, NULL, err));
}
