/*
 * Deciding is pure: every case row twice, in shuffled order, comes out the same.
 *
 * The seed is printed when it fails; CDRETL_SEED sets it.
 */
#include <criterion/criterion.h>
#include <inttypes.h>

#include "base/base.h"
#include "rules/cases/cases.h"
#include "rules/rules_impl.h"

enum { ROUNDS = 10 };

static uint64_t next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void shuffle(size_t *order, size_t count, uint64_t *state)
{
    for (size_t i = count; i > 1; i--) {
        size_t other = (size_t)(next(state) % i), mine = order[i - 1];

        order[i - 1] = order[other];
        order[other] = mine;
    }
}

static struct outcome outcome_of(const struct rules *rules, const struct rule_case *row)
{
    struct buf scratch = { 0 };
    struct outcome outcome;
    struct leg leg;

    case_leg(row, &leg, &scratch);
    case_decide(rules, row, &leg, &outcome);
    buf_free(&scratch);
    return outcome;
}

static bool same(const struct outcome *a, const struct outcome *b)
{
    return a->category == b->category && a->confidence == b->confidence &&
           a->alternatives == b->alternatives && a->rule == b->rule &&
           a->naive_category == b->naive_category && a->group == b->group &&
           a->provider == b->provider && a->release == b->release &&
           a->ended_by == b->ended_by && a->q850_implied == b->q850_implied &&
           a->answered == b->answered;
}

Test(pure, the_order_of_legs_does_not_matter)
{
    const char *seed = getenv("CDRETL_SEED");
    uint64_t state = seed != NULL ? strtoull(seed, NULL, 10) | 1 : 20201104,
             began = state;
    struct err err = { 0 };
    struct rules *rules = rules_load("mappings", &err);
    struct case_file file;

    cr_assert_not_null(rules, "%s", err.text);
    cr_assert(case_file_read("mappings/cases/core.csv", &file, &err), "%s", err.text);

    struct outcome *first = xcalloc(file.count, sizeof *first);
    size_t *order = xcalloc(2 * file.count, sizeof *order);

    for (size_t i = 0; i < file.count; i++)
        first[i] = outcome_of(rules, &file.row[i]);
    for (size_t i = 0; i < 2 * file.count; i++)
        order[i] = i % file.count;
    for (int round = 0; round < ROUNDS; round++) {
        shuffle(order, 2 * file.count, &state);
        for (size_t i = 0; i < 2 * file.count; i++) {
            struct outcome again = outcome_of(rules, &file.row[order[i]]);

            cr_expect(same(&first[order[i]], &again), "line %zu, seed %" PRIu64,
                      file.row[order[i]].line, began);
        }
    }
    free(first);
    free(order);
    case_file_free(&file);
    rules_free(rules);
}
