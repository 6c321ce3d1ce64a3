/*
 * db_plans.h - statements that are asked over and over, planned once a session.
 *
 * Planning a statement of the ledger costs the server several times what carrying it out
 * does.  A plan that is kept belongs to the server's session, so behind a pooler, which
 * may hand us another one, nothing is kept: the pid that the server has tells.
 */
#ifndef ETL_DB_DB_PLANS_H
#define ETL_DB_DB_PLANS_H

#include "base/err.h"
#include "db/db_conn.h"

enum { PLAN_NAME = 24 };

/*
 * NAME gets the name under which the plan of SQL is kept; empty where it is not.  False
 * with ERR: the server refused to plan it, or a signal came.
 */
bool db_plans_name(struct db *db, const char *sql, char name[static PLAN_NAME],
                   struct err *err) MUST_USE;

#endif
