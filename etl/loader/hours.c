/*
 * hours.c - one bit an hour.
 */
#include "loader/hours.h"

#include <assert.h>
#include <inttypes.h>

#include "base/base.h"

enum { MS_PER_HOUR = 3600 * 1000, BITS = 64 };

struct hours {
    size_t from, to; /* words outside are 0 */
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
    if (hours->from < hours->to)
        memset(hours->word + hours->from, 0,
               (hours->to - hours->from) * sizeof *hours->word);
    hours->from = hours->to = 0;
}

static void hours_touch(struct hours *hours, size_t from, size_t to)
{
    if (hours->from == hours->to)
        hours->from = from;
    hours->from = from < hours->from ? from : hours->from;
    hours->to = to > hours->to ? to : hours->to;
}

bool hours_add(struct hours *hours, int64_t hour)
{
    assert(hour >= 0 && hour < HOURS_MAX);
    hours_touch(hours, (size_t)hour / BITS, (size_t)hour / BITS + 1);

    uint64_t *word = &hours->word[hour / BITS], bit = UINT64_C(1) << (hour % BITS);
    bool is_new = (*word & bit) == 0;

    *word |= bit;
    return is_new;
}

bool hours_add_ms(struct hours *hours, int64_t ms)
{
    return hours_add(hours, ms / MS_PER_HOUR);
}

bool hours_ask(struct hours *hours, struct db *db, const char *sql,
               const struct db_args *args, struct err *err)
{
    struct db_rows *rows = db_query(db, sql, args, err);
    bool ok = rows != NULL;

    for (size_t i = 0; ok && i < db_rows_count(rows); i++)
        hours_add(hours, db_int(rows, i, 0));
    db_rows_free(rows);
    return ok;
}

void hours_add_all(struct hours *hours, const struct hours *others)
{
    if (others->from == others->to)
        return;
    hours_touch(hours, others->from, others->to);
    for (size_t i = others->from; i < others->to; i++)
        hours->word[i] |= others->word[i];
}

int64_t hours_next(const struct hours *hours, int64_t from)
{
    int64_t hour = from, first = (int64_t)hours->from * BITS;

    if (hour < first)
        hour = first;
    while (hour < (int64_t)hours->to * BITS) {
        uint64_t rest = hours->word[hour / BITS] >> (hour % BITS);

        if (rest != 0)
            return hour + __builtin_ctzll(rest);
        hour += BITS - hour % BITS;
    }
    return -1;
}

void hours_list(const struct hours *hours, struct buf *array)
{
    const char *between = "{";

    for (int64_t hour = hours_next(hours, 0); hour >= 0;
         hour = hours_next(hours, hour + 1)) {
        buf_addf(array, "%s%" PRId64, between, hour);
        between = ",";
    }
    buf_add_text(array, *between == '{' ? "{}" : "}");
}
