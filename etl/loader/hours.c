/*
 * hours.c - one bit an hour.
 */
#include "loader/hours.h"

#include <assert.h>

#include "base/base.h"

enum { MS_PER_HOUR = 3600 * 1000, BITS = 64 };

struct hours {
    uint64_t word[HOURS_MAX / BITS + 1];
};

struct hours *hours_new(void)
{
    return xcalloc(1, sizeof(struct hours));
}

void hours_free(struct hours *hours)
{
    free(hours);
}

void hours_clear(struct hours *hours)
{
    memset(hours, 0, sizeof *hours);
}

void hours_add(struct hours *hours, int64_t hour)
{
    assert(hour >= 0 && hour < HOURS_MAX);
    hours->word[hour / BITS] |= UINT64_C(1) << (hour % BITS);
}

void hours_add_ms(struct hours *hours, int64_t ms)
{
    hours_add(hours, ms / MS_PER_HOUR);
}

bool hours_has(const struct hours *hours, int64_t hour)
{
    return hour >= 0 && hour < HOURS_MAX &&
           (hours->word[hour / BITS] >> (hour % BITS) & 1) != 0;
}

int64_t hours_next(const struct hours *hours, int64_t from)
{
    int64_t hour = from;

    while (hour < HOURS_MAX) {
        uint64_t rest = hours->word[hour / BITS] >> (hour % BITS);

        if (rest != 0)
            return hour + __builtin_ctzll(rest);
        hour += BITS - hour % BITS;
    }
    return -1;
}
