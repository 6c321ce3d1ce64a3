/*
 * pack.h - texts packed as files are.
 */
#ifndef TESTS_SUPPORT_PACK_H
#define TESTS_SUPPORT_PACK_H

#include "base/buf.h"

/* TEXT behind OUT, as one gzip member or one zstd frame. */
void pack_gzip(struct buf *out, struct slice text);
void pack_zstd(struct buf *out, struct slice text);

#endif
