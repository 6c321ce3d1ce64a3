/* db/init: functions and views, replaced when the program has others. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "db/init/schema.h"
#include "support/legs.h"

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

TestSuite(schema_objects, .init = setup, .fini = teardown);

static void expect_replaced(void)
{
    struct err err = { 0 };
    struct buf out = { 0 };

    cr_expect_not(schema_check(db, &err));
    cr_expect_not_null(strstr(err.text, "run cdretl init"), "%s", err.text);
    err = (struct err){ 0 };
    cr_expect(schema_upgrade(db, &no_wish, false, &out, &err), "%s", err.text);
    cr_expect_str_eq(buf_cstr(&out), "replaced functions and views\n");
    cr_expect(schema_check(db, &err), "%s", err.text);
    buf_free(&out);
}

#define KPI_DAY_COLUMNS                                                                  \
    "select count(*) from pg_attribute where attrelid = 'cdr.kpi_day'::regclass and "    \
    "attnum > 0"

/* Objects are found by their names alone, and the folder of a text says nothing. */
Test(schema_objects, no_view_has_the_name_of_a_function)
{
    cr_expect_eq(legs_count(db,
                            "select count(*) from pg_class c join pg_proc p on "
                            "p.proname = c.relname and p.pronamespace = c.relnamespace "
                            "where c.relnamespace = 'cdr'::regnamespace"),
                 0);
    cr_expect_gt(legs_count(db, "select count(*) from pg_proc where pronamespace = "
                                "'cdr'::regnamespace"),
                 0);
}

/* As if the program of yesterday had a view with a column more, and others below it. */
Test(schema_objects, a_view_of_another_program_is_replaced_and_what_reads_it)
{
    struct err err = { 0 };
    int64_t columns = legs_count(db, KPI_DAY_COLUMNS);
    int64_t comments = legs_count(db, "select count(*) from pg_description");

    cr_assert(
        db_exec(db,
                "drop view cdr.kpi_day; create view cdr.kpi_day as select day, 1 as "
                "older from cdr.day; drop function cdr.percent(numeric, numeric) "
                "cascade; update cdr.schema_object set digest = 'older' where name in "
                "('views/kpi_day', 'functions/percent')",
                &err),
        "%s", err.text);
    expect_replaced();
    cr_expect_eq(legs_count(db, KPI_DAY_COLUMNS), columns);
    cr_expect_eq(legs_count(db, "select count(*) from pg_description"), comments);
}

Test(schema_objects, what_others_were_granted_stays_granted)
{
    struct err err = { 0 };

    cr_assert(
        db_exec(db,
                "do $$ begin create role \"a reader\" nologin; exception when "
                "duplicate_object then null; end $$; grant select on cdr.kpi_day to "
                "\"a reader\"; update cdr.schema_object set digest = 'older' where "
                "name = 'views/measure_hour'",
                &err),
        "%s", err.text);
    expect_replaced();
    cr_expect_eq(legs_count(db, "select has_table_privilege('a reader', 'cdr.kpi_day', "
                                "'select')::integer"),
                 1);
    cr_expect(db_exec(db, "drop owned by \"a reader\"; drop role \"a reader\"", &err));
}

/* Data change; views and functions stay the ones that they are. */
Test(schema_objects, nothing_is_dropped_for_a_definition)
{
    struct err err = { 0 };
    static const char *const query =
        "select sum(oid::bigint)::bigint from pg_class where relkind = 'v' and "
        "relnamespace = 'cdr'::regnamespace";
    int64_t before = legs_count(db, query);

    cr_assert(
        db_exec(db,
                "update cdr.schema_object set digest = 'older' where name = "
                "'data/kpi_definition'; update cdr.kpi_definition set name = 'older'; "
                "update cdr.setting set value = '7', meaning = 'older'",
                &err),
        "%s", err.text);
    expect_replaced();
    cr_expect_eq(legs_count(db, query), before);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.kpi_definition where name = "
                                "'older'"),
                 0);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.setting where value <> '7' or "
                                "meaning = 'older'"),
                 0);
}

Test(schema_objects, an_object_that_the_program_has_no_more_goes)
{
    struct err err = { 0 };

    cr_assert(
        db_exec(db,
                "create view cdr.older as select * from cdr.kpi_hour; create function "
                "cdr.older(day date) returns date language sql as 'select $1'; insert "
                "into cdr.schema_object (name, digest) values ('views/older', 'x'), "
                "('functions/older', 'x')",
                &err),
        "%s", err.text);
    expect_replaced();
    cr_expect_eq(legs_count(db, "select count(*) from pg_class where relname = 'older'"),
                 0);
    cr_expect_eq(legs_count(db, "select count(*) from pg_proc where proname = 'older'"),
                 0);
}

/* Nobody's own view is dropped with ours: init fails, changes nothing and says why. */
Test(schema_objects, a_view_of_others_is_never_dropped)
{
    struct err err = { 0 };
    struct buf out = { 0 };

    cr_assert(
        db_exec(db,
                "create view public.mine as select asr from cdr.kpi_day; update "
                "cdr.schema_object set digest = 'older' where name = 'views/kpi_day'",
                &err),
        "%s", err.text);
    cr_expect_not(schema_upgrade(db, &no_wish, false, &out, &err));
    cr_expect_eq(err.code, EXIT_DATABASE);
    cr_expect_not_null(strstr(err.text, "view public.mine depends on view cdr.kpi_day"),
                       "%s", err.text);
    err = (struct err){ 0 };
    cr_expect(db_exec(db, "select * from public.mine; select asr from cdr.kpi_day", &err),
              "%s", err.text);
    buf_free(&out);
}
