/*
 * The shipped rule set: its cases, its coverage, and that the cases would notice.
 *
 * Deciding is pure: every case row twice, in shuffled order, comes out the same.  The
 * seed is printed when it fails; CDRETL_SEED sets it.
 */
#include <criterion/criterion.h>
#include <inttypes.h>

#include "base/base.h"
#include "rules/cases/cases.h"
#include "rules/rules_impl.h"

static struct rules *load(void)
{
    struct err err = { 0 };
    struct rules *rules = rules_load("mappings", &err);

    cr_assert_not_null(rules, "%s", err.text);
    return rules;
}

static struct case_list load_cases(const struct rules *rules)
{
    struct case_list list;
    struct err err = { 0 };

    cr_assert(case_list_load(rules, &list, &err), "%s", err.text);
    cr_assert_gt(list.count, 6);
    return list;
}

static size_t failures(const struct rules *rules, const struct case_list *list,
                       struct buf *out)
{
    struct cases_result result;
    struct err err = { 0 };
    size_t failed = 0;

    for (size_t i = 0; i < list->count; i++) {
        cr_assert(rules_test(rules, list, i, &result, out, &err), "%s", err.text);
        cr_expect_gt(result.cases, 10);
        failed += result.cases - result.disputed - result.passed + result.linked -
                  result.linked_passed;
    }
    return failed;
}

Test(shipped, every_undisputed_case_and_call_comes_out_right)
{
    struct rules *rules = load();
    struct case_list list = load_cases(rules);
    struct buf out = { 0 };

    cr_expect_eq(failures(rules, &list, &out), 0, "%s", buf_cstr(&out));
    case_list_free(&list);
    buf_free(&out);
    rules_free(rules);
}

Test(shipped, every_rule_decides_a_case)
{
    struct rules *rules = load();
    uint64_t *hits = xcalloc(rules_count(rules), sizeof *hits);
    struct case_list list = load_cases(rules);
    struct err err = { 0 };

    for (size_t i = 0; i < list.count; i++)
        cr_assert(rules_cover(rules, list.file[i].path, hits, &err), "%s", err.text);
    for (size_t i = 0; i < rules_count(rules); i++)
        cr_expect_gt(hits[i], 0, "no case reaches %s", rules_id(rules, i));
    free(hits);
    case_list_free(&list);
    rules_free(rules);
}

Test(shipped, has_no_findings_and_a_reason_for_every_rule)
{
    struct rules *rules = load();
    struct buf out = { 0 };

    cr_expect_eq(rules_lint(rules, &out), 0, "%s", buf_cstr(&out));
    for (size_t i = 0; i < rules_count(rules); i++)
        cr_expect_not_null(rules->rule[i].why, "%s", rules_id(rules, i));
    buf_free(&out);
    rules_free(rules);
}

/* Spoil one rule at a time: a case must fail for each, or nobody guards it. */
Test(shipped, the_cases_notice_when_a_rule_decides_otherwise)
{
    struct rules *rules = load();
    struct case_list list = load_cases(rules);

    for (size_t i = 0; i < rules_count(rules); i++) {
        struct rule *rule = &rules->rule[i], kept = *rule;
        struct buf out = { 0 };

        rule->category = (uint8_t)((rule->category + 1) % rules->taxonomy.count);
        rule->alternatives ^= (category_set)1
                              << ((rule->category + 1) % rules->taxonomy.count);
        cr_expect_gt(failures(rules, &list, &out), 0, "no undisputed case guards %s",
                     rule->id);
        *rule = kept;
        buf_free(&out);
    }
    case_list_free(&list);
    rules_free(rules);
}

static bool same_outcome(const struct outcome *a, const struct outcome *b)
{
    return a->category == b->category && a->confidence == b->confidence &&
           a->alternatives == b->alternatives && a->group == b->group &&
           a->rule == b->rule && a->provider == b->provider && a->release == b->release &&
           a->ended_by == b->ended_by && a->naive_category == b->naive_category &&
           a->answered == b->answered && a->q850_implied == b->q850_implied &&
           a->early_media_seconds == b->early_media_seconds;
}

/* Recomputing reads from the database what a load stored: the same must come out. */
Test(shipped, deciding_again_from_what_is_stored_changes_nothing)
{
    struct rules *rules = load();
    struct leg leg = { .side = 'b',
                       .started_at = 1717488616815,
                       .answered_at = NO_TIME,
                       .media_at = 1717488618815,
                       .ended_at = 1717488636815,
                       .duration = 20,
                       .bill_seconds = 0,
                       .bridge_seconds = NO_SECONDS,
                       .ring_seconds = NO_SECONDS,
                       .disposition = slice_of("recv_refuse"),
                       .hangup_cause = slice_of("NO_USER_RESPONSE"),
                       .sip_code = 480,
                       .amd_result = slice_of("ann_busy"),
                       .gateway = slice_of("Intertelecom") };
    struct outcome first, again;

    rules_decide(rules, &leg, &first);
    /* the columns keep early_media_seconds, not the instants it was made of */
    leg.bridge_seconds = first.early_media_seconds;
    leg.media_at = NO_TIME;
    rules_decide(rules, &leg, &again);
    cr_expect_eq(first.early_media_seconds, 18);
    cr_expect(same_outcome(&first, &again));
    rules_free(rules);
}

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

Test(shipped, the_order_of_legs_does_not_matter)
{
    const char *seed = getenv("CDRETL_SEED");
    uint64_t state = seed != NULL ? strtoull(seed, NULL, 10) | 1 : 20201104,
             began = state;
    struct err err = { 0 };
    struct rules *rules = load();
    struct case_file file;

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
