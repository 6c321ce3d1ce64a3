/*
 * mutate.h - changing exports by dice.
 */
#ifndef TESTS_DIFFERENTIAL_MUTATE_H
#define TESTS_DIFFERENTIAL_MUTATE_H

#include "base/buf.h"

/* Append a value that an export should not have, or seldom has. */
void mutate_token(uint64_t *dice, struct buf *out);

/*
 * Change SAMPLE, and write what has become of it to OUT and, in another dress, to TWIN;
 * HOW gets a few words.
 */
void mutate_csv(struct slice sample, uint64_t *dice, struct buf *out, struct buf *twin,
                struct buf *how);
void mutate_json(struct slice sample, uint64_t *dice, struct buf *out, struct buf *twin,
                 struct buf *how);

#endif
