/* loader/db: connections that fail, and COPYs that end. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "base/stop.h"
#include "db/db_copy.h"
#include "db/txn.h"
#include "support/legs.h"

Test(db, a_connection_that_cannot_be_says_what_to_check)
{
    struct err err = { 0 };

    cr_expect_null(db_open("host=/nonexistent dbname=x", &err));
    cr_expect_eq(err.code, EXIT_DATABASE);
    cr_expect(strncmp(err.text, "cannot connect: ", 16) == 0, "%s", err.text);
    cr_expect_not_null(strstr(err.text, "check --db or PGHOST"), "%s", err.text);
    cr_expect_null(strchr(err.text, '\n'));
}

Test(db, a_statement_that_fails_says_why_in_one_line)
{
    struct db *db = legs_database(false);
    struct err err = { 0 };

    cr_expect_not(db_exec(db, "select 1; select * from nowhere", &err));
    cr_expect_str_eq(err.text, "database: relation \"nowhere\" does not exist");
    err = (struct err){ 0 };
    cr_expect_not(db_run(db, "select $1::integer", DB_ARGS("x'; drop"), NULL, &err));
    cr_expect_str_eq(err.text,
                     "database: invalid input syntax for type integer: \"x'; drop\"");
    legs_database_drop(db);
}

/* Only the end of a COPY says whether the rows were good. */
Test(db, a_copy_is_good_when_its_end_says_so)
{
    struct db *db = legs_database(false);
    struct err err = { 0 };
    uint64_t rows;

    cr_assert(db_exec(db, "create temp table t (n integer primary key)", &err));
    cr_assert(db_copy_begin(db, "copy t from stdin", &err));
    cr_assert(db_copy_put(db, "1\n2\n", 4, &err));
    cr_expect(db_copy_end(db, NULL, &rows, &err), "%s", err.text);
    cr_expect_eq(rows, 2);

    cr_assert(db_copy_begin(db, "copy t from stdin", &err));
    cr_assert(db_copy_put(db, "3\n3\n", 4, &err));
    cr_expect_not(db_copy_end(db, NULL, &rows, &err));
    cr_expect_not_null(strstr(err.text, "duplicate key"), "%s", err.text);

    err = (struct err){ 0 };
    cr_assert(db_copy_begin(db, "copy t from stdin", &err));
    cr_assert(db_copy_put(db, "4\n", 2, &err));
    cr_expect_not(db_copy_end(db, "given up", &rows, &err));
    cr_expect_eq(err.code, EXIT_DONE, "giving up is no failure: %s", err.text);
    cr_expect_eq(legs_count(db, "select count(*) from t"), 2);
    legs_database_drop(db);
}

/* A pooler may hand us a session in which somebody else has set whatever he liked. */
/* COPY so many rows of one number, in text, and do not wait for the answer. */
static bool copy_later(struct db *db, const char *rows, uint64_t count, struct err *err)
{
    return db_copy_begin(db, "copy once from stdin", err) &&
           db_copy_put(db, rows, strlen(rows), err) && db_copy_end_later(db, count, err);
}

Test(db, a_copy_that_was_not_waited_for_answers_to_what_comes_next)
{
    struct db *db = legs_database(false);
    struct err err = { 0 };
    int64_t count = 0;

    cr_assert(db_exec(db, "create temp table once (n int primary key)", &err));

    /* Good: parameters, plain statements and another COPY come behind it. */
    cr_expect(copy_later(db, "1\n2\n", 2, &err), "%s", err.text);
    cr_expect(db_ask_int(db, "select count(*) from once", NULL, &count, &err));
    cr_expect_eq(count, 2);
    cr_expect(copy_later(db, "3\n", 1, &err) && copy_later(db, "4\n", 1, &err) &&
                  db_exec(db, "insert into once values (5)", &err),
              "%s", err.text);

    /* Refused: the next statement says why, whatever it is, and a rollback ends it. */
    cr_assert(txn_begin(db, &err), "%s", err.text);
    cr_expect(copy_later(db, "5\n", 1, &err), "%s", err.text);
    cr_expect_not(db_exec(db, "select 1", &err));
    cr_expect_eq(err.code, EXIT_DATABASE);
    cr_expect(strstr(err.text, "duplicate key") != NULL, "%s", err.text);
    txn_rollback(db);
    err = (struct err){ 0 };
    cr_assert(txn_begin(db, &err), "%s", err.text);
    cr_expect(copy_later(db, "5\n", 1, &err), "%s", err.text);
    txn_rollback(db);
    cr_expect(db_ask_int(db, "select count(*) from once", NULL, &count, &err), "%s",
              err.text);
    cr_expect_eq(count, 5);

    /* Fewer rows than were meant. */
    cr_expect(copy_later(db, "6\n", 2, &err), "%s", err.text);
    cr_expect_not(db_ask_int(db, "select 1", NULL, &count, &err));
    cr_expect_eq(err.code, EXIT_INTERNAL);
    cr_expect(strstr(err.text, "2 rows were sent and 1 arrived") != NULL, "%s", err.text);
    legs_database_drop(db);
}

