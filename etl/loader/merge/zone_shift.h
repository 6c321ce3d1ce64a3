/*
 * zone_shift.h - the same legs hours apart: somebody read them in another time zone.
 *
 * A later export may know of a leg that it began otherwise, but not of all of them by the
 * same whole hours.  Merged, one of the two would move the other's calls.
 */
#ifndef ETL_LOADER_MERGE_ZONE_SHIFT_H
#define ETL_LOADER_MERGE_ZONE_SHIFT_H

#include "loader/merge/merge_job.h"

/*
 * Compare the staged legs with the stored ones.  False with ERR (EXIT_INPUT) when all
 * that both have begin the same whole quarters of an hour apart; two differences an hour
 * from each other are one, with a change to daylight saving between.
 */
bool zone_shift_check(const struct merge_job *job, struct err *err) MUST_USE;

#endif
