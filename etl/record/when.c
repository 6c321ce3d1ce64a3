/*
 * when.c - the times of a leg.
 */
#include "record/when.h"

#include "base/base.h"

enum { MINUTE_MS = 60 * MS_PER_S, QUARTER_MS = 15 * MINUTE_MS };

/* 1990-01-01T00:00:00Z: nobody exported calls before. */
static const int64_t earliest = 631152000LL * MS_PER_S;

/* What the parts of a record's time have in common. */
struct when {
    const struct traits *traits;
    const struct rec *rec;
    int64_t start_wall; /* local ms since 1970, NO_TIME: the start had its zone */
    struct leg *leg;
    struct reject *reject;
};

static enum leg_got refuse(struct when *when, enum field field, enum reject_code code)
{
    when->reject->code = code;
    when->reject->column = when->rec->column[field];
    return LEG_REJECT;
}

/* A wall-clock time to an instant; of a repeated hour's two, not before the start. */
static enum leg_got from_wall(struct when *when, enum field field, int64_t wall,
                              int64_t *instant)
{
    const struct traits *traits = when->traits;
    bool is_start = field == FIELD_STARTED_AT;
    int64_t earlier, later;

    if (traits->zone == NULL)
        return LEG_NO_ZONE;

    enum wall_kind kind = zone_instants(traits->zone, wall, &earlier, &later);

    if (kind == WALL_SKIPPED)
        return refuse(when, field, REJECT_SKIPPED_TIME);
    if (kind == WALL_REPEATED && is_start) {
        if (traits->ambiguous_time == AMBIGUOUS_REJECT)
            return refuse(when, field, REJECT_AMBIGUOUS_TIME);
        when->leg->repeated_hour = true;
    }
    *instant = traits->ambiguous_time == AMBIGUOUS_LATER ? later : earlier;
    if (!is_start && *instant < when->leg->started_at)
        *instant = later;
    return LEG_DONE;
}

/* The day that a start without one belongs to: its own column, or --date. */
static enum leg_got day_of_start(struct when *when, int64_t *day_ms)
{
    struct slice date = when->rec->field[FIELD_STARTED_DATE];

    if (date.s == NULL) {
        if (when->traits->day == NO_DAY)
            return refuse(when, FIELD_STARTED_AT, REJECT_BAD_TIME);
        *day_ms = when->traits->day * MS_PER_DAY;
        return LEG_DONE;
    }
    if (clock_read(date, when->traits->date_order, day_ms) != CLOCK_DAY_ONLY)
        return refuse(when, FIELD_STARTED_DATE, REJECT_BAD_TIME);
    return LEG_DONE;
}

static enum leg_got parse_start(struct when *when)
{
    struct slice text = when->rec->field[FIELD_STARTED_AT];
    int64_t ms = 0, day = 0;
    enum leg_got got = LEG_DONE;

    if (text.s == NULL || text.len == 0)
        return refuse(when, FIELD_STARTED_AT, REJECT_NO_TIME);
    switch (clock_read(text, when->traits->date_order, &ms)) {
    case CLOCK_INSTANT:
        when->leg->started_at = ms;
        return LEG_DONE;
    case CLOCK_WALL:
        break;
    case CLOCK_TIME_ONLY:
        got = day_of_start(when, &day);
        break;
    case CLOCK_NEVER:
        return refuse(when, FIELD_STARTED_AT, REJECT_NO_TIME);
    case CLOCK_DAY_ONLY:
    case CLOCK_BAD:
        return refuse(when, FIELD_STARTED_AT, REJECT_BAD_TIME);
    }
    if (got != LEG_DONE)
        return got;
    when->start_wall = day + ms;
    return from_wall(when, FIELD_STARTED_AT, day + ms, &when->leg->started_at);
}

/* The start's wall clock, when the start was an instant and a time of day needs a day. */
static enum leg_got wall_of_start(struct when *when, int64_t *wall)
{
    int64_t start = when->leg->started_at, earlier, later;

