/*
 * number_plan.h - a number as it is dialled, in international form.
 *
 * mappings/numbers.json tells how numbers are written, country by country, and which
 * trunk writes as which country: so 0636159079, 380636159079, 00380636159079 and
 * +38 (063) 615-90-79 are known as +380636159079 (E.164).  What is masked, damaged,
 * too short or of no form that the plan names is known as nothing.
 */
#ifndef ETL_LEG_NUMBER_NUMBER_PLAN_H
#define ETL_LEG_NUMBER_NUMBER_PLAN_H

#include "base/err.h"
#include "base/text.h"
#include "record/leg.h"

enum {
    E164_DIGITS = 15, /* at most, by ITU-T E.164 */
    E164_SIZE = E164_DIGITS + 2,
    SPELLINGS_MAX = 128,
};

struct number_plan; /* immutable once loaded */
struct trunk;       /* of a plan */

/*
 * numbers.json of the folders of PATH (colons between them), checked.  NULL with ERR
 * (EXIT_MAPPING): file, key, why.
 */
struct number_plan *number_plan_load(const char *path, struct err *err) MUST_USE;
/* The same for whoever wants to see every fault: they go to FAULTS.  False with ERR:
 * there is nothing to read. */
struct doc_faults;
bool number_plan_check(const char *path, struct doc_faults *faults,
                       struct err *err) MUST_USE;
void number_plan_free(struct number_plan *plan); /* NULL is allowed */

/* The trunk that is called GATEWAY, whatever its case; NULL: none that the plan knows. */
const struct trunk *number_plan_trunk(const struct number_plan *plan,
                                      struct slice gateway);

/*
 * NUMBER, as written over TRUNK (NULL: in the home country), as + and digits into E164.
 * False, and E164 is "": it is no number that the plan knows.
 */
bool number_plan_e164(const struct number_plan *plan, const struct trunk *trunk,
                      struct slice number, char e164[static E164_SIZE]);

/* The same of a number that no trunk tells of: of the home country, else of any. */
bool number_plan_any(const struct number_plan *plan, struct slice number,
                     char e164[static E164_SIZE]);

/* Digits as somebody may write them. */
struct spelling {
    char s[24];
};

/*
 * All ways in which E164 may be written in digits alone, that of E164 itself first;
 * + or 00 in front are not among them, nor a number without its area.
 */
size_t number_plan_spellings(const struct number_plan *plan, const char *e164,
                             struct spelling spelling[static SPELLINGS_MAX]);

/* How many bytes of TEXT at AT part digits of a number: blanks, hyphens, dots... 0: none.
 */
size_t number_separator(struct slice text, size_t at);

/* An employee's own number: one to LEG_EXTENSION_DIGITS digits and nothing else; no
 * subscriber has so short a one. */
bool number_is_extension(struct slice number);

#endif
