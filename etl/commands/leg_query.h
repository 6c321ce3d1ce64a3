/*
 * leg_query.h - legs that the database holds, as the rules see them.
 */
#ifndef ETL_COMMANDS_LEG_QUERY_H
#define ETL_COMMANDS_LEG_QUERY_H

#include "db/db.h"
#include "record/row.h"

/* LEG, and VALUE with what is stored by column (row_column_named), both borrowed. */
typedef void (*stored_fn)(void *to, const struct leg *leg, const struct slice *value);

/* Every leg of that key to TAKE: one, or none.  False with ERR. */
bool stored_by_key(struct db *db, const char *key, stored_fn take, void *to,
                   struct err *err) MUST_USE;

/*
 * Every leg that started from FROM on and before TO (ms since 1970 UTC), a quarter
 * of a day at a time so that memory does not grow with the period.
 */
bool stored_between(struct db *db, int64_t from, int64_t to_time, stored_fn take,
                    void *to, struct err *err) MUST_USE;

#endif
