/*
 * leg_query.h - legs that the database holds, as the rules see them.
 */
#ifndef ETL_COMMANDS_SHARED_LEG_QUERY_H
#define ETL_COMMANDS_SHARED_LEG_QUERY_H

#include "db/db.h"
#include "record/row.h"

/* LEG, and VALUE with what is stored by column (row_column_named), both borrowed. */
typedef void (*leg_query_fn)(void *to, const struct leg *leg, const struct slice *value);

/* Every leg of that key to TAKE: one, or none.  False with ERR. */
bool leg_query_by_key(struct db *db, const char *key, leg_query_fn take, void *to,
                      struct err *err) MUST_USE;

/*
 * Every leg that started from FROM on and before TO (ms since 1970 UTC), a thousand at a
 * time by a cursor, so that memory does not grow with the period.  The transaction that
 * it begins ends with the connection.
 */
bool leg_query_between(struct db *db, int64_t from, int64_t to_time, leg_query_fn take,
                       void *to, struct err *err) MUST_USE;

#endif
