/*
 * stat_load.c - groups of a file, and of calls that it shares with others.
 */
#include "loader/statistics/stat_load.h"

#include "base/base.h"
#include "db/sql.h"
#include "loader/statistics/stat_calls.h"
#include "record/instant.h"

struct stat_load {
    struct stat_change *change;
    struct stat_calls *calls;
};

struct stat_load *stat_load_new(struct stat_change *change)
{
    struct stat_load *load = xcalloc(1, sizeof *load);

    load->change = change;
    stat_load_clear(load);
    return load;
}

void stat_load_free(struct stat_load *load)
{
    if (load == NULL)
        return;
    stat_calls_free(load->calls);
    free(load);
}

void stat_load_clear(struct stat_load *load)
{
    stat_calls_free(load->calls);
    stat_change_clear(load->change);
    load->calls = stat_calls_new(stat_change_basis(load->change),
                                 stat_change_groups(load->change), 1);
}

bool stat_load_add(struct stat_load *load, const struct row *row, struct err *err)
{
    return stat_calls_add(load->calls, row, STAT_GATEWAY_UNKNOWN, true, err);
}

/* Count the calls that SQL chooses with the legs that other files have of them. */
static bool join_others(struct stat_load *load, const struct stat_loaded *loaded,
                        const char *sql, bool were_counted, struct err *err)
{
    struct period_text period = period_text(loaded->first_at, loaded->last_at);

    return stat_change_choose(
               load->change, sql,
               DB_ARGS(period.from, period.to, int_text(loaded->file_id).s), err) &&
           stat_change_join(load->change, loaded->file_id, were_counted, err);
}

bool stat_load_store(struct stat_load *load, const struct stat_loaded *loaded,
                     struct err *err)
{
    uint64_t counted = 0;
    bool ok = stat_calls_finish(load->calls, &counted, err);

    if (counted != loaded->calls || loaded->may_be_truncated) {
        stat_change_clear(load->change);
        ok = ok && join_others(load, loaded, sql_statistics_file_calls, false, err);
    } else if (loaded->shares_calls) {
        ok = ok && join_others(load, loaded, sql_statistics_shared_calls, true, err);
    }
    stat_change_whole(load->change, loaded->first_at, loaded->last_at);
    return ok && stat_change_apply(load->change, loaded->has_gateway, NULL, err);
}
