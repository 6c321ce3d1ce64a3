/*
 * span.h - stretches of time.
 */
#ifndef ETL_RECORD_SPAN_H
#define ETL_RECORD_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* From FROM on, before TO; ms since 1970 UTC. */
struct span {
    int64_t from, to;
};

struct spans {
    struct span *span; /* the owner's */
    size_t count;
};

/* Lies MS in one of them?  They are few. */
static inline bool spans_have(const struct spans *spans, int64_t ms)
{
    for (size_t i = 0; i < spans->count; i++)
        if (ms >= spans->span[i].from && ms < spans->span[i].to)
            return true;
    return false;
}

#endif
