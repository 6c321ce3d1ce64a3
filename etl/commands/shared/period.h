/*
 * period.h - the period that a command is about, in words or as two ends.
 *
 * One reading of days and zones for every command: a day is one of the zone in
 * cdr.setting, which is the views' zone too, and the server's rules of it count.  Where
 * --tz says another zone, a warning says whose days are meant.
 */
#ifndef ETL_COMMANDS_SHARED_PERIOD_H
#define ETL_COMMANDS_SHARED_PERIOD_H

#include "commands/shared/command.h"

struct db;

/* Places of the options, behind where the command's table has them. */
enum {
    PERIOD_FROM,
    PERIOD_TO,
    PERIOD_LAST,
    PERIOD_MONTH,
    PERIOD_YESTERDAY,
    PERIOD_OPTIONS
};

/* Their rows, from the place BASE of the command's table on. */
/* clang-format off */
#define PERIOD_ROWS(base)                                                                \
    [(base) + PERIOD_FROM] = { "from", "T",                                              \
        "first: a day (YYYY-MM-DD, zone of cdr.setting) or an instant" },                \
    [(base) + PERIOD_TO] = { "to", "T", "end: the day or instant behind the last" },     \
    [(base) + PERIOD_LAST] = { "last", "N",                                              \
        "the last whole days, weeks or hours: 7d, 2w, 24h" },                            \
    [(base) + PERIOD_MONTH] = { "month", "MONTH", "YYYY-MM, this or last" },             \
    [(base) + PERIOD_YESTERDAY] = { "yesterday", NULL, "the day before today" }
/* clang-format on */

struct period {
    bool has_from, has_to;       /* false: open at that end */
    int64_t from, to;            /* ms since 1970 UTC, half-open */
    char from_at[32], to_at[32]; /* the same for a statement; open: -infinity, infinity */
    char zone[64];               /* of cdr.setting */
};

/*
 * Do the values OPTION of the five make sense, before any database is asked?  BOUND: the
 * command wants both ends.  False with ERR (EXIT_USAGE).
 */
bool period_check(const char *const *option, bool bound, struct err *err) MUST_USE;

/*
 * TEXT of the option NAME as an instant, ms since 1970 UTC, where days and months are
 * those of UTC, as the partitions of cdr.leg are.  False with ERR (EXIT_USAGE).
 */
bool period_instant_utc(const char *name, const char *text, int64_t *ms,
                        struct err *err) MUST_USE;

/* Was any of them given? */
bool period_is_given(const char *const *option);

/*
 * What they mean in the database DB; what period_check() has seen.  TZ is --tz or NULL.
 * False with ERR: EXIT_USAGE when the end does not lie behind the beginning.
 */
bool period_read(struct db *db, const char *const *option, const char *tz,
                 struct period *period, struct err *err) MUST_USE;

/* The same where no transaction is open. */
bool period_read_alone(struct db *db, const char *const *option, const char *tz,
                       struct period *period, struct err *err) MUST_USE;

/* Say of a period without statistics which days have some. */
bool period_warn_empty(struct db *db, const struct period *period,
                       struct err *err) MUST_USE;

#endif
