/*
 * name_key.c - cdr.secret, row leg_name.
 */
#include "loader/name_key.h"

#include "base/base.h"
#include "db/sql.h"

bool name_key_load(struct db *db, unsigned char key[static LEG_NAME_KEY], struct err *err)
{
    struct db_rows *rows = db_query_binary(db, sql_load_name_key, NULL, err);

    if (rows == NULL)
        return false;

    bool is_there = db_rows_count(rows) == 1 && db_value(rows, 0, 0).len == LEG_NAME_KEY;

    if (is_there)
        memcpy(key, db_value(rows, 0, 0).s, LEG_NAME_KEY);
    db_rows_free(rows);
    return is_there ||
           err_set(err, EXIT_DATABASE,
                   "the key leg_name in cdr.secret is not there: bring it back from a "
                   "backup of this database, for legs without id are named with it");
}
