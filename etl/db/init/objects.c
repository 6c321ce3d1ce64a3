/*
 * objects.c - functions, views and definitions, known by the digests of their texts: what
 * differs is replaced, all in one transaction.
 */
#include "db/init/objects.h"

#include <assert.h>

#include "base/base.h"
#include "base/digest.h"
#include "db/sql.h"
#include "db/txn.h"

/* The last step of the statement init/plan that drops something. */
enum { LAST_DROP = 2 };

/* Names and digests of all objects as text[]; no name needs quotes. */
struct object_arrays {
    struct buf names, digests;
};

static void list_objects(struct object_arrays *arrays)
{
    struct digest *digest = digest_new();
    unsigned char sum[DIGEST_BYTES];
    char hex[2 * DIGEST_BYTES + 1];

    for (size_t i = 0; i < sql_object_count; i++) {
        digest_add(digest, sql_objects[i].text, strlen(sql_objects[i].text));
        digest_finish(digest, sum);
        digest_hex(sum, hex);
        buf_addf(&arrays->names, "%c%s", i == 0 ? '{' : ',', sql_objects[i].name);
        buf_addf(&arrays->digests, "%c%s", i == 0 ? '{' : ',', hex);
    }
    buf_add_char(&arrays->names, '}');
    buf_add_char(&arrays->digests, '}');
    buf_cstr(&arrays->names);
    buf_cstr(&arrays->digests);
    digest_free(digest);
}

static void object_arrays_free(struct object_arrays *arrays)
{
    buf_free(&arrays->names);
    buf_free(&arrays->digests);
}

static const char *object_named(const char *name)
{
    for (size_t i = 0; i < sql_object_count; i++)
        if (strcmp(sql_objects[i].name, name) == 0)
            return sql_objects[i].text;
    assert(false);
    return NULL;
}

/* One step of PLAN: run, or printed when OUT is not NULL. */
static bool do_step(struct db *db, const struct db_rows *plan, size_t row,
                    struct buf *out, struct err *err)
{
    struct slice name = db_value(plan, row, db_column(plan, "name"));
    struct slice statement = db_value(plan, row, db_column(plan, "statement"));
    const char *text = name.s != NULL ? object_named(name.s) : statement.s;

    if (out == NULL)
        return db_exec(db, text, err) ||
               err_at(err, "%s: ",
                      name.s != NULL
                          ? name.s
                          : "functions and views cannot be replaced; drop what is yours "
                            "and reads them, run init, create it again");
    if (name.s != NULL)
        buf_addf(out, "-- %s\n%s\n", name.s, text);
    else
        buf_addf(out, "%s;\n\n", text);
    return true;
}

/* What is to be dropped, created, granted again; the views too, when tables are due. */
static struct db_rows *read_objects(struct db *db, const struct object_arrays *arrays,
                                    const struct cluster *cluster, struct err *err)
{
    return db_query(
        db, sql_init_plan,
        DB_ARGS(arrays->names.s, arrays->digests.s, cluster->is_due ? "true" : "false"),
        err);
}

/* PLAN's steps, with the tables that are due between the last drop and what follows it;
 * PRINTED: instead of being run. */
static bool do_steps(struct db *db, const struct db_rows *plan,
                     const struct cluster *cluster, struct buf *printed, struct buf *out,
                     struct err *err)
{
    bool is_due = cluster->is_due, ok = true;

    for (size_t i = 0; ok && i <= db_rows_count(plan); i++) {
        bool is_end = i == db_rows_count(plan);

        if (is_due && (is_end || db_int(plan, i, db_column(plan, "step")) > LAST_DROP)) {
            ok = cluster_tables(db, cluster, printed != NULL, out, err);
            is_due = false;
            /* Of a schema that is distributed by now. */
            if (printed != NULL)
                buf_add_text(printed, sql_init_begin);
            else
                ok = ok && db_exec(db, sql_init_begin, err);
        }
        ok = ok && (is_end || do_step(db, plan, i, printed, err));
    }
    return ok;
}

