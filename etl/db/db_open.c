/*
 * db_open.c - a connection is made, and what its session takes for granted is set.
 */
#include <sys/socket.h>

#include "base/base.h"
#include "base/log.h"
#include "base/stop.h"
#include "db/db.h"
#include "db/db_conn.h"
#include "db/session.h"

/* Notices are shown with -v, warnings always. */
static void on_notice(void *unused, const PGresult *res)
{
    const char *severity = PQresultErrorField(res, PG_DIAG_SEVERITY_NONLOCALIZED);
    const char *text = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);

    (void)unused;
    if (text == NULL)
        return;
    if (severity != NULL && strcmp(severity, "WARNING") == 0)
        log_warn("database: %s", text);
    else
        log_note("database: %s", text);
}

static bool refuse_connection(struct db *db, struct err *err)
{
    struct buf text = { 0 };

    db_conn_add_line(&text, PQerrorMessage(db->conn));
    err_set(err, EXIT_DATABASE,
            "cannot connect: %s; check --db or PGHOST, PGPORT, PGDATABASE, PGUSER, and "
            "that the server runs",
            buf_cstr(&text));
    buf_free(&text);
    return false;
}

static bool old_server(const struct db *db, struct err *err)
{
    int version = PQserverVersion(db->conn);

    if (version >= 130000)
        return false;
    err_set(err, EXIT_DATABASE, "the server is PostgreSQL %d.%d; 13 or newer is needed",
            version / 10000, version % 100);
    return true;
}

/*
 * A server that is busy does not see that we were killed, and would go on, holding the
 * lock, until it has something to say.  Where it can look (14, Linux) it shall.
 */
static bool watch_client(struct db *db, struct err *err)
{
    struct err refused = { 0 };

    if (PQserverVersion(db->conn) < 140000 ||
        db_exec(db, "set client_connection_check_interval = '2s'", &refused))
        return true;
    log_note("%s", refused.text);
    return !stop_asked(err);
}

/*
 * A statement_timeout of the database or the role may end even the statement that takes
 * it away, when the server is busy: asked again, as is all but a signal or a lost server.
 */
static bool set_session(struct db *db, struct err *err)
{
    enum { TRIES = 10 };
    struct buf for_all = { 0 };
    bool ok = false;

    session_for_all(db, &for_all);
    for (int tries = 1; !ok; tries++) {
        struct err refused = { 0 };

        ok = db_exec(db, for_all.s, &refused);
        if (!ok && (tries == TRIES || refused.code != EXIT_DATABASE || db_is_lost(db))) {
            *err = refused;
            break;
        }
    }
    buf_free(&for_all);
    session_for_transaction(db, &db->settings);
    return ok;
}

/*
 * A server on this machine reads from a socket that holds some milliseconds' work; twice
 * as much is what the system allows everybody.  While we sort, it has something to do.
 * Between machines the system finds the right size itself.
 */
static void widen_socket(const struct db *db)
{
    enum { WANTED = 1 << 20 };
    struct sockaddr_storage address = { 0 };
    socklen_t len = sizeof address;
    int fd = PQsocket(db->conn), wanted = WANTED;

    if (getsockname(fd, (struct sockaddr *)&address, &len) == 0 &&
        address.ss_family == AF_UNIX)
        (void)setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &wanted, sizeof wanted);
}

struct db *db_open(const char *conninfo, struct err *err)
{
    const char *const keys[] = { "dbname", "client_encoding", "fallback_application_name",
                                 NULL };
    const char *const values[] = { conninfo != NULL ? conninfo : "", "UTF8", "cdretl",
                                   NULL };
    struct db *db = xcalloc(1, sizeof *db);

    /* An empty dbname is none: libpq's own environment decides. */
    db->conn = PQconnectdbParams(conninfo != NULL ? keys : keys + 1,
                                 conninfo != NULL ? values : values + 1, 1);
    if (db->conn == NULL || PQstatus(db->conn) != CONNECTION_OK)
        refuse_connection(db, err);
    else if (!old_server(db, err)) {
        PQsetNoticeReceiver(db->conn, on_notice, NULL);
        PQsetnonblocking(db->conn, 1);
        widen_socket(db);
        if (set_session(db, err) && watch_client(db, err))
            return db;
    }
    db_close(db);
    return NULL;
}
