/*
 * source.h - the bytes of an export: unpacked, in UTF-8, a window at a time.
 *
 * A source is a file or standard input, plain, gzip or zstd, in any encoding.
 * Its user sees a window onto UTF-8 text, asks for more of it, and gives it
 * back from the front; memory is what the user asks for at once, however long
 * the input.  The digest, where one is wanted, is taken of the unpacked bytes
 * before anything else happens to them.
 */
#ifndef ETL_INPUT_SOURCE_H
#define ETL_INPUT_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/err.h"
#include "base/text.h"

struct source;

/*
 * Open PATH ("-": standard input) and find out its encoding, or take ENCODING
 * when that is not NULL and no mark of UTF-8 contradicts it.  A byte order mark and a
 * data: URL's head are cut.
 * NULL with ERR when PATH cannot be read or ENCODING is not known.
 */
struct source *source_open(const char *path, const char *encoding, bool digested,
                           struct err *err) MUST_USE;
void source_close(struct source *source); /* NULL is allowed */

/*
 * Let the window hold WANT bytes, fewer only when the input ends before.  The
 * window may move.  False with ERR: the input cannot be read or is damaged.
 */
bool source_want(struct source *source, size_t want, struct err *err) MUST_USE;

/* The window; good until the next source_want(). */
struct slice source_window(const struct source *source);

/* The first bytes of the input, unpacked and in its own encoding; before any skip. */
struct slice source_front(const struct source *source);

/* True when nothing comes after the window. */
bool source_ended(const struct source *source);

/* Give back the first COUNT bytes of the window. */
void source_skip(struct source *source, size_t count);

/* Where the window begins, in unpacked bytes of the input. */
uint64_t source_offset(const struct source *source);

/* The same of the place AHEAD bytes into the window. */
uint64_t source_offset_at(const struct source *source, size_t ahead);

/* "gzip" or "zstd"; NULL: it is not packed. */
const char *source_packing(const struct source *source);

/* "UTF-8", "windows-1251", ..., and what is to be said about the input; NULL: nothing. */
const char *source_encoding(const struct source *source);
const char *source_encoding_note(const struct source *source);
const char *source_junk_note(const struct source *source);

/* Bytes read and to read, packed where the input is; TOTAL 0 when unknown. */
void source_progress(const struct source *source, uint64_t *done, uint64_t *total);

/* The digest of all unpacked bytes, only once source_ended(); NULL: none was wanted. */
const unsigned char *source_sum(const struct source *source);

#endif
