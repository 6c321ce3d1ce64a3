/*
 * db_impl.h - what the files of the door to libpq share.
 */
#ifndef ETL_LOADER_DB_IMPL_H
#define ETL_LOADER_DB_IMPL_H

#include <libpq-fe.h>

#include "loader/db.h"

struct db {
    PGconn *conn;
    bool copying;
};

/* Fill ERR from a failed RES, or from the connection when RES says nothing. */
bool db_failed(const struct db *db, const PGresult *res, struct err *err);

#endif
