/*
 * text.h - borrowed text.
 *
 * A slice points into somebody else's bytes and is not NUL-terminated.  A NULL
 * pointer means absent: the export has no value here.  Present but empty is
 * something else, and the profiles say which exports mean "absent" by it.
 */
#ifndef ETL_BASE_TEXT_H
#define ETL_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct slice {
    const char *s;
    size_t len;
};

#define SLICE_NONE       ((struct slice){ NULL, 0 })
#define SLICE_FMT        "%.*s"
#define SLICE_ARG(slice) (int)(slice).len, (slice).s != NULL ? (slice).s : ""

static inline struct slice slice_of(const char *s)
{
    return (struct slice){ s, s != NULL ? strlen(s) : 0 };
}

static inline bool slice_equal(struct slice a, struct slice b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.s, b.s, a.len) == 0);
}

static inline bool slice_is(struct slice slice, const char *s)
{
    return slice.s != NULL && slice_equal(slice, slice_of(s));
}

/* ASCII letters compare alike; bytes above 127 compare exactly. */
bool slice_equal_nocase(struct slice a, struct slice b);

bool slice_starts(struct slice slice, const char *prefix);
bool slice_ends(struct slice slice, const char *suffix);

/* Without blanks (space, tab, CR, LF, no-break space) at both ends. */
struct slice slice_trim(struct slice slice);

/* What stands before the first C; all of it when there is none. */
struct slice slice_before(struct slice slice, char c);

/* Order by bytes, shorter first among equals; absent before everything. */
int slice_compare(struct slice a, struct slice b);

/* All of SLICE as a decimal integer, sign allowed; false when it is none or overflows. */
bool slice_int(struct slice slice, int64_t *value);

/* True when every byte belongs to a valid UTF-8 sequence (RFC 3629) and none is NUL. */
bool text_is_utf8(struct slice slice);

/* True when TEXT matches PATTERN, in which * stands for any run and ? for one byte. */
bool text_glob(struct slice text, struct slice pattern);

#endif
