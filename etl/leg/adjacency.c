/*
 * adjacency.c - A-leg and B-leg of exports that name neither.
 */
#include "leg/adjacency.h"

#include "base/base.h"

enum { APART_MS = 2 * MS_PER_S, APART_S = 2 };

/*
 * The last digits of a number, at most NEIGHBOUR_TAIL of them: up to a sign that
 * stands for digits nobody knows, as in +380***12 and 3,80636E+11.
 */
static size_t tail_of(struct slice number, char tail[static NEIGHBOUR_TAIL])
{
    static const char between[] = " +-./()\xc2\xa0"; /* the last two a no-break space */
    size_t n = 0;

    for (size_t i = number.len; i > 0 && n < NEIGHBOUR_TAIL; i--) {
        char c = number.s[i - 1];

        if (c >= '0' && c <= '9')
            tail[n++] = c; /* from the end; only compared */
        else if (memchr(between, c, sizeof between - 1) == NULL)
            break;
    }
    return n;
}

static bool within(int64_t a, int64_t b, int64_t apart)
{
    return a - b <= apart && b - a <= apart;
}

static bool is_same_number(const struct adjacency *above,
                           const struct dialled_number *destination)
{
    char tail[NEIGHBOUR_TAIL];

    if (above->ne164 > 0 && destination->e164.len > 0)
        return slice_equal((struct slice){ above->e164, above->ne164 },
                           destination->e164);

    size_t ntail = tail_of(destination->text, tail);
    size_t common = ntail < above->ntail ? ntail : above->ntail;

    return common >= NEIGHBOUR_TAIL_MIN && memcmp(tail, above->tail, common) == 0;
}

static bool belongs(const struct adjacency *above, const struct leg *leg,
                    const struct dialled_number *destination)
{
    return within(leg->started_at, above->started_at, APART_MS) &&
           within(leg->duration, above->duration, APART_S) &&
           is_same_number(above, destination);
}

static void keep_number(struct adjacency *above, const struct dialled_number *destination)
{
    above->ntail = tail_of(destination->text, above->tail);
    above->ne164 = destination->e164.len < NEIGHBOUR_E164 ? destination->e164.len : 0;
    memcpy(above->e164, above->ne164 > 0 ? destination->e164.s : "", above->ne164);
}

void adjacency_link(struct adjacency *above, struct leg *leg,
                    const struct dialled_number *destination)
{
    bool bare = leg->direction.len == 0 && leg->extension.len == 0;

    if (leg->has_id || leg->linked_by != LINK_NONE) {
        above->is_set = false;
        return;
    }
    if (bare && above->is_set && belongs(above, leg, destination)) {
        leg->call_key = above->key;
        leg->side = 'b';
        leg->linked_by = LINK_ADJACENCY;
        return;
    }
    above->is_set = leg->direction.len != 0;
    above->key = leg->key;
    above->started_at = leg->started_at;
    above->duration = leg->duration;
    keep_number(above, destination);
}
