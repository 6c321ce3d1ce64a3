/*
 * db_conn.c - what the connection says, as one line.
 *
 * Where libpq gives several texts (message, detail, hint), they are joined.
 */
#include "db/db_conn.h"

#include <ctype.h>
#include <libpq-fe.h>

#include "base/base.h"

bool db_conn_is_lost(const struct db *db)
{
    return PQstatus(db->conn) != CONNECTION_OK;
}

void db_conn_add_line(struct buf *out, const char *text)
{
    for (; text != NULL && *text != '\0'; text++) {
        bool blank = isspace((unsigned char)*text);

        if (!blank)
            buf_add_char(out, *text);
        else if (out->len > 0 && out->s[out->len - 1] != ' ')
            buf_add_char(out, ' ');
    }
    while (out->len > 0 && out->s[out->len - 1] == ' ')
        out->len--;
}

static void db_conn_add_part(struct buf *out, const char *text)
{
    if (text == NULL)
        return;
    if (out->len > 0)
        buf_add_text(out, "; ");
    db_conn_add_line(out, text);
}

/* After such a message the connection is gone, though libpq still calls it good. */
static bool is_fatal(const PGresult *res)
{
    const char *severity = PQresultErrorField(res, PG_DIAG_SEVERITY_NONLOCALIZED);

    return severity != NULL &&
           (strcmp(severity, "FATAL") == 0 || strcmp(severity, "PANIC") == 0);
}

/* Words of libpq, which a coordinator passes on when it lost a node. */
static bool tells_of_connection(const char *text)
{
    static const char *const words[] = { "connection", "SSL ", "data from server",
                                         "data to server" };

    for (size_t i = 0; text != NULL && i < COUNTOF(words); i++)
        if (strstr(text, words[i]) != NULL)
            return true;
    return false;
}

/*
 * The classes of SQLSTATE that tell of a value, and of nothing that another file would
 * meet too: data, integrity, limits, what a function of ours raises, and the internal
 * error that a value of impossible size is.  A cluster says of a node that it lost with
 * the same internal error that its connection broke: that is nobody's value.
 */
static bool is_data(const PGresult *res)
{
    static const char *const classes[] = { "21", "22", "23", "44", "54", "P0", "XX000" };
    const char *state = PQresultErrorField(res, PG_DIAG_SQLSTATE);
    const char *text = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);

    if (state != NULL && strcmp(state, "XX000") == 0 && tells_of_connection(text))
        return false;

    for (size_t i = 0; state != NULL && i < COUNTOF(classes); i++)
        if (strncmp(state, classes[i], strlen(classes[i])) == 0)
            return true;
    return false;
}

/* The server undid the transaction for the sake of others: a deadlock, mostly. */
static bool is_disturbed(const PGresult *res)
{
    const char *state = PQresultErrorField(res, PG_DIAG_SQLSTATE);

    return state != NULL && strncmp(state, "40", 2) == 0;
}

bool db_conn_failed(const struct db *db, const PGresult *res, struct err *err)
{
    struct buf text = { 0 };
    bool is_lost = db_conn_is_lost(db) || is_fatal(res);
    bool is_first = err->code == EXIT_DONE;

    if (res != NULL) {
        db_conn_add_part(&text, PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY));
        db_conn_add_part(&text, PQresultErrorField(res, PG_DIAG_MESSAGE_DETAIL));
        db_conn_add_part(&text, PQresultErrorField(res, PG_DIAG_MESSAGE_HINT));
    }
    if (text.len == 0)
        db_conn_add_line(&text, PQerrorMessage(db->conn));
    if (is_lost)
        err_set(err, EXIT_DATABASE, "the connection to the database is lost: %s",
                buf_cstr(&text));
    else
        err_set(err, EXIT_DATABASE, "database: %s", buf_cstr(&text));
    if (is_first) {
        err->is_data = !is_lost && is_data(res);
        err->is_disturbed = !is_lost && is_disturbed(res);
    }
    buf_free(&text);
    return false;
}

/* Passwords do not stand on command lines. */

static const char *const secrets[] = { "password", "sslpassword", "oauth_client_secret" };

static bool is_secret(const char *keyword)
{
    for (size_t i = 0; i < COUNTOF(secrets); i++)
        if (strcmp(keyword, secrets[i]) == 0)
            return true;
    return false;
}

/* libpq reads no conninfo inside another: it would be told as a database's name. */
static bool is_nested(const PQconninfoOption *option)
{
    return strcmp(option->keyword, "dbname") == 0 && option->val != NULL &&
           (strstr(option->val, "://") != NULL || strchr(option->val, '=') != NULL);
}

static bool refuse_secret(struct err *err)
{
    return err_set(err, EXIT_USAGE,
                   "--db must not hold a password, which everybody who lists processes "
                   "could read: put it into a password file (~/.pgpass, PGPASSFILE) or a "
                   "service file (~/.pg_service.conf, service=NAME)");
}

bool db_conninfo_check(const char *conninfo, struct err *err)
{
    char *ignored = NULL; /* libpq's words repeat what it did not understand */

    /* A single word is the name of a database. */
    if (conninfo == NULL ||
        (strchr(conninfo, '=') == NULL && strstr(conninfo, "://") == NULL))
        return true;

    PQconninfoOption *options = PQconninfoParse(conninfo, &ignored);

    PQfreemem(ignored);
    if (options == NULL)
        return err_set(err, EXIT_USAGE,
                       "--db is no connection string that libpq understands: "
                       "'host=... dbname=... user=...', 'service=NAME' or "
                       "postgresql://user@host/dbname");

    bool ok = true;

    for (const PQconninfoOption *option = options; ok && option->keyword != NULL;
         option++)
        if ((option->val != NULL && is_secret(option->keyword)) || is_nested(option))
            ok = refuse_secret(err);
    PQconninfoFree(options);
    return ok;
}
