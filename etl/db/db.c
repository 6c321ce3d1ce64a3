/*
 * db.c - statements and their results.
 */
#include "db/db.h"

#include <assert.h>

#include "base/base.h"
#include "base/log.h"
#include "base/stop.h"
#include "db/db_conn.h"
#include "db/db_copy.h"
#include "db/db_wait.h"

struct db_rows {
    PGresult *res;
};

bool db_is_lost(const struct db *db)
{
    return db_conn_is_lost(db);
}

const char *db_settings(const struct db *db)
{
    return db->plans.is_own ? "" : db->settings.s;
}

void db_on_wait(struct db *db, void (*waits)(void *to), void *to)
{
    db->waits = waits;
    db->waits_to = to;
}

void db_close(struct db *db)
{
    if (db == NULL)
        return;
    PQfinish(db->conn);
    buf_free(&db->settings);
    free(db);
}

/* A COPY that was left open is given up; its rows are those of a failed transaction. */
static void close_copy(struct db *db)
{
    struct err ignored = { 0 };
    uint64_t rows;

    if (db->copying && !db_copy_end(db, "given up", &rows, &ignored))
        log_note("a COPY was given up");
}

bool db_exec_ask(struct db *db, const char *sql, bool *yes, struct err *err)
{
    close_copy(db);

    PGresult *res = db_copy_settle(db, err) ? db_send(db, sql, err) : NULL;
    ExecStatusType status = PQresultStatus(res);
    bool ok = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ||
              status == PGRES_EMPTY_QUERY;

    if (!ok)
        db_conn_failed(db, res, err);
    *yes = ok && PQntuples(res) == 1 && PQgetvalue(res, 0, 0)[0] == 't';
    PQclear(res);
    return ok;
}

bool db_exec(struct db *db, const char *sql, struct err *err)
{
    bool ignored;

    return db_exec_ask(db, sql, &ignored, err);
}

/* Its answer is to come. */
static bool send_params(struct db *db, const char *sql, const struct db_args *args,
                        bool binary, struct err *err)
{
    int count = args != NULL ? (int)args->count : 0;
    const char *const *value = args != NULL ? args->value : NULL;

    char plan[PLAN_NAME];
    int format = binary ? 1 : 0;

    close_copy(db);
    if (!db_copy_settle(db, err) || !db_plans_name(db, sql, plan, err))
        return false;
    return plan[0] != '\0'
               ? PQsendQueryPrepared(db->conn, plan, count, value, NULL, NULL, format)
               : PQsendQueryParams(db->conn, sql, count, NULL, value, NULL, NULL, format);
}

static PGresult *db_ask_params(struct db *db, const char *sql, const struct db_args *args,
                               bool binary, struct err *err)
{
    return send_params(db, sql, args, binary, err) ? db_answer(db, err) : NULL;
}

void db_keep_plans(struct db *db, const char *const *sql, size_t count)
{
    assert(db->plans.sql == NULL || db->plans.sql == sql);
    if (db->plans.sql == NULL)
        db->plans = (struct db_plans){ .sql = sql, .count = count };
}

void db_array_add(struct buf *array, struct slice text)
{
    buf_add_text(array, array->len == 0 ? "{\"" : ",\"");
    for (size_t i = 0; i < text.len; i++) {
        if (text.s[i] == '"' || text.s[i] == '\\')
            buf_add_char(array, '\\');
        buf_add_char(array, text.s[i]);
    }
    buf_add_char(array, '"');
}

bool db_run(struct db *db, const char *sql, const struct db_args *args,
            uint64_t *affected, struct err *err)
{
    PGresult *res = db_ask_params(db, sql, args, false, err);
    ExecStatusType status = PQresultStatus(res);
    bool ok = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;

    if (!ok)
        db_conn_failed(db, res, err);
    else if (affected != NULL)
        *affected = strtoull(PQcmdTuples(res), NULL, 10);
    PQclear(res);
    return ok;
}

static struct db_rows *query(struct db *db, const char *sql, const struct db_args *args,
                             bool binary, struct err *err)
{
    PGresult *res = db_ask_params(db, sql, args, binary, err);

    if (PQresultStatus(res) != PGRES_TUPLES_OK) {
        db_conn_failed(db, res, err);
        PQclear(res);
        return NULL;
    }

    struct db_rows *rows = xcalloc(1, sizeof *rows);

    rows->res = res;
    return rows;
}

