/*
 * period.c - the period that a command is about.
 *
 * What a text looks like is found out here; what it means is asked of the server, whose
 * zones are those of the views.
 */
#include "commands/shared/period.h"

#include "base/base.h"
#include "base/log.h"
#include "base/text.h"
#include "db/db.h"
#include "db/sql.h"
#include "db/txn.h"
#include "leg/time/clock.h"

/* A bound as SQL takes it: an instant ends in Z, a wall-clock time does not. */
struct bound {
    char text[32];
};

/* *MS is the instant, or with *LOCAL what a clock shows then. */
static bool period_point(const char *name, const char *text, int64_t *ms, bool *local,
                         struct err *err)
{
    enum clock_got got = clock_read(slice_of(text), DATE_YMD, ms);

    *local = got != CLOCK_INSTANT;
    if (got == CLOCK_INSTANT || got == CLOCK_DAY_ONLY || got == CLOCK_WALL)
        return true;
    return err_set(err, EXIT_USAGE,
                   "--%s is a day, YYYY-MM-DD, or an instant such as "
                   "2026-06-01T12:00:00Z, not \"%s\"",
                   name, text);
}

bool period_instant_utc(const char *name, const char *text, int64_t *ms, struct err *err)
{
    bool local;

    return period_point(name, text, ms, &local, err);
}

static bool period_bound(const char *name, const char *text, struct bound *bound,
                         struct err *err)
{
    int64_t ms = 0;
    bool local;
    char iso[25];

    if (!period_point(name, text, &ms, &local, err))
        return false;
    if (ms < -MS_PER_DAY || ms > INT64_C(4102444800000))
        return err_set(err, EXIT_USAGE, "--%s %s: no call starts there", name, text);
    instant_iso(ms, iso);
    snprintf(bound->text, sizeof bound->text, "%.23s%s", iso, local ? "" : "Z");
    return true;
}

/* "7d" into "7 days". */
static bool period_last(const char *text, char span[static 32], struct err *err)
{
    static const struct {
        char letter;
        const char *unit;
        int64_t most;
    } units[] = { { 'h', "hours", INT64_C(24) * 400 },
                  { 'd', "days", 3660 },
                  { 'w', "weeks", 530 } };
    size_t length = strlen(text);
    int64_t count = 0;

    for (size_t i = 0; length > 1 && i < COUNTOF(units); i++) {
        if (text[length - 1] != units[i].letter ||
            !slice_int((struct slice){ text, length - 1 }, &count) || count < 1 ||
            count > units[i].most)
            continue;
        snprintf(span, 32, "%d %s", (int)count, units[i].unit);
        return true;
    }
    return err_set(
        err, EXIT_USAGE,
        "--last is a number of days, weeks or hours: 7d, 2w or 24h, not \"%s\"", text);
}

static bool is_month(const char *text)
{
    int64_t year, month;

    if (strcmp(text, "this") == 0 || strcmp(text, "last") == 0)
        return true;
    return strlen(text) == 7 && text[4] == '-' &&
           slice_int((struct slice){ text, 4 }, &year) && year >= 1990 && year < 2100 &&
           slice_int((struct slice){ text + 5, 2 }, &month) && month >= 1 && month <= 12;
}

static bool period_check_month(const char *text, struct err *err)
{
    return is_month(text) ||
           err_set(err, EXIT_USAGE, "--month is YYYY-MM, this or last, not \"%s\"", text);
}

bool period_is_given(const char *const *option)
{
    for (size_t i = 0; i < PERIOD_OPTIONS; i++)
        if (option[i] != NULL)
            return true;
    return false;
}

/* Words and ends are two ways to say a period; a word is one. */
static bool period_is_one(const char *const *option)
{
    bool ends = option[PERIOD_FROM] != NULL || option[PERIOD_TO] != NULL;
    int ways = (int)ends + (option[PERIOD_LAST] != NULL) +
               (option[PERIOD_MONTH] != NULL) + (option[PERIOD_YESTERDAY] != NULL);

    return ways <= 1;
}

