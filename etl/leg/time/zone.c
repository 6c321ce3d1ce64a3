/*
 * zone.c - the rules of an IANA zone, asked from the C library and remembered.
 *
 * The C library knows one zone at a time, by the TZ variable.  Every clock
 * change since 1990 happens on a multiple of 15 minutes of local time, so the
 * answer for a quarter of an hour holds for all of it and is asked once.
 */
#include <sys/stat.h>

#include "base/base.h"
#include "base/buf.h"
#include "leg/time/clock.h"

enum { QUARTER = 900, REMEMBERED = 1024 /* quarters, a power of two */ };

struct quarter {
    int64_t number; /* local seconds / QUARTER; the key */
    bool is_set;
    enum wall_kind kind;
    int32_t earlier, later; /* offsets east of UTC in s; the earlier instant's first */
};

/* The same of instants, of which fewer are asked for. */
struct offset {
    int64_t number; /* UTC seconds / QUARTER */
    bool is_set;
    int32_t seconds;
};

enum { OFFSETS = 128 /* a power of two */ };

struct zone {
    char *name;
    struct quarter quarter[REMEMBERED];
    struct offset offset[OFFSETS];
};

/* The zone that the C library holds now; zones are switched only between files. */
static const struct zone *in_library;

struct zone *zone_open(const char *name, struct err *err)
{
    struct buf path = { 0 };
    struct stat st;

    buf_addf(&path, "/usr/share/zoneinfo/%s", name);
    bool known = *name != '\0' && *name != '/' && strstr(name, "..") == NULL &&
                 stat(buf_cstr(&path), &st) == 0 && S_ISREG(st.st_mode);
    buf_free(&path);
    if (!known && strcmp(name, "UTC") != 0) {
        err_set(err, EXIT_USAGE,
                "unknown time zone \"%s\": use an IANA name such as Europe/Kyiv", name);
        return NULL;
    }

    struct zone *zone = xcalloc(1, sizeof *zone);

    zone->name = xstrdup(name);
    return zone;
}

const char *zone_name(const struct zone *zone)
{
    return zone->name;
}

void zone_free(struct zone *zone)
{
    if (zone == NULL)
        return;
    if (in_library == zone)
        in_library = NULL;
    free(zone->name);
    free(zone);
}

/* Seconds east of UTC at the instant T. */
static int32_t offset_at(const struct zone *zone, int64_t t)
{
    struct tm tm;
    time_t instant = (time_t)t;

    if (in_library != zone) {
        setenv("TZ", zone->name, 1);
        tzset();
        in_library = zone;
    }
    return localtime_r(&instant, &tm) != NULL ? (int32_t)tm.tm_gmtoff : 0;
}

/*
 * WALL as if it were UTC lies within a day of the instants meant, so the zone's
 * offsets a day before and after are those on the two sides of any change.
 */
static void zone_ask(const struct zone *zone, int64_t wall, struct quarter *quarter)
{
    int32_t before = offset_at(zone, wall - S_PER_DAY);
    int32_t after = offset_at(zone, wall + S_PER_DAY);
    bool before_holds = offset_at(zone, wall - before) == before;
    bool after_holds = offset_at(zone, wall - after) == after;

    quarter->earlier = before;
    quarter->later = after;
    if (before_holds && after_holds) {
        quarter->kind = before == after ? WALL_ONCE : WALL_REPEATED;
    } else if (before_holds || after_holds) {
        quarter->kind = WALL_ONCE;
        quarter->earlier = quarter->later = before_holds ? before : after;
    } else {
        quarter->kind = WALL_SKIPPED;
    }
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

enum wall_kind zone_instants(struct zone *zone, int64_t wall, int64_t *earlier,
                             int64_t *later)
{
    int64_t number = floor_div(wall, (int64_t)QUARTER * MS_PER_S);
    struct quarter *quarter = &zone->quarter[(uint64_t)number % REMEMBERED];

    if (!quarter->is_set || quarter->number != number) {
        zone_ask(zone, number * QUARTER, quarter);
        quarter->number = number;
        quarter->is_set = true;
    }
    if (quarter->kind != WALL_SKIPPED) {
        *earlier = wall - (int64_t)quarter->earlier * MS_PER_S;
        *later = wall - (int64_t)quarter->later * MS_PER_S;
    }
    return quarter->kind;
}

int64_t zone_wall(struct zone *zone, int64_t instant)
{
    int64_t number = floor_div(instant, (int64_t)QUARTER * MS_PER_S);
    struct offset *offset = &zone->offset[(uint64_t)number % OFFSETS];

    if (!offset->is_set || offset->number != number)
        *offset = (struct offset){ number, true, offset_at(zone, number * QUARTER) };
    return instant + (int64_t)offset->seconds * MS_PER_S;
}

/* Zones change by the hour, and no oftener than a few times a year. */
bool zones_agree(struct zone *zone, const char *name, int64_t first, int64_t last)
{
    enum { STEPS = 4096 };
    struct err unknown = { 0 };
    struct zone *other = zone_open(name, &unknown);
    int64_t step = (last - first) / STEPS + 3600 * (int64_t)MS_PER_S;
    bool agree = other != NULL;

    for (int64_t wall = first; agree && wall <= last + step; wall += step) {
        int64_t earlier = 0, later = 0, other_earlier = 0, other_later = 0;

        agree = zone_instants(zone, wall, &earlier, &later) ==
                    zone_instants(other, wall, &other_earlier, &other_later) &&
                earlier == other_earlier && later == other_later;
    }
    zone_free(other);
    return agree;
}