struct db_rows *db_query(struct db *db, const char *sql, const struct db_args *args,
                         struct err *err)
{
    return query(db, sql, args, false, err);
}

struct db_rows *db_query_binary(struct db *db, const char *sql,
                                const struct db_args *args, struct err *err)
{
    return query(db, sql, args, true, err);
}

bool db_each(struct db *db, const char *sql, const struct db_args *args, db_row_fn *take,
             void *to, struct err *err)
{
    bool stopped = false, ok = send_params(db, sql, args, true, err);
    PGresult *res;

    if (!ok || PQsetSingleRowMode(db->conn) != 1)
        return db_conn_failed(db, NULL, err);
    while ((res = db_next(db, &stopped)) != NULL) {
        const struct db_rows row = { res };

        if (PQresultStatus(res) == PGRES_SINGLE_TUPLE)
            ok = ok && take(to, &row, err);
        else if (PQresultStatus(res) != PGRES_TUPLES_OK && !stopped)
            ok = db_conn_failed(db, res, err);
        PQclear(res);
    }
    return !(stopped && stop_asked(err)) && ok;
}

void db_rows_free(struct db_rows *rows)
{
    if (rows == NULL)
        return;
    PQclear(rows->res);
    free(rows);
}

size_t db_rows_count(const struct db_rows *rows)
{
    return (size_t)PQntuples(rows->res);
}

size_t db_rows_width(const struct db_rows *rows)
{
    return (size_t)PQnfields(rows->res);
}

size_t db_column(const struct db_rows *rows, const char *name)
{
    int column = PQfnumber(rows->res, name);

    if (column < 0) {
        fprintf(stderr, "cdretl: error: no column %s in a result of ours\n", name);
        abort();
    }
    return (size_t)column;
}

void db_columns(const struct db_rows *rows, const char *const *names, size_t count,
                size_t *column)
{
    for (size_t i = 0; i < count; i++)
        column[i] = db_column(rows, names[i]);
}

const char *db_column_name(const struct db_rows *rows, size_t column)
{
    return PQfname(rows->res, (int)column);
}

struct slice db_value(const struct db_rows *rows, size_t row, size_t column)
{
    int r = (int)row, c = (int)column;

    if (PQgetisnull(rows->res, r, c))
        return SLICE_NONE;
    return (struct slice){ PQgetvalue(rows->res, r, c),
                           (size_t)PQgetlength(rows->res, r, c) };
}

struct slice db_named(const struct db_rows *rows, size_t row, const char *name)
{
    return db_value(rows, row, db_column(rows, name));
}

bool db_is_number(const struct db_rows *rows, size_t column)
{
    enum { INT8 = 20, INT2 = 21, INT4 = 23, NUMERIC = 1700 }; /* pg_type.oid */
    Oid type = PQftype(rows->res, (int)column);

    return type == INT8 || type == INT2 || type == INT4 || type == NUMERIC;
}

int64_t db_int(const struct db_rows *rows, size_t row, size_t column)
{
    struct slice text = db_value(rows, row, column);

    return text.s != NULL ? strtoll(text.s, NULL, 10) : 0;
}

bool db_bool(const struct db_rows *rows, size_t row, size_t column)
{
    struct slice text = db_value(rows, row, column);

    return text.s != NULL && text.s[0] == 't';
}

bool db_ask(struct db *db, const char *sql, const struct db_args *args, bool *yes,
            struct err *err)
{
    struct db_rows *rows = db_query(db, sql, args, err);

    if (rows == NULL)
        return false;
    *yes = db_bool(rows, 0, 0);
    db_rows_free(rows);
    return true;
}

bool db_ask_int(struct db *db, const char *sql, const struct db_args *args,
                int64_t *number, struct err *err)
{
    struct db_rows *rows = db_query(db, sql, args, err);

    if (rows == NULL)
        return false;
    *number = db_int(rows, 0, 0);
    db_rows_free(rows);
    return true;
}
