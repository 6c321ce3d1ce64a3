/*
 * rules_compare.c - `rules compare A B`: two carriers side by side, combination of
 * evidence by combination: how often each had it, and what it means at each.
 */
#include <inttypes.h>

#include "base/base.h"
#include "base/log.h"
#include "commands/rules/rules_command.h"

enum { SIDES = 2, KINDS_MAX = 20000 };

struct sides {
    const char *carrier[SIDES];
    struct counter kinds[SIDES]; /* combination and outcome, \x1f between */
    struct buf key;
    uint64_t legs[SIDES];
    bool is_full;
};

/* A combination of both. */
struct side_by_side {
    const char *kind; /* borrowed of the counters */
    size_t len;
    uint64_t legs[SIDES];
    const char *outcome[SIDES]; /* the most frequent; NULL: it has no such legs */
    size_t others[SIDES];       /* how many more there are */
};

static bool sides_put(void *to, const struct row *row, struct err *err)
{
    struct sides *sides = to;
    const struct outcome *outcome = &row->outcome;
    struct buf *key = &sides->key;

    (void)err;
    for (size_t i = 0; i < SIDES; i++) {
        if (outcome->provider == NULL ||
            strcmp(outcome->provider, sides->carrier[i]) != 0)
            continue;
        sides->legs[i]++;
        sides->is_full = sides->is_full || sides->kinds[i].count == KINDS_MAX;
        if (sides->is_full)
            return true;
        buf_reset(key);
        rules_add_evidence(key, &row->leg, outcome);
        buf_add_char(key, '\x1f');
        outcome_add_by(key, outcome);
        counter_add(&sides->kinds[i], buf_slice(key), SLICE_NONE);
    }
    return true;
}

static struct side_by_side *pair_place(struct side_by_side *rows, size_t *count,
                                       struct table *places, const char *kind, size_t len)
{
    struct slice text = { kind, len };
    uint64_t hash = table_hash(0, text);
    int at = table_find(places, hash, text);

    if (at != TABLE_NONE)
        return &rows[at];
    table_add(places, hash, text, (int)*count);
    rows[*count] = (struct side_by_side){ .kind = kind, .len = len };
    return &rows[(*count)++];
}

/* Rows of both counters, which are sorted: of each combination the most frequent outcome
 * comes first. */
static size_t sides_join(struct sides *sides, struct side_by_side *rows)
{
    struct table places = { 0 };
    size_t count = 0;

    for (size_t side = 0; side < SIDES; side++)
        for (size_t i = 0; i < sides->kinds[side].count; i++) {
            const struct counter_row *one = &sides->kinds[side].row[i];
            size_t len = strcspn(one->text, "\x1f");
            struct side_by_side *row = pair_place(rows, &count, &places, one->text, len);

            row->legs[side] += one->count;
            row->others[side] += row->outcome[side] != NULL;
            if (row->outcome[side] == NULL)
                row->outcome[side] = one->text + len + 1;
        }
    table_free(&places);
    return count;
}

static void add_side(struct buf *text, const struct side_by_side *row, size_t side)
{
    buf_addf(text, "\t%" PRIu64 "\t%s", row->legs[side],
             row->outcome[side] != NULL ? row->outcome[side] : "-");
    if (row->others[side] > 0)
        buf_addf(text, ", and %zu more", row->others[side]);
}

static void sides_print(struct sides *sides, const struct context *context,
                        const struct args *args, size_t limit)
{
    const char *head[] = { "legs",         "release",
                           "hangup cause", "sip code",
                           "q850",         sides->carrier[0],
                           "means there",  sides->carrier[1],
                           "means there" };
    static const char *const keys[] = { "legs",      "release", "hangup_cause",
                                        "sip_code",  "q850",    "legs_a",
                                        "outcome_a", "legs_b",  "outcome_b" };
    size_t most = sides->kinds[0].count + sides->kinds[1].count;
    struct side_by_side *rows = xcalloc(most + 1, sizeof *rows);
    struct counter shown = { 0 };
    struct buf text = { 0 };
    size_t count;

    for (size_t i = 0; i < SIDES; i++)
        counter_sort(&sides->kinds[i]);
    count = sides_join(sides, rows);
    for (size_t i = 0; i < count; i++) {
        buf_reset(&text);
        buf_add_slice(&text, (struct slice){ rows[i].kind, rows[i].len });
        for (size_t side = 0; side < SIDES; side++)
            add_side(&text, &rows[i], side);
        counter_add_times(&shown, buf_slice(&text), SLICE_NONE,
                          rows[i].legs[0] + rows[i].legs[1]);
    }
    counter_sort(&shown);
    const struct counter_table table = { head, keys, COUNTOF(keys), "rtt5r4r5rt3rt3" };

    if (context->json)
        fputs("{\"combinations\":", stdout);
    rules_show_counter(&shown, &table, limit, rules_format(context, args));
    if (context->json)
        puts("}");
    if (sides->is_full)
        log_warn("there are more than %d combinations; those that came late are left out",
                 KINDS_MAX);
    counter_free(&shown);
    buf_free(&text);
    free(rows);
}

static bool sides_know(const struct rules *rules, const struct sides *sides,
                       struct err *err)
{
    return rules_check_provider(rules, sides->carrier[0], err) &&
           rules_check_provider(rules, sides->carrier[1], err);
}

enum exit_code rules_command_compare(const struct context *context,
                                     const struct args *args, struct err *err)
{
    bool stored = period_is_given(args->option + RULES_PERIOD);
    struct rules_source source = { .input.untested_rules = true };
    struct sides sides = { 0 };
    struct args files = *args;
    size_t limit;

    if (args->nwords < SIDES || (args->nwords == SIDES) != stored)
        err_set(err, EXIT_USAGE,
                "rules compare takes two carriers, and files or a period of stored legs");
    if (err->code != EXIT_DONE || !rules_read_limit(args, &limit, err) ||
        !rules_check_format(context, args, err))
        return err->code;
    for (size_t i = 0; i < SIDES; i++)
        sides.carrier[i] = args->word[i];
    files.word += SIDES;
    files.nwords -= SIDES;
    if (rules_source_open(&source, context, &files, stored, err) &&
        sides_know(source.input.rules, &sides, err) &&
        rules_source_each(&source, &sides, sides_put, NULL, err))
        sides_print(&sides, context, args, limit);
    rules_source_close(&source);
    for (size_t i = 0; i < SIDES; i++)
        counter_free(&sides.kinds[i]);
    buf_free(&sides.key);
    return err->code;
}
