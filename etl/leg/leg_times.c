/*
 * leg_times.c - the times of a leg.
 */
#include "leg/leg_times.h"

#include "base/base.h"
#include "leg/time/clock.h"
#include "leg/time/duration.h"

enum {
    MINUTE_MS = 60 * MS_PER_S,
    QUARTER_MS = 15 * MINUTE_MS,
    AGREE_MS =
        2 * MINUTE_MS, /* both ends may lack their seconds; passes are further apart */
};

/* A time beside the start and, in a repeated hour, its other pass. */
struct moment {
    enum field field;
    int64_t *instant;
    int64_t other; /* NO_TIME: there is none, or it lies before the start */
};

/* What the parts of a record's time have in common. */
struct when {
    const struct parse_options *parse_options;
    const struct rec *rec;
    int64_t start_wall; /* local ms since 1970, NO_TIME: the start had its zone */
    struct leg *leg;
    struct reject *reject;
};

static enum leg_got leg_times_refuse(struct when *when, enum field field,
                                     enum reject_code code)
{
    when->reject->code = code;
    when->reject->column = when->rec->column[field];
    return LEG_REJECT;
}

/* The file is refused for the sake of this field's text. */
static enum leg_got lack_zone(struct when *when, enum field field)
{
    when->reject->text = when->rec->field[field];
    when->reject->column = when->rec->column[field];
    return LEG_NO_ZONE;
}

/* A wall-clock time to an instant; LATER: of its second pass, NO_TIME without one. */
static enum leg_got passes_of(struct when *when, enum field field, int64_t wall,
                              int64_t *earlier, int64_t *later)
{
    if (when->parse_options->zone == NULL)
        return lack_zone(when, field);

    enum wall_kind kind = zone_instants(when->parse_options->zone, wall, earlier, later);

    when->leg->is_wall_clock = true;
    if (kind == WALL_SKIPPED)
        return leg_times_refuse(when, field, REJECT_SKIPPED_TIME);
    if (kind == WALL_ONCE)
        *later = NO_TIME;
    return LEG_DONE;
}

static enum leg_got start_from_wall(struct when *when, int64_t wall)
{
    enum ambiguous_time which = when->parse_options->ambiguous_time;
    int64_t earlier, later;
    enum leg_got got = passes_of(when, FIELD_STARTED_AT, wall, &earlier, &later);

    if (got != LEG_DONE)
        return got;
    if (later != NO_TIME && which == AMBIGUOUS_REJECT)
        return leg_times_refuse(when, FIELD_STARTED_AT, REJECT_AMBIGUOUS_TIME);
    when->leg->repeated_hour = later != NO_TIME;
    when->leg->started_at =
        later != NO_TIME && which == AMBIGUOUS_LATER ? later : earlier;
    return LEG_DONE;
}

/* TIME as far as TEXT would show it: 8:43:48.5 is 8:43 there, or 8:43:48. */
static int64_t as_shown(struct slice text, int64_t time)
{
    return time - time % (clock_is_minutes(text) ? MINUTE_MS : MS_PER_S);
}

/* Of a repeated hour's two passes the earlier that is not before the start. */
static enum leg_got from_wall(struct when *when, struct moment *moment, int64_t wall)
{
    int64_t start = as_shown(when->rec->field[moment->field], when->leg->started_at);
    int64_t earlier, later;
    enum leg_got got = passes_of(when, moment->field, wall, &earlier, &later);

    if (got != LEG_DONE)
        return got;

    bool is_second = later != NO_TIME && earlier < start;

    *moment->instant = is_second ? later : earlier;
    moment->other = is_second ? NO_TIME : later;
    return LEG_DONE;
}

/*
 * 1.71748E+12 is what a spreadsheet left of an epoch: the seconds are among the
 * first ten digits.
 */
static bool is_rounded(struct slice text)
{
    size_t digits = 0, i = 0;

    for (; i < text.len && (text.s[i] == '.' || (text.s[i] >= '0' && text.s[i] <= '9'));
         i++)
        digits += text.s[i] != '.';
    return i < text.len && (text.s[i] == 'E' || text.s[i] == 'e') && digits < 10;
}

static enum clock_got read_time(const struct when *when, struct slice text, int64_t *ms)
{
    enum clock_got got = clock_read(text, when->parse_options->date_order, ms);

    if ((got == CLOCK_INSTANT || got == CLOCK_NEVER) && when->parse_options->resaved &&
        is_rounded(text))
        return CLOCK_BAD;
    return got;
}

/*
 * The wall clock of a start that shows only TIME: its day is in a column of its
 * own, and read as if both stood in one (AM or PM tells the order of the date
 * too), or it is --date.
 */
