/*
 * stat_load.c - groups of a file into cdr.stat_hour.
 */
#include "loader/statistics/stat_load.h"

#include <inttypes.h>

#include "base/base.h"
#include "db/db_copy.h"
#include "db/row/row_copy.h"
#include "db/sql.h"
#include "loader/statistics/stat_calls.h"
#include "loader/statistics/stat_delta.h"

enum { MESSAGE = 64 << 10 }; /* bytes of a COPY message */

struct stat_load {
    struct db *db;
    struct stat_basis basis;
    struct stat_groups *groups;
    struct stat_calls *calls;
};

/* The columns of statistics/basis.sql. */
enum { CATEGORY, DELIVERED, SHORT_CALL, SERVICE, SOON, FINGERPRINT, COLUMNS };

static void read_category(struct stat_basis *basis, struct slice category,
                          struct slice delivered)
{
    size_t place = taxonomy_find(basis->taxonomy, category.s);

    if (place == basis->taxonomy->count)
        return;
    if (slice_is(delivered, "yes"))
        basis->delivered |= (category_set)1 << place;
    if (slice_is(delivered, "if_rang"))
        basis->delivered_if_rang |= (category_set)1 << place;
}

static bool read_basis(struct stat_load *load, struct err *err)
{
    static const char *const names[] = { "category", "delivered", "short_call",
                                         "service",  "soon",      "fingerprint" };
    struct stat_basis *basis = &load->basis;
    struct db_rows *rows = db_query(load->db, sql_statistics_basis, NULL, err);
    size_t column[COLUMNS];

    if (rows == NULL)
        return false;
    db_columns(rows, names, COLUMNS, column);
    for (size_t i = 0; i < db_rows_count(rows); i++) {
        read_category(basis, db_value(rows, i, column[CATEGORY]),
                      db_value(rows, i, column[DELIVERED]));
        basis->short_call = (int32_t)db_int(rows, i, column[SHORT_CALL]);
        basis->service = (int32_t)db_int(rows, i, column[SERVICE]);
        basis->soon = (int32_t)db_int(rows, i, column[SOON]);
        basis->fingerprint = db_int(rows, i, column[FINGERPRINT]);
    }
    db_rows_free(rows);
    return true;
}

struct stat_load *stat_load_open(struct db *db, const struct taxonomy *taxonomy,
                                 struct err *err)
{
    struct stat_load *load = xcalloc(1, sizeof *load);

    load->db = db;
    load->basis.taxonomy = taxonomy;
    load->groups = stat_groups_new();
    stat_load_clear(load);
    if (read_basis(load, err))
        return load;
    stat_load_free(load);
    return NULL;
}

void stat_load_free(struct stat_load *load)
{
    if (load == NULL)
        return;
    stat_calls_free(load->calls);
    stat_groups_free(load->groups);
    free(load);
}

void stat_load_clear(struct stat_load *load)
{
    stat_calls_free(load->calls);
    stat_groups_clear(load->groups);
    load->calls = stat_calls_new(&load->basis, load->groups);
}

bool stat_load_add(struct stat_load *load, const struct row *row, struct err *err)
{
    return stat_calls_add(load->calls, row, err);
}

/* Which groups a COPY is of. */
struct wanted {
    bool has_gateway;          /* of the file */
    const struct hours *known; /* hours that have statistics */
    bool is_known;             /* wanted are groups of such an hour, or of others */
};

static bool is_wanted(const struct wanted *wanted, struct slice key, bool if_no_gateway)
{
    return !(if_no_gateway && wanted->has_gateway) &&
           hours_has(wanted->known, stat_rule_hour(key)) == wanted->is_known;
}

