/*
 * schema.c - the schema in the database: migrations that it lacks, then what objects.c
 * replaces.
 *
 * Migrations are the texts of schema/migrations, NNN_name, numbered from 1 without gaps.
 * Each runs once, in a transaction of its own.
 */
#include "db/init/schema.h"

#include <assert.h>

#include "base/base.h"
#include "base/log.h"
#include "db/init/objects.h"
#include "db/sql.h"
#include "db/txn.h"

static const char migrations_folder[] = "migrations/";

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

    bool ok = txn_begin_locked(db, 0, err) && db_exec(db, sql_init_begin, err) &&
              schema_read_version(db, &have, err);

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

bool schema_upgrade(struct db *db, const struct cluster_wish *wish, bool dry_run,
                    struct buf *out, struct err *err)
{
    struct cluster cluster;
    int version;

    if (!check_encoding(db, err) || !schema_read_version(db, &version, err) ||
        !refuse_newer(version, err))
        return false;
    return migrate(db, version, dry_run, out, err) &&
           cluster_begin(db, wish, dry_run, &cluster, out, err) &&
           (dry_run ? objects_print(db, version, &cluster, out, err)
                    : objects_replace(db, &cluster, out, err) &&
                          cluster_finish(db, &cluster, wish, out, err));
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
    return objects_check(db, err);
}

bool schema_check(struct db *db, struct err *err)
{
    return check_rights(db, false, err) && schema_check_version(db, err);
}

bool schema_check_writer(struct db *db, struct err *err)
{
    return check_rights(db, true, err) && schema_check_version(db, err);
}
