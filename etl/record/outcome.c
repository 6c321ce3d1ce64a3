/*
 * outcome.c - the words for how sure an outcome is, and what it says of the network.
 */
#include "record/outcome.h"

#include "base/base.h"
#include "base/buf.h"

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

void outcome_add(struct buf *out, const struct taxonomy *taxonomy, uint8_t category,
                 enum confidence confidence, category_set alternatives)
{
    const char *between = " [";

    buf_addf(out, "%s %s", taxonomy->category[category].code,
             confidence_name(confidence));
    for (size_t i = 0; i < taxonomy->count; i++)
        if ((alternatives >> i & 1) != 0) {
            buf_addf(out, "%s%s", between, taxonomy->category[i].code);
            between = ", ";
        }
    if (alternatives != 0)
        buf_add_char(out, ']');
}

void outcome_add_by(struct buf *out, const struct outcome *outcome)
{
    outcome_add(out, outcome->taxonomy, outcome->category, outcome->confidence,
                outcome->alternatives);
    buf_addf(out, " by %s", outcome->rule_id);
}

struct delivered_bounds delivered_bounds(struct delivered_sets sets, bool answered,
                                         uint8_t category, enum confidence confidence,
                                         category_set alternatives, bool rang)
{
    category_set own = (category_set)1 << category;
    category_set perhaps = sets.always | sets.if_rang;

    if (answered)
        return (struct delivered_bounds){ true, true };
    if (confidence == AMBIGUOUS)
        return (struct delivered_bounds){ (alternatives & ~sets.always) == 0,
                                          (alternatives & perhaps) != 0 };
    return (struct delivered_bounds){
        (own & sets.if_rang) != 0 ? rang : (own & sets.always) != 0, (own & perhaps) != 0
    };
}
