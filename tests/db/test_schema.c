/* loader/schema, and what the catalogs must look like. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "db/init/cluster.h"
#include "db/init/schema.h"
#include "db/row/row_copy.h"
#include "db/sql.h"
#include "support/legs.h"
#include "support/sql_forms.h"

static struct db *db;
static const struct cluster_wish no_wish;

static void setup(void)
{
    db = legs_database(true);
}

static void teardown(void)
{
    legs_database_drop(db);
}

TestSuite(schema, .init = setup, .fini = teardown);

Test(schema, init_twice_changes_nothing)
{
    struct err err = { 0 };
    struct buf out = { 0 };

    cr_expect(schema_upgrade(db, &no_wish, false, &out, &err), "%s", err.text);
    cr_expect_eq(out.len, 0);
    cr_expect(schema_check(db, &err), "%s", err.text);
    cr_expect_eq(legs_count(db, "select count(*) - max(version) from cdr.schema_version"),
                 0);
    buf_free(&out);
}

Test(schema, a_dry_run_prints_and_does_nothing)
{
    struct err err = { 0 };
    struct buf out = { 0 };

    cr_assert(db_exec(db, "drop schema cdr cascade", &err), "%s", err.text);
    cr_expect(schema_upgrade(db, &no_wish, true, &out, &err), "%s", err.text);
    cr_expect_not_null(strstr(buf_cstr(&out), "create table cdr.leg ("));
    cr_expect_eq(
        legs_count(db, "select count(*) from pg_namespace where nspname = 'cdr'"), 0);
    cr_expect_not(schema_check(db, &err));
    cr_expect_str_eq(err.text, "the database has no schema cdr of ours: run cdretl init");
    err = (struct err){ 0 };
    cr_expect(db_exec(db, buf_cstr(&out), &err), "%s", err.text);
    cr_expect(schema_check(db, &err), "%s", err.text);
    buf_free(&out);
}

Test(schema, a_newer_database_is_refused)
{
    struct err err = { 0 };
    struct buf out = { 0 };

    cr_assert(db_exec(db, "insert into cdr.schema_version values (900, 'future')", &err));
    cr_expect_not(schema_upgrade(db, &no_wish, false, &out, &err));
    cr_expect_eq(err.code, EXIT_DATABASE);
    cr_expect_not_null(strstr(err.text, "is version 900, this program knows"), "%s",
                       err.text);
    err = (struct err){ 0 };
    cr_expect_not(schema_check(db, &err));
    buf_free(&out);
}

Test(schema, an_older_database_asks_for_init)
{
    struct err err = { 0 };

    cr_assert(db_exec(db, "delete from cdr.schema_version", &err));
    cr_expect_not(schema_check(db, &err));
    cr_expect_not_null(strstr(err.text, "run cdretl init"), "%s", err.text);
}

Test(schema, the_table_has_the_columns_that_rows_have)
{
    struct row_copy *copy = row_copy_new();

    cr_expect_str_eq(
        legs_ask(db, "select string_agg(attname, ', ' order by attnum) from pg_attribute "
                     "where attrelid = 'cdr.leg'::regclass and attnum > 0"),
        row_copy_columns(copy));
    cr_expect_str_eq(
        legs_ask(db, "select string_agg(attname, ', ' order by attnum) from pg_attribute "
                     "where attrelid = 'cdr.leg_version'::regclass and attnum > 0"),
        row_copy_columns(copy));
    row_copy_free(copy);
}

Test(schema, the_columns_have_the_types_that_rows_write)
{
    static const char *const types[] = {
        [COLUMN_UUID] = "uuid",       [COLUMN_TIME] = "timestamp with time zone",
        [COLUMN_SECONDS] = "integer", [COLUMN_CODE] = "smallint",
        [COLUMN_INT] = "integer",     [COLUMN_LINE] = "bigint",
        [COLUMN_BOOL] = "boolean",    [COLUMN_TEXT] = "text",
        [COLUMN_TEXTS] = "text[]",    [COLUMN_JSON] = "jsonb",
    };
    struct buf query = { 0 };

    for (size_t i = 0; i < row_column_count; i++) {
        buf_reset(&query);
        buf_addf(&query,
                 "select format_type(atttypid, null) from pg_attribute where attrelid = "
                 "'cdr.leg'::regclass and attname = '%s'",
                 row_columns[i].name);
        cr_expect_str_eq(legs_ask(db, buf_cstr(&query)), types[row_columns[i].kind], "%s",
                         row_columns[i].name);
    }
    buf_free(&query);
}

/* Every value of a list of names, or "none". */
static void expect_none(const char *what, const char *query)
{
    struct buf all = { 0 };

    buf_addf(&all, "select coalesce(string_agg(name, ', '), 'none') from (%s) q (name)",
             query);

    const char *names = legs_ask(db, buf_cstr(&all));

    cr_expect_str_eq(names, "none", "%s: %s", what, names);
    buf_free(&all);
}

