/*
 * session.c - one list of settings, as one statement.
 */
#include "db/session.h"

#include "base/base.h"

static const struct setting {
    const char *name, *value;
    int since;         /* the server's version that knows it first; 0: all of ours */
    bool is_users_own; /* stays as it is when the user's own PGOPTIONS set it */
} settings[] = {
    { "search_path", SEARCH_PATH, 0, false },
    { "client_encoding", "UTF8", 0, false },
    /* How values are written and read. */
    { "DateStyle", "ISO, YMD", 0, false },
    { "IntervalStyle", "postgres", 0, false },
    { "TimeZone", "UTC", 0, false },
    { "extra_float_digits", "1", 0, false },
    { "bytea_output", "hex", 0, false },
    { "lc_numeric", "C", 0, false },
    { "lc_time", "C", 0, false },
    { "lc_monetary", "C", 0, false },
    { "standard_conforming_strings", "on", 0, false },
    { "array_nulls", "on", 0, false },
    { "quote_all_identifiers", "off", 0, false },
    { "transform_null_equals", "off", 0, false },
    /* Rows that a policy hides are an error, not absent. */
    { "row_security", "off", 0, false },
    { "default_table_access_method", "heap", 0, false },
    /* What was committed is there, and a failed statement is not the end. */
    { "synchronous_commit", "on", 0, false },
    { "exit_on_error", "off", 0, false },
    { "default_transaction_read_only", "off", 0, false },
    { "default_transaction_isolation", "read committed", 0, false },
    { "default_transaction_deferrable", "off", 0, false },
    /* Citus plans a query of its tables for the values it asks for, or not at all. */
    { "plan_cache_mode", "auto", 0, false },
    /* Compiling a query would take longer than it does. */
    { "jit", "off", 0, false },
    /* A load takes as long as it takes; who waits for us is told by --wait and status. */
    { "statement_timeout", "0", 0, true },
    { "lock_timeout", "0", 0, true },
    { "idle_in_transaction_session_timeout", "0", 0, true },
    { "idle_session_timeout", "0", 140000, true },
    { "transaction_timeout", "0", 170000, true },
};

/* What the user's own options set (PGOPTIONS, `options` of a connection string). */
static void read_users_own(const struct db *db, struct buf *options)
{
    PQconninfoOption *all = PQconninfo(db->conn);

    for (const PQconninfoOption *one = all; one != NULL && one->keyword != NULL; one++)
        if (strcmp(one->keyword, "options") == 0 && one->val != NULL)
            buf_add_text(options, one->val);
    buf_cstr(options);
    PQconninfoFree(all);
}

static void write_settings(const struct db *db, const char *is_local, struct buf *out)
{
    const char *between = "select ";
    struct buf own = { 0 };

    read_users_own(db, &own);
    for (size_t i = 0; i < COUNTOF(settings); i++) {
        if (settings[i].since > PQserverVersion(db->conn) ||
            (settings[i].is_users_own && strstr(own.s, settings[i].name) != NULL))
            continue;
        buf_addf(out, "%spg_catalog.set_config('%s', '%s', %s)", between,
                 settings[i].name, settings[i].value, is_local);
        between = ", ";
    }
    buf_cstr(out);
    buf_free(&own);
}

void session_for_all(const struct db *db, struct buf *out)
{
    struct buf own = { 0 };

    /* By itself, and first: the list may take longer than a timeout that is to go. */
    read_users_own(db, &own);
    if (strstr(own.s, "statement_timeout") == NULL)
        buf_add_text(out, "set statement_timeout = 0; ");
    buf_free(&own);
    write_settings(db, "false", out);
}

void session_for_transaction(const struct db *db, struct buf *out)
{
    write_settings(db, "true", out);
}
