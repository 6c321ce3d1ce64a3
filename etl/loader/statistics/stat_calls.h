/*
 * stat_calls.h - legs that stream by, put together to calls and counted.
 *
 * Legs of a call stand near each other in an export, so calls are held for a while: a
 * call is counted when STAT_CALLS_LEGS legs are held and it is the one begun first.
 * Where its legs stand further apart it is counted in parts, which is wrong: then
 * stat_calls_finish() has counted more calls than there are, and the caller, who knows
 * how many (leg/call_counter.h), counts the hours anew from the database.
 */
#ifndef ETL_LOADER_STATISTICS_STAT_CALLS_H
#define ETL_LOADER_STATISTICS_STAT_CALLS_H

#include "loader/statistics/stat_rule.h"

enum { STAT_CALLS_LEGS = 8192, STAT_CALLS_MEMORY = 4 << 20 /* bytes, of legs held */ };

struct stat_calls;

/* They count SIGN times into GROUPS, which is borrowed until stat_calls_free() like
 * BASIS. */
struct stat_calls *stat_calls_new(const struct stat_basis *basis,
                                  struct stat_groups *groups, int sign);
void stat_calls_free(struct stat_calls *calls); /* NULL is allowed */

/*
 * GATEWAY: of the leg's file.  A call is counted when one of its legs COUNTS: of calls
 * that stay as they are nothing need be known.
 */
bool stat_calls_add(struct stat_calls *calls, const struct row *row,
                    enum stat_gateway gateway, bool counts, struct err *err) MUST_USE;

/* Count the calls that are held; *COUNT: all that were counted. */
bool stat_calls_finish(struct stat_calls *calls, uint64_t *count,
                       struct err *err) MUST_USE;

/*
 * Every call had its A-leg with it when it was closed: so none was counted in parts, of
 * which only one can have it.
 */
bool stat_calls_are_whole(const struct stat_calls *calls);

#endif
