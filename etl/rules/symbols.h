/*
 * symbols.h - every text a mapping knows, numbered.
 *
 * Legs are compared by number: one look-up a text of a leg answers which cause,
 * token or provider it is and which conditions it can meet.  ASCII letters count
 * alike whatever their case.  Filled while loading, then only read.
 */
#ifndef ETL_RULES_SYMBOLS_H
#define ETL_RULES_SYMBOLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

enum {
    WORD_ABSENT = 0, /* the leg has no value */
    WORD_OTHER = 1,  /* a value that no mapping file mentions */
    WORD_FIRST = 2,
    WORD_NONE_YET = UINT16_MAX,
};

/* What a word stands for; 0: nothing, else one more than the place in its table. */
struct word {
    struct slice text;
    uint32_t slots; /* bit i: a value that slot i is known to take */
    uint16_t cause, announcement;
    uint16_t detector;    /* the detector's label it spells; 0: none */
    uint16_t release;     /* of a disposition */
    uint16_t provider[3]; /* recognised by it as gateway, caller, network address */
};

struct words {
    struct word *word;
    size_t count;
    uint16_t *table; /* open addressing; 0: free */
    size_t mask;
    size_t longest; /* of all texts: what is longer cannot be a word */
};

void words_init(struct words *words);
void words_free(struct words *words);

/* The number of TEXT, new when need be.  A copy is kept.  0 when there are too many. */
uint16_t words_add(struct words *words, struct slice text);

/* The number of TEXT: WORD_ABSENT, WORD_OTHER or a word's. */
uint16_t words_find(const struct words *words, struct slice text);

#endif
