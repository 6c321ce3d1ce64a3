/*
 * rules_diff.c - `rules diff`: two rule sets, entry by entry, and over legs of exports or
 * of the database.
 *
 * Each leg is decided by both sets and forgotten: what is kept are counts by kind of
 * change, and some figures a carrier.
 */
#include <inttypes.h>

#include "base/base.h"
#include "commands/rules/rules_command.h"
#include "commands/shared/mapping_path.h"

struct comparison {
    const struct rules *before, *after;
    const char *provider; /* only legs that either set takes for this one's; NULL: all */
    uint8_t category_of[CATEGORIES_MAX]; /* AFTER's in BEFORE's numbers */
    const struct rules_source *source;   /* of the legs that are compared */
    struct counter changes;
    struct carriers carriers;
    struct buf key, example;
    uint64_t legs, changed;
};

/* Of a category that BEFORE does not know. */
enum { NO_CATEGORY = CATEGORIES_MAX };

static void map_categories(struct comparison *comparison)
{
    const struct taxonomy *before = rules_taxonomy(comparison->before),
                          *after = rules_taxonomy(comparison->after);

    for (size_t i = 0; i < after->count; i++) {
        size_t at = taxonomy_find(before, after->category[i].code);

        comparison->category_of[i] = (uint8_t)(at < before->count ? at : NO_CATEGORY);
    }
}

/* The set AFTER as BEFORE would have it; *WHOLE: it knows them all. */
static category_set map_set(const struct comparison *comparison, category_set after,
                            bool *whole)
{
    category_set set = 0;

    *whole = true;
    for (; after != 0; after &= after - 1) {
        uint8_t category = comparison->category_of[__builtin_ctzll(after)];

        if (category == NO_CATEGORY)
            *whole = false;
        else
            set |= (category_set)1 << category;
    }
    return set;
}

