/*
 * db_wait.c - waiting for the server and for signals at once.
 *
 * libpq's own waiting ignores signals until the statement ends.  We sleep on the socket
 * and on the signal's pipe at once.  When a signal comes, the server is asked to cancel
 * the statement, and asked again every AGAIN_MS, because a request that arrives before
 * its statement has no effect.  After TRIES times without an answer the connection is
 * shut.
 */
#include "db/db_wait.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/stop.h"

enum {
    AGAIN_MS = 200, /* between two requests to cancel, and two calls of who waits */
    TRIES = 25,     /* without an answer, until the connection is shut */
};

struct wait {
    struct db *db;
    bool stopped; /* a signal came during this wait, or before it unnoticed */
    int silent;   /* how often in a row poll() saw nothing */
};

void db_cancel(struct db *db)
{
    char ignored[256];
    PGcancel *request = PQgetCancel(db->conn);

    if (request != NULL)
        PQcancel(request, ignored, sizeof ignored);
    PQfreeCancel(request);
}

/* The caller sets ERR, unless the statement was a commit that went through first. */
static void on_signal(struct wait *wait)
{
    wait->stopped = true;
    db_cancel(wait->db);
}

/* AGAIN_MS passed without an answer. */
static void on_silence(struct wait *wait)
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
    /* Where the pipe does not wake us, a signal is looked for. */
    bool looks = fds[1].fd < 0 || wait->db->waits != NULL;
    int got = poll(fds, 2, looks ? AGAIN_MS : -1);

    if (got < 0)
        return errno == EINTR;
    if (got == 0 && (wait->stopped || stop_is_known()))
        on_silence(wait);
    else if (got == 0 && wait->db->waits != NULL)
        wait->db->waits(wait->db->waits_to);
    if (fds[1].revents != 0)
        on_signal(wait);
    if ((fds[0].revents & ~POLLOUT) == 0)
        return true;
    wait->silent = 0;
    wait->db->answered = true;
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
    /* When the connection broke, the result says so. */
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

/* RES may have opened a COPY that its caller, who gets an error, will not end. */
static void leave_copy(struct db *db, const PGresult *res)
{
    PGresult *rest;
    char *row;
    bool stopped = false;

    db->copying = PQresultStatus(res) == PGRES_COPY_IN; /* the next statement ends it */
    if (PQresultStatus(res) != PGRES_COPY_OUT)
        return;
    while (PQgetCopyData(db->conn, &row, 0) > 0)
        PQfreemem(row);
    while ((rest = db_next(db, &stopped)) != NULL)
        PQclear(rest);
}

/* The statement was done before the signal and ended its transaction: it is kept. */
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

bool db_drain(struct db *db, uint64_t *rows, struct err *err)
{
    PGresult *res;
    bool ok = true, stopped = false;

    while ((res = db_next(db, &stopped)) != NULL) {
        ExecStatusType status = PQresultStatus(res);

        if (status == PGRES_COMMAND_OK)
            *rows += strtoull(PQcmdTuples(res), NULL, 10);
        else
            ok = stopped ? false : db_conn_failed(db, res, err);
        PQclear(res);
        /* A dead connection can stay in COPY_IN for ever: stop asking. */
        if (status == PGRES_COPY_IN)
            break;
    }
    /* Taken or not: the rows of an open transaction are not kept. */
    return stopped ? !stop_asked(err) : ok;
}

PGresult *db_send(struct db *db, const char *sql, struct err *err)
{
    return PQsendQuery(db->conn, sql) ? db_answer(db, err) : NULL;
}
