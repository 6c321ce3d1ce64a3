/*
 * instant.h - points in time, milliseconds since 1970-01-01T00:00:00Z, and stretches
 * between them.
 */
#ifndef ETL_RECORD_INSTANT_H
#define ETL_RECORD_INSTANT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NO_TIME INT64_MIN

enum { MS_PER_S = 1000, S_PER_DAY = 86400 };
#define MS_PER_HOUR (INT64_C(3600) * MS_PER_S)
#define MS_PER_DAY  ((int64_t)S_PER_DAY * MS_PER_S)

/* 1990-01-01T00:00:00Z: nobody exported calls before, and no month before has legs. */
#define EARLIEST_START (INT64_C(631152000) * MS_PER_S)

/* "2026-06-04T11:00:00.000Z" of an instant, 24 bytes and a NUL. */
void instant_iso(int64_t ms, char text[static 25]);

/* Two instants as a statement's arguments. */
struct period_text {
    char from[25], to[25];
};

struct period_text period_text(int64_t from, int64_t to);

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
