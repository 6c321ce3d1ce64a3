/*
 * instant.h - points in time: milliseconds since 1970-01-01T00:00:00Z.
 */
#ifndef ETL_RECORD_INSTANT_H
#define ETL_RECORD_INSTANT_H

#include <stdint.h>

#define NO_TIME INT64_MIN

enum { MS_PER_S = 1000, S_PER_DAY = 86400 };
#define MS_PER_DAY ((int64_t)S_PER_DAY * MS_PER_S)

/* 1990-01-01T00:00:00Z: nobody exported calls before, and no month before has legs. */
#define EARLIEST_START (INT64_C(631152000) * MS_PER_S)

/* "2026-06-04T11:00:00.000Z" of an instant, 24 bytes and a NUL. */
void instant_iso(int64_t ms, char text[static 25]);

/* Two instants as a statement's arguments. */
struct period_text {
    char from[25], to[25];
};

struct period_text period_text(int64_t from, int64_t to);

#endif
