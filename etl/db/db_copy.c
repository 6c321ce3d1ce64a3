/*
 * db_copy.c - COPY, and how to end one.
 *
 * PQputCopyEnd() only sends; whether the rows were taken is known when every
 * result has been read.  A connection must never be left in COPY_IN.
 */
#include "db/db_copy.h"

#include <assert.h>
#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>

#include "base/stop.h"
#include "db/db_wait.h"

enum { MESSAGE = 80 << 10 /* bytes of one at most */ };

bool db_copy_begin(struct db *db, const char *sql, struct err *err)
{
    assert(!db->copying);

    PGresult *res = db_copy_settle(db, err) ? db_send(db, sql, err) : NULL;
    bool ok = PQresultStatus(res) == PGRES_COPY_IN;

    db->answered = false;
    db->copying |= ok;
    if (!ok)
        db_conn_failed(db, res, err);
    PQclear(res);
    return ok;
}

bool db_copy_put(struct db *db, const void *bytes, size_t len, struct err *err)
{
    assert(db->copying);
    for (size_t at = 0; at < len; at += MESSAGE) {
        size_t part = len - at < MESSAGE ? len - at : MESSAGE;

        /* What libpq keeps for itself when the server is slow would grow without end. */
        if (PQputCopyData(db->conn, (const char *)bytes + at, (int)part) != 1 ||
            !db_flush(db, err))
            return db_conn_failed(db, NULL, err);
    }
    return true;
}

bool db_copy_answered(const struct db *db)
{
    struct pollfd socket = { .fd = PQsocket(db->conn), .events = POLLIN };

    return db->answered || (socket.fd >= 0 && poll(&socket, 1, 0) > 0);
}

bool db_copy_end(struct db *db, const char *reason, uint64_t *rows, struct err *err)
{
    struct err given_up = { 0 };

    assert(db->copying);
    db->copying = false;
    *rows = 0;
    if (PQputCopyEnd(db->conn, reason) != 1)
        return db_conn_failed(db, NULL, err);
    /* It may be waiting for somebody, and not read what we send. */
    if (reason != NULL && stop_is_known())
        db_cancel(db);
    /* The server answers a reason with an error, which is no news. */
    if (reason == NULL)
        return db_drain(db, rows, err);
    if (!db_drain(db, rows, &given_up) && db_conn_is_lost(db))
        err_set(err, given_up.code, "%s", given_up.text);
    return false;
}

bool db_copy_end_later(struct db *db, uint64_t rows, struct err *err)
{
    assert(db->copying);
    db->copying = false;
    if (PQputCopyEnd(db->conn, NULL) != 1)
        return db_conn_failed(db, NULL, err);
    db->is_ending = true;
    db->ending_rows = rows;
    return db_flush(db, err) || db_conn_failed(db, NULL, err);
}

bool db_copy_settle(struct db *db, struct err *err)
{
    uint64_t rows = 0;

    if (!db->is_ending)
        return true;
    db->is_ending = false;
    return db_drain(db, &rows, err) &&
           (rows == db->ending_rows ||
            err_set(err, EXIT_INTERNAL,
                    "%" PRIu64 " rows were sent and %" PRIu64 " arrived", db->ending_rows,
                    rows));
}
