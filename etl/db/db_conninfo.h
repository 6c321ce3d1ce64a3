/*
 * db_conninfo.h - what a command line may say about the database.
 */
#ifndef ETL_DB_DB_CONNINFO_H
#define ETL_DB_DB_CONNINFO_H

#include "base/err.h"

/*
 * May CONNINFO (NULL: there is none) stand on a command line?  False with ERR
 * (EXIT_USAGE) when it holds a password, which all who list processes could read, or is
 * none that libpq understands.  It is never repeated: what is no option may be a part
 * of a password.
 */
bool db_conninfo_check(const char *conninfo, struct err *err) MUST_USE;

#endif