static enum leg_got leg_times_add_day(struct when *when, struct slice time, int64_t *ms)
{
    struct slice date = when->rec->field[FIELD_STARTED_DATE];
    char both[64];

    if (date.s == NULL) {
        if (when->parse_options->day == NO_DAY)
            return leg_times_refuse(when, FIELD_STARTED_AT, REJECT_BAD_TIME);
        *ms += when->parse_options->day * MS_PER_DAY;
        return LEG_DONE;
    }
    if (date.len + time.len + 2 > sizeof both)
        return leg_times_refuse(when, FIELD_STARTED_DATE, REJECT_BAD_TIME);
    snprintf(both, sizeof both, SLICE_FMT " " SLICE_FMT, SLICE_ARG(date),
             SLICE_ARG(time));
    if (clock_read(slice_of(both), when->parse_options->date_order, ms) != CLOCK_WALL)
        return leg_times_refuse(when, FIELD_STARTED_DATE, REJECT_BAD_TIME);
    return LEG_DONE;
}

static enum leg_got parse_start(struct when *when)
{
    struct slice text = when->rec->field[FIELD_STARTED_AT];
    int64_t ms = 0;
    enum leg_got got = LEG_DONE;

    if (text.s == NULL || text.len == 0)
        return leg_times_refuse(when, FIELD_STARTED_AT, REJECT_NO_TIME);
    switch (read_time(when, text, &ms)) {
    case CLOCK_INSTANT:
        when->leg->started_at = ms;
        return LEG_DONE;
    case CLOCK_WALL:
        break;
    case CLOCK_TIME_ONLY:
        got = leg_times_add_day(when, text, &ms);
        break;
    case CLOCK_NEVER:
        return leg_times_refuse(when, FIELD_STARTED_AT, REJECT_NO_TIME);
    case CLOCK_DAY_ONLY:
    case CLOCK_BAD:
        return leg_times_refuse(when, FIELD_STARTED_AT, REJECT_BAD_TIME);
    }
    if (got != LEG_DONE)
        return got;
    when->start_wall = ms;
    return start_from_wall(when, ms);
}

/* The start's wall clock, when the start was an instant and a time of day needs a day. */
static enum leg_got wall_of_start(struct when *when, enum field field, int64_t *wall)
{
    int64_t start = when->leg->started_at, earlier, later;

    *wall = when->start_wall;
    if (*wall != NO_TIME)
        return LEG_DONE;
    if (when->parse_options->zone == NULL)
        return lack_zone(when, field);
    /* No zone is more than a day from UTC: try every quarter of an hour. */
    for (int64_t offset = -MS_PER_DAY; offset <= MS_PER_DAY; offset += QUARTER_MS) {
        enum wall_kind kind =
            zone_instants(when->parse_options->zone, start + offset, &earlier, &later);

        if (kind == WALL_SKIPPED || (earlier != start && later != start))
            continue;
        *wall = start + offset;
        return LEG_DONE;
    }
    return lack_zone(when, field);
}

/* Behind the start although its clock shows less: the hour was repeated in between. */
static bool is_second_pass(struct when *when, int64_t wall)
{
    int64_t earlier, later;

    return when->parse_options->zone != NULL &&
           zone_instants(when->parse_options->zone, wall, &earlier, &later) ==
               WALL_REPEATED &&
           later >= when->leg->started_at;
}

/* A time of day beside the start. */
static enum leg_got from_time_of_day(struct when *when, struct moment *moment,
                                     int64_t time)
{
    int64_t wall;
    enum leg_got got = wall_of_start(when, moment->field, &wall);

    if (got != LEG_DONE)
        return got;

    int64_t midnight = wall - ((wall % MS_PER_DAY) + MS_PER_DAY) % MS_PER_DAY;
    int64_t start = as_shown(when->rec->field[moment->field], wall - midnight);

    if (time < start && !is_second_pass(when, midnight + time))
        time += MS_PER_DAY;
    got = from_wall(when, moment, midnight + time);
    if (got == LEG_DONE && *moment->instant < when->leg->started_at)
        *moment->instant = when->leg->started_at;
    return got;
}

static enum leg_got parse_other(struct when *when, struct moment *moment)
{
    enum field field = moment->field;
    struct slice text = when->rec->field[field];
    int64_t ms = 0;
    enum leg_got got = LEG_DONE;

