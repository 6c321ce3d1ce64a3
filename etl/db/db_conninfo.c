/*
 * db_conninfo.c - passwords do not stand on command lines.
 */
#include "db/db_conninfo.h"

#include <libpq-fe.h>

#include "base/base.h"

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
