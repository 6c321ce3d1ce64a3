/*
 * stats_words.h - what tables of `stats` say to people, in their language.
 *
 * CSV and JSON are for programs: they keep codes, names of columns and plain numbers.
 */
#ifndef ETL_COMMANDS_STATS_STATS_WORDS_H
#define ETL_COMMANDS_STATS_STATS_WORDS_H

#include "db/db.h"
#include "lang/lang.h"

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

#endif
