/*
 * sql_forms.h - forms of SQL that PostgreSQL takes and a Citus cluster does not, found in
 * the text of statements, functions and views.
 *
 * Citus cannot be installed where the tests run, so what was learnt on a cluster is held
 * here as rules over the words of a text: comments are skipped, the bodies of functions
 * are read like any other text.
 */
#ifndef TESTS_SUPPORT_SQL_FORMS_H
#define TESTS_SUPPORT_SQL_FORMS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Names of functions of the catalog, between bars: "|now|random|". */
struct sql_functions {
    const char *stable, *changing; /* provolatile 's' and 'v' */
};

/* How `init --citus` lays a table of schema cdr out (the statement citus/plan). */
struct sql_layout {
    const char *table; /* without the schema */
    const char *key;   /* distributed by this column; NULL: copied to every node */
};

extern const struct sql_layout sql_layouts[];
extern const size_t sql_layout_count;

/*
 * The name of the first rule that TEXT breaks, and where into WHERE; NULL: none.  WHERE
 * may be NULL.
 */
const char *sql_forms_broken(const char *text, const struct sql_functions *functions,
                             struct buf *where);

/* The text of SQL as words, for whoever looks for forms in it. */

/* A name, number, string or sign; the quotes of a function's body ($$) are words too. */
struct sql_word {
    const char *s; /* borrowed from the text */
    size_t len;
    int depth;    /* in how many parentheses */
    size_t close; /* of "(" and of "$$": where its other half stands */
};

struct sql_words {
    struct sql_word *word;
    size_t count;
};

/* Without comments; sql_words_free() it.  The text is borrowed. */
struct sql_words sql_words_of(const char *text);
void sql_words_free(struct sql_words *words);

/* The word at I is TEXT, in any case; false behind the end. */
bool sql_word_is(const struct sql_words *words, size_t i, const char *text);

/* The word at I is one of LIST: "|from|where|". */
bool sql_word_in(const struct sql_words *words, size_t i, const char *list);

/* The first from I to END that is one of LIST; END: none is. */
size_t sql_words_find(const struct sql_words *words, size_t i, size_t end,
                      const char *list);

/* Where the statement that I is in ends: its ";", or the end. */
size_t sql_statement_end(const struct sql_words *words, size_t i);

/* Where the parentheses around I end, or the statement: what is beside it lies before. */
size_t sql_level_end(const struct sql_words *words, size_t i);

/* Where the parentheses around I, or the statement, begin. */
size_t sql_level_begin(const struct sql_words *words, size_t i);

#endif