#define OURS "join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'cdr' "

Test(schema, everything_has_a_comment)
{
    struct err err = { 0 };

    cr_assert(db_exec(db, "select cdr.add_month('2026-06-01')", &err), "%s", err.text);
    expect_none("relations", "select c.relname::text from pg_class c " OURS
                             "where c.relkind in ('r', 'p', 'v', 'm', 'S') "
                             "and obj_description(c.oid, 'pg_class') is null");
    expect_none("columns",
                "select c.relname || '.' || a.attname from pg_class c " OURS
                "join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 "
                "where c.relkind in ('r', 'p', 'v', 'm') and not a.attisdropped "
                "and col_description(c.oid, a.attnum) is null");
    expect_none("functions", "select p.proname::text from pg_proc p join pg_namespace n "
                             "on n.oid = p.pronamespace and n.nspname = 'cdr' "
                             "where obj_description(p.oid, 'pg_proc') is null");
}

/*
 * A table that is distributed, or copied to every node, has no foreign key from or to
 * another, and what distributes it is in each of its unique keys.
 */
static void expect_no_keys_across(const struct sql_layout *layout)
{
    struct buf query = { 0 };

    buf_addf(&query,
             "select conname::text from pg_constraint where contype = 'f' and "
             "'cdr.%s'::regclass in (confrelid, conrelid)",
             layout->table);
    expect_none("foreign keys", buf_cstr(&query));
    buf_reset(&query);
    buf_addf(&query,
             "select i.indexrelid::regclass::text from pg_index i where i.indrelid = "
             "'cdr.%s'::regclass and i.indisunique and not exists (select 1 from "
             "pg_attribute a where a.attrelid = i.indrelid and a.attname = '%s' and "
             "a.attnum = any (i.indkey))",
             layout->table, layout->key != NULL ? layout->key : "");
    if (layout->key != NULL)
        expect_none("keys without what distributes", buf_cstr(&query));
    buf_free(&query);
}

Test(schema, the_catalogs_keep_the_rules_of_citus)
{
    expect_none("triggers", "select t.tgname::text from pg_trigger t join pg_class c "
                            "on c.oid = t.tgrelid " OURS "where not t.tgisinternal");
    expect_none("rules", "select r.rulename::text from pg_rewrite r join pg_class c "
                         "on c.oid = r.ev_class " OURS "where r.rulename <> '_RETURN'");
    for (size_t i = 0; i < sql_layout_count; i++)
        expect_no_keys_across(&sql_layouts[i]);
    expect_none("exclusions",
                "select conname::text from pg_constraint where contype = 'x'");
    expect_none("identity columns",
                "select a.attname::text from pg_attribute a join pg_class c "
                "on c.oid = a.attrelid " OURS "where a.attidentity <> ''");
    expect_none("texts in another order than C",
                "select a.attname::text from pg_attribute a join pg_collation l "
                "on l.oid = a.attcollation where a.attrelid = 'cdr.leg'::regclass "
                "and l.collname <> 'C'");
    expect_none("times without zone",
                "select c.relname || '.' || a.attname from pg_class c " OURS
                "join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 "
                "where a.atttypid = 'timestamp'::regtype and c.relname not like '%day%'");
}

/* The text without its lines of comment. */
static void add_code(struct buf *out, const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        if (at[0] == '-' && at[1] == '-')
            at = strchr(at, '\n');
        buf_add_char(out, *at);
    }
    buf_cstr(out);
}

