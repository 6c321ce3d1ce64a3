/*
 * db_out.c - COPY ... TO STDOUT, row by row.
 *
 * libpq hands out a message at a time.  The server sends a row in each, but the
 * first has the head in front, and the last is the tail alone.
 */
#include "db/db_out.h"

#include <assert.h>

#include "base/base.h"
#include "base/stop.h"
#include "db/db_copy.h"
#include "db/db_wait.h"

enum { HEAD = 19, TAIL = 2 }; /* signature, flags, no extension; -1 instead of a count */

struct db_out {
    struct db *db;
    char *message; /* libpq's */
    bool has_head, is_over;
};

static void fill_in(struct buf *out, const char *sql, const struct db_args *args)
{
    for (const char *c = sql; *c != '\0'; c++) {
        if (*c != '$') {
            buf_add_char(out, *c);
            continue;
        }

        size_t at = (size_t)(*++c - '1');

        assert(at < args->count && strpbrk(args->value[at], "'\\") == NULL);
        buf_addf(out, "'%s'", args->value[at]);
    }
}

struct db_out *db_out_begin(struct db *db, const char *sql, const struct db_args *args,
                            struct err *err)
{
    struct buf text = { 0 };

    fill_in(&text, sql, args);

    PGresult *res = db_copy_settle(db, err) ? db_send(db, buf_cstr(&text), err) : NULL;
    struct db_out *out = NULL;

    buf_free(&text);

    if (PQresultStatus(res) == PGRES_COPY_OUT) {
        out = xcalloc(1, sizeof *out);
        out->db = db;
    } else {
        db_conn_failed(db, res, err);
    }
    PQclear(res);
    return out;
}

/* The rows are through: was that all of them? */
static bool db_out_finish(struct db_out *out, struct err *err)
{
    PGresult *res;
    bool ok = true, stopped = false;

    out->is_over = true;
    while ((res = db_next(out->db, &stopped)) != NULL) {
        if (PQresultStatus(res) != PGRES_COMMAND_OK)
            ok = db_conn_failed(out->db, res, err);
        PQclear(res);
    }
    return ok;
}

static bool more(struct db_out *out, struct err *err)
{
    PGconn *conn = out->db->conn;

    return stop_wait(PQsocket(conn), err) &&
           (PQconsumeInput(conn) == 1 || db_conn_failed(out->db, NULL, err));
}

bool db_out_next(struct db_out *out, struct slice *row, struct err *err)
{
    *row = SLICE_NONE;
    while (!out->is_over && row->s == NULL) {
        PQfreemem(out->message);
        out->message = NULL;

        int len = PQgetCopyData(out->db->conn, &out->message, 1);

        if (len < 0)
            return db_out_finish(out, err);
        if (len == 0 && !more(out, err))
            return false;
        if (len == 0)
            continue;
        *row = (struct slice){ out->message, (size_t)len };
        if (!out->has_head && row->len >= HEAD)
            *row = slice_from(*row, HEAD);
        out->has_head = true;
        if (row->len <= TAIL)
            *row = SLICE_NONE;
    }
    return true;
}

void db_out_end(struct db_out *out)
{
    struct err ignored = { 0 };

    if (out == NULL)
        return;
    if (!out->is_over)
        db_cancel(out->db);
    PQfreemem(out->message);
    out->message = NULL;
    while (!out->is_over && PQgetCopyData(out->db->conn, &out->message, 0) >= 0) {
        PQfreemem(out->message);
        out->message = NULL;
    }
    if (!out->is_over)
        (void)db_out_finish(out, &ignored);
    free(out);
}
