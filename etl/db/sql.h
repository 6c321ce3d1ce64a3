/*
 * sql.h - the SQL of schema/, carried in the program.
 *
 * Below "-- name: keys" in schema/statements/merge.sql stands sql_merge_keys: a statement
 * that is not there is a link error.
 * scripts/embed-sql.awk makes them at build time, and these lists.
 */
#ifndef ETL_DB_SQL_H
#define ETL_DB_SQL_H

#include <stddef.h>

#include "db/sql_texts.h" // IWYU pragma: export

struct sql_text {
    const char *name; /* "views/kpi_day"; of a statement room and name: "merge/keys" */
    const char *text;
};

/* Migrations by number; what init keeps as it is here, in order; what is sent. */
extern const struct sql_text sql_migrations[], sql_objects[], sql_statements[];
extern const size_t sql_migration_count, sql_object_count, sql_statement_count;

#endif
