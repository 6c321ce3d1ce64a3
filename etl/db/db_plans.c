/*
 * db_plans.c - prepared at the second time of asking.
 */
#include "db/db_conn.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/db_wait.h"

/* Is the server's session ours alone? */
static bool is_own_session(struct db *db, bool *is_own, struct err *err)
{
    PGresult *res = db_send(db, "select pg_catalog.pg_backend_pid()", err);
    bool ok = PQresultStatus(res) == PGRES_TUPLES_OK;

    if (ok)
        *is_own = atoi(PQgetvalue(res, 0, 0)) == PQbackendPID(db->conn);
    else
        db_conn_failed(db, res, err);
    PQclear(res);
    return ok;
}

static bool db_plans_prepare(struct db *db, const char *sql, const char *name,
                             struct err *err)
{
    PGresult *res =
        PQsendPrepare(db->conn, name, sql, 0, NULL) ? db_answer(db, err) : NULL;
    bool ok = PQresultStatus(res) == PGRES_COMMAND_OK;

    if (!ok)
        db_conn_failed(db, res, err);
    PQclear(res);
    return ok;
}

/* SQL is asked for the second time: keep its plan, where one can be kept. */
static bool db_plans_make(struct db *db, size_t plan, const char *name, struct err *err)
{
    struct db_plans *plans = &db->plans;
    bool is_own = false;

    if (!plans->is_own && !is_own_session(db, &is_own, err))
        return false;
    if (!plans->is_own && !is_own) {
        plans->count = 0;
        return true;
    }
    plans->is_own = true;
    if (!db_plans_prepare(db, plans->sql[plan], name, err))
        return false;
    plans->is_made |= UINT64_C(1) << plan;
    return true;
}

bool db_plans_name(struct db *db, const char *sql, char name[static PLAN_NAME],
                   struct err *err)
{
    struct db_plans *plans = &db->plans;
    size_t plan = 0;

    name[0] = '\0';
    while (plan < plans->count && strcmp(plans->sql[plan], sql) != 0)
        plan++;
    if (plan == plans->count)
        return true;

    uint64_t bit = UINT64_C(1) << plan;

    snprintf(name, PLAN_NAME, "cdretl_%zu", plan);
    if ((plans->was_asked & bit) != 0 && (plans->is_made & bit) == 0 &&
        !db_plans_make(db, plan, name, err))
        return false;
    plans->was_asked |= bit;
    if ((plans->is_made & bit) == 0)
        name[0] = '\0';
    return true;
}
