/*
 * db.h - the one door to libpq.
 *
 * A struct db is one connection.  Statements take their values as parameters; nothing
 * that came from outside is ever put into SQL text.  Every failure is one sentence of
 * kind EXIT_DATABASE.  COPY has headers of its own: db_copy.h into a table, db_out.h
 * out of one.
 */
#ifndef ETL_DB_DB_H
#define ETL_DB_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"

struct db; /* a connection */

/* Connect as libpq does: CONNINFO, or NULL for its own environment and files. */
struct db *db_open(const char *conninfo, struct err *err) MUST_USE;
void db_close(struct db *db); /* NULL is allowed */

/* Call WAITS with TO a few times a second while the server is waited for; NULL: nobody.
 */
void db_on_wait(struct db *db, void (*waits)(void *to), void *to);

/*
 * The statement that sets, in a transaction that has just begun, what all others rely on
 * (session.h); empty where the server's session is known to be ours alone, and keeps what
 * was set in the beginning.  txn.h sends it.
 */
const char *db_settings(const struct db *db);

/* The connection is lost; nothing more can be asked. */
bool db_is_lost(const struct db *db);

/* Carry SQL out, one statement or several, without parameters. */
bool db_exec(struct db *db, const char *sql, struct err *err) MUST_USE;

/* The same; *YES: what the last statement answers, a truth. */
bool db_exec_ask(struct db *db, const char *sql, bool *yes, struct err *err) MUST_USE;

/* Values for $1, $2 ...: C strings, NULL for null. */
struct db_args {
    size_t count;
    const char *const *value;
};

#define DB_ARGS(...)                                                                     \
    (&(const struct db_args){ sizeof((const char *const[]){ __VA_ARGS__ }) /             \
                                  sizeof(const char *),                                  \
                              (const char *const[]){ __VA_ARGS__ } })

/*
 * The COUNT statements SQL (64 at most, they stay where they are) will be asked over and
 * over: from the second time on each is planned once (db_plans.c).  Only for those whose
 * best plan does not hang on their values; one list a connection.
 */
void db_keep_plans(struct db *db, const char *const *sql, size_t count);

/* Append TEXT to ARRAY, a text[] that begins empty; the closing } is the caller's. */
void db_array_add(struct buf *array, struct slice text);

/* Carry one statement out; *AFFECTED (may be NULL) gets its number of rows. */
bool db_run(struct db *db, const char *sql, const struct db_args *args,
            uint64_t *affected, struct err *err) MUST_USE;

struct db_rows; /* what a query gave; db_rows_free() it */

/* ARGS may be NULL.  Values come as text, or in PostgreSQL's binary forms. */
struct db_rows *db_query(struct db *db, const char *sql, const struct db_args *args,
                         struct err *err) MUST_USE;
struct db_rows *db_query_binary(struct db *db, const char *sql,
                                const struct db_args *args, struct err *err) MUST_USE;
void db_rows_free(struct db_rows *rows); /* NULL is allowed */

/* Takes a row, the only one of ROW, in binary form; the connection is busy. */
typedef bool db_row_fn(void *to, const struct db_rows *row, struct err *err);

/* Carry one statement out, and hand its rows to TAKE as they come: one is in memory. */
bool db_each(struct db *db, const char *sql, const struct db_args *args, db_row_fn *take,
             void *to, struct err *err) MUST_USE;

size_t db_rows_count(const struct db_rows *rows);
size_t db_rows_width(const struct db_rows *rows);

/*
 * Where the column called NAME stands, asked once a result.  There must be one: a
 * statement that gives other columns than its reader wants is a broken program.
 */
size_t db_column(const struct db_rows *rows, const char *name);

/* The same for COUNT names. */
void db_columns(const struct db_rows *rows, const char *const *names, size_t count,
                size_t *column);

/* What the column is called; borrowed from ROWS. */
const char *db_column_name(const struct db_rows *rows, size_t column);

/* Absent for null; borrowed from ROWS, with a NUL behind. */
struct slice db_value(const struct db_rows *rows, size_t row, size_t column);

/* The same of the column called NAME. */
struct slice db_named(const struct db_rows *rows, size_t row, const char *name);

/* The column's type is one of PostgreSQL's numbers, whose text is a number of JSON. */
bool db_is_number(const struct db_rows *rows, size_t column);

/* A number out of a text result; 0 for null. */
int64_t db_int(const struct db_rows *rows, size_t row, size_t column);
bool db_bool(const struct db_rows *rows, size_t row, size_t column);

/* A question with one answer, which is the first value of the first row. */
bool db_ask(struct db *db, const char *sql, const struct db_args *args, bool *yes,
            struct err *err) MUST_USE;
bool db_ask_int(struct db *db, const char *sql, const struct db_args *args,
                int64_t *number, struct err *err) MUST_USE;

#endif
