/*
 * source_impl.h - what is private to the source: unpacking and encodings.
 */
#ifndef ETL_INPUT_SOURCE_IMPL_H
#define ETL_INPUT_SOURCE_IMPL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"

/* A file as unpacked bytes. */
struct unpack;

/* NULL with ERR when PATH ("-": standard input) cannot be opened. */
struct unpack *unpack_open(const char *path, struct err *err) MUST_USE;
void unpack_close(struct unpack *unpack); /* NULL is allowed */

/* Up to CAP bytes into OUT; *GOT is 0 only at the end.  False: damaged. */
bool unpack_pull(struct unpack *unpack, char *out, size_t cap, size_t *got,
                 struct err *err) MUST_USE;

/* "gzip" or "zstd", known after the first pull; NULL: plain. */
const char *unpack_packing(const struct unpack *unpack);

void unpack_progress(const struct unpack *unpack, uint64_t *done, uint64_t *total);
const char *unpack_note(const struct unpack *unpack); /* junk behind the end; NULL */

/* Bytes in some encoding as UTF-8. */
struct recode;

enum { ENCODING_PROBE = 64 << 10 }; /* bytes that decide about the encoding */

/* The encoding that the first bytes of an input show: a static name. */
const char *recode_guess(struct slice head);

/*
 * What ENCODING comes to for an input that begins with HEAD: of UTF-8, -16 and -32 a
 * static name of one spelling that tells the byte order; else ENCODING itself.
 */
const char *recode_name(const char *encoding, struct slice head);

/* NULL with ERR (EXIT_USAGE) when ENCODING is not known. */
struct recode *recode_open(const char *encoding, struct err *err) MUST_USE;
void recode_close(struct recode *recode); /* NULL is allowed */

/* Can only the widths tell how many bytes of the input some text was? */
bool recode_needs_widths(const struct recode *recode);

/*
 * Turn bytes of IN into UTF-8 at OUT, as many as fit; returns how many bytes
 * were written and moves IN.  What is no character becomes 0xff, which is no
 * UTF-8: the record around it is rejected, the others are not.  LAST: nothing
 * comes behind IN.  WIDTHS, where they are needed, has a place for each byte at
 * OUT: the first one of a character tells what it took of IN, the others 0.
 */
size_t recode_bytes(struct recode *recode, struct slice *in, char *out, uint32_t *widths,
                    size_t cap, bool last);

/* How many bytes of the input the UTF-8 TEXT was, which has these WIDTHS. */
uint64_t recode_measure(const struct recode *recode, struct slice text,
                        const uint32_t *widths);

#endif
