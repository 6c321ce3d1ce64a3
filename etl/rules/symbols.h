/*
 * symbols.h - every text a mapping knows, numbered.
 *
 * Legs are compared by number: one look-up a text of a leg answers which cause,
 * token or provider it is and which conditions it can meet.  Letters count alike whatever
 * their case, in every script (base/unicode.h); ASCII takes a short way.  Filled while
 * loading, then only read.
 */
#ifndef ETL_RULES_SYMBOLS_H
#define ETL_RULES_SYMBOLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/nearest.h"
#include "base/text.h"

enum {
    SYMBOL_ABSENT = 0, /* the leg has no value */
    SYMBOL_OTHER = 1,  /* a value that no mapping file mentions */
    SYMBOL_FIRST = 2,
    SYMBOL_NONE_YET = UINT16_MAX,
};

/* What a symbol stands for; 0: nothing, else one more than the place in its table. */
struct symbol {
    struct slice text;   /* as it was first written, a NUL behind */
    struct slice folded; /* what is compared: text itself where that is ASCII; owned */
    uint64_t fields;     /* bit i: a value that field i is known to take */
    uint16_t cause, announcement;
    uint16_t detector;    /* the detector's label it spells; 0: none */
    uint16_t release;     /* of a disposition */
    uint16_t provider[3]; /* recognised by it as gateway, caller, network address */
};

struct symbols {
    struct symbol *symbol;
    size_t count;
    uint16_t *table; /* open addressing; 0: free */
    size_t mask;
    size_t longest; /* of all texts: what is much longer cannot be a symbol */
    bool has_wide;  /* one has letters beyond ASCII */
};

void symbols_init(struct symbols *symbols);
void symbols_free(struct symbols *symbols);

/* The number of TEXT, new when need be.  A copy is kept.  0 when there are too many. */
uint16_t symbols_add(struct symbols *symbols, struct slice text);

/* The number of TEXT, which is there: SYMBOL_OTHER or a symbol's. */
uint16_t symbols_find_present(const struct symbols *symbols, struct slice text);

/* The same of any TEXT; SYMBOL_ABSENT: there is none, as in most fields of a leg. */
static inline uint16_t symbols_find(const struct symbols *symbols, struct slice text)
{
    return text.s != NULL ? symbols_find_present(symbols, text) : SYMBOL_ABSENT;
}

/* The known value of FIELD that TEXT may have been meant for, as a hint. */
struct nearest_hint symbols_nearest(const struct symbols *symbols, int field,
                                    struct slice text);

#endif
