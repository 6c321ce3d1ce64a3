/*
 * export.h - exports made of text, packed or not, and what the readers make of them.
 */
#ifndef TESTS_SUPPORT_EXPORT_H
#define TESTS_SUPPORT_EXPORT_H

#include "base/buf.h"
#include "readers/reader.h"

/* A temporary file of these bytes; removed when the program ends. */
const char *export_file(const void *bytes, size_t len);
const char *export_text(const char *text);

/*
 * Add CELL to OUT as the suites write bytes: «0a» is a byte, «[*9» nine brackets,
 * «» takes away the line end behind it; all else is as it stands.
 */
void export_decode(struct buf *out, struct slice cell);

/* The profiles of ./mappings; they live until the program ends. */
const struct profiles *export_profiles(void);

/*
 * Read PATH to its end and say what came, a line each:
 *
 *     rec LINE OFFSET field=value ... extra={...}
 *     reject CODE LINE OFFSET
 *     end PROFILE ENCODING lines=N headers=N blank=N     ("lines=none")
 *     failed CODE message                                instead of end
 *     warn message
 *
 * The text is good until the next call.
 */
const char *export_read(const char *path, const struct reader_options *options);

/* Likewise, of a file of this text, with everything found out. */
const char *export_told(const char *text);

/* How often WORD is in TEXT. */
size_t export_count(const char *text, const char *word);

/* TEXT behind OUT, as one gzip member or one zstd frame. */
void pack_gzip(struct buf *out, struct slice text);
void pack_zstd(struct buf *out, struct slice text);

#endif
