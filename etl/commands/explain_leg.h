/*
 * explain_leg.h - legs that the database holds, for `explain --leg`.
 */
#ifndef ETL_COMMANDS_EXPLAIN_LEG_H
#define ETL_COMMANDS_EXPLAIN_LEG_H

#include "db/db.h"
#include "rules/rules.h"

/*
 * Explain the stored leg of that KEY, and say what is stored where the rules now
 * say otherwise.  False with ERR: no such leg, no database.
 */
bool explain_stored(const struct rules *rules, const char *conninfo, const char *key,
                    const struct explanation *how, struct err *err) MUST_USE;

#endif