    *wall = when->start_wall;
    if (*wall != NO_TIME)
        return LEG_DONE;
    if (when->traits->zone == NULL)
        return LEG_NO_ZONE;
    /* No zone is more than a day from UTC: try every quarter of an hour. */
    for (int64_t offset = -MS_PER_DAY; offset <= MS_PER_DAY; offset += QUARTER_MS) {
        enum wall_kind kind =
            zone_instants(when->traits->zone, start + offset, &earlier, &later);

        if (kind == WALL_SKIPPED || (earlier != start && later != start))
            continue;
        *wall = start + offset;
        return LEG_DONE;
    }
    return LEG_NO_ZONE;
}

/* Behind the start although its clock shows less: the hour was repeated in between. */
static bool is_second_pass(struct when *when, int64_t wall)
{
    int64_t earlier, later;

    return when->traits->zone != NULL &&
           zone_instants(when->traits->zone, wall, &earlier, &later) == WALL_REPEATED &&
           later >= when->leg->started_at;
}

/* A time of day beside the start; "8:43" may seem to lie before 8:43:48. */
static enum leg_got from_time_of_day(struct when *when, enum field field, int64_t time,
                                     int64_t *instant)
{
    int64_t wall;
    enum leg_got got = wall_of_start(when, &wall);

    if (got != LEG_DONE)
        return got;

    int64_t midnight = wall - ((wall % MS_PER_DAY) + MS_PER_DAY) % MS_PER_DAY;
    int64_t start = wall - midnight;
    bool minutes = clock_is_minutes(when->rec->field[field]);

    if (time < (minutes ? start - start % MINUTE_MS : start - start % MS_PER_S) &&
        !is_second_pass(when, midnight + time))
        time += MS_PER_DAY;
    got = from_wall(when, field, midnight + time, instant);
    if (got == LEG_DONE && *instant < when->leg->started_at)
        *instant = when->leg->started_at;
    return got;
}

static enum leg_got parse_other(struct when *when, enum field field, int64_t *instant)
{
    struct slice text = when->rec->field[field];
    int64_t ms = 0;
    enum leg_got got = LEG_DONE;

    *instant = NO_TIME;
    if (text.s == NULL || text.len == 0)
        return LEG_DONE;
    switch (clock_read(text, when->traits->date_order, &ms)) {
    case CLOCK_INSTANT:
        *instant = ms;
        break;
    case CLOCK_WALL:
        got = from_wall(when, field, ms, instant);
        break;
    case CLOCK_TIME_ONLY:
        got = from_time_of_day(when, field, ms, instant);
        break;
    case CLOCK_NEVER:
        return LEG_DONE;
    case CLOCK_DAY_ONLY:
    case CLOCK_BAD:
        return refuse(when, field, REJECT_BAD_TIME);
    }
    if (got == LEG_DONE &&
        (*instant < earliest || *instant > when->traits->now + MS_PER_DAY))
        return refuse(when, field,
                      *instant < earliest ? REJECT_BAD_TIME : REJECT_FUTURE_TIME);
    return got;
}

enum leg_got when_parse(const struct traits *traits, const struct rec *rec,
                        struct leg *leg, struct reject *reject)
{
    struct when when = { traits, rec, NO_TIME, leg, reject };
    const struct {
        enum field field;
        int64_t *instant;
    } others[] = {
        { FIELD_ANSWERED_AT, &leg->answered_at }, { FIELD_BRIDGED_AT, &leg->bridged_at },
        { FIELD_ENDED_AT, &leg->ended_at },       { FIELD_MEDIA_AT, &leg->media_at },
        { FIELD_RANG_AT, &leg->rang_at },
    };
    enum leg_got got = parse_start(&when);

    if (got != LEG_DONE)
        return got;
    if (leg->started_at < earliest)
        return refuse(&when, FIELD_STARTED_AT, REJECT_BAD_TIME);
    if (leg->started_at > traits->now + MS_PER_DAY)
        return refuse(&when, FIELD_STARTED_AT, REJECT_FUTURE_TIME);
    for (size_t i = 0; i < COUNTOF(others) && got == LEG_DONE; i++)
        got = parse_other(&when, others[i].field, others[i].instant);
    return got;
}
