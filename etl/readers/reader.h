/*
 * reader.h - an open export, handing out one record after the other.
 *
 * The reader finds out what the file is (container, encoding, delimiter,
 * profile), maps its columns or keys to fields, and knows nothing of calls.
 * A file that makes no sense is refused with one sentence; a record that makes
 * none is handed out as a reject and the reader goes on.
 */
#ifndef ETL_READERS_READER_H
#define ETL_READERS_READER_H

#include "readers/profile/profile.h"
#include "readers/reader_types.h"
#include "record/file_report.h"

struct reader;

/*
 * Open PATH ("-": standard input).  NULL with ERR when it is missing or refused:
 * the text names no file, the caller puts it in front.  PROFILES and OPTIONS'
 * pointers are borrowed until reader_close().
 */
struct reader *reader_open(const char *path, const struct profiles *profiles,
                           const struct reader_options *options,
                           struct err *err) MUST_USE;

enum reader_got reader_next(struct reader *reader, struct rec *rec, struct reject *reject,
                            struct err *err) MUST_USE;

/* The parse_options to parse with: the options', filled up by the profile. */
const struct parse_options *reader_parse_options(const struct reader *reader);

/* Exports without ids link neighbours; those with ids never need to. */
bool reader_has_ids(const struct reader *reader);

/* The caption line of a CSV file, borrowed; absent where there is none. */
struct slice reader_caption(const struct reader *reader);

/*
 * Profile, encoding, lines, headers, blank and warnings into REPORT, and, once
 * READER_END was reached, the digest of the decompressed bytes, if it was wanted.
 */
void reader_report(const struct reader *reader, struct report *report);

/*
 * For `probe`: lines "  word       text" about container, encoding, profile,
 * delimiter, columns recognised, unknown and missing.
 */
void reader_describe(const struct reader *reader, struct buf *out);

/* Bytes read and to read, compressed where the file is; TOTAL 0 when unknown. */
void reader_progress(const struct reader *reader, uint64_t *done, uint64_t *total);

void reader_close(struct reader *reader); /* NULL is allowed */

/*
 * The digest of PATH's decompressed bytes, without understanding them.  False
 * with ERR (EXIT_INPUT) when it cannot be read or its compression is damaged.
 */
bool reader_digest(const char *path, unsigned char sum[static DIGEST_BYTES],
                   struct err *err) MUST_USE;

#endif