static bool replace_due(struct db *db, const struct object_arrays *arrays,
                        const struct cluster *cluster, struct buf *out, struct err *err)
{
    struct db_rows *plan = read_objects(db, arrays, cluster, err);
    bool ok = plan != NULL && do_steps(db, plan, cluster, NULL, out, err);

    if (ok && db_rows_count(plan) > 0) {
        ok = db_run(db, sql_init_keep, DB_ARGS(arrays->names.s, arrays->digests.s), NULL,
                    err);
        if (ok)
            buf_add_text(out, "replaced functions and views\n");
    }
    db_rows_free(plan);
    return ok;
}

static bool is_due(struct db *db, const struct object_arrays *arrays,
                   const struct cluster *cluster, bool *due, struct err *err)
{
    struct db_rows *plan = read_objects(db, arrays, cluster, err);

    *due = plan != NULL && (cluster->is_due || db_rows_count(plan) > 0);
    db_rows_free(plan);
    return plan != NULL;
}

/* In the owner's name, whoever runs init; the lock only when it is needed. */
bool objects_replace(struct db *db, const struct cluster *cluster, struct buf *out,
                     struct err *err)
{
    struct object_arrays arrays = { 0 };
    bool due = false;

    list_objects(&arrays);

    bool ok = is_due(db, &arrays, cluster, &due, err);

    if (ok && due) {
        ok = txn_begin_locked(db, 0, err) && db_exec(db, sql_init_begin, err) &&
             db_exec(db, "set local role cdretl_owner", err) &&
             replace_due(db, &arrays, cluster, out, err) && txn_commit(db, err);
        if (!ok)
            txn_rollback(db);
    }
    object_arrays_free(&arrays);
    return ok;
}

static void print_keep(const struct object_arrays *arrays, struct buf *out)
{
    buf_add_text(out, "prepare keep (text[], text[]) as\n");
    buf_add_text(out, sql_init_keep);
    buf_addf(out, "execute keep ('%s',\n    '%s');\ndeallocate keep;\ncommit;\n",
             arrays->names.s, arrays->digests.s);
}

static bool print_all(struct db *db, const struct cluster *cluster, struct buf *out,
                      struct err *err)
{
    if (!cluster_tables(db, cluster, true, out, err))
        return false;
    if (cluster->is_due)
        buf_add_text(out, sql_init_begin);
    for (size_t i = 0; i < sql_object_count; i++)
        buf_addf(out, "-- %s\n%s\n", sql_objects[i].name, sql_objects[i].text);
    return true;
}

/* PLAN's steps; NULL: all objects, of an empty database. */
static bool print_due(struct db *db, const struct db_rows *plan,
                      const struct object_arrays *arrays, const struct cluster *cluster,
                      struct buf *out, struct err *err)
{
    buf_addf(out,
             "-- functions and views\nbegin;\n" SET_PATH
             "%sset local role cdretl_owner;\n\n",
             sql_init_begin);

    bool ok = plan != NULL ? do_steps(db, plan, cluster, out, out, err)
                           : print_all(db, cluster, out, err);

    print_keep(arrays, out);
    return ok;
}

bool objects_print(struct db *db, int version, const struct cluster *cluster,
                   struct buf *out, struct err *err)
{
    struct object_arrays arrays = { 0 };
    struct db_rows *plan = NULL;
    bool ok = true;

    list_objects(&arrays);
    if (version > 0)
        ok = (plan = read_objects(db, &arrays, cluster, err)) != NULL;
    if (ok && (plan == NULL || db_rows_count(plan) > 0 || cluster->is_due))
        ok = print_due(db, plan, &arrays, cluster, out, err);
    db_rows_free(plan);
    object_arrays_free(&arrays);
    return ok;
}

bool objects_check(struct db *db, struct err *err)
{
    struct object_arrays arrays = { 0 };
    bool is_kept = false;

    list_objects(&arrays);

    bool ok = db_ask(db, sql_init_is_kept, DB_ARGS(arrays.names.s, arrays.digests.s),
                     &is_kept, err);

    object_arrays_free(&arrays);
    if (ok && !is_kept)
        return err_set(err, EXIT_DATABASE,
                       "functions and views in the database are not those of this "
                       "program: run cdretl init");
    return ok;
}
