/*
 * sniff.h - what kind of export this is.
 *
 * Decided by the names that profiles know, counted in the caption line or in
 * the first records; never by guessing at values.  What is no export of calls
 * is refused in one sentence that says what it is and what to export instead.
 */
#ifndef ETL_READERS_SNIFF_H
#define ETL_READERS_SNIFF_H

#include "readers/format.h"

/* Blanks in front of SOURCE are given back, and nothing else.  False with ERR: refused.
 */
bool sniff_export(struct source *source, const struct profiles *profiles,
                  const struct reader_options *options, struct sniff *sniff,
                  struct err *err) MUST_USE;

#endif