    *moment->instant = NO_TIME;
    if (text.s == NULL || text.len == 0)
        return LEG_DONE;
    switch (read_time(when, text, &ms)) {
    case CLOCK_INSTANT:
        *moment->instant = ms;
        break;
    case CLOCK_WALL:
        got = from_wall(when, moment, ms);
        break;
    case CLOCK_TIME_ONLY:
        got = from_time_of_day(when, moment, ms);
        break;
    case CLOCK_NEVER:
        return LEG_DONE;
    case CLOCK_DAY_ONLY:
    case CLOCK_BAD:
        return leg_times_refuse(when, field, REJECT_BAD_TIME);
    }
    if (got == LEG_DONE && (*moment->instant < EARLIEST_START ||
                            *moment->instant > when->parse_options->now + MS_PER_DAY))
        return leg_times_refuse(when, field,
                                *moment->instant < EARLIEST_START ? REJECT_BAD_TIME
                                                                  : REJECT_FUTURE_TIME);
    return got;
}

/* An instant and a span make another; NO_TIME when either is open. */
static int64_t leg_times_behind(int64_t from, int64_t ms)
{
    return from == NO_TIME || ms == NO_TIME ? NO_TIME : from + ms;
}

static int64_t before(int64_t to, int64_t ms)
{
    return to == NO_TIME || ms == NO_TIME ? NO_TIME : to - ms;
}

/* An exported duration; NO_TIME without, and for the 0 that exports fill in. */
static int64_t exported(const struct when *when, enum field field)
{
    struct slice text = when->rec->field[field];
    int64_t seconds;

    if (text.len == 0 || !duration_read(text, &seconds) || seconds <= 0 ||
        seconds > INT32_MAX)
        return NO_TIME;
    return seconds * MS_PER_S;
}

static bool agree(int64_t a, int64_t b)
{
    return a != NO_TIME && b != NO_TIME && a - b <= AGREE_MS && b - a <= AGREE_MS;
}

/* Take the pass that agrees with what is EXPECTED; false when neither does. */
static bool moment_settle(struct moment *moment, int64_t expected)
{
    if (agree(*moment->instant, expected))
        return true;
    if (!agree(moment->other, expected))
        return false;
    *moment->instant = moment->other;
    return true;
}

/* The exported durations tell the passes of a repeated hour apart. */
static void settle_passes(const struct when *when, struct moment *answered,
                          struct moment *bridged, struct moment *ended)
{
    const struct leg *leg = when->leg;

    if (answered->other == NO_TIME && bridged->other == NO_TIME &&
        ended->other == NO_TIME)
        return;

    int64_t billed = exported(when, FIELD_BILL_SECONDS);
    int64_t end = leg_times_behind(leg->started_at, exported(when, FIELD_DURATION));

    if (!moment_settle(ended, end))
        moment_settle(ended, leg_times_behind(leg->answered_at, billed));
    if (leg->ended_at != NO_TIME)
        end = leg->ended_at;
    moment_settle(answered, before(end, billed));
    if (!moment_settle(bridged, before(end, exported(when, FIELD_BRIDGE_SECONDS))))
        moment_settle(bridged, leg->answered_at);
}

enum leg_got leg_times_parse(const struct parse_options *parse_options,
                             const struct rec *rec, struct leg *leg,
                             struct reject *reject)
{
    struct when when = { parse_options, rec, NO_TIME, leg, reject };
    struct moment moments[] = {
        { FIELD_ANSWERED_AT, &leg->answered_at, NO_TIME },
        { FIELD_BRIDGED_AT, &leg->bridged_at, NO_TIME },
        { FIELD_ENDED_AT, &leg->ended_at, NO_TIME },
        { FIELD_MEDIA_AT, &leg->media_at, NO_TIME },
        { FIELD_RANG_AT, &leg->rang_at, NO_TIME },
        { FIELD_QUEUE_JOINED_AT, &leg->queue_joined_at, NO_TIME },
        { FIELD_QUEUE_ANSWERED_AT, &leg->queue_answered_at, NO_TIME },
        { FIELD_QUEUE_LEFT_AT, &leg->queue_left_at, NO_TIME },
    };
    enum leg_got got = parse_start(&when);

    if (got != LEG_DONE)
        return got;
    if (leg->started_at < EARLIEST_START)
        return leg_times_refuse(&when, FIELD_STARTED_AT, REJECT_BAD_TIME);
    if (leg->started_at > parse_options->now + MS_PER_DAY)
        return leg_times_refuse(&when, FIELD_STARTED_AT, REJECT_FUTURE_TIME);
    for (size_t i = 0; i < COUNTOF(moments) && got == LEG_DONE; i++)
        got = parse_other(&when, &moments[i]);
    if (got == LEG_DONE)
        settle_passes(&when, &moments[0], &moments[1], &moments[2]);
    return got;
}