bool period_check(const char *const *option, bool bound, struct err *err)
{
    bool ends = option[PERIOD_FROM] != NULL && option[PERIOD_TO] != NULL;
    bool word = option[PERIOD_LAST] != NULL || option[PERIOD_MONTH] != NULL ||
                option[PERIOD_YESTERDAY] != NULL;
    struct bound ignored;
    char span[32];

    if (!period_is_one(option))
        return err_set(err, EXIT_USAGE,
                       "--from and --to, --last, --month, --yesterday: choose one");
    if (bound && !ends && !word)
        return err_set(err, EXIT_USAGE,
                       "which period? --from T --to T, --last 7d, --month 2026-06 or "
                       "--yesterday");
    return (option[PERIOD_FROM] == NULL ||
            period_bound("from", option[PERIOD_FROM], &ignored, err)) &&
           (option[PERIOD_TO] == NULL ||
            period_bound("to", option[PERIOD_TO], &ignored, err)) &&
           (option[PERIOD_LAST] == NULL || period_last(option[PERIOD_LAST], span, err)) &&
           (option[PERIOD_MONTH] == NULL ||
            period_check_month(option[PERIOD_MONTH], err));
}

/* The zone --tz must be one that this machine knows; days are those of cdr.setting. */
static bool period_check_tz(const char *tz, struct err *err)
{
    struct zone *zone = tz != NULL ? zone_open(tz, err) : NULL;

    zone_free(zone);
    return tz == NULL || zone != NULL;
}

static void period_take(const struct db_rows *rows, struct period *period)
{
    struct slice from = db_value(rows, 0, db_column(rows, "from_at"));
    struct slice to = db_value(rows, 0, db_column(rows, "to_at"));

    period->has_from = from.s != NULL;
    period->has_to = to.s != NULL;
    period->from = db_int(rows, 0, db_column(rows, "from_ms"));
    period->to = db_int(rows, 0, db_column(rows, "to_ms"));
    snprintf(period->from_at, sizeof period->from_at, "%s",
             from.s != NULL ? from.s : "-infinity");
    snprintf(period->to_at, sizeof period->to_at, "%s", to.s != NULL ? to.s : "infinity");
    snprintf(period->zone, sizeof period->zone, "%s",
             db_value(rows, 0, db_column(rows, "zone")).s);
}

static bool period_ask(struct db *db, const char *const *option, const char *tz,
                       struct period *period, struct err *err)
{
    const char *from = option[PERIOD_FROM], *to = option[PERIOD_TO];
    struct bound first, end;
    char span[32];

    if ((from != NULL && !period_bound("from", from, &first, err)) ||
        (to != NULL && !period_bound("to", to, &end, err)) ||
        (option[PERIOD_LAST] != NULL && !period_last(option[PERIOD_LAST], span, err)))
        return false;

    struct db_rows *rows =
        db_query(db, sql_stats_period,
                 DB_ARGS(from != NULL ? first.text : NULL, to != NULL ? end.text : NULL,
                         option[PERIOD_YESTERDAY] != NULL ? "1 days"
                         : option[PERIOD_LAST] != NULL    ? span
                                                          : NULL,
                         option[PERIOD_MONTH], tz),
                 err);

    if (rows == NULL)
        return false;
    period_take(rows, period);
    if (!db_bool(rows, 0, db_column(rows, "agrees")))
        log_warn("days are those of %s, the zone of cdr.setting, and not of --tz %s; "
                 "`cdretl init --tz %s` would change that",
                 period->zone, tz, tz);
    db_rows_free(rows);
    return true;
}

bool period_read(struct db *db, const char *const *option, const char *tz,
                 struct period *period, struct err *err)
{
    if (!period_check_tz(tz, err) || !period_ask(db, option, tz, period, err))
        return false;
    if (period->has_from && period->has_to && period->from >= period->to)
        return err_set(err, EXIT_USAGE,
                       "the period is empty: its end, %s, does not lie behind its "
                       "beginning, %s",
                       period->to_at, period->from_at);
    return true;
}

bool period_read_alone(struct db *db, const char *const *option, const char *tz,
                       struct period *period, struct err *err)
{
    return txn_begin_read(db, err) && period_read(db, option, tz, period, err) &&
           txn_commit(db, err);
}

bool period_warn_empty(struct db *db, const struct period *period, struct err *err)
{
    struct db_rows *rows =
        db_query(db, sql_stats_known, DB_ARGS(period->from_at, period->to_at), err);

    if (rows == NULL)
        return false;
    if (!db_bool(rows, 0, db_column(rows, "is_known"))) {
        const char *first = db_value(rows, 0, db_column(rows, "first_day")).s;
        const char *last = db_value(rows, 0, db_column(rows, "last_day")).s;

        if (first == NULL)
            log_warn("there are no calls yet: `cdretl load FILE` brings some");
        else
            log_warn("no calls in this period; there are calls from %s to %s (%s)", first,
                     last, period->zone);
    }
    db_rows_free(rows);
    return true;
}
