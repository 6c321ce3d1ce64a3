/*
 * cluster.c - roles on all nodes, then table by table what citus/plan lists.
 */
#include "db/init/cluster.h"

#include <inttypes.h>

#include "base/base.h"
#include "db/sql.h"
#include "db/txn.h"

enum { SHARDS_A_NODE = 4 };

bool cluster_is_there(struct db *db, bool *is_there, struct err *err)
{
    return db_ask(db, sql_citus_is_there, NULL, is_there, err);
}

/* May it be done here, by this user?  *NODES: over how many nodes shards go. */
static bool cluster_check(struct db *db, int64_t *nodes, struct err *err)
{
    struct db_rows *rows = db_query(db, sql_citus_nodes, NULL, err);

    if (rows == NULL)
        return false;
    *nodes = db_int(rows, 0, db_column(rows, "nodes"));
    if (!db_bool(rows, 0, db_column(rows, "is_superuser")))
        err_set(
            err, EXIT_DATABASE,
            "roles are made on all nodes, which only a superuser may: run `cdretl init "
            "--citus` as one");
    else if (!db_bool(rows, 0, db_column(rows, "is_coordinator")))
        err_set(
            err, EXIT_DATABASE,
            "this is a worker: the schema is made and distributed at the coordinator");
    else if (!db_bool(rows, 0, db_column(rows, "is_listed")))
        err_set(
            err, EXIT_DATABASE,
            "the coordinator does not stand in its own list of nodes: run there select "
            "citus_set_coordinator_host('ITS NAME')");
    else if (db_bool(rows, 0, db_column(rows, "is_measured")))
        err_set(err, EXIT_DATABASE,
                "auto_explain.log_analyze is on, by which Citus refuses statements of "
                "every load: alter database %s set auto_explain.log_analyze = off",
                db_value(rows, 0, db_column(rows, "database")).s);
    db_rows_free(rows);
    return err->code == EXIT_DONE;
}

static struct db_rows *read_plan(struct db *db, const struct cluster *cluster,
                                 struct err *err)
{
    struct buf names = { 0 };
    char text[24];

    snprintf(text, sizeof text, "%" PRId64, cluster->shards);
    for (size_t i = 0; i < sql_object_count; i++)
        buf_addf(&names, "%c%s", i == 0 ? '{' : ',', sql_objects[i].name);
    buf_add_char(&names, '}');

    struct db_rows *rows =
        db_query(db, sql_citus_plan, DB_ARGS(text, buf_cstr(&names)), err);

    buf_free(&names);
    return rows;
}

/* Is any of it a table? */
static bool find_due(struct db *db, struct cluster *cluster, struct err *err)
{
    struct db_rows *plan = read_plan(db, cluster, err);

    for (size_t i = 0; plan != NULL && i < db_rows_count(plan); i++)
        if (db_value(plan, i, db_column(plan, "said")).s != NULL)
            cluster->is_due = true;
    db_rows_free(plan);
    return plan != NULL;
}

static bool cluster_step(struct db *db, const struct db_rows *plan, size_t row,
                         struct buf *out, struct err *err)
{
    const char *name = db_value(plan, row, db_column(plan, "name")).s;

    if (!db_exec(db, db_value(plan, row, db_column(plan, "statement")).s, err))
        return err_at(err, "%s: ", name);
    /* What functions are called is nobody's concern. */
    if (db_value(plan, row, db_column(plan, "said")).s != NULL)
        buf_addf(out, "%s: %s\n", name, db_value(plan, row, db_column(plan, "said")).s);
    return true;
}

static bool run_plan(struct db *db, const struct cluster *cluster, struct buf *out,
                     struct err *err)
{
    struct db_rows *plan = read_plan(db, cluster, err);
    bool ok = plan != NULL;

    for (size_t i = 0; ok && i < db_rows_count(plan); i++)
        ok = cluster_step(db, plan, i, out, err);
    db_rows_free(plan);
    return ok;
}

static bool print_plan(struct db *db, const struct cluster *cluster, struct buf *out,
                       struct err *err)
{
    struct db_rows *plan = read_plan(db, cluster, err);

    if (plan == NULL)
        return false;
    for (size_t i = 0; i < db_rows_count(plan); i++)
        buf_addf(out, "%s;\n", db_value(plan, i, db_column(plan, "statement")).s);
    buf_addf(out, "%s\n", sql_citus_empty);
    db_rows_free(plan);
    return true;
}

/* Shards stay as they are once there are some. */
static bool say_shards(struct db *db, int64_t wanted, struct buf *out, struct err *err)
{
    int64_t shards = 0;

    if (!db_ask_int(db, sql_citus_shards, NULL, &shards, err))
        return false;
    buf_addf(out, "cdr.leg: %" PRId64 " shards\n", shards);
    if (wanted != 0 && wanted != shards)
        buf_addf(out,
                 "to have %" PRId64 ", while nobody loads: select "
                 "alter_distributed_table('cdr.leg', shard_count := %" PRId64 ")\n",
                 wanted, wanted);
    return true;
}

static bool print_roles(struct buf *out)
{
    buf_addf(out, "%s\n%s\n", sql_citus_columnar, sql_citus_roles);
    return true;
}

bool cluster_begin(struct db *db, const struct cluster_wish *wish, bool dry_run,
                   struct cluster *cluster, struct buf *out, struct err *err)
{
    bool is_distributed = false;
    int64_t nodes = 1;

    *cluster = (struct cluster){ 0 };
    if (!cluster_is_there(db, &cluster->is_there, err))
        return false;
    if (!cluster->is_there) {
        if (wish->is_wanted)
            buf_add_text(out, "Citus is not in this database: nothing to distribute\n");
        return true;
    }
    if (!db_ask(db, sql_citus_is_distributed, NULL, &is_distributed, err))
        return false;
    cluster->is_there = wish->is_wanted || is_distributed;
    if (!cluster->is_there)
        return true;
    if (!cluster_check(db, &nodes, err))
        return false;
    cluster->shards = wish->shards != 0 ? wish->shards : nodes * SHARDS_A_NODE;
    if (!find_due(db, cluster, err))
        return false;
    if (dry_run)
        return !(wish->is_wanted || cluster->is_due) || print_roles(out);
    return db_exec(db, sql_citus_columnar, err) && db_exec(db, sql_citus_roles, err);
}

bool cluster_tables(struct db *db, const struct cluster *cluster, bool dry_run,
                    struct buf *out, struct err *err)
{
    if (!cluster->is_due)
        return true;
    if (dry_run) {
        buf_addf(out, "%s\n", sql_citus_begin);
        return print_plan(db, cluster, out, err);
    }
    return db_exec(db, sql_citus_begin, err) && run_plan(db, cluster, out, err) &&
           db_exec(db, sql_citus_empty, err);
}

bool cluster_finish(struct db *db, const struct cluster *cluster,
                    const struct cluster_wish *wish, struct buf *out, struct err *err)
{
    if (!cluster->is_there)
        return true;

    bool ok = txn_begin_locked(db, 0, err) && db_exec(db, sql_citus_begin, err) &&
              run_plan(db, cluster, out, err) && txn_commit(db, err);

    if (!ok)
        txn_rollback(db);
    return ok && (!wish->is_wanted || say_shards(db, wish->shards, out, err));
}
