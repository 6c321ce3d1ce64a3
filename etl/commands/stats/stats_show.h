/*
 * stats_show.h - the tables that `stats` and `numbers` know, what they say to people in
 * their language, and how they are shown. CSV and JSON are for programs: they keep codes,
 * names of columns and plain numbers.
 */
#ifndef ETL_COMMANDS_STATS_STATS_SHOW_H
#define ETL_COMMANDS_STATS_STATS_SHOW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "db/db.h"
#include "lang/lang.h"

/* A column of a table. */
struct stats_column {
    const char *name; /* of the query's column, and in CSV and JSON */
    const char *head; /* on the terminal; NULL: not there */
    const char *spec; /* as text_cells_print() wants it */
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

/* The words of a language. */
struct stats_words {
    enum lang lang;
    struct db_rows *labels; /* of categories; NULL: no language was asked for */
};

/* GIVEN is --lang or NULL; a transaction that reads is open. */
bool stats_words_open(struct stats_words *words, struct db *db, const char *given,
                      struct err *err) MUST_USE;
void stats_words_close(struct stats_words *words);

/* What stands in a column. */
enum stats_cell {
    STATS_NAME,     /* of somebody or something, or a figure */
    STATS_CATEGORY, /* codes; labels take their place when a language was asked for */
    STATS_SENTENCE  /* English of ours */
};

/* A cell as it is printed, to be freed; "" for no value. */
char *stats_words_cell(const struct stats_words *words, enum stats_cell cell,
                       struct slice value);

/* "Key figures by queue: calls from ... to ... (zone)", FIRST NULL: nothing is known. */
void stats_words_title(const struct stats_words *words, struct buf *out,
                       const char *title, const char *by, const char *about);
void stats_words_about(const struct stats_words *words, struct buf *out, bool is_call,
                       const char *first, const char *last, const char *zone);

enum stats_format { STATS_TABLE, STATS_AS_CSV, STATS_AS_JSON };

/*
 * ROWS, which have the columns of TABLE, onto stdout, below a title that goes on with
 * ABOUT, in the words of WORDS; as a member of an object into JSON when that is the
 * format.
 */
void stats_show_rows(const struct stats_table *table, struct db_rows *rows,
                     const char *about, const struct stats_words *words,
                     enum stats_format format, struct buf *json);

#endif
