/*
 * clock.h - instants out of the many ways in which exports write time.
 *
 * Instants are milliseconds since 1970-01-01T00:00:00Z.  A wall-clock time is
 * turned into one by an IANA zone, whose rules the C library reads; the answer
 * is kept for every quarter of an hour, so a record costs no library call.
 */
#ifndef ETL_LEG_TIME_CLOCK_H
#define ETL_LEG_TIME_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "record/instant.h"
#include "record/parse_options.h"

/* An IANA name such as Europe/Kyiv or UTC.  NULL with ERR (EXIT_USAGE) when unknown. */
struct zone *zone_open(const char *name, struct err *err) MUST_USE;
const char *zone_name(const struct zone *zone);
void zone_free(struct zone *zone); /* NULL is allowed */

enum wall_kind { WALL_ONCE, WALL_REPEATED, WALL_SKIPPED };

/*
 * The instants of a wall-clock time, WALL ms since 1970-01-01T00:00:00 local:
 * EARLIER and LATER differ only when the hour is repeated; neither is set when
 * the clock skipped it.
 */
enum wall_kind zone_instants(struct zone *zone, int64_t wall, int64_t *earlier,
                             int64_t *later);

/* INSTANT as ms since 1970-01-01T00:00:00 local. */
int64_t zone_wall(struct zone *zone, int64_t instant);

/* Is it the same time in ZONE and in the zone NAME from FIRST to LAST (ms)? */
bool zones_agree(struct zone *zone, const char *name, int64_t first, int64_t last);

enum clock_got {
    CLOCK_INSTANT,   /* with zone or epoch: exact */
    CLOCK_WALL,      /* day and time without zone */
    CLOCK_TIME_ONLY, /* a time of day */
    CLOCK_DAY_ONLY,  /* a day */
    CLOCK_NEVER,     /* 0 or -: it never happened */
    CLOCK_BAD,       /* nothing we know */
};

/*
 * Read TEXT.  What *MS is depends on the answer: the instant; ms since 1970 on
 * the local calendar; ms since midnight; the local day's midnight; nothing.
 * Epochs scale themselves: under 1e11 s, under 1e14 ms, else µs.
 */
enum clock_got clock_read(struct slice text, enum date_order order, int64_t *ms);

/* True when a time of day in TEXT shows no seconds ("8:43"). */
bool clock_is_minutes(struct slice text);

/* Days since 1970-01-01 of a proleptic Gregorian date; false when there is no such day.
 */
bool clock_day(int64_t year, int64_t month, int64_t day, int32_t *days);

#endif
