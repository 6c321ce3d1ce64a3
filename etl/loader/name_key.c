/*
 * name_key.c - cdr.secret, row leg_name.
 */
#include "loader/name_key.h"

#include "base/base.h"
#include "db/sql.h"

bool name_key_read(struct slice hex, unsigned char key[static LEG_NAME_KEY],
                   struct err *err)
{
    if (hex.len != 2 * LEG_NAME_KEY)
        return err_set(err, EXIT_DATABASE,
                       "the key leg_name in cdr.secret is not there: bring it back from "
                       "a backup of this database, for legs without id are named with "
                       "it");
    for (size_t i = 0; i < LEG_NAME_KEY; i++)
        key[i] =
            (unsigned char)(hex_digit(hex.s[2 * i]) << 4 | hex_digit(hex.s[2 * i + 1]));
    return true;
}

bool name_key_load(struct db *db, unsigned char key[static LEG_NAME_KEY], struct err *err)
{
    struct db_rows *rows = db_query(db, sql_load_name_key, NULL, err);

    if (rows == NULL)
        return false;

    struct slice hex = db_rows_count(rows) == 1 ? db_value(rows, 0, 0) : SLICE_NONE;
    bool ok = name_key_read(hex, key, err);

    db_rows_free(rows);
    return ok;
}
