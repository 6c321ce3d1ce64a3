/*
 * lint_providers.c - carriers that cannot be told, or not from each other.
 */
#include "base/base.h"
#include "rules/analysis/analysis_impl.h"

static void provider_finding(struct buf *out, const struct provider *provider)
{
    buf_addf(out, "%s:%zu: %s: ", provider->place.doc->name,
             doc_line(&provider->place, NULL), provider->id);
}

/* Whose marks there are: by provider. */
static void note_marked(const struct rules *rules, bool *marked)
{
    const struct providers *all = &rules->providers;

    for (size_t i = SYMBOL_FIRST; i < rules->symbols.count; i++)
        for (enum mark mark = 0; mark < MARK_COUNT; mark++)
            if (rules->symbols.symbol[i].provider[mark] != 0)
                marked[rules->symbols.symbol[i].provider[mark] - 1] = true;
    for (enum mark mark = 0; mark < MARK_COUNT; mark++)
        for (size_t i = 0; i < all->npatterns[mark]; i++)
            marked[all->pattern[mark][i].provider - 1] = true;
}

static size_t lint_unmarked(const struct rules *rules, struct buf *out)
{
    const struct providers *all = &rules->providers;
    bool *marked = xcalloc(all->count + 1, sizeof *marked);
    size_t found = 0;

    note_marked(rules, marked);
    for (size_t i = 0; i < all->count; i++) {
        if (marked[i] || all->provider[i].direction != NULL)
            continue;
        provider_finding(out, &all->provider[i]);
        buf_add_text(out, "nothing recognises it; give it a gateway, a caller, a network "
                          "address or a direction\n");
        found++;
    }
    free(marked);
    return found;
}

/* The patterns as conditions on a text that may be anything. */
static bool patterns_meet(const struct rules *rules, const struct atom *a,
                          const struct atom *b)
{
    struct atom one = *a, other = *b;
    struct cond first = { .field = RULE_FIELD_GATEWAY, .natoms = 1, .atom = &one };
    struct cond second = { .field = RULE_FIELD_GATEWAY, .natoms = 1, .atom = &other };

    return cond_overlaps(rules, RULE_FIELD_GATEWAY, &first, &second);
}

static size_t lint_claim(const struct rules *rules, enum mark mark,
                         const struct pattern *a, const struct pattern *b,
                         struct buf *out)
{
    const struct provider *one = &rules->providers.provider[a->provider - 1];
    const struct provider *other = &rules->providers.provider[b->provider - 1];

    if (one == other || !patterns_meet(rules, &a->atom, &b->atom))
        return 0;
    provider_finding(out, other);
    buf_addf(out,
             "%s: what is like \"" SLICE_FMT "\" may be like \"" SLICE_FMT
             "\" of %s (%s), which is asked first\n",
             mark_names[mark], SLICE_ARG(b->atom.text), SLICE_ARG(a->atom.text), one->id,
             one->place.doc->name);
    return 1;
}

/* One file may well make an exception from its own pattern; two do not know each other.
 */
static size_t lint_exact(const struct rules *rules, enum mark mark, struct buf *out)
{
    const struct providers *all = &rules->providers;
    size_t found = 0;

    for (size_t i = SYMBOL_FIRST; i < rules->symbols.count; i++) {
        const struct symbol *symbol = &rules->symbols.symbol[i];
        uint16_t owner = symbol->provider[mark];
        struct pattern exact = {
            .atom = { .kind = ATOM_TEXT,
                      .text = symbol->text,
                      .is_wide = !text_is_ascii(symbol->text) },
            .provider = owner,
        };

        for (size_t k = 0; owner != 0 && k < all->npatterns[mark]; k++) {
            const struct pattern *pattern = &all->pattern[mark][k];

            if (all->provider[owner - 1].place.doc !=
                all->provider[pattern->provider - 1].place.doc)
                found += lint_claim(rules, mark, &exact, pattern, out);
        }
    }
    return found;
}

size_t lint_providers(const struct rules *rules, struct buf *out)
{
    const struct providers *all = &rules->providers;
    size_t found = lint_unmarked(rules, out);

    for (enum mark mark = 0; mark < MARK_COUNT; mark++) {
        const struct pattern *pattern = all->pattern[mark];

        for (size_t i = 1; i < all->npatterns[mark]; i++)
            for (size_t k = 0; k < i; k++)
                found += lint_claim(rules, mark, &pattern[k], &pattern[i], out);
        found += lint_exact(rules, mark, out);
    }
    return found;
}
