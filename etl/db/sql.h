/*
 * sql.h - the SQL of schema/, carried in the program.
 *
 * The array is made at build time by scripts/embed-sql.awk.
 */
#ifndef ETL_DB_SQL_H
#define ETL_DB_SQL_H

#include <stddef.h>

struct sql_text {
    const char *name; /* path below schema/ without .sql: "001_schema", "load/stage" */
    const char *text;
};

extern const struct sql_text sql_texts[]; /* in the order of their names */
extern const size_t sql_text_count;

/* The text called NAME; there must be one. */
const char *sql_text(const char *name);

#endif
