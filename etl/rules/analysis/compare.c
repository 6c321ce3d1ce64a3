/*
 * compare.c - what one rule set has otherwise than another.
 *
 * Everything is told apart by its name (a rule's id, a category's code ...), so what
 * stands in front of it makes no difference.  Order does make one among rules and among
 * carriers: those outside the longest run that both sets have in the same order are
 * said to stand elsewhere.
 */
#include "base/base.h"
#include "base/table.h"
#include "rules/analysis/analysis_impl.h"

void compare_index(const struct rules *rules, struct table *places)
{
    for (size_t i = 0; i < rules->count; i++) {
        struct slice id = slice_of(rules->rule[i].id);

        table_add(places, table_hash(0, id), id, (int)i);
    }
}

int compare_place_of(const struct table *places, const char *id)
{
    return table_find(places, table_hash(0, slice_of(id)), slice_of(id));
}

/* Every category of SET stands in OTHER too, by name. */
static bool set_is_in(const struct taxonomy *taxonomy, category_set set,
                      const struct taxonomy *other_taxonomy, category_set other)
{
    for (; set != 0; set &= set - 1) {
        const char *code = taxonomy->category[__builtin_ctzll(set)].code;
        size_t at = taxonomy_find(other_taxonomy, code);

        if (at == other_taxonomy->count || (other >> at & 1) == 0)
            return false;
    }
    return true;
}

/* What a rule says, without its reason: the list's own words, alternatives in any order.
 */
static bool says_the_same(const struct rules *a, const struct rule *in_a,
                          const struct rules *b, const struct rule *in_b)
{
    struct buf text_a = { 0 }, text_b = { 0 };
    struct rule bare_a = *in_a, bare_b = *in_b;

    bare_a.why = bare_b.why = NULL;
    bare_a.alternatives = bare_b.alternatives = 0;
    rule_add(&text_a, a, &bare_a);
    rule_add(&text_b, b, &bare_b);
    bool same =
        slice_equal(buf_slice(&text_a), buf_slice(&text_b)) &&
        set_is_in(&a->taxonomy, in_a->alternatives, &b->taxonomy, in_b->alternatives) &&
        set_is_in(&b->taxonomy, in_b->alternatives, &a->taxonomy, in_a->alternatives);
    buf_free(&text_a);
    buf_free(&text_b);
    return same;
}

void compare_moved(const int *place, size_t count, bool *moved)
{
    size_t *tail = xcalloc(count + 1, sizeof *tail); /* ends of runs, by their length */
    size_t *before = xcalloc(count + 1, sizeof *before);
    size_t longest = 0;

    for (size_t i = 0; i < count; i++) {
        size_t low = 0, high = longest;

        moved[i] = place[i] != TABLE_NONE;
        if (place[i] == TABLE_NONE)
            continue;
        while (low < high) {
            size_t middle = (low + high) / 2;

            if (place[tail[middle]] < place[i])
                low = middle + 1;
            else
                high = middle;
        }
        before[i] = low > 0 ? tail[low - 1] : count;
        tail[low] = i;
        longest = low == longest ? longest + 1 : longest;
    }
    for (size_t i = longest > 0 ? tail[longest - 1] : count; i < count; i = before[i])
        moved[i] = false;
    free(tail);
    free(before);
}

/* What stands before the rule at AT, in words. */
static void add_stand(struct buf *out, const struct rules *rules, size_t at)
{
    if (at == 0)
        buf_add_text(out, "first of all");
    else
        buf_addf(out, "behind %s", rules->rule[at - 1].id);
    buf_addf(out, " (%s)", rules->rule[at].place.doc->name);
}

static size_t compare_order(const struct rules *before, const struct rules *after,
                            const struct table *places, const struct fact *provider,
                            struct buf *out)
{
    int *place = xcalloc(after->count + 1, sizeof *place);
    bool *moved = xcalloc(after->count + 1, sizeof *moved);
    size_t found = 0;

    for (size_t i = 0; i < after->count; i++)
        place[i] = compare_place_of(places, after->rule[i].id);
    compare_moved(place, after->count, moved);
    for (size_t i = 0; i < after->count; i++) {
        if (!moved[i] || !rule_concerns(&after->rule[i], provider))
            continue;
        buf_addf(out, "> %s stands ", after->rule[i].id);
        add_stand(out, after, i);
        buf_add_text(out, ", not ");
        add_stand(out, before, (size_t)place[i]);
        buf_add_char(out, '\n');
        found++;
    }
    free(place);
    free(moved);
    return found;
}

static size_t compare_rules(const struct rules *before, const struct rules *after,
                            const struct table *places, const struct fact *provider,
                            struct buf *out)
{
    struct table kept = { 0 };
    size_t found = 0;

    compare_index(after, &kept);
    for (size_t i = 0; i < before->count; i++)
        if (rule_concerns(&before->rule[i], provider) &&
            compare_place_of(&kept, before->rule[i].id) == TABLE_NONE) {
            buf_addf(out, "- %s\n", before->rule[i].id);
            found++;
        }
    for (size_t i = 0; i < after->count; i++) {
        const struct rule *now = &after->rule[i];
        int at = compare_place_of(places, now->id);
        const struct rule *then = at != TABLE_NONE ? &before->rule[at] : NULL;

        if ((!rule_concerns(now, provider) &&
             (then == NULL || !rule_concerns(then, provider))) ||
            (then != NULL && says_the_same(before, then, after, now)))
            continue;
        if (then != NULL) {
            buf_add_text(out, "~");
            rule_add(out, before, then);
            buf_add_text(out, "  becomes\n");
        }
        buf_add_text(out, then == NULL ? "+" : " ");
        rule_add(out, after, now);
        found++;
    }
    table_free(&kept);
    return found;
}

/* Carriers are asked in their order where their patterns cross. */
static size_t compare_provider_order(const struct rules *before,
                                     const struct rules *after, const char *only,
                                     struct buf *out)
{
    const struct providers *all = &after->providers, *old = &before->providers;
    int *place = xcalloc(all->count + 1, sizeof *place);
    bool *moved = xcalloc(all->count + 1, sizeof *moved);
    size_t found = 0;

    for (size_t i = 0; i < all->count; i++) {
        place[i] = TABLE_NONE;
        for (size_t k = 0; k < old->count; k++)
            if (strcmp(old->provider[k].id, all->provider[i].id) == 0)
                place[i] = (int)k;
    }
    compare_moved(place, all->count, moved);
    for (size_t i = 0; i < all->count; i++) {
        const char *id = all->provider[i].id;

        if (!moved[i] || (only != NULL && strcmp(only, id) != 0))
            continue;
        buf_addf(out, "> carrier %s stands %s%s\n", id, i > 0 ? "behind " : "first",
                 i > 0 ? all->provider[i - 1].id : "");
        found++;
    }
    free(place);
    free(moved);
    return found;
}

struct rules_difference rules_compare(const struct rules *before,
                                      const struct rules *after, const char *provider,
                                      struct buf *out)
{
    struct fact fact = { .present = true, .text = slice_of(provider) };
    const struct fact *only = provider != NULL ? &fact : NULL;
    struct rules_difference found = { 0 };
    struct table places = { 0 };

    compare_index(before, &places);
    found.rules = compare_rules(before, after, &places, only, out);
    found.moved = compare_order(before, after, &places, only, out) +
                  compare_provider_order(before, after, provider, out);
    found.entries = entries_compare(before, after, provider, out);
    table_free(&places);
    return found;
}
