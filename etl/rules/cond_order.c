/*
 * cond_order.c - the atoms of a long condition in an order in which few must be tried.
 *
 * Texts are searched in a sorted list.  So are the heads of prefixes and patterns, what
 * stands before their first star: every head that a text begins with is the greatest that
 * is not above the text, or a head of that one's.  Numbers are searched in ranges that do
 * not touch.
 */
#include <stdlib.h>

#include "base/base.h"
#include "rules/rules_impl.h"

enum { FEW = 8, NOBODY = -1 };

struct head {
    const struct atom *atom;
    struct slice text;
    int below; /* the place of the longest other head that this one begins with */
};

struct range {
    int32_t min, max;
};

struct cond_order {
    const struct atom **text,
        **rest; /* REST: what is asked of values that are not there */
    struct head *head;
    struct range *range;
    size_t ntexts, nrests, nheads, nranges;
};

static int cond_order_lower(char c)
{
    return (unsigned char)ascii_lower(c);
}

static int compare_texts(struct slice a, struct slice b)
{
    for (size_t i = 0; i < a.len && i < b.len; i++)
        if (cond_order_lower(a.s[i]) != cond_order_lower(b.s[i]))
            return cond_order_lower(a.s[i]) - cond_order_lower(b.s[i]);
    return a.len < b.len ? -1 : a.len > b.len;
}

static int compare_atoms(const void *a, const void *b)
{
    return compare_texts((*(const struct atom *const *)a)->text,
                         (*(const struct atom *const *)b)->text);
}

static int compare_heads(const void *a, const void *b)
{
    return compare_texts(((const struct head *)a)->text, ((const struct head *)b)->text);
}

static int compare_ranges(const void *a, const void *b)
{
    const struct range *one = a, *other = b;

    return one->min < other->min ? -1 : one->min > other->min;
}

static bool begins_with(struct slice text, struct slice head)
{
    return text.len >= head.len &&
           compare_texts((struct slice){ text.s, head.len }, head) == 0;
}

static void order_add(struct cond_order *order, const struct atom *atom)
{
    struct slice text = atom->text;

    switch (atom->kind) {
    case ATOM_RANGE:
        order->range[order->nranges++] = (struct range){ atom->min, atom->max };
        break;
    case ATOM_TEXT:
        order->text[order->ntexts++] = atom;
        break;
    case ATOM_GLOB:
        text.len = 0;
        while (text.len < atom->text.len && strchr("*?", text.s[text.len]) == NULL)
            text.len++;
        order->head[order->nheads++] = (struct head){ atom, text, NOBODY };
        break;
    case ATOM_PREFIX:
        order->head[order->nheads++] = (struct head){ atom, text, NOBODY };
        break;
    case ATOM_ABSENT:
    case ATOM_PRESENT:
        order->rest[order->nrests++] = atom;
        break;
    }
}

static void link_heads(struct cond_order *order)
{
    struct head *head = order->head;

    for (size_t i = 1; i < order->nheads; i++) {
        int below = (int)i - 1;

        while (below != NOBODY && !begins_with(head[i].text, head[below].text))
            below = head[below].below;
        head[i].below = below;
    }
}

static void join_ranges(struct cond_order *order)
{
    struct range *range = order->range;
    size_t last = 0;

    for (size_t i = 1; i < order->nranges; i++)
        if (range[i].min > range[last].max)
            range[++last] = range[i];
        else if (range[i].max > range[last].max)
            range[last].max = range[i].max;
    order->nranges = order->nranges > 0 ? last + 1 : 0;
}

void cond_put_in_order(struct cond *cond)
{
    if (cond->natoms <= FEW)
        return;

    struct cond_order *order = xcalloc(1, sizeof *order);

    order->text = xcalloc(cond->natoms, sizeof(struct atom *));
    order->rest = xcalloc(cond->natoms, sizeof(struct atom *));
    order->head = xcalloc(cond->natoms, sizeof *order->head);
    order->range = xcalloc(cond->natoms, sizeof *order->range);
    for (size_t i = 0; i < cond->natoms; i++)
        order_add(order, &cond->atom[i]);
    qsort(order->text, order->ntexts, sizeof(struct atom *), compare_atoms);
    qsort(order->head, order->nheads, sizeof *order->head, compare_heads);
    qsort(order->range, order->nranges, sizeof *order->range, compare_ranges);
    link_heads(order);
    join_ranges(order);
    cond->order = order;
}

void cond_order_free(struct cond_order *order)
{
    if (order == NULL)
        return;
    free(order->text);
    free(order->rest);
    free(order->head);
    free(order->range);
    free(order);
}

static bool order_is_listed(const struct cond_order *order, struct slice text)
{
    struct atom wanted = { .kind = ATOM_TEXT, .text = text };
    const struct atom *key = &wanted;

    return order->ntexts > 0 && bsearch(&key, order->text, order->ntexts,
                                        sizeof(struct atom *), compare_atoms) != NULL;
}

static bool has_head(const struct cond_order *order, const struct fact *fact)
{
    size_t from = 0, to = order->nheads;

    /* The first head above the text. */
    while (from < to) {
        size_t middle = from + (to - from) / 2;

        if (compare_texts(order->head[middle].text, fact->text) <= 0)
            from = middle + 1;
        else
            to = middle;
    }
    for (int at = (int)from - 1; at != NOBODY; at = order->head[at].below)
        if (atom_holds(order->head[at].atom, fact))
            return true;
    return false;
}

static bool is_in_range(const struct cond_order *order, int32_t number)
{
    size_t from = 0, to = order->nranges;

    while (from < to) {
        size_t middle = from + (to - from) / 2;

        if (order->range[middle].min <= number)
            from = middle + 1;
        else
            to = middle;
    }
    return from > 0 && number <= order->range[from - 1].max;
}

bool cond_order_holds(const struct cond_order *order, const struct fact *fact)
{
    for (size_t i = 0; i < order->nrests; i++)
        if (atom_holds(order->rest[i], fact))
            return true;
    return fact->present &&
           (is_in_range(order, fact->number) ||
            ((order->ntexts > 0 || order->nheads > 0) &&
             (order_is_listed(order, fact->text) || has_head(order, fact))));
}
