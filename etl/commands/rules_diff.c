/*
 * rules_diff.c - `rules diff`: two rule sets, rule by rule, and over legs of
 * exports or of the database.
 */
#include <inttypes.h>

#include "base/base.h"
#include "commands/leg_query.h"
#include "commands/output.h"
#include "commands/rules_command.h"

enum { CARRIERS_MAX = 256 };

/* What a change does to one carrier's figures. */
struct carrier {
    char *id; /* owned */
    uint64_t legs, open_before, open_after, sure_before, sure_after;
};

struct comparison {
    const struct rules *before, *after;
    struct counter changes;
    struct carrier
        carrier[CARRIERS_MAX]; /* in order of appearance; the last takes the rest */
    size_t ncarriers;
    struct buf key;
    uint64_t legs, changed;
};

static struct carrier *carrier_of(struct comparison *comparison, const char *id)
{
    struct carrier *carrier = comparison->carrier;
    size_t i = 0;

    if (id == NULL)
        id = "(none)";
    while (i < comparison->ncarriers && strcmp(carrier[i].id, id) != 0)
        i++;
    if (i == CARRIERS_MAX)
        return &carrier[CARRIERS_MAX - 1];
    if (i == comparison->ncarriers)
        carrier[comparison->ncarriers++].id = xstrdup(id);
    return &carrier[i];
}

static void count_carrier(struct carrier *carrier, const struct outcome *before,
                          const struct outcome *after)
{
    carrier->legs++;
    carrier->open_before += before->confidence == AMBIGUOUS;
    carrier->open_after += after->confidence == AMBIGUOUS;
    carrier->sure_before += before->confidence == CERTAIN;
    carrier->sure_after += after->confidence == CERTAIN;
}

static void rules_diff_compare(struct comparison *comparison, const struct leg *leg,
                               const struct outcome *before)
{
    struct outcome after;

    rules_decide(comparison->after, leg, &after);
    comparison->legs++;
    count_carrier(carrier_of(comparison, before->provider), before, &after);

    const char *code_before = before->taxonomy->category[before->category].code;
    const char *code_after = after.taxonomy->category[after.category].code;

    if (strcmp(code_before, code_after) == 0 && before->confidence == after.confidence &&
        before->alternatives == after.alternatives)
        return;
    comparison->changed++;
    buf_reset(&comparison->key);
    buf_addf(&comparison->key, "%s\t",
             before->provider != NULL ? before->provider : "(none)");
    rules_add_outcome(&comparison->key, before);
    buf_addf(&comparison->key, "\t%s\t", before->rule_id);
    rules_add_outcome(&comparison->key, &after);
    buf_addf(&comparison->key, "\t%s", after.rule_id);

    char example[37];

    uuid_text(&leg->key, example);
    counter_add(&comparison->changes, buf_slice(&comparison->key), slice_of(example));
}

static bool compare_row(void *to, const struct row *row, struct err *err)
{
    (void)err;
    rules_diff_compare(to, &row->leg, &row->outcome);
    return true;
}

static void compare_stored(void *to, const struct leg *leg, const struct slice *value)
{
    struct comparison *comparison = to;
    struct outcome before;

    (void)value;
    rules_decide(comparison->before, leg, &before);
    rules_diff_compare(comparison, leg, &before);
}

static bool over_files(struct comparison *comparison, const struct context *context,
                       const struct args *args, struct err *err)
{
    struct input_options input = { 0 };
    struct args files = *args;

    files.word++;
    files.nwords--;
    input.untested_rules = true; /* to see what a set does is how it gets right */
    bool ok = input_open(&input, context, &files, err) &&
              rules_each_leg(&input, comparison, compare_row, err);
    input_close(&input);
    return ok;
}

static bool over_stored(struct comparison *comparison, const struct context *context,
                        const struct args *args, struct err *err)
{
    int64_t from = 0, to = 0;

    if (!options_time("from", args->option[RULES_FROM], context->tz, &from, err) ||
        !options_time("to", args->option[RULES_TO], context->tz, &to, err))
        return false;

    struct db *db = db_open(context->db, err);
    bool ok =
        db != NULL && leg_query_between(db, from, to, compare_stored, comparison, err);

    db_close(db);
    return ok;
}

