/*
 * sql_words.h - the text of SQL as words, for whoever looks for forms in it.
 */
#ifndef TESTS_SUPPORT_SQL_WORDS_H
#define TESTS_SUPPORT_SQL_WORDS_H

#include <stdbool.h>
#include <stddef.h>

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

/* Where the statement that I is in ends: its ";", or the end. */
size_t sql_statement_end(const struct sql_words *words, size_t i);

/* Where the parentheses around I end, or the statement: what is beside it lies before. */
size_t sql_level_end(const struct sql_words *words, size_t i);

/* Where the parentheses around I, or the statement, begin. */
size_t sql_level_begin(const struct sql_words *words, size_t i);

#endif
