/*
 * schema.c - the schema in the database: migrations that it lacks, and the functions,
 * views and definitions that are not those of the program.
 *
 * Migrations are the texts of schema/migrations, NNN_name, numbered from 1 without gaps.
 * Each runs once, in a transaction of its own.  Functions, views and definitions are
 * known by the digests of their texts; what differs is replaced, all in one transaction.
 */
#include "db/init/schema.h"

#include <assert.h>

#include "base/base.h"
#include "base/digest.h"
#include "base/log.h"
#include "db/session.h"
#include "db/sql.h"
#include "db/txn.h"

static const char migrations_folder[] = "migrations/";

/* For who runs what --dry-run prints: the program's own session has it anyway. */
#define SET_PATH "set local search_path = " SEARCH_PATH ";\n"

/* A transaction of init, under the lock. */
static bool schema_begin(struct db *db, struct err *err)
{
    return txn_begin_locked(db, 0, err) && db_exec(db, sql_init_begin, err);
}

/* "001_baseline" of a migration. */
static const char *file_of(const struct sql_text *migration)
{
    return migration->name + strlen(migrations_folder);
}

static int migration_number(const struct sql_text *migration)
{
    const char *digit = file_of(migration);

    return (digit[0] - '0') * 100 + (digit[1] - '0') * 10 + (digit[2] - '0');
}

/* "baseline" */
static const char *title_of(const struct sql_text *migration)
{
    return file_of(migration) + strlen("NNN_");
}

static int newest(void)
{
    for (size_t i = 0; i < sql_migration_count; i++)
        assert(migration_number(&sql_migrations[i]) == (int)i + 1);
    return (int)sql_migration_count;
}

/* What others made in the schema is never read, for it would run as whoever reads it. */
static bool refuse_strangers(struct db *db, struct err *err)
{
    struct db_rows *rows = db_query(db, sql_init_strangers, NULL, err);
    bool ok = rows != NULL && (db_rows_count(rows) == 0 ||
                               err_set(err, EXIT_DATABASE, "%s", db_value(rows, 0, 0).s));

    db_rows_free(rows);
    return ok;
}

static bool schema_read_version(struct db *db, int *version, struct err *err)
{
    bool is_there = false;
    int64_t number = 0;
    bool ok = refuse_strangers(db, err) &&
              db_ask(db, "select to_regclass('cdr.schema_version') is not null", NULL,
                     &is_there, err) &&
              (!is_there ||
               db_ask_int(db, "select coalesce(max(version), 0) from cdr.schema_version",
                          NULL, &number, err));

    *version = (int)number;
    return ok;
}

static bool refuse_newer(int version, struct err *err)
{
    if (version <= newest())
        return true;
    return err_set(err, EXIT_DATABASE,
                   "the schema in the database is version %d, this program knows %d: use "
                   "a newer cdretl",
                   version, newest());
}

static bool schema_apply(struct db *db, const struct sql_text *migration, struct buf *out,
                         struct err *err)
{
    char number[16];
    int have = 0;

    snprintf(number, sizeof number, "%d", migration_number(migration));

    bool ok = schema_begin(db, err) && schema_read_version(db, &have, err);

    /* Somebody else may have done it while we waited. */
    if (ok && have >= migration_number(migration)) {
        txn_rollback(db);
        return true;
    }
    ok = ok && db_exec(db, migration->text, err) &&
         db_run(db, "insert into cdr.schema_version (version, name) values ($1, $2)",
                DB_ARGS(number, title_of(migration)), NULL, err) &&
         txn_commit(db, err);
    if (!ok) {
        txn_rollback(db);
        return err_at(err, "migration %s: ", file_of(migration));
    }
    log_note("schema: applied %s", file_of(migration));
    buf_addf(out, "applied %s\n", file_of(migration));
    return true;
}

static void print_migration(const struct sql_text *migration, struct buf *out)
{
    buf_addf(out, "-- %s\nbegin;\n" SET_PATH "%s%s", file_of(migration), sql_init_begin,
             migration->text);
    buf_addf(out, "insert into cdr.schema_version (version, name) values (%d, '%s');\n",
             migration_number(migration), title_of(migration));
    buf_add_text(out, "commit;\n\n");
}

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

static bool replace_objects(struct db *db, const struct object_arrays *arrays,
                            struct buf *out, struct err *err)
{
    const struct db_args *args = DB_ARGS(arrays->names.s, arrays->digests.s);
    struct db_rows *plan = db_query(db, sql_init_plan, args, err);
    bool ok = plan != NULL;

    for (size_t i = 0; ok && i < db_rows_count(plan); i++)
        ok = do_step(db, plan, i, NULL, err);
    if (ok && db_rows_count(plan) > 0) {
        ok = db_run(db, sql_init_keep, args, NULL, err);
        if (ok)
            buf_add_text(out, "replaced functions and views\n");
    }
    db_rows_free(plan);
    return ok;
}

static bool is_due(struct db *db, const struct object_arrays *arrays, bool *due,
                   struct err *err)
{
    struct db_rows *plan =
        db_query(db, sql_init_plan, DB_ARGS(arrays->names.s, arrays->digests.s), err);

    *due = plan != NULL && db_rows_count(plan) > 0;
    db_rows_free(plan);
    return plan != NULL;
}

/* In the owner's name, whoever runs init; the lock is asked for only when it is needed.
 */
static bool schema_replace(struct db *db, const struct object_arrays *arrays,
                           struct buf *out, struct err *err)
{
    bool due = false;

