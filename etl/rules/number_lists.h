/*
 * number_lists.h - who was given which numbers (mappings/prefixes.json).
 *
 * The longest start of a number that a range has tells its operator and country.  Only
 * rules on those look, so the list is read when the first of them is.
 */
#ifndef ETL_RULES_NUMBER_LISTS_H
#define ETL_RULES_NUMBER_LISTS_H

#include "base/digest.h"
#include "base/err.h"
#include "doc/doc.h"

struct rules;
struct table;

struct number_range {
    struct slice start, operator_name, country; /* +38063; of the JSON */
    uint16_t operator_symbol, country_symbol;
};

struct number_lists {
    bool is_loaded;
    json_t *json;               /* owned; NULL: no folder has the file */
    struct number_range *range; /* owned; texts of the JSON */
    size_t count, longest;      /* bytes of a start */
    struct table *starts;       /* to the place in range; owned */
};

/* Read when the first rule asks for an operator or a country. */
bool number_lists_need(struct rules *rules, const json_t *when, struct err *err) MUST_USE;
void number_lists_free(struct number_lists *lists);

/* What of the list rules can see is part of what the set is. */
void number_lists_identify(const struct rules *rules, struct digest *digest);

/* The range of E164; NULL. */
const struct number_range *number_range_of(const struct number_lists *lists,
                                           struct slice e164);

#endif
