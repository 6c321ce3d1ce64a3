/*
 * base.c - memory that cannot fail, and a stopwatch.
 */
#include "base/base.h"

static void *base_must(void *ptr)
{
    if (ptr == NULL) {
        fputs("cdretl: error: out of memory\n", stderr);
        abort();
    }
    return ptr;
}

void *xcalloc(size_t count, size_t size)
{
    return base_must(calloc(count != 0 ? count : 1, size));
}

void *xrealloc(void *ptr, size_t count, size_t size)
{
    return base_must(reallocarray(ptr, count != 0 ? count : 1, size));
}

void *xgrow(void *array, size_t count, size_t size)
{
    bool is_full = (count & (count - 1)) == 0; /* nothing, or a power of two */

    return is_full ? xrealloc(array, count == 0 ? 1 : 2 * count, size) : array;
}

char *xstrdup(const char *s)
{
    return base_must(strdup(s));
}

char *xstrndup(const char *s, size_t len)
{
    char *copy = xcalloc(len + 1, 1);

    memcpy(copy, s, len);
    return copy;
}

double seconds_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}
