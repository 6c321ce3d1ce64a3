/*
 * profile_impl.h - what is private to the profiles: one file at a time.
 */
#ifndef ETL_READERS_PROFILE_PROFILE_IMPL_H
#define ETL_READERS_PROFILE_PROFILE_IMPL_H

#include "doc/doc.h"
#include "readers/profile/profile.h"

/*
 * Fill PROFILE, which is zeroed, from DOC.  False with ERR (EXIT_MAPPING): file, line,
 * key, why.  PROFILE points into DOC's strings.
 */
bool profile_read(const struct doc *doc, struct profile *profile,
                  struct err *err) MUST_USE;

/* Add the fields, extra and ignore of DOC, a file that extends PROFILE. */
bool profile_extend(const struct doc *doc, struct profile *profile,
                    struct err *err) MUST_USE;

/* Likewise its values: what labels of a field stand for. */
bool profile_values(const struct doc *doc, struct profile *profile,
                    struct err *err) MUST_USE;

/* The code that TEXT stands for in FIELD, which has such labels; TEXT when for none. */
struct slice profile_meaning(const struct profile *profile, enum field field,
                             struct slice text);

#endif
