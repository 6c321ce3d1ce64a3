/*
 * sniff.h - what kind of export this is.
 *
 * Decided by the names that profiles know, counted in the caption line or in
 * the first records; never by guessing at values.  What is no export of calls
 * is refused in one sentence that says what it is and what to export instead.
 */
#ifndef ETL_READERS_SNIFF_H
#define ETL_READERS_SNIFF_H

#include "base/err.h"
#include "readers/profile.h"
#include "readers/source.h"

struct sniff {
    const struct profile *profile;
    char delimiter;            /* CSV */
    size_t blanks;             /* blank lines in front */
    size_t preamble;           /* CSV: bytes of the window before the caption line */
    bool names_delimiter;      /* CSV: one more of those lines says "sep=;" */
    const struct shape *shape; /* JSON */
    bool line_by_line;         /* JSON: a record a line */
    bool has_lines;            /* JSON: there is more than one line */
    bool has_ids;              /* JSON: its records have ids */
};

/* Blanks in front of SOURCE are given back, and nothing else.  False with ERR: refused.
 */
bool sniff_export(struct source *source, const struct profiles *profiles,
                  const struct reader_options *options, struct sniff *sniff,
                  struct err *err) MUST_USE;

/* The two halves of it. */
bool csv_sniff(struct source *source, const struct profiles *profiles,
               const struct reader_options *options, struct sniff *sniff,
               struct err *err) MUST_USE;
bool json_sniff(struct source *source, const struct profiles *profiles,
                const struct reader_options *options, struct sniff *sniff,
                struct err *err) MUST_USE;

#endif