    if (!is_due(db, arrays, &due, err))
        return false;
    if (!due)
        return true;

    bool ok = schema_begin(db, err) && db_exec(db, "set local role cdretl_owner", err) &&
              replace_objects(db, arrays, out, err) && txn_commit(db, err);

    if (!ok)
        txn_rollback(db);
    return ok;
}

static void print_keep(const struct object_arrays *arrays, struct buf *out)
{
    buf_add_text(out, "prepare keep (text[], text[]) as\n");
    buf_add_text(out, sql_init_keep);
    buf_addf(out, "execute keep ('%s',\n    '%s');\ndeallocate keep;\ncommit;\n",
             arrays->names.s, arrays->digests.s);
}

/* What schema_replace() would do in a database of VERSION. */
static bool print_objects(struct db *db, int version, const struct object_arrays *arrays,
                          struct buf *out, struct err *err)
{
    struct db_rows *plan = NULL;
    bool ok = true;

    if (version > 0) {
        plan =
            db_query(db, sql_init_plan, DB_ARGS(arrays->names.s, arrays->digests.s), err);
        if (plan == NULL || db_rows_count(plan) == 0) {
            db_rows_free(plan);
            return plan != NULL;
        }
    }
    buf_addf(out,
             "-- functions and views\nbegin;\n" SET_PATH
             "%sset local role cdretl_owner;\n\n",
             sql_init_begin);
    for (size_t i = 0; plan != NULL && ok && i < db_rows_count(plan); i++)
        ok = do_step(db, plan, i, out, err);
    for (size_t i = 0; plan == NULL && i < sql_object_count; i++)
        buf_addf(out, "-- %s\n%s\n", sql_objects[i].name, sql_objects[i].text);
    db_rows_free(plan);
    print_keep(arrays, out);
    return ok;
}

static bool migrate(struct db *db, int version, bool dry_run, struct buf *out,
                    struct err *err)
{
    for (size_t i = (size_t)version; i < sql_migration_count; i++) {
        if (dry_run)
            print_migration(&sql_migrations[i], out);
        else if (!schema_apply(db, &sql_migrations[i], out, err))
            return false;
    }
    return true;
}

/* Texts of exports are stored as they are, and what is no UTF-8 was refused before. */
static bool check_encoding(struct db *db, struct err *err)
{
    struct db_rows *rows = db_query(db, sql_init_encoding, NULL, err);
    bool ok = rows != NULL &&
              (db_bool(rows, 0, 0) ||
               err_set(err, EXIT_DATABASE,
                       "the database %s is encoded in %s, and calls need UTF8: create "
                       "another with: create database NAME encoding 'UTF8' template "
                       "template0",
                       db_value(rows, 0, 1).s, db_value(rows, 0, 2).s));

    db_rows_free(rows);
    return ok;
}

bool schema_upgrade(struct db *db, bool dry_run, struct buf *out, struct err *err)
{
    struct object_arrays arrays = { 0 };
    int version;

    if (!check_encoding(db, err) || !schema_read_version(db, &version, err) ||
        !refuse_newer(version, err))
        return false;
    list_objects(&arrays);

    bool ok = migrate(db, version, dry_run, out, err) &&
              (dry_run ? print_objects(db, version, &arrays, out, err)
                       : schema_replace(db, &arrays, out, err));

    object_arrays_free(&arrays);
    return ok;
}

/* Under a version that is ours, the objects may still be of another program. */
static bool check_objects(struct db *db, struct err *err)
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

enum { USER, DATABASE, MAY_LOOK, MAY_STORE, MAY_KEEP }; /* columns of load/rights */

static bool refuse_rights(const struct db_rows *rows, bool writes, struct err *err)
{
    const char *user = db_value(rows, 0, USER).s;
    const char *database = db_value(rows, 0, DATABASE).s;

    if (!db_bool(rows, 0, MAY_LOOK) || (writes && !db_bool(rows, 0, MAY_STORE)))
        return err_set(
            err, EXIT_DATABASE,
            "user %s may not %s: let who ran cdretl init, or a superuser, run: "
            "grant %s to %s",
            user, writes ? "load" : "read schema cdr",
            writes ? "cdretl_loader" : "cdretl_dashboard", user);
    return !writes || db_bool(rows, 0, MAY_KEEP) ||
           err_set(err, EXIT_DATABASE,
                   "user %s may not keep temporary tables, which a load needs: let the "
                   "database's owner run: grant temporary on database %s to "
                   "cdretl_loader",
                   user, database);
}

static bool check_rights(struct db *db, bool writes, struct err *err)
{
    struct db_rows *rows = db_query(db, sql_load_rights, NULL, err);
    bool ok =
        rows != NULL && (db_rows_count(rows) == 0 || refuse_rights(rows, writes, err));

    db_rows_free(rows);
    return ok;
}

static bool schema_check_version(struct db *db, struct err *err)
{
    int version;

    if (!schema_read_version(db, &version, err) || !refuse_newer(version, err))
        return false;
    if (version == 0)
        return err_set(err, EXIT_DATABASE,
                       "the database has no schema cdr of ours: run cdretl init");
    if (version < newest())
        return err_set(err, EXIT_DATABASE,
                       "the schema in the database is version %d, %d is needed: run "
                       "cdretl init",
                       version, newest());
    return check_objects(db, err);
}

bool schema_check(struct db *db, struct err *err)
{
    return check_rights(db, false, err) && schema_check_version(db, err);
}

bool schema_check_writer(struct db *db, struct err *err)
{
    return check_rights(db, true, err) && schema_check_version(db, err);
}
