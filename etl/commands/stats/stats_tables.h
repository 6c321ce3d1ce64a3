/*
 * stats_tables.h - the tables that `stats` knows: by key their query and their columns.
 */
#ifndef ETL_COMMANDS_STATS_STATS_TABLES_H
#define ETL_COMMANDS_STATS_STATS_TABLES_H

#include <stdbool.h>
#include <stddef.h>

/* A column of a table. */
struct stats_column {
    const char *name; /* of the query's column, and in CSV and JSON */
    const char *head; /* on the terminal; NULL: not there */
    const char *spec; /* as text_table_print() wants it */
    bool for_eye;     /* on the terminal alone */
};

/* A table: its query, and how its columns are shown. */
struct stats_table {
    const char *by; /* the key; in JSON the table's name */
    const char *title, *sql;
    const struct stats_column *column;
    size_t ncolumns;
    size_t nargs;     /* of the query: 2 the period, 3 its unit too, 4 its key too */
    const char *unit; /* what it counts, whatever --unit says; NULL: what that says */
    bool says_key;    /* the title goes on with BY */
};

enum { STATS_COLUMNS_MAX = 24, STATS_TABLES_MAX = 5 };

/* Values of --by, as an option's row has them. */
#define STATS_KEYS                                                                       \
    "carrier|gateway|category|confidence|direction|queue|domain|cause|sip|day|hour|"     \
    "agent|inbound|missed|caller|contact|trunk|operator|country|prefix|change|before|"   \
    "rule"

/*
 * The tables for BY (NULL: what a first look wants) and UNIT, call or attempt, into
 * TABLE. Returns how many.
 */
size_t stats_tables(const char *by, const char *unit,
                    struct stats_table table[static STATS_TABLES_MAX]);

#endif
