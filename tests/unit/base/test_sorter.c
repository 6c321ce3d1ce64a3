/* base/sorter: records in order, whatever fits into memory. */
#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/sorter.h"

enum { RECORDS = 20000 };

struct record {
    unsigned char key[8];
    uint64_t number;
};

static int by_key(const void *a, const void *b)
{
    return memcmp(a, b, sizeof((struct record *)NULL)->key);
}

/* Keys as good as random, or nearly all alike. */
static struct record record(uint64_t number, bool random)
{
    uint64_t key = random ? number * UINT64_C(0x9e3779b97f4a7c15) : number % 3;
    struct record record = { .number = number };

    memcpy(record.key, &key, sizeof key);
    return record;
}

struct taken {
    struct record last;
    uint64_t count, sum, stop_at;
};

static bool take(void *to, const void *record, struct err *err)
{
    struct taken *taken = to;
    const struct record *next = record;

    if (taken->count == taken->stop_at)
        return err_set(err, EXIT_INTERNAL, "enough");
    if (taken->count > 0)
        cr_assert_leq(by_key(&taken->last, next), 0, "record %" PRIu64, taken->count);
    taken->last = *next;
    taken->count++;
    taken->sum += next->number;
    return true;
}

static void add_all(struct sorter *sorter, bool random)
{
    struct err err = { 0 };

    for (uint64_t i = 0; i < RECORDS; i++) {
        struct record next = record(i, random);

        cr_assert(sorter_add(sorter, &next, &err), "%s", err.text);
    }
}

Test(sorter, hands_over_every_record_in_order)
{
    /* all in memory, in few pieces, in more pieces than records that are held */
    static const size_t held[] = { RECORDS, RECORDS / 7, 50 };

    for (size_t i = 0; i < COUNTOF(held); i++)
        for (int random = 0; random < 2; random++) {
            struct sorter *sorter = sorter_new(sizeof(struct record),
                                               held[i] * sizeof(struct record), by_key);

            for (int time = 0; time < 2; time++) {
                struct taken taken = { .stop_at = UINT64_MAX };
                struct err err = { 0 };

                add_all(sorter, random);
                cr_assert(sorter_finish(sorter, take, &taken, &err), "%s", err.text);
                cr_expect_eq(taken.count, RECORDS, "%zu held: %" PRIu64, held[i],
                             taken.count);
                cr_expect_eq(taken.sum, (uint64_t)RECORDS * (RECORDS - 1) / 2);
            }
            sorter_free(sorter);
        }
}

Test(sorter, stops_when_told)
{
    struct sorter *sorter =
        sorter_new(sizeof(struct record), 500 * sizeof(struct record), by_key);
    struct taken taken = { .stop_at = 700 };
    struct err err = { 0 };

    add_all(sorter, true);
    cr_expect_not(sorter_finish(sorter, take, &taken, &err));
    cr_expect_str_eq(err.text, "enough");
    cr_expect_eq(taken.count, 700);
    sorter_free(sorter);
}
