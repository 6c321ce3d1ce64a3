/* loader/statistics/stat_groups: sums by group, more of them than fit into memory. */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/buf.h"
#include "loader/statistics/stat_groups.h"

/* Prime, so that every number times STEP modulo it is another one. */
enum { GROUPS = 100003, STEP = 40503, TIMES = 3 };

/* Keys of one to some hundred bytes. */
static void set_key(struct buf *key, size_t number)
{
    buf_reset(key);
    buf_addf(key, "%zu", number);
    for (size_t i = 0; i <= number % 97; i++)
        buf_add_char(key, 'x');
}

static void add_groups(struct stat_groups *groups, size_t count)
{
    struct err err = { 0 };
    struct buf key = { 0 };

    for (size_t time = 0; time < TIMES; time++)
        for (size_t i = 0; i < count; i++) {
            size_t number = i * STEP % GROUPS;
            struct stat_sums sums = { { (int64_t)number, 1 } };

            set_key(&key, number);
            cr_assert(stat_groups_add(groups, buf_slice(&key), &sums, &err), "%s",
                      err.text);
        }
    buf_free(&key);
}

/* Every group once, in order, with what was added to it. */
static void walk_groups(struct stat_groups *groups, size_t count)
{
    struct err err = { 0 };
    struct buf last = { 0 };
    struct slice key;
    struct stat_sums sums;
    size_t seen = 0;

    cr_assert(stat_groups_begin(groups, &err), "%s", err.text);
    for (;; seen++) {
        cr_assert(stat_groups_next(groups, &key, &sums, &err), "%s", err.text);
        if (key.s == NULL)
            break;
        cr_assert(seen == 0 || stat_groups_order(buf_slice(&last), key) < 0);
        cr_assert_eq(sums.sum[0], TIMES * (int64_t)strtoul(key.s, NULL, 10));
        cr_assert_eq(sums.sum[1], TIMES);
        buf_reset(&last);
        buf_add_slice(&last, key);
    }
    cr_expect_eq(seen, count);
    buf_free(&last);
}

Test(stat_groups, are_summed_up_whatever_fits_into_memory)
{
    static const size_t count[] = { 0, 1, 5000, GROUPS };
    struct stat_groups *groups = stat_groups_new();

    for (size_t i = 0; i < COUNTOF(count); i++) {
        add_groups(groups, count[i]);
        walk_groups(groups, count[i]);
        walk_groups(groups, count[i]);
        stat_groups_clear(groups);
    }
    stat_groups_free(groups);
}
