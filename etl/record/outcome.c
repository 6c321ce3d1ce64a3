/*
 * outcome.c - the words for how sure an outcome is.
 */
#include "record/outcome.h"

#include "base/base.h"

const char *confidence_name(enum confidence confidence)
{
    static const char *const names[] = {
        [CERTAIN] = "certain",
        [PROBABLE] = "probable",
        [AMBIGUOUS] = "ambiguous",
    };

    return (size_t)confidence < COUNTOF(names) ? names[confidence] : "unknown";
}

size_t taxonomy_find(const struct taxonomy *taxonomy, const char *code)
{
    size_t i = 0;

    while (i < taxonomy->count && strcmp(taxonomy->category[i].code, code) != 0)
        i++;
    return i;
}