Test(db, every_transaction_sets_what_it_relies_on)
{
    static const char ask[] =
        "select pg_catalog.concat_ws(' ', pg_catalog.current_setting('search_path'), "
        "pg_catalog.current_setting('TimeZone'), "
        "pg_catalog.current_setting('lock_timeout'), "
        "pg_catalog.current_setting('synchronous_commit'), "
        "pg_catalog.current_setting('transaction_isolation'), "
        "pg_catalog.current_setting('transaction_read_only'))";
    struct db *db = legs_database(false);
    struct err err = { 0 };

    cr_expect_str_eq(legs_ask(db, ask),
                     "pg_catalog, pg_temp UTC 0 on read committed off");
    for (int i = 0; i < 2; i++) {
        cr_assert(
            db_exec(db,
                    "set search_path = public, pg_catalog; set timezone = 'Asia/Almaty'; "
                    "set lock_timeout = '1s'; set synchronous_commit = off; "
                    "set default_transaction_isolation = 'serializable'; "
                    "set default_transaction_read_only = on",
                    &err));
        cr_assert(i == 0 ? txn_begin(db, &err) : txn_begin_read(db, &err), "%s",
                  err.text);
        /* What a Citus cluster would bound to 1 GB, ending the load of a large file. */
        cr_expect_str_eq(
            legs_ask(db, "select coalesce(nullif(pg_catalog.current_setting("
                         "'citus.max_intermediate_result_size', true), '1GB'), '')"),
            i == 0 ? "-1" : "");
        cr_expect_str_eq(legs_ask(db, ask),
                         i == 0 ? "pg_catalog, pg_temp UTC 0 on read committed off"
                                : "pg_catalog, pg_temp UTC 0 on repeatable read on");
        txn_rollback(db);
    }
    legs_database_drop(db);
}

/* Whoever tidies up after a signal waits for five seconds; without one, as long as it
 * takes. */
Test(db, the_end_of_a_run_may_take_its_time)
{
    struct db *db = legs_database(false);
    struct err err = { 0 };

    stop_is_late();
    cr_expect(db_exec(db, "select pg_sleep(6)", &err), "%s", err.text);
    legs_database_drop(db);
}

/* From the second time on a plan is kept, which sees what becomes of its tables. */
Test(db, plans_of_statements_that_come_often_are_kept)
{
    static const char often[] = "select count(*) from t where a = $1::integer";
    static const char *const all[] = { "select 1", often };
    static const char kept[] =
        "select pg_catalog.count(*) || ' ' || "
        "coalesce(pg_catalog.min(statement), '') from pg_catalog.pg_prepared_statements";
    struct db *db = legs_database(false);
    struct err err = { 0 };
    int64_t count;

    cr_assert(
        db_exec(db, "create temp table t (a integer); insert into t values (7)", &err));
    db_keep_plans(db, all, COUNTOF(all));
    for (int i = 0; i < 9; i++) {
        cr_assert(db_ask_int(db, often, DB_ARGS("7"), &count, &err), "%s", err.text);
        cr_expect_eq(count, 1 + (i > 4));
        cr_expect_str_eq(legs_ask(db, kept),
                         i == 0 ? "0 "
                                : "1 select count(*) from t where a = $1::integer");
        if (i == 4)
            cr_assert(db_exec(db,
                              "drop table t; create temp table t (b text, a bigint); "
                              "insert into t values ('', 7), ('', 7), ('', 8)",
                              &err),
                      "%s", err.text);
    }
    cr_expect_not(db_ask_int(db, often, DB_ARGS("x"), &count, &err));
    cr_expect_not_null(strstr(err.text, "\"x\""), "%s", err.text);
    legs_database_drop(db);
}

static void kill_backends(void)
{
    struct db *other = legs_database_again();
    struct err err = { 0 };

    cr_assert(db_exec(other,
                      "select pg_terminate_backend(pid) from pg_stat_activity where "
                      "datname = current_database() and pid <> pg_backend_pid(); "
                      "select pg_sleep(0.2)",
                      &err),
              "%s", err.text);
    db_close(other);
}

Test(db, a_backend_killed_amid_a_load_leaves_nothing)
{
    static const unsigned char sum[DIGEST_BYTES] = { 9 };
    struct db *db = legs_database(true);
    struct run *run = legs_run(db);
    struct err err = { 0 };
    struct load *load = load_open(run, "killed.csv", sum, &err);
    bool ok = load_begin_pass(load, &err);

    for (uint64_t i = 1; ok && i <= 100000; i++) {
        struct row row = legs_row(i, (int64_t)(i % 3000));

        if (i == 5000)
            kill_backends();
        ok = load_put(load, &row, &err);
    }
    cr_expect_eq(load_end_pass(load, ok, false, &err), LOAD_FAILED);
    cr_expect_eq(err.code, EXIT_DATABASE, "%s", err.text);
    cr_expect_not_null(strstr(err.text, "the connection to the database is lost"), "%s",
                       err.text);
    load_close(load);
    err = (struct err){ 0 };
    cr_expect_not(run_finish(run, EXIT_DATABASE, &err));
    db_close(db);

    db = legs_database_again();
    cr_expect_eq(legs_count(db, "select count(*) from cdr.leg"), 0);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.file"), 0);
    cr_expect_eq(legs_count(db, "select count(*) from cdr.run where finished_at is null"),
                 1);
    legs_database_drop(db);
}

/* A node that is lost is no fault of a file, though its error is called internal. */
Test(db, a_broken_connection_of_a_node_is_no_data)
{
    struct db *db = legs_database(false);
    static const char *const texts[] = { "server closed the connection unexpectedly",
                                         "SSL SYSCALL error: EOF detected",
                                         "could not receive data from server: reset" };
    struct err size = { 0 };

    for (size_t i = 0; i < COUNTOF(texts); i++) {
        struct buf sql = { 0 };
        struct err lost = { 0 };

        buf_addf(&sql, "do $$ begin raise exception '%s' using errcode = 'XX000'; end $$",
                 texts[i]);
        cr_expect_not(db_exec(db, buf_cstr(&sql), &lost));
        cr_expect_not(lost.is_data, "%s", texts[i]);
        buf_free(&sql);
    }
    cr_expect_not(
        db_exec(db,
                "do $$ begin raise exception 'invalid memory alloc request size "
                "1' using errcode = 'XX000'; end $$",
                &size));
    cr_expect(size.is_data);
    legs_database_drop(db);
}