static bool text_equal(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool diff_same_outcome(const struct comparison *comparison,
                              const struct outcome *before, const struct outcome *after)
{
    bool whole;
    category_set alternatives = map_set(comparison, after->alternatives, &whole);

    return comparison->category_of[after->category] == before->category &&
           before->confidence == after->confidence && whole &&
           alternatives == before->alternatives &&
           text_equal(before->provider, after->provider);
}

static void diff_add_provider(struct buf *key, const struct outcome *before,
                              const struct outcome *after)
{
    buf_add_text(key, before->provider != NULL ? before->provider : "(none)");
    if (!text_equal(before->provider, after->provider))
        buf_addf(key, " > %s", after->provider != NULL ? after->provider : "(none)");
}

/* Where a leg can be looked at: FILE:LINE of an export, else its key. */
static struct slice example_of(struct comparison *comparison, const struct leg *leg)
{
    char key[37];

    buf_reset(&comparison->example);
    if (comparison->source->file == NULL) {
        uuid_text(&leg->key, key);
        buf_add_text(&comparison->example, key);
    } else {
        buf_add_text(&comparison->example, comparison->source->file);
        if (leg->line_no != 0)
            buf_addf(&comparison->example, ":%" PRIu64, leg->line_no);
    }
    return buf_slice(&comparison->example);
}

static void rules_diff_compare(struct comparison *comparison, const struct leg *leg,
                               const struct outcome *before)
{
    const char *only = comparison->provider;
    struct buf *key = &comparison->key;
    struct outcome after;

    rules_decide(comparison->after, leg, &after);
    if (only != NULL && !text_equal(before->provider, only) &&
        !text_equal(after.provider, only))
        return;
    comparison->legs++;
    carriers_add(&comparison->carriers, leg, before, &after);
    if (diff_same_outcome(comparison, before, &after))
        return;
    comparison->changed++;
    buf_reset(key);
    diff_add_provider(key, before, &after);
    buf_add_char(key, '\t');
    rules_add_outcome(key, before);
    buf_addf(key, "\t%s\t", before->rule_id);
    rules_add_outcome(key, &after);
    buf_addf(key, "\t%s", after.rule_id);
    counter_add(&comparison->changes, buf_slice(key), example_of(comparison, leg));
}

static bool compare_row(void *to, const struct row *row, struct err *err)
{
    (void)err;
    rules_diff_compare(to, &row->leg, &row->outcome);
    return true;
}

/* DIFFER: so the sets do; then figures are told although no leg changes. */
static void compare_legs(struct rules_source *source, struct comparison *comparison,
                         size_t limit, bool differ, struct err *err)
{
    static const char *const head[] = { "legs", "provider", "now",    "by",
                                        "then", "by",       "example" };
    static const struct counter_table table = { head, NULL, COUNTOF(head), "rltt3tt3t4" };

    if (!rules_source_each(source, comparison, compare_row, NULL, err))
        return;
    counter_sort(&comparison->changes);
    if (comparison->changes.count > 0)
        rules_show_counter(&comparison->changes, &table, limit, RULES_AS_TABLE);
    if (comparison->changes.count > 0 || differ)
        carriers_print(&comparison->carriers);
    printf("%" PRIu64 " of %" PRIu64 " legs would be decided otherwise\n",
           comparison->changed, comparison->legs);
}

static void print_found(const struct rules_difference *found, const char *before,
                        const char *after)
{
    printf("%zu rule%s differ%s", found->rules, plural_s(found->rules),
           found->rules == 1 ? "s" : "");
    if (found->moved > 0)
        printf(", %zu stand%s elsewhere", found->moved, found->moved == 1 ? "s" : "");
    if (found->entries > 0)
        printf(", %zu other entr%s differ%s", found->entries,
               found->entries == 1 ? "y" : "ies", found->entries == 1 ? "s" : "");
    printf(" between %s and %s\n", before, after);
}

/* SOURCE: of legs to compare over; NULL: none. */
static void diff_sets(const struct context *context, const char *other,
                      struct rules_source *source, struct comparison *comparison,
                      size_t limit, struct err *err)
{
    struct buf out = { 0 };
    struct rules_difference found =
        rules_compare(comparison->before, comparison->after, comparison->provider, &out);

    map_categories(comparison);
    fputs(buf_cstr(&out), stdout);
    print_found(&found, context->mappings, other);
    if (source != NULL)
        compare_legs(source, comparison, limit,
                     found.rules + found.moved + found.entries > 0, err);
    counter_free(&comparison->changes);
    carriers_free(&comparison->carriers);
    buf_free(&comparison->key);
    buf_free(&comparison->example);
    buf_free(&out);
}

/* Neither set knows the carrier that is asked for. */
static bool check_provider(const struct comparison *comparison, struct err *err)
{
    const char *id = comparison->provider;

    return id == NULL || rules_know_provider(comparison->before, id) ||
           rules_know_provider(comparison->after, id) ||
           err_set(err, EXIT_USAGE, "provider \"%s\" is in neither set", id);
}

/* The rules that decide now, and the legs that are asked for. */
static bool diff_open(struct rules_source *source, const struct context *context,
                      const struct args *args, bool *has_legs, struct err *err)
{
    bool stored = period_is_given(args->option + RULES_PERIOD);
    struct args files = *args;

    files.word++;
    files.nwords--;
    *has_legs = stored || files.nwords > 0;
    if (*has_legs)
        return rules_source_open(source, context, &files, stored, err);
    source->input.rules = rules_load(context->mappings, err);
    return source->input.rules != NULL;
}

enum exit_code rules_command_diff(const struct context *context, const struct args *args,
                                  struct err *err)
{
    /* to see what a set does is how it gets right */
    struct rules_source source = { .input.untested_rules = true };
    struct comparison comparison = { .source = &source,
                                     .provider = args->option[RULES_PROVIDER] };
    struct mapping_sets sets = { 0 };
    struct rules *after = NULL;
    bool has_legs = false;
    size_t limit = 0;

    if (args->nwords == 0)
        err_set(err, EXIT_USAGE,
                "rules diff takes another mapping folder, or @N for a stored set, and "
                "files or --from and --to to compare over");
    else if (rules_read_limit(args, &limit, err) &&
             diff_open(&source, context, args, &has_legs, err) &&
             mapping_sets_open((const char *const *)args->word, 1, context->db,
                               context->prefix, &sets, err))
        after = rules_load(sets.path, err);
    comparison.before = source.input.rules;
    comparison.after = after;
    if (after != NULL && check_provider(&comparison, err))
        diff_sets(context, args->word[0], has_legs ? &source : NULL, &comparison, limit,
                  err);
    mapping_sets_close(&sets);
    rules_source_close(&source);
    rules_free(after);
    return err->code;
}
