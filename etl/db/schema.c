/*
 * schema.c - migrations: which there are, which the database has, which it lacks.
 *
 * Migrations are the texts NNN_name of schema/, numbered from 1 without gaps.
 */
#include "db/schema.h"

#include <assert.h>
#include <ctype.h>

#include "base/base.h"
#include "base/log.h"
#include "db/sql.h"
#include "db/txn.h"

/* The number of the migration TEXT is; 0: it is none. */
static int schema_number_of(const struct sql_text *text)
{
    const char *name = text->name;

    if (!isdigit((unsigned char)name[0]) || !isdigit((unsigned char)name[1]) ||
        !isdigit((unsigned char)name[2]) || name[3] != '_')
        return 0;
    return (name[0] - '0') * 100 + (name[1] - '0') * 10 + (name[2] - '0');
}

static int newest(void)
{
    int count = 0;

    for (size_t i = 0; i < sql_text_count; i++)
        if (schema_number_of(&sql_texts[i]) != 0) {
            count++;
            assert(schema_number_of(&sql_texts[i]) == count);
        }
    return count;
}

static bool schema_read_version(struct db *db, int *version, struct err *err)
{
    bool is_there = false;
    int64_t newest = 0;
    bool ok = db_ask(db, "select to_regclass('cdr.schema_version') is not null", NULL,
                     &is_there, err) &&
              (!is_there ||
               db_ask_int(db, "select coalesce(max(version), 0) from cdr.schema_version",
                          NULL, &newest, err));

    *version = (int)newest;
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

static bool apply(struct db *db, const struct sql_text *text, struct err *err)
{
    char number[16];
    int have = 0;

    snprintf(number, sizeof number, "%d", schema_number_of(text));

    bool ok = txn_begin_locked(db, 0, err) && schema_read_version(db, &have, err);

    /* Somebody else may have done it while we waited. */
    if (ok && have >= schema_number_of(text)) {
        txn_rollback(db);
        return true;
    }
    ok = ok && db_exec(db, text->text, err) &&
         db_run(db, "insert into cdr.schema_version (version, name) values ($1, $2)",
                DB_ARGS(number, text->name + 4), NULL, err) &&
         txn_commit(db, err);
    if (ok)
        log_note("schema: applied %s", text->name);
    else
        txn_rollback(db);
    return ok || err_at(err, "migration %s: ", text->name);
}

static void schema_print(const struct sql_text *text, struct buf *out)
{
    buf_addf(out, "-- %s\nbegin;\n%s", text->name, text->text);
    buf_addf(out, "insert into cdr.schema_version (version, name) values (%d, '%s');\n",
             schema_number_of(text), text->name + 4);
    buf_add_text(out, "commit;\n\n");
}

bool schema_upgrade(struct db *db, bool dry_run, struct buf *out, struct err *err)
{
    int version;

    if (!schema_read_version(db, &version, err) || !refuse_newer(version, err))
        return false;
    for (size_t i = 0; i < sql_text_count; i++) {
        if (schema_number_of(&sql_texts[i]) <= version)
            continue;
        if (dry_run)
            schema_print(&sql_texts[i], out);
        else if (!apply(db, &sql_texts[i], err))
            return false;
        else
            buf_addf(out, "applied %s\n", sql_texts[i].name);
    }
    return true;
}

bool schema_check(struct db *db, struct err *err)
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
    return true;
}
