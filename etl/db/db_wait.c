/*
 * db_wait.c - waiting for the server, with an ear for signals.
 *
 * libpq's own waiting is deaf: a signal during a long statement would be heard when that
 * ends.  We sleep on the socket and on the signal's pipe at once; when a signal
 * comes, the server is asked to cancel, and asked again, for a request that comes
 * before its statement is lost.  A server that stays silent is left alone.
 */
#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

#include "base/stop.h"
#include "db/db_impl.h"

enum {
    AGAIN_MS = 200, /* between two requests to cancel */
    TRIES = 25,     /* until a silent server is left alone */
};

struct wait {
    struct db *db;
    bool stopped; /* a signal came during this wait, or before it and nobody knew */
    int silent;   /* how often in a row nothing came */
};

void db_cancel(struct db *db)
{
    char unheard[256];
    PGcancel *request = PQgetCancel(db->conn);

    if (request != NULL)
        PQcancel(request, unheard, sizeof unheard);
    PQfreeCancel(request);
}

/* Whoever waits says it, if it still matters: a commit may be quicker. */
static void hear_signal(struct wait *wait)
{
    wait->stopped = true;
    db_cancel(wait->db);
}

/* The server does not answer one who is in a hurry. */
static void hear_nothing(struct wait *wait)
{
    if (++wait->silent == TRIES)
        shutdown(PQsocket(wait->db->conn), SHUT_RDWR);
    else if (wait->stopped)
        db_cancel(wait->db);
}

/* Sleep until the socket is ready for EVENTS, and read what has come; false: it broke. */
static bool poll_socket(struct wait *wait, short events)
{
    struct pollfd fds[] = {
        { .fd = PQsocket(wait->db->conn), .events = events },
        { .fd = wait->stopped ? -1 : stop_fd(), .events = POLLIN },
    };
    int got = poll(fds, 2, wait->stopped || stop_is_known() ? AGAIN_MS : -1);

    if (got < 0)
        return errno == EINTR;
    if (got == 0)
        hear_nothing(wait);
    if (fds[1].revents != 0)
        hear_signal(wait);
    if ((fds[0].revents & ~POLLOUT) == 0)
        return true;
    wait->silent = 0;
    wait->db->spoke = true;
    return PQconsumeInput(wait->db->conn) == 1;
}

static bool db_wait_flush(struct wait *wait)
{
    int left;

    while ((left = PQflush(wait->db->conn)) == 1)
        if (!poll_socket(wait, POLLIN | POLLOUT))
            return false;
    return left == 0;
}

static PGresult *next(struct wait *wait)
{
    /* What broke is told by the result. */
    if (db_wait_flush(wait))
        while (PQisBusy(wait->db->conn) && poll_socket(wait, POLLIN))
            ;
    return PQgetResult(wait->db->conn);
}

bool db_flush(struct db *db, struct err *err)
{
    struct wait wait = { .db = db };

    return db_wait_flush(&wait) && !(wait.stopped && stop_asked(err));
}

PGresult *db_next(struct db *db, bool *stopped)
{
    struct wait wait = { .db = db };
    PGresult *res = next(&wait);

    *stopped |= wait.stopped;
    return res;
}

static bool opens_copy(const PGresult *res)
{
    ExecStatusType status = PQresultStatus(res);

    return status == PGRES_COPY_IN || status == PGRES_COPY_OUT;
}

/* RES may have opened a COPY that nobody will know of. */
static void leave_copy(struct db *db, const PGresult *res)
{
    PGresult *rest;
    char *row;
    bool stopped = false;

    db->copying = PQresultStatus(res) == PGRES_COPY_IN; /* whoever speaks next ends it */
    if (PQresultStatus(res) != PGRES_COPY_OUT)
        return;
    while (PQgetCopyData(db->conn, &row, 0) > 0)
        PQfreemem(row);
    while ((rest = db_next(db, &stopped)) != NULL)
        PQclear(rest);
}

/* RES was quicker than the signal, and is kept: a commit. */
static bool stands(const struct db *db, const PGresult *res)
{
    return PQresultStatus(res) != PGRES_FATAL_ERROR &&
           PQtransactionStatus(db->conn) == PQTRANS_IDLE;
}

PGresult *db_answer(struct db *db, struct err *err)
{
    PGresult *last = NULL, *res;
    bool stopped = false;

    while (!opens_copy(last) && (res = db_next(db, &stopped)) != NULL) {
        PQclear(last);
        last = res;
    }
    if (!stopped || stands(db, last))
        return last;
    stop_asked(err);
    leave_copy(db, last);
    PQclear(last);
    return NULL;
}

PGresult *db_send(struct db *db, const char *sql, struct err *err)
{
    return PQsendQuery(db->conn, sql) ? db_answer(db, err) : NULL;
}
