/* loader/near/key_list: which keys of a file another one may have, however many there
 * are. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "loader/key_filter.h"
#include "loader/near/key_list.h"
#include "support/legs.h"

static void list_keys(struct key_list *list, uint64_t from, uint64_t to)
{
    struct err err = { 0 };

    for (uint64_t i = from; i < to; i++)
        cr_assert(key_list_add(list, &(struct uuid[]){ legs_key(i) }[0], &err), "%s",
                  err.text);
}

/* The filter of the keys [0, COUNT) into FILTER. */
static struct slice kept(struct buf *filter, uint64_t count)
{
    struct key_list *list = key_list_new();
    struct err err = { 0 };

    list_keys(list, 0, count);
    cr_assert_eq(key_list_count(list), count);
    buf_reset(filter);
    cr_assert(key_list_filter(list, key_filter_size(count), filter, &err), "%s",
              err.text);
    key_list_free(list);
    return buf_slice(filter);
}

/* A filter as a whole, and in parts of some lines, says the same. */
static bool meets(struct key_list *list, struct slice other)
{
    const struct key_filter_part all = { .bytes = other, .of = other.len };
    struct err err = { 0 };
    bool meets = false, parts = false;

    cr_assert(key_list_meet(list, &all, &meets, &err), "%s", err.text);
    for (size_t at = 0; at < other.len; at += 3 * (size_t)KEY_FILTER_LINE) {
        size_t left = other.len - at, most = 3 * (size_t)KEY_FILTER_LINE;
        const struct key_filter_part part = { .bytes = { other.s + at,
                                                         left < most ? left : most },
                                              .at = at,
                                              .of = other.len };

        key_list_absolve(list);
        cr_assert(key_list_meet(list, &part, &parts, &err), "%s", err.text);
    }
    cr_expect(other.len == 0 || meets == parts);
    key_list_absolve(list);
    cr_assert(key_list_meet(list, &all, &meets, &err), "%s", err.text);
    return meets;
}

/* A filter never misses a key that two files share, however many they have. */
Test(key_list, files_that_share_a_key_meet)
{
    static const uint64_t sizes[] = { 1, 7, 8, 9, 1000, 100000 };
    struct key_list *ours = key_list_new();
    struct buf filter = { 0 };

    for (size_t i = 0; i < COUNTOF(sizes); i++) {
        struct slice other = kept(&filter, sizes[i]);

        cr_assert_not_null(other.s);
        cr_expect_leq(other.len, sizes[i] < 8 ? 64 : 16 * sizes[i]);
        for (uint64_t shared = 0; shared < sizes[i]; shared += 1 + sizes[i] / 50) {
            key_list_clear(ours);
            list_keys(ours, 500000 + shared, 500100 + shared);
            cr_expect_not(meets(ours, other), "%ju keys", (uintmax_t)sizes[i]);
            list_keys(ours, shared, shared + 1);
            cr_expect(meets(ours, other), "%ju keys", (uintmax_t)sizes[i]);
        }
    }
    buf_free(&filter);
    key_list_free(ours);
}

Test(key_list, names_shared_keys_wherever_they_stand)
{
    enum { OTHERS = 3 * KEY_LIST_HELD };
    const uint64_t shared[] = { 3, 77, 1234 };
    struct key_list *ours = key_list_new();
    struct buf array = { 0 }, filter = { 0 };
    struct slice other = kept(&filter, 2000);

    list_keys(ours, shared[0], shared[0] + 1); /* in memory */
    list_keys(ours, 1000000, 1000000 + OTHERS / 2);
    list_keys(ours, shared[1], shared[1] + 1); /* in the file, */
    list_keys(ours, 2000000, 2000000 + OTHERS / 2);
    cr_expect(meets(ours, other));
    list_keys(ours, shared[2], shared[2] + 1); /* and added after it was read */
    key_list_absolve(ours);
    cr_expect(meets(ours, other));
    cr_assert(key_list_suspects(ours, &array));
    for (size_t i = 0; i < COUNTOF(shared); i++) {
        char text[37];

        uuid_text(&(struct uuid[]){ legs_key(shared[i]) }[0], text);
        cr_expect_not_null(strstr(buf_cstr(&array), text), "%s", text);
    }
    cr_expect_lt(array.len, 10 * 37, "%s", buf_cstr(&array));

    key_list_clear(ours);
    cr_expect_not(meets(ours, other), "what was cleared is gone");
    buf_free(&array);
    key_list_free(ours);
    buf_free(&filter);
}

Test(key_list, too_many_suspects_are_all)
{
    struct key_list *ours = key_list_new();
    struct buf array = { 0 };

    list_keys(ours, 0, KEY_LIST_SUSPECTS_MAX);
    cr_expect(meets(ours, SLICE_NONE), "of whom nothing is kept, may have any");
    cr_expect(key_list_suspects(ours, &array));
    list_keys(ours, 0, 1);
    key_list_absolve(ours);
    cr_expect(meets(ours, SLICE_NONE));
    cr_expect_not(key_list_suspects(ours, &array));
    buf_free(&array);
    key_list_free(ours);
}
