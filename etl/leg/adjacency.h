/*
 * adjacency.h - A-leg and B-leg of exports that name neither.
 *
 * A grid shows the B-legs of a call directly under its A-leg, with direction
 * and extension empty.  Such a row becomes the B-leg of the A-row above when
 * their starts are within 2 s, their durations within 2 s, and the destinations
 * are one number: of both is known that they are, or they end alike (0636159079 and
 * 380636159079).  A masked number and one that a spreadsheet damaged end in nothing that
 * is known.
 */
#ifndef ETL_LEG_ADJACENCY_H
#define ETL_LEG_ADJACENCY_H

#include "record/leg.h"

enum { NEIGHBOUR_TAIL = 9, NEIGHBOUR_TAIL_MIN = 7, NEIGHBOUR_E164 = 17 };

/* A number as the export says it, and in international form, where that is known. */
struct dialled_number {
    struct slice text, e164;
};

struct adjacency {
    bool is_set; /* an A-leg stands above */
    struct uuid key;
    int64_t started_at;
    int32_t duration;
    char tail[NEIGHBOUR_TAIL]; /* its destination's last digits */
    size_t ntail;
    char e164[NEIGHBOUR_E164]; /* the same, where it is known */
    size_t ne164;
};

/*
 * LEG comes next, in the order of the export: link it to the A-leg above, or
 * remember it as the next one's.  Legs with ids are left alone.  DESTINATION is what the
 * export says, also where the leg must not say it.
 */
void adjacency_link(struct adjacency *above, struct leg *leg,
                    const struct dialled_number *destination);

#endif
