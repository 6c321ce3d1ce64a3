/*
 * when.h - the times of a leg, out of the columns of its record.
 */
#ifndef ETL_RECORD_WHEN_H
#define ETL_RECORD_WHEN_H

#include "record/leg.h"

/*
 * Fill leg's times.  A time of day beside a dated start belongs to the start's
 * day, or to the next when it is smaller; in a repeated hour an end is not
 * before its start.
 */
enum leg_got when_parse(const struct traits *traits, const struct rec *rec,
                        struct leg *leg, struct reject *reject) MUST_USE;

#endif