static bool put_groups(struct stat_load *load, const struct wanted *wanted,
                       uint64_t *count, struct err *err)
{
    struct buf out = { 0 };
    struct slice key;
    struct stat_sums sums;
    bool ok = stat_groups_begin(load->groups, err), if_no_gateway;

    row_copy_head(&out);
    while (ok && (ok = stat_groups_next(load->groups, &key, &sums, err)) &&
           key.s != NULL) {
        key = stat_rule_key(key, &if_no_gateway);
        if (!is_wanted(wanted, key, if_no_gateway))
            continue;
        stat_rule_add_row(&load->basis, key, &sums, &out);
        (*count)++;
        if (out.len >= MESSAGE) {
            ok = db_copy_put(load->db, out.s, out.len, err);
            buf_reset(&out);
        }
    }
    row_copy_tail(&out);
    ok = ok && db_copy_put(load->db, out.s, out.len, err);
    buf_free(&out);
    return ok;
}

static bool copy_groups(struct stat_load *load, const struct wanted *wanted,
                        const char *table, struct err *err)
{
    struct buf sql = { 0 };
    uint64_t sent = 0, stored = 0;

    buf_addf(&sql, "copy %s (", table);
    stat_rule_columns(&sql);
    buf_add_text(&sql, ") from stdin (format binary)");

    bool ok = db_copy_begin(load->db, buf_cstr(&sql), err);

    buf_free(&sql);
    if (!ok)
        return false;
    ok = put_groups(load, wanted, &sent, err);
    ok = db_copy_end(load->db, ok ? NULL : "not all came", &stored, err) && ok;
    if (ok && sent != stored)
        return err_set(err, EXIT_INTERNAL,
                       "%" PRIu64 " groups were sent and %" PRIu64 " arrived", sent,
                       stored);
    return ok;
}

/* Which of the file's hours have statistics already. */
static bool find_known(struct stat_load *load, const struct hours *hours,
                       struct hours *known, struct err *err)
{
    struct buf array = { 0 };
    struct db_rows *rows;

    hours_list(hours, &array);
    rows = db_query(load->db, sql_statistics_known_hours, DB_ARGS(buf_cstr(&array)), err);
    buf_free(&array);
    if (rows == NULL)
        return false;
    hours_add_rows(known, rows);
    db_rows_free(rows);
    return true;
}

/* The calls that have legs of other files too: counted as one, and no longer as two. */
static bool count_shared(struct stat_load *load, const struct stat_loaded *loaded,
                         uint64_t *shared, struct err *err)
{
    struct period_text period = period_text(loaded->first_at, loaded->last_at);
    struct db *db = load->db;
    char file_id[16];

    snprintf(file_id, sizeof file_id, "%" PRId32, loaded->file_id);

    const struct db_args *args = DB_ARGS(period.from, period.to, file_id);

    return db_run(db, sql_statistics_shared_others, args, shared, err) &&
           (*shared == 0 || (stat_delta_count(db, -1, err) &&
                             db_exec(db, sql_statistics_shared_aside, err) &&
                             db_run(db, sql_statistics_shared_own, args, NULL, err) &&
                             stat_delta_count(db, -1, err) &&
                             db_exec(db, sql_statistics_shared_back, err) &&
                             stat_delta_count(db, 1, err)));
}

static bool store_groups(struct stat_load *load, const struct stat_loaded *loaded,
                         struct hours *known, struct err *err)
{
    struct wanted wanted = { .has_gateway = loaded->has_gateway, .known = known };
    bool any_known = hours_next(known, 0) >= 0;
    uint64_t shared = 0;

    if (!copy_groups(load, &wanted, "cdr.stat_hour", err))
        return false;
    if (!any_known && !loaded->shares_calls)
        return true;
    if (!stat_delta_begin(load->db, err))
        return false;
    wanted.is_known = true;
    return (!any_known || copy_groups(load, &wanted, "pg_temp.delta", err)) &&
           (!loaded->shares_calls || count_shared(load, loaded, &shared, err)) &&
           ((!any_known && shared == 0) || stat_delta_apply(load->db, known, err));
}

bool stat_load_store(struct stat_load *load, const struct stat_loaded *loaded, bool *done,
                     struct err *err)
{
    uint64_t counted = 0;

    if (!stat_calls_finish(load->calls, &counted, err))
        return false;
    *done = counted == loaded->calls;
    if (!*done)
        return true;

    struct hours *known = hours_new();
    bool ok = find_known(load, loaded->hours, known, err) &&
              store_groups(load, loaded, known, err);

    hours_free(known);
    return ok;
}
