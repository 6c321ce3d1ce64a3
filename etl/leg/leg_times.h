/*
 * leg_times.h - the times of a leg, out of the columns of its record.
 */
#ifndef ETL_LEG_LEG_TIMES_H
#define ETL_LEG_LEG_TIMES_H

#include "base/err.h"
#include "record/leg.h"
#include "record/parse_options.h"
#include "record/rec.h"
#include "record/reject.h"

/*
 * Fill leg's times.  A time of day beside a dated start belongs to the start's
 * day, or to the next when it is smaller.  Of a repeated hour's two passes an
 * answer or an end is of the one that agrees with the exported durations, else
 * of the earlier one that is not before the start; only the start's own pass is
 * for --ambiguous-time to say.
 */
enum leg_got leg_times_parse(const struct parse_options *parse_options,
                             const struct rec *rec, struct leg *leg,
                             struct reject *reject) MUST_USE;

#endif