/* What no statement of ours may say; comments may.  Forms are test_forms.c's. */
static void expect_clean(const struct sql_text *sql)
{
    static const char *const forbidden[] = {
        "isolation level", "localtime", "pg_get_functiondef", "prosrc", "age(xmin)",
    };
    struct buf text = { 0 };

    add_code(&text, sql->text);
    for (size_t i = 0; i < COUNTOF(forbidden); i++)
        cr_expect_null(strstr(text.s, forbidden[i]), "%s: %s", sql->name, forbidden[i]);
    buf_free(&text);
}

static void expect_all_clean(const struct sql_text *texts, size_t count)
{
    cr_assert_gt(count, 0);
    for (size_t i = 0; i < count; i++)
        expect_clean(&texts[i]);
}

Test(schema, the_statements_keep_to_plain_words)
{
    expect_all_clean(sql_migrations, sql_migration_count);
    expect_all_clean(sql_objects, sql_object_count);
    expect_all_clean(sql_statements, sql_statement_count);
    cr_expect_not_null(strstr(sql_load_begin, "citus.multi_shard_modify_mode"));
}

/* Where Citus is not, init says so when it is asked, and does nothing. */
Test(schema, there_is_nothing_to_distribute_on_plain_postgresql)
{
    struct err err = { 0 };
    struct buf out = { 0 };

    if (legs_on_citus())
        cr_skip_test("this is not plain PostgreSQL");
    cr_expect(schema_upgrade(db, &no_wish, false, &out, &err), "%s", err.text);
    cr_expect_eq(out.len, 0);
    cr_expect(schema_upgrade(db, &(struct cluster_wish){ true, 8 }, false, &out, &err),
              "%s", err.text);
    cr_expect_str_eq(buf_cstr(&out),
                     "Citus is not in this database: nothing to distribute\n");
    buf_free(&out);
}

Test(schema, dashboards_read_views_and_see_numbers_masked)
{
    if (legs_on_citus())
        cr_skip_test("cdr.call is for loaders there: nodes know no view's owner");

    struct run *run = legs_run(db);
    struct row row = legs_row(1, 0);
    struct report report = legs_load(run, "one.csv", &row, 1);
    struct err err = { 0 };

    report_free(&report);
    cr_assert(db_exec(db, "set role cdretl_dashboard", &err), "%s", err.text);
    cr_expect_str_eq(legs_ask(db, "select caller from cdr.call"), "380322****57");
    cr_expect_str_eq(legs_ask(db, "select destination from cdr.attempt"), "380636****79");
    cr_expect_not(db_exec(db, "select * from cdr.leg", &err));
    err = (struct err){ 0 };
    cr_expect_not(db_exec(
        db, "select * from cdr.calls_between('2026-01-01Z', '2027-01-01Z')", &err));
    err = (struct err){ 0 };
    cr_expect_not(db_exec(db, "delete from cdr.stat_hour", &err));
    err = (struct err){ 0 };
    cr_expect(db_exec(db, "reset role", &err));
    cr_expect_str_eq(legs_ask(db, "select caller from cdr.call"), "380322327757");
    cr_expect(run_finish(run, EXIT_DONE, &err));
}

/* A user who is a member of cdretl_loader and nothing else can load. */
Test(schema, a_loader_needs_no_more_than_his_role)
{
    if (legs_on_citus())
        cr_skip_test("SET ROLE to a role without login: nodes are reached by logins");

    struct err err = { 0 };
    struct row row = legs_row(1, 0);

    cr_assert(db_exec(db, "set role cdretl_loader", &err), "%s", err.text);

    struct run *run = legs_run(db);
    struct report report = legs_load(run, "one.csv", &row, 1);

    cr_expect_eq(report.inserted, 1);
    report_free(&report);
    row.leg.sip_code = NO_CODE;
    row.leg.agent = slice_of("1001");
    report = legs_load(run, "two.csv", &row, 1);
    cr_expect_eq(report.updated, 1);
    report_free(&report);
    cr_expect(run_finish(run, EXIT_DONE, &err), "%s", err.text);
}

Test(schema, the_view_and_the_function_tell_the_same_calls)
{
    expect_none("columns",
                "select attname::text from pg_attribute where attnum > 0 and attrelid "
                "= 'cdr.call'::regclass except select unnest(proargnames) from "
                "pg_proc where proname = 'calls_between'");
}