static double percent(uint64_t part, uint64_t whole)
{
    return whole != 0 ? 100.0 * (double)part / (double)whole : 0;
}

/* How sure the outcomes are, carrier by carrier, now and then. */
static void print_carriers(const struct comparison *comparison)
{
    static const char *const head[] = { "provider", "legs",        "undetermined now",
                                        "then",     "certain now", "then" };
    enum { WIDTH = COUNTOF(head), NUMBERS = WIDTH - 1 };
    size_t rows = comparison->ncarriers;
    const char **cell = xcalloc((rows + 1) * WIDTH, sizeof *cell);
    char(*text)[NUMBERS][24] = xcalloc(rows + 1, sizeof *text);

    memcpy(cell, head, sizeof head);
    for (size_t i = 0; i < rows; i++) {
        const struct carrier *carrier = &comparison->carrier[i];
        const uint64_t parts[] = { carrier->open_before, carrier->open_after,
                                   carrier->sure_before, carrier->sure_after };

        cell[(i + 1) * WIDTH] = carrier->id;
        (void)snprintf(text[i][0], sizeof text[i][0], "%" PRIu64, carrier->legs);
        for (size_t part = 0; part < COUNTOF(parts); part++)
            (void)snprintf(text[i][part + 1], sizeof text[i][0], "%.1f %%",
                           percent(parts[part], carrier->legs));
        for (size_t number = 0; number < NUMBERS; number++)
            cell[(i + 1) * WIDTH + number + 1] = text[i][number];
    }
    putchar('\n');
    output_table(cell, rows + 1, WIDTH, "lrrrrr");
    putchar('\n');
    free(cell);
    free(text);
}

static void compare_legs(const struct context *context, const struct args *args,
                         struct comparison *comparison, size_t limit, struct err *err)
{
    static const char *const head[] = { "legs", "provider", "now",    "by",
                                        "then", "by",       "example" };
    bool stored = args->option[RULES_FROM] != NULL || args->option[RULES_TO] != NULL;

    if (args->nwords < 2 && !stored)
        return;
    if (args->nwords > 1 && !over_files(comparison, context, args, err))
        return;
    if (stored && !over_stored(comparison, context, args, err))
        return;
    counter_sort(&comparison->changes);
    if (comparison->changes.count > 0) {
        rules_print_counter(&comparison->changes, head, COUNTOF(head), limit);
        print_carriers(comparison);
    }
    printf("%" PRIu64 " of %" PRIu64 " legs would be decided otherwise\n",
           comparison->changed, comparison->legs);
}

enum exit_code rules_command_diff(const struct context *context, const struct args *args,
                                  struct err *err)
{
    struct rules *before = NULL, *after = NULL;
    struct buf out = { 0 };
    size_t limit = 0;

    if (args->nwords == 0)
        err_set(err, EXIT_USAGE,
                "rules diff takes another mapping folder, and files or "
                "--from and --to to compare over");
    else if (rules_read_limit(args, &limit, err) &&
             (before = rules_load(context->mappings, err)) != NULL &&
             (after = rules_load(args->word[0], err)) != NULL) {
        struct comparison comparison = { .before = before, .after = after };
        size_t found = rules_compare(before, after, &out);

        fputs(buf_cstr(&out), stdout);
        printf("%zu rule%s differ%s between %s and %s\n", found, found == 1 ? "" : "s",
               found == 1 ? "s" : "", context->mappings, args->word[0]);
        compare_legs(context, args, &comparison, limit, err);
        counter_free(&comparison.changes);
        for (size_t i = 0; i < comparison.ncarriers; i++)
            free(comparison.carrier[i].id);
        buf_free(&comparison.key);
    }
    buf_free(&out);
    rules_free(before);
    rules_free(after);
    return err->code;
}
