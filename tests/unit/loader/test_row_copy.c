/* loader/row_copy, key_filter, hours, leg_version: what needs no database. */
#include <criterion/criterion.h>

#include "base/base.h"
#include "db/row/row_copy.h"
#include "db/row/row_read.h"
#include "loader/hours.h"
#include "loader/key_filter.h"
#include "loader/merge/leg_version.h"
#include "loader/row_order.h"
#include "support/legs.h"

Test(row_copy, head_and_tail_are_those_of_the_manual)
{
    struct buf out = { 0 };

    row_copy_head(&out);
    cr_expect_eq(out.len, 19);
    cr_expect_arr_eq(out.s, "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
    buf_reset(&out);
    row_copy_tail(&out);
    cr_expect_arr_eq(out.s, "\377\377", 2);
    buf_free(&out);
}

/* The last 8 bytes of a row. */
static int64_t hash_of(const struct row *row)
{
    struct row_copy *copy = row_copy_new();
    struct buf out = { 0 };

    row_copy_add(copy, &out, row);

    int64_t hash = row_value_int((struct slice){ out.s + out.len - 8, 8 });

    buf_free(&out);
    row_copy_free(copy);
    return hash;
}

Test(row_copy, the_fingerprint_is_of_the_evidence_alone)
{
    struct row row = legs_row(1, 0), same = legs_row(1, 0), other = legs_row(1, 0);

    same.outcome.category = legs_category("BUSY");
    same.outcome.provider = "reserve";
    same.file_id = 9;
    same.leg.line_no = 99;
    cr_expect_eq(hash_of(&row), hash_of(&same));
    other.leg.agent = slice_of("1001");
    cr_expect_neq(hash_of(&row), hash_of(&other));
    /* the same letters in other columns */
    other.leg.agent = SLICE_NONE;
    other.leg.queue = slice_of("1001");
    same.leg.agent = slice_of("1001");
    cr_expect_neq(hash_of(&same), hash_of(&other));
    cr_expect_neq(hash_of(&row), 0);
}

Test(row_copy, numbers_come_back_with_their_sign)
{
    cr_expect_eq(row_value_int((struct slice){ "\377\376", 2 }), -2);
    cr_expect_eq(row_value_int((struct slice){ "\0\0\1\0", 4 }), 256);
    cr_expect_eq(row_value_int((struct slice){ "\200\0\0\0\0\0\0\0", 8 }), INT64_MIN);
    cr_expect_eq(row_value_int(SLICE_NONE), 0);
    cr_expect_eq(row_value_ms(SLICE_NONE), NO_TIME);
}

Test(key_filter, every_key_that_came_is_known)
{
    enum { MANY = 50000 };
    size_t alarms = 0, size = key_filter_size(MANY);
    char *filter = xcalloc(size, 1);
    const struct key_filter_part all = { .bytes = { filter, size }, .of = size };

    for (uint64_t i = 0; i < MANY; i++)
        key_filter_add(filter, size, &(struct uuid[]){ legs_key(i) }[0]);
    for (uint64_t i = 0; i < MANY; i++)
        cr_assert(key_filter_part_has(&all, &(struct uuid[]){ legs_key(i) }[0]));
    for (uint64_t i = MANY; i < 2 * MANY; i++)
        alarms += key_filter_part_has(&all, &(struct uuid[]){ legs_key(i) }[0]);
    cr_expect_lt(alarms, 10, "%zu false alarms", alarms);
    free(filter);
}

/* What is stored was made so, and must be found for ever. */
Test(key_filter, a_filter_means_what_it_meant)
{
    static const unsigned char kept[KEY_FILTER_LINE] = {
        0x00, 0x00, 0x00, 0x01, 0x00, 0x80, 0x00, 0x06, 0x00, 0x00, 0x04, 0x00, 0x00,
        0x88, 0x00, 0x20, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00, 0x08, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x20, 0x00, 0x20, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x80, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x20, 0x00, 0x04, 0x04, 0x00,
        0x08, 0x00, 0x41, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00
    };
    char filter[KEY_FILTER_LINE] = { 0 };

    for (uint64_t i = 1; i <= 3; i++)
        key_filter_add(filter, sizeof filter, &(struct uuid[]){ legs_key(i) }[0]);
    cr_expect_eq(memcmp(filter, kept, sizeof filter), 0);
}

Test(key_filter, what_cannot_be_known_may_be)
{
    struct uuid key = legs_key(1);

    cr_expect(key_filter_part_has(&(struct key_filter_part){ 0 }, &key));
    cr_expect_eq(key_filter_size(0), KEY_FILTER_LINE);
    cr_expect_eq(key_filter_size(9), 2 * KEY_FILTER_LINE);
    cr_expect_eq(key_filter_size(KEY_FILTER_MAX / 2), KEY_FILTER_MAX);
    cr_expect_eq(key_filter_size(3 * KEY_FILTER_MAX / 4), 0,
                 "so full that it tells nothing");
}

Test(row_order, rows_go_by_their_starts_and_stay_whole)
{
    static const struct {
        int64_t at;
        const char *row;
    } rows[] = {
        { 30, "newest" }, { 20, "first of two" }, { 20, "second" }, { -10, "oldest" }
    };
    struct row_order order = { 0 };
    struct buf message = { 0 };

    for (int turn = 0; turn < 2; turn++) {
        buf_reset(&message);
        buf_add_text(&message, "head ");
        for (size_t i = 0; i < COUNTOF(rows); i++) {
            row_order_add(&order, rows[i].at, message.len);
            buf_addf(&message, "%s ", rows[i].row);
        }
        row_order_add(&order, INT64_MAX, message.len);
        buf_add_text(&message, "tail");
        cr_expect(slice_is(row_order_sort(&order, buf_slice(&message)),
                           "head oldest first of two second newest tail"));
    }
    cr_expect(slice_is(row_order_sort(&order, slice_of("no rows")), "no rows"));
    row_order_free(&order);
    buf_free(&message);
}

Test(hours, a_set_walks_in_order)
{
    struct hours *hours = hours_new();

    hours_add(hours, 500000);
    hours_add(hours, 64);
    hours_add(hours, 63);
    hours_add_ms(hours, INT64_C(3600000) * 70 + 3599999);
    cr_expect_eq(hours_next(hours, 0), 63);
    cr_expect_eq(hours_next(hours, 64), 64);
    cr_expect_eq(hours_next(hours, 65), 70);
    cr_expect_eq(hours_next(hours, 71), 500000);
    cr_expect_eq(hours_next(hours, 500001), -1);
    cr_expect_not(hours_add(hours, 70), "it is there");
    cr_expect(hours_add(hours, 71));
    hours_clear(hours);
    cr_expect_eq(hours_next(hours, 0), -1);
    hours_free(hours);
}

/* A leg_version of leg 1 that knows what PAIRS say. */
struct known {
    const char *column, *value;
};

static void tell(struct fold *fold, int64_t hash, const struct known *known, size_t count)
{
    struct leg_version leg_version = { .hash = hash, .origin = VERSION_STAGED };

    leg_version.value = xcalloc(row_column_count, sizeof *leg_version.value);
    leg_version.value[row_column_named("leg_key")] =
        (struct slice){ "0123456789abcdef", 16 };
    leg_version.value[row_column_named("call_key")] =
        (struct slice){ "0123456789abcdef", 16 };
    leg_version.value[row_column_named("side")] = slice_of("a");
    leg_version.value[row_column_named("started_at")] =
        (struct slice){ "\0\0\0\0\0\0\0\0", 8 };
    for (size_t i = 0; i < count; i++)
        leg_version.value[row_column_named(known[i].column)] = slice_of(known[i].value);
    fold_add(fold, &leg_version);
    free(leg_version.value);
}

Test(leg_version, who_comes_first_wins_what_he_knows)
{
    struct fold *fold = fold_new();

    fold_clear(fold);
    tell(fold, 3, (struct known[]){ { "agent", "first" } }, 1);
    tell(fold, 2, (struct known[]){ { "agent", "second" }, { "queue", "second" } }, 2);
    tell(fold, 1, (struct known[]){ { "agent", "third" }, { "queue", "third" } }, 2);

    struct folded folded = fold_finish(fold);

    cr_expect_eq(folded.nkept, 2, "the third wins nothing");
    cr_expect(slice_is(folded.value[row_column_named("agent")], "first"));
    cr_expect(slice_is(folded.value[row_column_named("queue")], "second"));
    cr_expect_null(folded.value[row_column_named("gateway")].s);
    cr_expect(folded.is_changed);
    cr_expect_null(folded.leg);
    fold_free(fold);
}

Test(leg_version, one_version_is_the_leg)
{
    struct fold *fold = fold_new();

    for (int round = 0; round < 2; round++) {
        fold_clear(fold);
        tell(fold, 3, (struct known[]){ { "agent", "a" }, { "queue", "q" } }, 2);
        tell(fold, 3, (struct known[]){ { "agent", "a" }, { "queue", "q" } }, 2);
        tell(fold, 2, (struct known[]){ { "agent", "b" } }, 1);

        struct folded folded = fold_finish(fold);

        cr_expect_eq(folded.nkept, 1);
        cr_expect_not(folded.is_changed);
    }
    fold_free(fold);
}
