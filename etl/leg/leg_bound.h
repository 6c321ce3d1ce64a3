/*
 * leg_bound.h - texts of a leg that are longer than anything a call has to say, and
 * numbers where words are due.
 *
 * Indexes, groups and rules see every text of a leg: none may be longer than
 * LEG_TEXT_MAX.  Nothing is lost: what was cut stands whole in extra, under the
 * field's name, and extra.truncated lists the names.
 *
 * Causes, directions and results are shown to everybody and are grouped.  A number that
 * an export has there, by columns that were mixed up, is nobody's cause: the leg has none
 * then, and extra has the text, under the field's name, and lists it in extra.misplaced.
 */
#ifndef ETL_LEG_LEG_BOUND_H
#define ETL_LEG_LEG_BOUND_H

#include "base/buf.h"
#include "record/leg.h"

/* Bound LEG's texts; EXTRA is its object, still open, and gets what was cut or left out.
 */
void leg_bound(struct leg *leg, struct buf *extra);

/* One more member of EXTRA, which begins with the first; nothing for an empty VALUE. */
void leg_add_extra(struct buf *extra, const char *name, struct slice value);

#endif
